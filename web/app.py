"""The application: its parts, in the order in which they are put together."""

import logging
from collections.abc import Callable
from hashlib import blake2b
from pathlib import Path
from urllib.parse import parse_qsl

from flask import Flask, Request, Response, send_from_directory, url_for
from flask.json.provider import DefaultJSONProvider
from werkzeug.datastructures import MultiDict
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.utils import cached_property

from indexer.service import SearchService
from indexer.settings import Settings
from web import (
    api,
    cors,
    embed,
    errors,
    feeds,
    health,
    observing,
    opensearch,
    pages,
    reader,
    reference,
    security,
    turns,
)
from web.addresses import IdConverter

STATIC = Path(__file__).with_name("static")

#: Seconds for which a browser keeps style and script; their addresses change with what they hold.
YEAR = 365 * 24 * 60 * 60


def application(settings: Settings, service: SearchService | None = None) -> Flask:
    """The Flask application over one index."""
    app = Flask(__name__)
    app.extensions["search"] = service or SearchService.within_time(settings)
    app.logger.setLevel(logging.INFO)
    app.json = PlainJSON(app)
    app.request_class = Asked
    _keep_ids_whole(app)
    # Whole addresses (a feed's, a browser's way to search) begin as the reader's did: with https, behind
    # a proxy that says so. Who says so without one is given such addresses, and nobody else is.
    app.wsgi_app = ProxyFix(app.wsgi_app, x_for=0, x_proto=1, x_host=0)  # type: ignore[method-assign]
    observing.init_app(app, settings.log)
    turns.init_app(app, settings.queue)
    security.init_app(app)
    cors.init_app(app, settings.origins)
    errors.init_app(app)
    reader.init_app(app)
    for part in (pages, api, reference, feeds, opensearch, embed, health):
        app.register_blueprint(part.bp)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals["static_url"] = _serve_static(app)
    return app


class Asked(Request):
    """A request in which bytes that are no UTF-8 are no text; Werkzeug would make ``%ff`` the word ff."""

    @cached_property
    def args(self) -> MultiDict[str, str]:
        """The parameters of the query string."""
        query = self.query_string.decode(errors="replace")
        return self.parameter_storage_class(parse_qsl(query, keep_blank_values=True, errors="replace"))


class PlainJSON(DefaultJSONProvider):
    """JSON as it was put together: keys in their order, letters as they are."""

    sort_keys = False
    ensure_ascii = False


def _keep_ids_whole(app: Flask) -> None:
    app.url_map.merge_slashes = False
    app.url_map.converters["id"] = IdConverter


def _serve_static(app: Flask) -> Callable[[str], str]:
    """Serves style and script below the digest of them all, so that what imports what is of one make."""
    contents = b"".join(path.read_bytes() for path in sorted(STATIC.iterdir()))
    current = blake2b(contents, digest_size=6).hexdigest()

    @app.get("/static/v-<make>/<path:filename>")
    def lasting(make: str, filename: str) -> Response:
        # A page of another make, as while a server is replaced, gets what there is, and keeps it not.
        return send_from_directory(STATIC, filename, max_age=YEAR if make == current else None)

    def static_url(name: str) -> str:
        return url_for("lasting", make=current, filename=name)

    return static_url

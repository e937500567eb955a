"""The page: a box, its results, and one page per document. Works without JavaScript."""

import re
from functools import partial

from flask import Blueprint, Response, make_response, render_template, request
from flask.blueprints import BlueprintSetupState

from web.addresses import address_back, document_address, in_language, in_part
from web.catalogue import INTERFACES
from web.current import service
from web.filters import SHOWN
from web.highlight import marked_html
from web.languages import direction, endonym
from web.params import marked_query, search_request
from web.passages import document_view
from web.phrasing import ends_whole
from web.reader import addressed, reader
from web.results import results_view
from web.security import safe_link

bp = Blueprint("pages", __name__)

#: A page is asked for again each time: what is indexed changes under the same address.
CACHE = "no-cache"
#: Embeddings, overrides and isolates of direction.
TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
#: Languages that the start page shows; the others are folded away.
SHOWN_LANGUAGES = 3 * SHOWN


@bp.record_once
def vocabulary(state: BlueprintSetupState) -> None:
    """What every template may say."""
    state.app.jinja_env.globals.update(
        direction=direction,
        document_address=document_address,
        endonym=endonym,
        ends_whole=ends_whole,
        in_language=lambda code: in_language(request.args, code),
        interfaces=INTERFACES,
        marked=marked_html,
        reader=reader,
        safe_link=safe_link,
    )


@bp.app_template_filter("visible")
def visible(text: str) -> str:
    """The text without what cannot be seen: a window's title cannot isolate a change of direction."""
    plain = " ".join(text.split())
    return "".join(character for character in plain if character.isprintable())


@bp.app_template_filter("straight")
def straight(text: str) -> str:
    """A name or an address without what turns its letters around: nobody reads .jpg where .exe stands."""
    return TURNING.sub("", text)


@bp.get("/")
@bp.get("/search")
def search() -> Response:
    """Show the results, or the start page when nothing is asked yet."""
    wanted = search_request(request.args)
    if not wanted.query.strip():
        return start()
    page = service().search(wanted)
    return _page(
        "results.html", query=wanted.query, wanted=wanted, page=page, view=results_view(page, wanted)
    )


def start() -> Response:
    """Show the box and what is indexed."""
    status = service().status()
    languages = sorted(status.languages.items(), key=_importance)
    cut = SHOWN_LANGUAGES if len(languages) > SHOWN_LANGUAGES + 1 else len(languages)
    return _page(
        "start.html", query="", focused=True, status=status, languages=languages[:cut], more=languages[cut:]
    )


def _importance(entry: tuple[str, int]) -> tuple[bool, int, str]:
    """The reader's own language first, which is never folded away; then those with the most documents."""
    code, count = entry
    return code.partition("-")[0] != reader().code.partition("-")[0], -count, code


@bp.get("/documents/<id:id>")
def document(id: str) -> Response:
    """Show one document, with the query's matches marked."""
    query, part = marked_query(request.args)
    found = service().marked(id, query, part)
    return _page(
        "document.html",
        query=query,
        back=address_back(request.args),
        document=found.document,
        view=document_view(found),
        in_part=partial(in_part, request.args),
    )


def _page(template: str, **values: object) -> Response:
    response = addressed(make_response(render_template(template, **values)))
    response.headers["Cache-Control"] = CACHE
    response.add_etag(weak=True)
    response.make_conditional(request)
    return response

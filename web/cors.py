"""Which other sites' pages may read the API in their readers' browsers: none, unless a setting names them.

Nothing here sends cookies or asks for a password, so to allow an origin is to let its pages
read what its readers could read by going to the address themselves.
"""

from collections.abc import Sequence

from flask import Flask, Response, request

#: Addresses that pages of other sites may read; the pages and the figures are nobody else's.
SHARED = ("/api/", "/search.rss", "/search.csv", "/opensearch")
ANY = "*"

PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD",
    "Access-Control-Allow-Headers": "Accept, Content-Type, If-None-Match",
    "Access-Control-Max-Age": "7200",
}
#: What a script may read beside the body.
EXPOSED = "ETag, Retry-After"


def init_app(app: Flask, origins: Sequence[str]) -> None:
    """Let pages of these origins (``https://host``, ``https://host:port``, or ``*``) read the API."""
    if not origins:
        return
    every = ANY in origins

    @app.after_request
    def allow(response: Response) -> Response:
        if not request.path.startswith(SHARED):
            return response
        if not every:
            # Whoever keeps the answer keeps one for each origin, or for none.
            response.vary.add("Origin")
        origin = request.headers.get("Origin")
        # Compared whole: patterns and prefixes are how other sites get in.
        if origin is not None and (every or origin in origins):
            response.headers["Access-Control-Allow-Origin"] = ANY if every else origin
            response.headers["Access-Control-Expose-Headers"] = EXPOSED
            if request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers:
                response.headers.extend(PREFLIGHT)
        return response

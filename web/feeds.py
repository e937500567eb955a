"""The results as a feed (RSS 2.0) and as a table (CSV), for the same parameters as a search."""

from flask import Blueprint, Response, request

from web import xml
from web.conditional import passing, searched
from web.current import service
from web.params import search_request
from web.rss import RSS, feed
from web.table import table

bp = Blueprint("feeds", __name__)

#: Without it Excel takes UTF-8 for the system's old code page. LibreOffice and pandas pass over it.
BYTE_ORDER_MARK = "\ufeff"


@bp.get("/search.rss")
def rss() -> Response:
    """Answer one page of hits as a feed."""
    wanted = search_request(request.args)

    def build() -> Response:
        built = service().status().built
        page = service().search(wanted)
        return passing(xml.document(feed(page, wanted, built), RSS), complete=page.complete)

    return searched(build, wanted)


@bp.get("/search.csv")
def csv() -> Response:
    """Answer one page of hits as a table."""
    wanted = search_request(request.args)

    def build() -> Response:
        page = service().search(wanted)
        lines = BYTE_ORDER_MARK + table(page)
        response = Response(lines, content_type="text/csv; charset=utf-8; header=present")
        response.headers["Content-Disposition"] = 'attachment; filename="serai.csv"'
        return passing(response, complete=page.complete)

    return searched(build, wanted)

"""What a browser needs to search with Serai from its address bar: OpenSearch 1.1, suggestions, an icon."""

from flask import Blueprint, Response, current_app, request, url_for
from lxml.builder import ElementMaker

from web import xml
from web.conditional import given, passing, searched
from web.current import service
from web.params import suggested_query

bp = Blueprint("opensearch", __name__)

NAMESPACE = "http://a9.com/-/spec/opensearch/1.1/"
DESCRIPTION = "application/opensearchdescription+xml"
SUGGESTIONS = "application/x-suggestions+json"

make = ElementMaker(namespace=NAMESPACE, nsmap={None: NAMESPACE})


@bp.get("/opensearch.xml")
def description() -> Response:
    """Answer the description of this search engine."""
    address = url_for("opensearch.description", _external=True)
    tree = make.OpenSearchDescription(
        make.ShortName("Serai"),
        make.Description("Full-text search for text in many languages"),
        make.InputEncoding("UTF-8"),
        make.OutputEncoding("UTF-8"),
        make.Language("*"),
        make.Image(icon(), width="16", height="16", type="image/svg+xml"),
        make.Url(type="text/html", method="get", template=template("pages.search")),
        make.Url(type=SUGGESTIONS, method="get", template=template("opensearch.suggestions")),
        make.Url(type="application/rss+xml", method="get", template=template("feeds.rss")),
        make.Url(type=DESCRIPTION, rel="self", template=address),
    )
    return given(xml.document(tree, DESCRIPTION))


@bp.get("/opensearch/suggestions")
def suggestions() -> Response:
    """Answer completions as browsers ask for them: what was typed, and a list."""
    typed = suggested_query(request.args)

    def build() -> Response:
        found = service().suggest(typed)
        answer = [found.query, [suggestion.text for suggestion in found.suggestions]]
        response = Response(current_app.json.dumps(answer), content_type=SUGGESTIONS)
        return passing(response, complete=found.complete)

    return searched(build, typed)


@bp.get("/favicon.ico")
def favicon() -> Response:
    """Answer the icon where browsers look for it when what they show is no page, such as JSON."""
    return current_app.send_static_file("icon.svg")


def template(endpoint: str) -> str:
    """The whole address to search at; the braces are the standard's, and stay as they are."""
    return url_for(endpoint, _external=True) + "?q={searchTerms}"


def icon() -> str:
    """The whole address of the icon."""
    return url_for("static", filename="icon.svg", _external=True)

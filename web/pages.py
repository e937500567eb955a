"""The page: a box, its results, and one page per document. Works without JavaScript."""

from flask import Blueprint, Response, make_response, render_template, request
from flask.blueprints import BlueprintSetupState

from web import phrasing
from web.addresses import document_address
from web.current import service
from web.filters import active_filters, facet_lists, hidden_fields
from web.highlight import marked_html, paragraphs
from web.languages import direction, endonym, language_name
from web.paging import page_links
from web.params import marked_query, query_string, search_request
from web.security import safe_link

bp = Blueprint("pages", __name__)

#: A page is asked for again each time: what is indexed changes under the same address.
CACHE = "no-cache"


@bp.record_once
def vocabulary(state: BlueprintSetupState) -> None:
    """What every template may say."""
    state.app.jinja_env.globals.update(
        direction=direction,
        document_address=document_address,
        endonym=endonym,
        language_name=language_name,
        marked=marked_html,
        number=phrasing.number,
        quantity=phrasing.quantity,
        day=phrasing.day,
        ends_whole=phrasing.ends_whole,
        safe_link=safe_link,
    )


@bp.app_template_filter("visible")
def visible(text: str) -> str:
    """The text without what cannot be seen: a window's title cannot isolate a change of direction."""
    plain = " ".join(text.split())
    return "".join(character for character in plain if character.isprintable())


@bp.get("/")
@bp.get("/search")
def search() -> Response:
    """Show the results, or the start page when nothing is asked yet."""
    wanted = search_request(request.args)
    if not wanted.query.strip():
        return start()
    page = service().search(wanted)
    return _page(
        "results.html",
        query=wanted.query,
        page=page,
        readings=phrasing.readings(page),
        filters=active_filters(wanted),
        kept=hidden_fields(wanted),
        facets=facet_lists(page, wanted),
        links=page_links(page, wanted),
        all_results=query_string(wanted, page=1),
        wanted=wanted,
    )


def start() -> Response:
    """Show the box and what is indexed."""
    status = service().status()
    languages = sorted(status.languages.items(), key=lambda entry: (-entry[1], entry[0]))
    return _page("start.html", query="", status=status, languages=languages, age=phrasing.age(status.built))


@bp.get("/documents/<id:id>")
def document(id: str) -> Response:
    """Show one document, with the query's matches marked."""
    query = marked_query(request.args)
    found = service().marked(id, query)
    body = paragraphs(found.text)
    if len(body) > 1 and body[0].text == found.title.text:
        del body[0]
    return _page(
        "document.html",
        query=query,
        document=found.document,
        title=found.title,
        paragraphs=body,
        matches=len(found.title.marks) + sum(len(paragraph.marks) for paragraph in body),
        first_marked=next((number for number, paragraph in enumerate(body) if paragraph.marks), None),
    )


def _page(template: str, **values: object) -> Response:
    response = make_response(render_template(template, **values))
    response.headers["Cache-Control"] = CACHE
    return response

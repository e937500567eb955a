"""The JSON API; ``/api/v1/openapi.json`` is its reference."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, current_app, request

from indexer.reports import explanation_object
from indexer.wire import analysis_object, document_object, search_object, status_object, suggest_object
from web.conditional import given, passing, searched
from web.current import service
from web.highlight import with_html
from web.openapi import description
from web.params import analysis_request, explanation_request, search_request, suggested_query

bp = Blueprint("api", __name__, url_prefix="/api/v1")


@bp.get("/search")
def search() -> Response:
    """Answer one page of hits."""
    wanted = search_request(request.args)

    def build() -> Response:
        page = service().search(wanted)
        return passing(written(with_html(search_object(page))), complete=page.complete)

    # Weak: an answer says how many milliseconds it took.
    return searched(build, wanted, weak=True)


@bp.get("/suggest")
def suggest() -> Response:
    """Answer completions of what has been typed so far."""
    typed = suggested_query(request.args)

    def build() -> Response:
        found = service().suggest(typed)
        return passing(written(suggest_object(found)), complete=found.complete)

    return searched(build, typed)


@bp.get("/documents/<id:id>")
def document(id: str) -> Response:
    """Answer one stored document."""
    return given(written(document_object(service().document(id))))


@bp.get("/analyze")
def analyze() -> Response:
    """Answer how a text is cut."""
    text, language = analysis_request(request.args)
    return given(written(analysis_object(service().analyze(text, language))))


@bp.get("/explain")
def explain() -> Response:
    """Answer why a document has its rank, or is not found."""
    wanted, document = explanation_request(request.args)

    def build() -> Response:
        explained = service().explain(wanted, document)
        return passing(written(explanation_object(explained)), complete=explained.complete)

    return searched(build, wanted, document)


@bp.get("/status")
def status() -> Response:
    """Answer what is indexed."""
    return given(written(status_object(service().status())))


@bp.get("/openapi.json")
def openapi() -> Response:
    """Answer the description of this API."""
    return given(written(description()))


def written(answer: Mapping[str, Any]) -> Response:
    """The answer as JSON: keys in their order, letters as they are."""
    return Response(current_app.json.dumps(answer) + "\n", content_type="application/json")

"""The JSON API; ``/api/v1/openapi.json`` is its reference."""

from collections.abc import Mapping
from hashlib import blake2b
from typing import Any

from flask import Blueprint, Response, current_app, jsonify, request

from indexer.reports import explanation_object
from indexer.wire import analysis_object, document_object, search_object, status_object, suggest_object
from web.current import service
from web.highlight import with_html
from web.openapi import description
from web.params import analysis_request, explanation_request, search_request, suggested_query

bp = Blueprint("api", __name__, url_prefix="/api/v1")

#: Differs from one answer to the next without any difference in what was found.
VOLATILE = "took_ms"


@bp.get("/search")
def search() -> Response:
    """Answer one page of hits."""
    wanted = search_request(request.args)
    return tagged(with_html(search_object(service().search(wanted))))


@bp.get("/suggest")
def suggest() -> Response:
    """Answer completions of what has been typed so far."""
    return tagged(suggest_object(service().suggest(suggested_query(request.args))))


@bp.get("/documents/<id:id>")
def document(id: str) -> Response:
    """Answer one stored document."""
    return tagged(document_object(service().document(id)))


@bp.get("/analyze")
def analyze() -> Response:
    """Answer how a text is cut."""
    text, language = analysis_request(request.args)
    return tagged(analysis_object(service().analyze(text, language)))


@bp.get("/explain")
def explain() -> Response:
    """Answer why a document has its rank, or is not found."""
    wanted, document = explanation_request(request.args)
    return tagged(explanation_object(service().explain(wanted, document)))


@bp.get("/status")
def status() -> Response:
    """Answer what is indexed."""
    return tagged(status_object(service().status()))


@bp.get("/openapi.json")
def openapi() -> Response:
    """Answer the description of this API."""
    return tagged(description())


def tagged(answer: Mapping[str, Any]) -> Response:
    """The answer as JSON with an ETag: who has it already is told so, with 304 and nothing else."""
    lasting = {name: value for name, value in answer.items() if name != VOLATILE}
    digest = blake2b(current_app.json.dumps(lasting).encode(), digest_size=12).hexdigest()
    response = jsonify(answer)
    response.set_etag(digest, weak=True)
    response.cache_control.no_cache = True
    response.make_conditional(request)
    return response

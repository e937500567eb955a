"""For whoever keeps the server running: is it alive, is it able to answer, and how does it do."""

from flask import Blueprint, Response, current_app, jsonify
from prometheus_client import CONTENT_TYPE_LATEST

from web.current import service
from web.observing import exposition

bp = Blueprint("health", __name__)


@bp.after_request
def not_kept(response: Response) -> Response:
    """What was true a moment ago is no answer."""
    response.headers["Cache-Control"] = "no-store"
    return response


@bp.get("/healthz")
def alive() -> Response:
    """Answer as long as the process does."""
    return jsonify(status="alive")


@bp.get("/readyz")
def ready() -> Response:
    """Answer 200 when a search would be answered, 503 when not."""
    service().ready()
    return jsonify(status="ready")


@bp.get("/metrics")
def metrics() -> Response:
    """Answer with figures for Prometheus: of requests, of the index, of the processes that answer."""
    return Response(exposition(current_app), content_type=CONTENT_TYPE_LATEST)

"""For whoever keeps the server running: is it alive, and is it able to answer."""

from flask import Blueprint, Response, jsonify

from web.current import service

bp = Blueprint("health", __name__)


@bp.get("/healthz")
def alive() -> Response:
    """Answer as long as the process does."""
    return jsonify(status="alive")


@bp.get("/readyz")
def ready() -> Response:
    """Answer 200 when a search would be answered, 503 when not."""
    service().ready()
    return jsonify(status="ready")

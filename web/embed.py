"""Serai's box for pages of other sites: the one script that they may load from here."""

from flask import Blueprint, Response, current_app

bp = Blueprint("embed", __name__)

#: Seconds for which a browser keeps it; its address is in other sites' pages, and cannot change with it.
HOUR = 60 * 60


@bp.get("/embed.js")
def script() -> Response:
    """Answer the script that puts the box where it stands."""
    response = current_app.send_static_file("embed.js")
    response.headers["Cache-Control"] = f"public, max-age={HOUR}"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response

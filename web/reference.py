"""The API as a page to read and to try: the OpenAPI document as HTML, without a script."""

import re
from typing import Any

from flask import Blueprint, Response, render_template
from markupsafe import Markup, escape

from web.conditional import given
from web.openapi import description

bp = Blueprint("reference", __name__)

#: What docstrings set apart, as reStructuredText does or as Markdown.
CODE = re.compile(r"``?([^`]+)``?")
SPACES = re.compile(r"\s+")


@bp.get("/api/v1/docs")
def reference() -> Response:
    """Show every operation, its parameters, and the shapes of answers."""
    described = description()
    operations = [(path, methods["get"]) for path, methods in described["paths"].items()]
    page = render_template(
        "reference.html",
        info=described["info"],
        operations=[(path, operation, answers(operation, described)) for path, operation in operations],
        shapes=described["components"]["schemas"],
    )
    return given(Response(page, mimetype="text/html"))


def answers(operation: dict[str, Any], described: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """What an operation answers, by status, references resolved."""
    shared = described["components"]["responses"]
    return [
        (status, shared[answer["$ref"].rsplit("/", 1)[-1]] if "$ref" in answer else answer)
        for status, answer in operation["responses"].items()
    ]


@bp.app_template_filter("prose")
def prose(text: str) -> Markup:
    """The text of a docstring, escaped, with its code set apart; its paragraphs run on."""
    # Every second piece of a split by one group is what the group held.
    pieces = enumerate(CODE.split(SPACES.sub(" ", text)))
    return Markup().join(
        Markup("<code>{}</code>").format(piece) if number % 2 else escape(piece) for number, piece in pieces
    )

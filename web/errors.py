"""Errors -> answers: ``application/problem+json`` (RFC 9457) for programs, a page for people."""

import json
from collections.abc import Mapping
from http import HTTPStatus
from types import MappingProxyType
from typing import NamedTuple

from flask import Flask, Response, current_app, render_template, request
from typing_extensions import TypedDict
from werkzeug.exceptions import HTTPException, InternalServerError

from indexer.errors import (
    BadRequest,
    ClusterUnavailable,
    DocumentNotFound,
    IndexUnavailable,
    SearchError,
    ServerBusy,
)
from web.advice import advice_for
from web.params import typed_query
from web.phrasing import refusal
from web.reader import addressed

#: Addresses that programs read; everything else is read by people.
FOR_PROGRAMS = ("/api/", "/healthz", "/readyz", "/metrics", "/search.rss", "/search.csv", "/opensearch")
#: Seconds after which it is worth while to come again: to an index that is being built, to a queue.
RETRY_AFTER, RETRY_BUSY = "5", "2"
#: The key of what is said while too many requests wait.
BUSY = "busy"
#: The key of what is said while whoever keeps the index does not answer.
AWAY = "away"


class Problem(TypedDict):
    """An error, as RFC 9457 writes it."""

    type: str
    title: str
    status: int
    detail: str


class Failure(NamedTuple):
    """What is said of an error: never a path of the server, never a traceback."""

    status: HTTPStatus
    message: str
    hint: str
    #: How a page says it in another language: see `BadRequest`; or `BUSY`, or `AWAY`.
    key: str = ""
    values: Mapping[str, str | int] = MappingProxyType({})

    @property
    def title(self) -> str:
        """What kind of failure it is."""
        return self.status.phrase.capitalize()

    @property
    def detail(self) -> str:
        """What happened and what to do about it."""
        return f"{self.message}. {self.hint}".rstrip() if self.hint else f"{self.message}."


HINTS = {
    HTTPStatus.NOT_FOUND: (
        "there is nothing at this address",
        "Search for what you were looking for instead.",
    ),
    HTTPStatus.METHOD_NOT_ALLOWED: ("this address is only read, never written to", "Use GET."),
    HTTPStatus.REQUEST_URI_TOO_LONG: ("the address is too long", "Search for fewer words."),
    HTTPStatus.INTERNAL_SERVER_ERROR: (
        "this could not be answered, and it is not your fault",
        "The server's log says why. Other searches may well work.",
    ),
}


def init_app(app: Flask) -> None:
    """Answer every error of the application."""
    app.register_error_handler(SearchError, on_search_error)
    app.register_error_handler(HTTPException, on_http_error)


def failure_of(error: SearchError) -> Failure:
    """What a caller is told of an error of the search."""
    match error:
        case BadRequest():
            return Failure(HTTPStatus.BAD_REQUEST, str(error), error.hint, error.key, error.values)
        case DocumentNotFound():
            return Failure(HTTPStatus.NOT_FOUND, str(error), error.hint)
        case ServerBusy():
            return Failure(HTTPStatus.SERVICE_UNAVAILABLE, str(error), error.hint, BUSY)
        case ClusterUnavailable():
            # What the error itself says may name hosts.
            hint = ClusterUnavailable.hint
            return Failure(HTTPStatus.SERVICE_UNAVAILABLE, error.told, hint, AWAY)
        case IndexUnavailable():
            # The error itself may name folders of the server; its kind does not.
            return Failure(HTTPStatus.SERVICE_UNAVAILABLE, "there is no index to search", type(error).hint)
        case _:
            return Failure(HTTPStatus.INTERNAL_SERVER_ERROR, *HINTS[HTTPStatus.INTERNAL_SERVER_ERROR])


def on_search_error(error: SearchError) -> Response:
    """Answer an error of the search."""
    failure = failure_of(error)
    # Of too many requests each would fill the log with a line.
    if failure.status >= HTTPStatus.INTERNAL_SERVER_ERROR and failure.key != BUSY:
        current_app.logger.error("%s (%s)", error, error.hint)
    return answer(failure)


def on_http_error(error: HTTPException) -> Response:
    """Answer an error of the address, or one that nobody foresaw."""
    if error.response is not None and error.code is None:
        raise error
    status = HTTPStatus(error.code or InternalServerError.code)
    message, hint = HINTS.get(status, (status.description[:1].lower() + status.description[1:], ""))
    response = answer(Failure(status, message or status.phrase.lower(), hint))
    response.headers.extend(
        (name, value) for name, value in error.get_headers(request.environ) if name != "Content-Type"
    )
    return response


def answer(failure: Failure) -> Response:
    """The failure in the form that its reader expects."""
    if request.path.startswith(FOR_PROGRAMS):
        response = problem(failure)
    else:
        why = refusal(failure.key, failure.values)
        advice = advice_for(
            failure.status, request.path, why, busy=failure.key == BUSY, away=failure.key == AWAY
        )
        page = render_template("error.html", failure=failure, advice=advice, query=typed_query(request.args))
        response = addressed(Response(page, failure.status, mimetype="text/html"))
    if failure.status == HTTPStatus.SERVICE_UNAVAILABLE:
        response.headers["Retry-After"] = RETRY_BUSY if failure.key == BUSY else RETRY_AFTER
    response.headers["Cache-Control"] = "no-store"
    return response


def problem(failure: Failure) -> Response:
    """The failure as problem+json."""
    body: Problem = {
        "type": "about:blank",
        "title": failure.title,
        "status": failure.status.value,
        "detail": failure.detail,
    }
    return Response(
        json.dumps(body, ensure_ascii=False), failure.status, content_type="application/problem+json"
    )

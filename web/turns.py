"""Requests take turns: one is answered at a time, some wait, and who comes beyond these is told so at once.

Searching is work for the processor, and threads would only take turns at it, slower. A queue without end
would answer everybody too late, so it has one. The server's own backlog cannot say so: it leaves
connections without an answer.
"""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from itertools import chain
from threading import Lock
from typing import NamedTuple
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Flask, request

from indexer.errors import ServerBusy

#: What is answered whoever waits: it costs next to nothing, and is asked by who watches over the server,
#: or by a browser that shows a page already.
AT_ONCE = ("/healthz", "/readyz", "/metrics", "/static/", "/favicon.ico")
#: How an environment says that its request came when too many waited.
_TOO_MANY = "serai.too_many"

#: Names and values.
Headers = list[tuple[str, str]]


def init_app(app: Flask, waiting: int) -> None:
    """Let requests take turns, while at most so many wait for theirs."""
    app.wsgi_app = Turns(app.wsgi_app, waiting)  # type: ignore[method-assign]

    @app.before_request
    def refuse() -> None:
        if _TOO_MANY in request.environ:
            raise ServerBusy


class Turns:
    """An application that answers one request at a time, in the order in which they came.

    All are answered by one thread, so what a search takes of memory is taken once; the others only wait.
    """

    def __init__(self, app: WSGIApplication, waiting: int) -> None:
        self._app = app
        self._most = waiting
        self._lock = Lock()
        self._asked = 0
        self._answering = ThreadPoolExecutor(1, "answering")

    @property
    def waiting(self) -> int:
        """How many requests wait for their turn."""
        return max(0, self._asked - 1)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer when it is this request's turn, or at once that there are too many."""
        if environ.get("PATH_INFO", "").startswith(AT_ONCE):
            return self._app(environ, start_response)
        with self._lock:
            full = self._asked > self._most
            self._asked += not full
        if full:
            return self._app({**environ, _TOO_MANY: True}, start_response)
        try:
            answer = self._answering.submit(self._answered, environ).result()
        finally:
            with self._lock:
                self._asked -= 1
        start_response(answer.status, answer.headers)
        return answer.body

    def _answered(self, environ: WSGIEnvironment) -> "_Answer":
        begun: list[tuple[str, Headers]] = []
        written: list[bytes] = []

        def begin(status: str, headers: Headers, _: object = None, /) -> Callable[[bytes], object]:
            begun.append((status, headers))
            return written.append

        body = self._app(environ, begin)
        return _Answer(*begun[-1], chain(written, body) if written else body)


class _Answer(NamedTuple):
    status: str
    headers: Headers
    body: Iterable[bytes]

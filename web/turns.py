"""Requests take turns: one is answered at a time, some wait, and who comes beyond these is told so at once.

Searching is work for the processor, and threads would only take turns at it, slower. A queue without end
would answer everybody too late, so it has one. The server's own backlog cannot say so: it leaves
connections without an answer.
"""

from collections import deque
from collections.abc import Iterable
from threading import Event, Lock
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Flask, request

from indexer.errors import ServerBusy

#: What is answered whoever waits: it costs next to nothing, and is asked by who watches over the server,
#: or by a browser that shows a page already.
AT_ONCE = ("/healthz", "/readyz", "/metrics", "/static/", "/favicon.ico")
#: How an environment says that its request came when too many waited.
_TOO_MANY = "serai.too_many"


def init_app(app: Flask, waiting: int) -> None:
    """Let requests take turns, while at most so many wait for theirs."""
    app.wsgi_app = Turns(app.wsgi_app, waiting)  # type: ignore[method-assign]

    @app.before_request
    def refuse() -> None:
        if _TOO_MANY in request.environ:
            raise ServerBusy


class Turns:
    """An application that answers one request at a time, in the order in which they came."""

    def __init__(self, app: WSGIApplication, waiting: int) -> None:
        self._app = app
        self._most = waiting
        self._lock = Lock()
        self._taken = False
        self._queue: deque[Event] = deque()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer when it is this request's turn, or at once that there are too many."""
        if environ.get("PATH_INFO", "").startswith(AT_ONCE):
            return self._app(environ, start_response)
        if not self._take():
            return self._app({**environ, _TOO_MANY: True}, start_response)
        try:
            return self._app(environ, start_response)
        finally:
            self._pass_on()

    def _take(self) -> bool:
        """Wait for a turn; False, where too many wait already."""
        with self._lock:
            if not self._taken:
                self._taken = True
                return True
            if len(self._queue) >= self._most:
                return False
            turn = Event()
            self._queue.append(turn)
        turn.wait()
        return True

    def _pass_on(self) -> None:
        with self._lock:
            # It stays taken when it is handed on: nobody gets in between.
            if self._queue:
                self._queue.popleft().set()
            else:
                self._taken = False

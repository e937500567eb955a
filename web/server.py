"""The production server: Granian, several worker processes on one port."""

import errno
import gc
import multiprocessing
import os
import signal
import socket
import sys
import threading
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from functools import partial
from ipaddress import ip_address

from flask import Flask
from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels

from analyzers.registry import LANGUAGES, load
from indexer.errors import IndexUnavailable, ServerError
from indexer.service import SearchService
from indexer.settings import Settings
from web.app import application
from web.catalogue import INTERFACES, catalogue
from web.languages import direction, endonym
from web.reader import Reader

#: Bytes of a request's line and headers; 1,000 code points of any script are 12,000, percent-encoded.
MAX_HEAD = 65_536
#: Milliseconds in which a request's head must have come.
HEAD_TIMEOUT = 10_000
#: Threads of a worker besides those that wait for their turn (`web.turns`): one for whose turn it is, the
#: others say at once that the server lives, or that too many wait. Granian itself waits for slow readers.
THREADS = 4
#: Seconds that requests get to finish in when the server is told to stop.
DRAIN = 30
#: The server is begun anew when it gives up, unless that was so often within so many seconds. What dies as
#: it begins is there soon; what somebody kills every few seconds is not.
BEGINNINGS, ENOUGH = 12, 60
#: Seconds within which the first worker answers, or the address is announced no more.
START = 60
#: Seconds that a process lives before it is told to stop.
_GROWN = 2.0
#: What tells a process to stop.
_TOLD = (signal.SIGTERM, signal.SIGINT)


class _Server(Granian):  # type: ignore[misc, valid-type]
    """Tells no process to stop that has just begun.

    Granian misses what it is told while it begins to listen, and would wait for that process and kill it. To
    tell it twice is no way out: then it lets go of the requests that it has.
    """

    def _stop_workers(self) -> None:
        if self.interrupt_signal:
            youngest = max((worker.birth for worker in self.wrks), default=0.0)
            time.sleep(max(0.0, youngest + _GROWN - time.monotonic()))
        super()._stop_workers()


def serve(settings: Settings, announce: Callable[[str], None] | None = None) -> None:
    """Serve the page and the API until told to stop; announces the address once it answers.

    Raises:
        ServerError: the address cannot be listened at; or the processes that answer cannot live.
    """
    settings = replace(settings, port=free_port(settings.host, settings.port))
    preload()
    stop_from_the_start()
    begun: deque[float] = deque(maxlen=BEGINNINGS)
    while True:
        begun.append(time.monotonic())
        server = _server(settings)
        if announce is not None:
            server.on_startup(partial(_announce_when_up, settings, announce))
        try:
            server.serve(target_loader=partial(warm_application, settings), wrap_loader=False)
        except SystemExit:
            # Granian begins a process anew that died, and leaves when that one dies soon too, taking the
            # others along: so does whoever runs out of memory twice.
            if server.interrupt_signal:
                return
        else:
            return
        if len(begun) == BEGINNINGS and begun[-1] - begun[0] < ENOUGH:
            raise ServerError(
                "the processes that answer die as soon as they have begun",
                hint="See what else the machine says of it; the likeliest reason is that memory ran out. "
                "Serve with fewer: serai serve --workers 1",
            )
        announce = None


def _server(settings: Settings) -> _Server:
    return _Server(
        "web:create_app",
        address=settings.host,
        port=settings.port,
        interface=Interfaces.WSGI,
        http=HTTPModes.http1,
        http1_settings=HTTP1Settings(header_read_timeout=HEAD_TIMEOUT, max_buffer_size=MAX_HEAD),
        websockets=False,
        workers=settings.workers,
        blocking_threads=settings.queue + THREADS,
        respawn_failed_workers=True,
        workers_kill_timeout=DRAIN,
        log_level=LogLevels.error,
    )


def free_port(host: str, port: int) -> int:
    """The port when it can be listened at; for 0, one that is free.

    Granian shares its port between workers (SO_REUSEPORT), and so, unasked, would a second
    server: only a socket that does not share tells whether the port is taken.

    Raises:
        ServerError: it cannot.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
            free: int = probe.getsockname()[1]
            return free
    except OSError as error:
        raise _cannot_listen(error, host, port) from None


def _cannot_listen(error: OSError, host: str, port: int) -> ServerError:
    if error.errno == errno.EADDRINUSE:
        return ServerError(
            f"port {port} of {host} is in use by another program",
            hint=f"Stop that one, or serve at another port: serai serve --port {port + 1}",
        )
    if error.errno == errno.EACCES:
        return ServerError(
            f"this user may not listen at port {port}",
            hint="Ports below 1024 need privileges; serve at another port: serai serve --port 8000",
        )
    return ServerError(
        f"{host} port {port} cannot be listened at: {error.strerror}",
        hint="Name an address of this machine, such as: serai serve --host 127.0.0.1",
    )


def preload() -> None:
    """Load every dictionary before the workers are forked, which then share its memory.

    Where processes are not forked, each worker loads its own with its first query.
    """
    if sys.platform == "linux":
        with suppress(RuntimeError):
            multiprocessing.set_start_method("fork")
    codes = [profile.code for profile in LANGUAGES]
    load(codes)
    for code in codes:
        endonym(code), direction(code)
    for reader in map(Reader, INTERFACES):
        catalogue(reader.code)
        for code in codes:
            reader.language_name(code)
    gc.freeze()


def stop_from_the_start() -> None:
    """Let every process that is forked from now on end at once when it is told to, as soon as there is one.

    Until Granian listens in it, it has nothing to finish. What it inherits would note a signal for the
    process that it was forked from, and go on; so signals wait while it is forked.
    """
    if sys.platform == "linux":
        os.register_at_fork(before=_wait, after_in_parent=_hear, after_in_child=_end_when_told)


def _wait() -> None:
    signal.pthread_sigmask(signal.SIG_BLOCK, _TOLD)


def _hear() -> None:
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _TOLD)


def _end_when_told() -> None:
    for sign in _TOLD:
        signal.signal(sign, signal.SIG_DFL)
    _hear()


def warm_application(settings: Settings) -> Flask:
    """The application of one worker, once all is loaded that its first answer would wait for.

    The index is opened here, after the fork: workers that shared its open files would move
    each other's place in them.
    """
    _end_when_told()  # also where it was not forked
    app = application(settings)
    for template in app.jinja_env.list_templates(extensions=["html"]):
        app.jinja_env.get_template(template)
    service: SearchService = app.extensions["search"]
    with suppress(IndexUnavailable):
        service.ready()
    return app


def _announce_when_up(settings: Settings, announce: Callable[[str], None]) -> None:
    threading.Thread(target=_await_answer, args=(settings, announce), daemon=True).start()


def _await_answer(settings: Settings, announce: Callable[[str], None]) -> None:
    host = reachable(settings.host)
    for _ in range(START * 20):
        with suppress(OSError), socket.create_connection((host, settings.port), timeout=1):
            shown = f"[{host}]" if ":" in host else host
            announce(f"http://{shown}:{settings.port}")
            return
        time.sleep(0.05)


def reachable(host: str) -> str:
    """An address at which a server that listens at this one is reached from its own machine."""
    with suppress(ValueError):
        address = ip_address(host)
        if address.is_unspecified:
            return "127.0.0.1" if address.version == 4 else "::1"
    return host

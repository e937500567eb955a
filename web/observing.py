"""What the server says of itself: figures for Prometheus, and, when asked, a line of JSON for each request.

Several processes answer, and each counts for itself, into files of a folder that they share (`web.cli` makes
it); whichever is asked adds them up.
"""

import json
import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter

from flask import Flask, Response, g, request
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from indexer.attempts import Attempt, State
from indexer.errors import IndexUnavailable
from indexer.page import IndexStatus
from indexer.service import SearchService

#: The bounds of the counts of latencies, in seconds.
_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
#: What names the folder that processes share.
_SHARED = "PROMETHEUS_MULTIPROC_DIR"
#: What a request is that leads nowhere.
_NOWHERE = "none"


def init_app(app: Flask, log: str) -> None:
    """Count and time every request; ``log`` is empty, "requests" or "queries", what a line may tell."""
    figures = _Figures()
    app.extensions["figures"] = figures

    @app.before_request
    def begin() -> None:
        g.begun = perf_counter()

    @app.after_request
    def note(response: Response) -> Response:
        # What failed before it began has no beginning.
        seconds = perf_counter() - g.get("begun", perf_counter())
        figures.note(response.status_code, seconds)
        if log:
            sys.stderr.write(_line(response, seconds, queries=log == "queries"))
            sys.stderr.flush()
        return response


def exposition(app: Flask) -> bytes:
    """Every figure, in the text format of Prometheus."""
    figures: _Figures = app.extensions["figures"]
    return figures.exposition(app.extensions["search"])


class _Figures:
    """The figures of one application."""

    def __init__(self) -> None:
        self._own = CollectorRegistry()
        self._requests = Counter(
            "serai_requests", "Requests answered, by what was asked.", ["kind", "status"], registry=self._own
        )
        self._seconds = Histogram(
            "serai_request_seconds",
            "How long answers took, in seconds, waiting excepted.",
            ["kind"],
            buckets=_SECONDS,
            registry=self._own,
        )

    def note(self, status: int, seconds: float) -> None:
        """Count the request that is being answered."""
        kind = _kind()
        self._requests.labels(kind, str(status)).inc()
        self._seconds.labels(kind).observe(seconds)

    def exposition(self, service: SearchService) -> bytes:
        """All figures."""
        registry = self._own
        if _SHARED in os.environ:
            registry = CollectorRegistry()
            MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
        others = CollectorRegistry()
        others.register(_State(service))
        return generate_latest(registry) + generate_latest(others)


class _State(Collector):
    """The index, and the processes that answer."""

    def __init__(self, service: SearchService) -> None:
        self._service = service

    def collect(self) -> Iterator[Metric]:
        """What they are like now."""
        try:
            state = self._service.status()
        except IndexUnavailable:
            yield GaugeMetricFamily("serai_index_up", "Whether there is an index to search.", 0)
        else:
            built = datetime.fromisoformat(state.built)
            age = (datetime.now(UTC) - built).total_seconds()
            yield GaugeMetricFamily("serai_index_up", "Whether there is an index to search.", 1)
            yield GaugeMetricFamily("serai_index_documents", "Documents in the index.", state.documents)
            yield GaugeMetricFamily("serai_index_bytes", "Size of the index on disk.", state.bytes)
            yield GaugeMetricFamily("serai_index_age_seconds", "Since the last rebuild or update.", age)
            yield from _made(state, built.timestamp())
        if (attempt := self._service.attempt()) is not None:
            yield from _tried(attempt)
        memory = GaugeMetricFamily(
            "serai_process_resident_bytes", "Memory of each process of the server.", labels=["pid"]
        )
        for process in _processes():
            with suppress(OSError, ValueError):
                pages = int(Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1])
                memory.add_metric([str(process)], pages * os.sysconf("SC_PAGE_SIZE"))
        yield memory


def _made(state: IndexStatus, built: float) -> Iterator[Metric]:
    """What the rebuild or the update was like that made the index; nothing of what is not known."""
    kind = state.kind or "rebuild"
    for name, said, value in (
        ("timestamp_seconds", "When the rebuild or update that made the index was done.", built),
        ("duration_seconds", "How long it took.", state.seconds),
        ("documents", "How many documents the index then had.", state.documents),
        ("rejected", "Files and lines that could not be read.", state.rejected),
        ("skipped", "Files of types that are not read.", state.skipped),
    ):
        if value is not None:
            figure = GaugeMetricFamily(f"serai_rebuild_{name}", said, labels=["kind"])
            figure.add_metric([kind], value)
            yield figure


def _tried(attempt: Attempt) -> Iterator[Metric]:
    """What became of the last rebuild or update that was tried; one that was killed goes on running."""
    began = GaugeMetricFamily(
        "serai_rebuild_last_began_timestamp_seconds",
        "When the last rebuild or update began, whatever became of it.",
        labels=["kind"],
    )
    began.add_metric([attempt.kind], datetime.fromisoformat(attempt.began).timestamp())
    yield began
    state = GaugeMetricFamily(
        "serai_rebuild_last_state",
        "1 for what became of it: done, failed, or running still (or killed).",
        labels=["kind", "state"],
    )
    for each in State:
        state.add_metric([attempt.kind, each.value], attempt.state is each)
    yield state


def _processes() -> list[int]:
    """The processes of the server; the one that is asked alone, where it shares nothing."""
    if _SHARED not in os.environ:
        return [os.getpid()]
    parent = os.getppid()
    try:
        beside = Path(f"/proc/{parent}/task/{parent}/children").read_text(encoding="ascii")
    except OSError:
        return [os.getpid()]
    return [parent, *map(int, beside.split())]


def _kind() -> str:
    """What was asked for: the view that answers, "api.search"."""
    return request.endpoint or _NOWHERE


def _line(response: Response, seconds: float, *, queries: bool) -> str:
    told: dict[str, object] = {
        "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
        "method": request.method,
        "path": request.path,
        "kind": _kind(),
        "status": response.status_code,
        "ms": round(seconds * 1_000, 1),
        "bytes": response.content_length,
        "pid": os.getpid(),
    }
    if queries:
        told["query"] = request.args.get("q")
    return json.dumps(told, ensure_ascii=False) + "\n"

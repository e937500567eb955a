"""What people wait for beside a search: answers over HTTP under load, and programs that start."""

import http.client
import json
import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from statistics import median
from time import perf_counter
from types import MappingProxyType
from urllib.parse import quote, urlsplit

from benchmarks.corpus import ROOT
from benchmarks.processes import end, serai
from benchmarks.protocol import Question

WORKERS = 2
CLIENTS = 8
SECONDS = 15
STARTS = 5


@dataclass(frozen=True, slots=True)
class Load:
    """What clients that ask without a pause were given; latencies in milliseconds."""

    requests: int
    seconds: float
    failed: int
    p50: float
    p95: float
    p99: float

    @property
    def rate(self) -> float:
        """Requests a second."""
        return self.requests / self.seconds


@dataclass(frozen=True, slots=True)
class Starts:
    """Medians over several new processes, in seconds."""

    search: float
    #: Until `serai serve` announces that it answers.
    serve: float
    #: That of the first question after that.
    first_answer: float


def under_load(index: Path, questions: Sequence[Question], folder: Path) -> Load | str:
    """Requests of eight clients to two workers; or why there is nothing to tell."""
    if not shutil.which("wrk"):
        return "HTTP is left out: wrk is not installed (on Debian: apt install wrk)"
    with served(index) as (base, *_):
        return loaded(base, questions, folder)


def loaded(base: str, questions: Sequence[Question], folder: Path) -> Load:
    """Requests of eight clients to a server, with wrk."""
    addresses = folder / "addresses.txt"
    addresses.write_text("\n".join(map(_address, questions)) + "\n", encoding="utf-8")
    # A few seconds unmeasured, and then the figures.
    _wrk(base, addresses, 3)
    return _wrk(base, addresses, SECONDS)


def starts(index: Path, question: str) -> Starts:
    """How long `serai search`, `serai serve` and its first answer take; the files are in memory already."""
    search, serve, first = [], [], []
    for _ in range(STARTS):
        started = perf_counter()
        command = serai("search", question, "--index", index, "--quiet")
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL)
        search.append(perf_counter() - started)
        with served(index) as (base, seconds, _):
            started = perf_counter()
            status, _ = asked(base, f"/api/v1/search?q={quote(question)}")
            first.append(perf_counter() - started)
            if status != HTTPStatus.OK:
                raise RuntimeError(f"the first question was answered with {status}")
            serve.append(seconds)
    return Starts(median(search), median(serve), median(first))


def seeds_index(folder: Path) -> Path:
    """An index of the five seed articles."""
    command = serai("rebuild", ROOT / "seeds", "--index", folder, "--quiet")
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL)
    return folder


@contextmanager
def served(
    index: Path, variables: Mapping[str, str] = MappingProxyType({})
) -> Iterator[tuple[str, float, int]]:
    """A server: its address, the seconds until it announced that it answers, and its process."""
    started = perf_counter()
    command = serai("serve", "--index", index, "--workers", WORKERS, "--port", 0, "--json")
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONUNBUFFERED": "1", **variables}
    )
    assert process.stdout is not None
    with process.stdout:
        try:
            base = json.loads(process.stdout.readline())["address"]
            yield base, perf_counter() - started, process.pid
        finally:
            end(process)


def _address(question: Question) -> str:
    return f"/api/v1/search?q={quote(question.text)}"


def asked(base: str, path: str) -> tuple[int, bytes]:
    """The status and the body of what a server answers."""
    connection = http.client.HTTPConnection(urlsplit(base).netloc, timeout=60)
    connection.request("GET", path)
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer.status, body


def _wrk(base: str, addresses: Path, seconds: int) -> Load:
    script = Path(__file__).with_name("walk.lua")
    command = [
        "wrk",
        "-t2",
        f"-c{CLIENTS}",
        f"-d{seconds}s",
        "--timeout",
        "30s",
        "-s",
        script,
        base,
        "--",
        addresses,
    ]
    printed = subprocess.run(list(map(str, command)), check=True, capture_output=True, text=True).stdout
    line = next(line for line in printed.splitlines() if line.startswith("RESULT "))
    return Load(**json.loads(line.removeprefix("RESULT ")))

"""One engine on one corpus: what a rebuild and an answer over HTTP cost, in time and in room."""

import http.client
import json
import os
import shutil
import subprocess
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from urllib.parse import quote, urlsplit

import numpy as np

from benchmarks.cluster import Cluster
from benchmarks.corpus import Corpus
from benchmarks.processes import family, serai, watched
from benchmarks.protocol import Questions, bytes_below
from benchmarks.serving import Load, loaded, served

#: Questions that are asked by one client, in turn.
ASKED = 200
_TICKS = os.sysconf("SC_CLK_TCK")
#: Seconds between two looks at the processes of a rebuild.
_LOOK = 0.1


@dataclass(frozen=True, slots=True)
class Figures:
    """What was measured. ``*_cpu`` are seconds of a processor; of the nodes, of all of them together.

    ``documents`` are passages of about a kilobyte, ``text`` is in bytes. ``disk`` is the index with all its
    copies, ``read`` that part of one copy that searches read (all but the stored texts). ``heap`` is what the
    nodes' heaps hold when nothing is waiting to be collected; ``load`` is None where wrk is not installed.
    """

    engine: str
    nodes: int
    shards: int
    copies: int
    documents: int
    text: int
    seconds: float
    building_cpu: float
    building_nodes_cpu: float
    building_memory: int
    disk: int
    read: int
    heap: int
    nodes_memory: int
    p50: float
    p95: float
    p99: float
    answering_cpu: float
    answering_nodes_cpu: float
    load: Load | None

    @property
    def rate(self) -> float:
        """Megabytes of text a second, from files to a published index."""
        return self.text / 1e6 / self.seconds


@dataclass(frozen=True, slots=True)
class Setup:
    """An engine with its cluster, if it has one."""

    engine: str
    cluster: Cluster | None = None
    shards: int = 1
    copies: int = 1

    @property
    def variables(self) -> Mapping[str, str]:
        """How the command learns of it."""
        # What takes long is to be measured, and not to be cut short.
        patient = {"SERAI_QUERY_MS": "60000"}
        if self.cluster is None:
            return {**patient, "SERAI_ENGINE": "whoosh"}
        return {
            **patient,
            "SERAI_ENGINE": "opensearch",
            "SERAI_OPENSEARCH_URL": " ".join(self.cluster.addresses),
            "SERAI_OPENSEARCH_SHARDS": str(self.shards),
            "SERAI_OPENSEARCH_REPLICAS": str(self.copies - 1),
        }

    @property
    def pids(self) -> list[int]:
        """The processes of the nodes."""
        return [] if self.cluster is None else [node.pid for node in self.cluster]


def measured(setup: Setup, corpus: Corpus, questions: Questions, folder: Path) -> Figures:
    """Build and ask."""
    index = folder / "index"
    with spent(setup.pids) as nodes_cpu:
        seconds, cpu, memory = _built(setup, corpus, index)
        if setup.cluster is not None:
            _settled(setup.cluster)
    disk, read = _sizes(setup, index)
    with served(index, setup.variables) as (base, _, server):
        _ask(base, [question.text for question in questions.warming[:ASKED]])
        with spent(setup.pids) as asking_nodes, spent(family(server)) as asking:
            milliseconds = _ask(base, [question.text for question in questions.measured[:ASKED]])
        load = loaded(base, questions.measured, folder) if shutil.which("wrk") else None
        heap = 0 if setup.cluster is None else _heap(setup.cluster)
        resident = 0 if setup.cluster is None else sum(node.memory for node in setup.cluster)
    p50, p95, p99 = np.percentile(milliseconds, [50, 95, 99])
    return Figures(
        engine=setup.engine,
        nodes=len(setup.pids),
        shards=setup.shards,
        copies=setup.copies,
        documents=corpus.count,
        text=corpus.size,
        seconds=seconds,
        building_cpu=cpu,
        building_nodes_cpu=nodes_cpu.seconds,
        building_memory=memory,
        disk=disk,
        read=read,
        heap=heap,
        nodes_memory=resident,
        p50=float(p50),
        p95=float(p95),
        p99=float(p99),
        answering_cpu=asking.seconds / len(milliseconds),
        answering_nodes_cpu=asking_nodes.seconds / len(milliseconds),
        load=load,
    )


def _built(setup: Setup, corpus: Corpus, index: Path) -> tuple[float, float, int]:
    """Seconds, seconds of a processor, and the most memory of `serai rebuild`."""
    command = serai("rebuild", corpus.passages, "--index", index, "--quiet")
    began = time.perf_counter()
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, env={**os.environ, **setup.variables})
    # The processes that analyze are not reaped by the command, so nobody is told what they used.
    used: dict[int, float] = {}
    with process, watched(process.pid) as memory:
        while process.poll() is None:
            for member in family(process.pid):
                with suppress(OSError):
                    used[member] = _used(member)
            time.sleep(_LOOK)
    if process.returncode:
        raise RuntimeError(f"serai rebuild ended with {process.returncode}")
    return time.perf_counter() - began, sum(used.values()), memory.most


class Spent:
    """Seconds of a processor."""

    seconds = 0.0


@contextmanager
def spent(pids: Iterable[int]) -> Iterator[Spent]:
    """What some processes use within the block."""
    processes, found = list(pids), Spent()
    before = sum(map(_used, processes))
    yield found
    found.seconds = sum(map(_used, processes)) - before


def _used(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def _settled(cluster: Cluster) -> None:
    """Wait until nothing is merged any more, and let go of what was: a cluster does so after some minutes."""
    while cluster.ask("GET", "/_stats/merge")["_all"]["total"]["merges"]["current"]:
        time.sleep(0.5)
    cluster.ask("POST", "/_refresh", seconds=120)
    cluster.ask("POST", "/_flush", seconds=120)


def _sizes(setup: Setup, index: Path) -> tuple[int, int]:
    """The bytes of the index, and those of them that searches read."""
    if setup.cluster is None:
        return bytes_below(index), bytes_below(index, "_stored.col")
    told = setup.cluster.ask("GET", "/_stats/store,segments?include_segment_file_sizes=true")["_all"]
    files = told["primaries"]["segments"]["file_sizes"]
    stored = sum(each["size_in_bytes"] for kind, each in files.items() if kind.startswith("fd"))
    return told["total"]["store"]["size_in_bytes"], told["primaries"]["store"]["size_in_bytes"] - stored


def _heap(cluster: Cluster) -> int:
    for node in cluster:
        subprocess.run([node.jcmd, str(node.pid), "GC.run"], check=True, capture_output=True)
    nodes = cluster.ask("GET", "/_nodes/stats/jvm")["nodes"].values()
    return sum(int(node["jvm"]["mem"]["heap_used_in_bytes"]) for node in nodes)


def _ask(base: str, questions: Sequence[str]) -> list[float]:
    """Ask one after another over one connection; milliseconds each."""
    connection = http.client.HTTPConnection(urlsplit(base).netloc, timeout=60)
    milliseconds = []
    for question in questions:
        began = time.perf_counter()
        connection.request("GET", f"/api/v1/search?q={quote(question)}")
        response = connection.getresponse()
        page = json.loads(response.read())
        milliseconds.append(1000 * (time.perf_counter() - began))
        if response.status != HTTPStatus.OK:
            raise RuntimeError(f"{question} was answered with {response.status}: {page.get('detail')}")
    connection.close()
    return milliseconds

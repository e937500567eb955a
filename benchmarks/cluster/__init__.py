"""A real OpenSearch cluster on this machine, one JVM a node, for tests and measurements.

    with cluster() as nodes:
        nodes.addresses, nodes.ask("GET", "/_cat/nodes"), nodes[1].kill()

It stands here and not in tests/, because both need it and benchmarks import no tests. `make cluster` keeps
one running; `benchmarks/cluster/build.py` says what is needed for it.
"""

import json
import random
import socket
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from http.client import HTTPException
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType
from typing import Any

from benchmarks.cluster.build import Missing, built, missing
from benchmarks.cluster.node import FAST, QUICK, Node, Ports

__all__ = ["Cluster", "Failed", "Missing", "Node", "Ports", "cluster", "free_ports", "missing"]

#: Seconds in which a cluster must be what is waited for.
PATIENCE = 120
# Below the ports from which systems take those of outgoing connections, so nobody takes one before Java does.
_PORTS = range(15_000, 32_000)


class Failed(Exception):
    """A cluster that does not do what it should, with what its nodes wrote."""


class Cluster:
    """Its nodes, by number, whether they run or not."""

    def __init__(self, nodes: list[Node]) -> None:
        self.nodes = nodes

    def __getitem__(self, number: int) -> Node:
        return self.nodes[number]

    def __iter__(self) -> Iterator[Node]:
        return iter(self.nodes)

    @property
    def addresses(self) -> list[str]:
        """Where each of the nodes answers, also those that do not run."""
        return [node.address for node in self.nodes]

    def ask(self, method: str, path: str, body: object = None, *, seconds: float = 30) -> Any:
        """What the first node that runs answers, as an object or as a text.

        Raises:
            urllib.error.HTTPError: the answer is an error.
        """
        address = next(node.address for node in self.nodes if node.running)
        coded = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(address + path, coded, method=method)
        request.add_header("Content-Type", "application/json")
        with urllib.request.urlopen(request, timeout=seconds) as answer:
            said = answer.read().decode()
            return json.loads(said) if "json" in answer.headers["Content-Type"] else said

    def wait(self, status: str = "green", *, seconds: float = PATIENCE) -> float:
        """Wait until the nodes that run are a cluster of this status, or a better one; the seconds it took.

        Raises:
            Failed: that did not happen in time, or a node ended.
        """
        began = time.monotonic()
        members = [node for node in self.nodes if node.running]
        path = f"/_cluster/health?wait_for_status={status}&wait_for_nodes={len(members)}&timeout=1s"
        while time.monotonic() < began + seconds:
            self._refuse_ended(members)
            try:
                if not self.ask("GET", path, seconds=5)["timed_out"]:
                    return time.monotonic() - began
            except (OSError, HTTPException):  # not there yet, or 408, or 503 before there is a leader
                time.sleep(0.1)
        raise Failed(f"the cluster is not {status} after {seconds} seconds{self._unassigned()}{self._said()}")

    def _refuse_ended(self, members: list[Node]) -> None:
        for node in members:
            if not node.running:
                raise Failed(f"{node.name} ended{self._said()}")

    def _unassigned(self) -> str:
        """The shards that are on no node, and why the first of them is not."""
        try:
            shards = self.ask("GET", "/_cat/shards?h=index,shard,prirep,state,unassigned.reason", seconds=5)
            lines = [line for line in shards.splitlines() if "STARTED" not in line]
            why = json.dumps(self.ask("GET", "/_cluster/allocation/explain", seconds=5)) if lines else ""
        except (OSError, HTTPException) as error:
            return f"; it does not say why ({error})"
        return "\n" + "\n".join([*lines, why])

    def _said(self) -> str:
        """The last lines of each node."""
        lines = (node.log.read_text(encoding="utf-8", errors="replace").splitlines() for node in self.nodes)
        ends = ("\n".join(said[-20:]) for said in lines)
        return "".join(f"\n{node.name}:\n{end}" for node, end in zip(self.nodes, ends, strict=True))

    def stop(self) -> None:
        """Stop all nodes."""
        for node in self.nodes:
            node.end()
        for node in self.nodes:
            node.stop()


@contextmanager
def cluster(
    size: int = 3,
    *,
    http: int | None = None,
    transport: int | None = None,
    heap: str = "512m",
    quick: bool = False,
    folder: Path | None = None,
    settings: Mapping[str, object] = MappingProxyType({}),
) -> Iterator[Cluster]:
    """A cluster that is green, until the block ends.

    ``http`` and ``transport`` are the ports of the first node, others follow it; free ones if they are not
    given. ``quick`` makes it start in half the time, and answer more slowly. Data are kept in ``folder``, and
    nowhere if it is not given. ``settings`` are OpenSearch's.

    Raises:
        Missing: something is not installed.
        Failed: it did not start.
    """
    build = built()
    with ExitStack() as ending:
        if folder is None:
            folder = Path(ending.enter_context(TemporaryDirectory(prefix="serai-cluster-")))
        first = free_ports(2 * size)
        ports = [
            Ports(
                first + number if http is None else http + number,
                first + size + number if transport is None else transport + number,
            )
            for number in range(size)
        ]
        shared = _settings(ports) | dict(settings)
        jvm = [f"-Xms{heap}", f"-Xmx{heap}", *(QUICK if quick else FAST)]
        nodes = [
            Node(build, f"node-{number}", each, folder / f"node-{number}", jvm, shared)
            for number, each in enumerate(ports, 1)
        ]
        made = Cluster(nodes)
        ending.callback(made.stop)
        for node in nodes:
            node.start()
        made.wait()
        yield made


def _settings(ports: list[Ports]) -> dict[str, object]:
    """What makes a cluster of the nodes."""
    return {
        "cluster.name": f"serai-{ports[0].http}",
        "discovery.seed_hosts": ",".join(f"127.0.0.1:{each.transport}" for each in ports),
        "cluster.initial_cluster_manager_nodes": ",".join(
            f"node-{number}" for number in range(1, len(ports) + 1)
        ),
        # A laptop's disk is mostly full, and this is no place to run out of it slowly.
        "cluster.routing.allocation.disk.threshold_enabled": "false",
        "action.auto_create_index": "false",
    }


def free_ports(count: int) -> int:
    """The first of as many ports in a row that nobody listens at."""
    while True:
        first = random.choice(_PORTS[:-count])
        if all(_free(port) for port in range(first, first + count)):
            return first


def _free(port: int) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True

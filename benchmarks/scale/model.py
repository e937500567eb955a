"""A model of what a cluster needs, fitted to what was measured, and carried to a billion documents.

Every cost is a line: so much for a question or a node, and so much for each million documents. Of a cluster
of one node and one shard there are measurements at several sizes, through which the line goes; what another
shard costs is told by three nodes with the same documents.
"""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

Row = Mapping[str, Any]
MILLION, MB, GB = 1e6, 1e6, 1e9

#: How many of a node's cores are to be busy at most, so that one may fail, and merges have room.
BUSY = 0.5
#: Cores and bytes of memory of a node of the plan.
CORES, MEMORY = 16, 64e9
#: Of a node's memory the heap has so much at most: above, Java's pointers are twice as large.
HEAP = 30e9
#: Room on a disk beside the index: merges, and the index before, which stays until the next rebuild.
ROOM = 2.5
#: Seconds of a core that one shard may take for one question, so that a question is answered in time.
SHARD_SECONDS = 0.25
#: Bytes of one shard at most: it is copied as a whole when a node is lost.
SHARD_BYTES = 50e9
COPIES = 2
PLANS = (1_000_000, 10_000_000, 100_000_000, 1_000_000_000)
#: Questions a second that are planned for.
QUESTIONS = 10.0


@dataclass(frozen=True, slots=True)
class Line:
    """``fixed`` and so much ``growing`` with each million documents; ``worst`` is how far it is off."""

    fixed: float
    growing: float
    worst: float

    def at(self, documents: float) -> float:
        """What it costs for so many documents."""
        return self.fixed + self.growing * documents / MILLION


def line_through(rows: Sequence[Row], cost: Callable[[Row], float]) -> Line:
    """The line with the least relative errors, none of whose parts is less than nothing."""
    sizes = np.array([row["documents"] / MILLION for row in rows])
    costs = np.array([cost(row) for row in rows])
    # Divided by the cost, a small corpus counts as much as a large one.
    parts = np.stack([1 / costs, sizes / costs], axis=1)
    fixed, growing = np.linalg.lstsq(parts, np.ones(len(rows)), rcond=None)[0]
    if fixed < 0:
        fixed, growing = 0.0, float(np.mean(sizes / costs) / np.mean((sizes / costs) ** 2))
    if growing < 0:
        fixed, growing = float(np.mean(1 / costs) / np.mean((1 / costs) ** 2)), 0.0
    off = np.abs((fixed + growing * sizes) / costs - 1)
    return Line(float(fixed), float(growing), float(off.max()))


@dataclass(frozen=True, slots=True)
class Model:
    """Lines; processor time in seconds, room in bytes.

    ``shard`` is the processor time that each further shard takes of a question.
    """

    answering: Line
    shard: float
    serving: Line
    building: Line
    analyzing: Line
    disk: Line
    read: Line
    heap: Line


def fitted(figures: Sequence[Row]) -> Model:
    """The model of what was measured."""
    alone = [row for row in figures if row["engine"] == "opensearch" and row["nodes"] == 1]
    many = [row for row in figures if row["engine"] == "opensearch" and row["nodes"] > 1]
    answering = line_through(alone, lambda row: row["answering_nodes_cpu"])
    extra = [
        (row["answering_nodes_cpu"] - answering.at(row["documents"])) / (row["shards"] - 1) for row in many
    ]
    return Model(
        answering,
        max(0.0, float(np.mean(extra))) if extra else 0.0,
        line_through(alone, lambda row: row["answering_cpu"]),
        line_through(alone, lambda row: row["building_nodes_cpu"]),
        line_through(alone, lambda row: row["building_cpu"]),
        line_through(alone, lambda row: row["disk"] / row["copies"]),
        line_through(alone, lambda row: row["read"]),
        line_through(alone, lambda row: row["heap"]),
    )


@dataclass(frozen=True, slots=True)
class Plan:
    """What so many documents and questions need; ``bound`` says what made it so many nodes."""

    documents: int
    shards: int
    nodes: int
    bound: str
    disk: float
    read: float
    core_seconds: float
    #: How long a question keeps one core busy, at least: its largest shard.
    least: float
    workers: float
    #: Of a rebuild: either Serai's one machine, with as many cores as a node, or the nodes take the longest.
    hours: float


def planned(model: Model, documents: int, questions: float = QUESTIONS) -> Plan:
    """The smallest cluster of the nodes above that does it."""
    by_time = math.ceil(documents / MILLION * model.answering.growing / SHARD_SECONDS)
    by_size = math.ceil(model.disk.at(documents) / SHARD_BYTES)
    shards = max(1, by_time, by_size)
    core_seconds = model.answering.at(documents) + model.shard * (shards - 1)
    needed = {
        "three, so that one may fail": 3,
        "cores": math.ceil(questions * core_seconds / (CORES * BUSY)),
        "memory": math.ceil(model.read.at(documents) / (MEMORY - HEAP)),
        "heap": math.ceil(COPIES * model.heap.growing * documents / MILLION / (HEAP / 2)),
    }
    bound = max(needed, key=lambda name: needed[name])
    nodes = needed[bound]
    here = model.analyzing.at(documents) / CORES
    there = COPIES * model.building.at(documents) / (nodes * CORES * BUSY)
    return Plan(
        documents,
        shards,
        nodes,
        bound,
        COPIES * model.disk.at(documents) * ROOM,
        model.read.at(documents),
        core_seconds,
        model.answering.fixed + model.answering.growing * documents / MILLION / shards,
        questions * model.serving.at(documents) / BUSY,
        max(here, there) / 3600,
    )


def tables(results: Mapping[str, Any]) -> Iterator[str]:
    """What was measured, the model, and the plans, as docs/scale.md has them."""
    figures: list[Row] = results["figures"]
    model = fitted(figures)
    yield f"Measured on {results['began']}: {results['machine']}."
    yield ""
    yield from _measured(figures)
    yield ""
    yield from _fits(model)
    yield ""
    yield from _plans(model)


def _measured(figures: Sequence[Row]) -> Iterator[str]:
    yield (
        "| documents | engine | MB/s | processor s/MB: Serai, nodes | disk, of the text | median ms | 95th "
        "| 99th | processor ms a question: Serai, nodes | questions/s, 8 clients | 99th |"
    )
    yield "|---|---|---|---|---|---|---|---|---|---|---|"
    for row in figures:
        text = row["text"] / MB
        nodes = f"{row['building_nodes_cpu'] / text:.2f}"
        asked = f"{1000 * row['answering_nodes_cpu']:.0f}"
        load = row["load"]
        rate = f"{load['requests'] / load['seconds']:.0f} | {load['p99']:.0f}" if load else " | "
        yield (
            f"| {row['documents']:,} | {_named(row)} | {text / row['seconds']:.2f} "
            f"| {row['building_cpu'] / text:.2f}{', ' + nodes if row['nodes'] else ''} "
            f"| {row['disk'] / row['text']:.2f} | {row['p50']:.0f} | {row['p95']:.0f} | {row['p99']:.0f} "
            f"| {1000 * row['answering_cpu']:.0f}{', ' + asked if row['nodes'] else ''} "
            f"| {rate} |"
        )


def _named(row: Row) -> str:
    if not row["nodes"]:
        return "Whoosh"
    if row["nodes"] == 1:
        return "OpenSearch, one node"
    return f"OpenSearch, {row['nodes']} nodes, {row['shards']} shards, {row['copies']} copies"


def _fits(model: Model) -> Iterator[str]:
    yield "| cost | fixed | for each million documents | worst fit |"
    yield "|---|---|---|---|"
    rows = [
        ("nodes, a question, processor ms", model.answering, 1e-3),
        ("Serai's workers, a question, processor ms", model.serving, 1e-3),
        ("nodes, a rebuild, processor s, each copy", model.building, 1.0),
        ("Serai, a rebuild, processor s", model.analyzing, 1.0),
        ("disk, GB, each copy", model.disk, GB),
        ("of that read by searches, GB", model.read, GB),
        ("heap that stays, MB", model.heap, MB),
    ]
    for name, line, unit in rows:
        fixed, growing = (f"{part / unit:,.3g}" for part in (line.fixed, line.growing))
        yield f"| {name} | {fixed} | {growing} | {line.worst:.0%} |"
    yield f"| nodes, a question, processor ms, each further shard | {1000 * model.shard:.3g} | | |"


def _plans(model: Model) -> Iterator[str]:
    yield (
        "| documents | shards | nodes | because of | disk in all | read by searches "
        "| a question: core seconds, at least s | cores of Serai that answer | hours of a rebuild |"
    )
    yield "|---|---|---|---|---|---|---|---|---|"
    for documents in PLANS:
        plan = planned(model, documents)
        yield (
            f"| {documents:,} | {plan.shards:,} | {plan.nodes:,} | {plan.bound} | {_room(plan.disk)} "
            f"| {_room(plan.read)} | {plan.core_seconds:.2g}, {plan.least:.2g} | {plan.workers:.1f} "
            f"| {plan.hours:.2g} |"
        )


def _room(size: float) -> str:
    return f"{size / GB:,.0f} GB" if size < 1e12 else f"{size / 1e12:,.1f} TB"

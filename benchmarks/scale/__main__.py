"""Measures both engines at several sizes: ``python -m benchmarks.scale``; docs/scale.md stands on it.

Whoosh; a cluster of one node (one shard, one copy); and three nodes (three shards, two copies), all on this
machine.
``--model`` tells what was measured last, and what larger collections need by it.
"""

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from benchmarks.cluster import cluster
from benchmarks.corpus import EVERY, ROOT, corpus_of, data_folder
from benchmarks.questions import write_questions
from benchmarks.report import rounded
from benchmarks.run import machine
from benchmarks.scale import model
from benchmarks.scale.measuring import Figures, Setup, measured

SIZES = (10_000, EVERY, 200_000)
RESULTS = ROOT / "benchmarks" / "scale" / "results.json"
HEAP = "1g"


class Layout(NamedTuple):
    """Nodes, shards, and copies of each shard."""

    nodes: int
    shards: int
    copies: int


ALONE, THREE = Layout(1, 1, 1), Layout(3, 3, 2)


def main() -> int:
    """Measure, tell and write; or tell what was written."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scale", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=list(SIZES), help="passages")
    parser.add_argument("--cache", type=Path, default=ROOT / "var" / "bench", help="for corpora")
    parser.add_argument("--results", type=Path, default=RESULTS, help="where the figures go, as JSON")
    parser.add_argument("--model", action="store_true", help="measure nothing")
    told = parser.parse_args()
    if not told.model:
        _measure(told.sizes, told.cache, told.results)
    print("\n".join(model.tables(json.loads(told.results.read_text(encoding="utf-8")))))
    return 0


def _measure(sizes: Sequence[int], cache: Path, results: Path) -> None:
    """Write what is measured as it comes; what was measured at other sizes stays."""
    kept: list[model.Row] = []
    if results.exists():
        kept = json.loads(results.read_text(encoding="utf-8"))["figures"]
    for size in sizes:
        count = corpus_of(size, cache).count
        kept = [row for row in kept if row["documents"] != count]
        for figures in _at(size, cache):
            kept.append(asdict(figures))
            kept.sort(key=lambda row: (row["documents"], row["nodes"]))
            content = {"began": f"{datetime.now(UTC):%Y-%m-%d}", "machine": machine(), "figures": kept}
            results.write_text(json.dumps(rounded(content), indent=1) + "\n", encoding="utf-8")


def _at(size: int, cache: Path) -> Iterator[Figures]:
    corpus = corpus_of(size, cache)
    print(f"{corpus.count:,} passages, {corpus.size / 1e6:.1f} MB of text", file=sys.stderr)
    questions = write_questions(cache / "questions.json", data_folder())
    for setup in (_one_machine, _on(ALONE), _on(THREE)):
        with TemporaryDirectory(dir=cache) as folder, setup(Path(folder)) as made:
            figures = measured(made, corpus, questions, Path(folder))
        print(
            f"  {figures.engine}, {figures.nodes} nodes: {figures.rate:.2f} MB/s, "
            f"{figures.p50:.1f} {figures.p95:.1f} {figures.p99:.1f} ms",
            file=sys.stderr,
            flush=True,
        )
        yield figures


@contextmanager
def _one_machine(_: Path) -> Iterator[Setup]:
    yield Setup("whoosh")


def _on(layout: Layout) -> Callable[[Path], object]:
    @contextmanager
    def setup(folder: Path) -> Iterator[Setup]:
        with cluster(layout.nodes, heap=HEAP, folder=folder / "nodes") as nodes:
            yield Setup("opensearch", nodes, layout.shards, layout.copies)

    return setup


if __name__ == "__main__":
    sys.exit(main())

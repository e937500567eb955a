"""What the benchmark asks of an engine.

This is all that an engine's process imports of the benchmark, so that none carries the memory of Serai's
dictionaries but Serai.
"""

import importlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Question:
    """A question, and its distinct terms as Serai cuts them."""

    text: str
    language: str
    terms: Sequence[str]


@dataclass(frozen=True, slots=True)
class Questions:
    """What is asked to warm up, and what is measured; no question is in both."""

    warming: Sequence[Question]
    measured: Sequence[Question]


def read_questions(path: Path) -> Questions:
    """The questions as `benchmarks.questions` wrote them."""
    content = json.loads(path.read_text(encoding="utf-8"))
    return Questions(*([Question(**row) for row in content[name]] for name in ("warming", "measured")))


def lines_of(path: Path) -> Iterator[tuple[str, str]]:
    """The language and the terms of each passage, as `benchmarks.terms` wrote them."""
    with path.open(encoding="utf-8", newline="\n") as lines:
        for line in lines:
            language, _, terms = line.rstrip("\n").partition("\t")
            yield language, terms


@dataclass(frozen=True, slots=True)
class Inputs:
    """One corpus, as text (JSON Lines) and as terms."""

    passages: Path
    terms: Path


@dataclass(frozen=True, slots=True)
class Answer:
    """The best ten passages, by their place in the corpus, and the seconds that finding them took."""

    seconds: float
    found: Sequence[int]


class Runner(Protocol):
    """One engine, in a process of its own; another one builds than asks."""

    #: How often the questions that warm up are asked.
    warmups: int

    def version(self) -> str:
        """The engine and its version."""

    def build(self, inputs: Inputs, folder: Path) -> None:
        """Index the corpus into an empty folder; the clock runs."""

    def size(self, folder: Path) -> int:
        """The bytes of the index, stored texts aside."""

    def open(self, folder: Path) -> None:
        """Get ready to be asked."""

    def ask(self, question: Question) -> Answer:
        """Answer one question. Only what a caller waits for is timed."""


@dataclass(frozen=True, slots=True)
class Listed:
    """An engine of the benchmark: what it is, and up to which size of corpus it is measured."""

    what: str
    module: str
    most: int = 100_000
    #: Whether it only builds.
    mute: bool = False
    #: Whether it is given text, rather than the terms that others are given.
    whole: bool = False

    def runner(self) -> Runner:
        """The engine itself; its library is imported only now."""
        runner: Runner = importlib.import_module(self.module).RUNNER
        return runner


#: Every engine, in the order of the tables.
ENGINES = {
    "serai-whole": Listed(
        "text in; a page of ten with snippets out", "benchmarks.runners.serai_whole", 1_000_000, whole=True
    ),
    "serai-engine": Listed("Serai's Whoosh engine alone", "benchmarks.runners.serai_engine", 1_000_000),
    "tantivy": Listed("tantivy", "benchmarks.runners.tantivy", 1_000_000),
    "lucene": Listed("Lucene, one thread", "benchmarks.runners.lucene"),
    "bm25s": Listed("bm25s (numpy), index in memory", "benchmarks.runners.bm25s"),
    "sqlite-fts5": Listed("SQLite FTS5", "benchmarks.runners.sqlite_fts5"),
    "whoosh-stock": Listed("Whoosh as it comes", "benchmarks.runners.whoosh_stock"),
    "whoosh-tiers": Listed(
        "Whoosh as it comes, text in, every tier of Serai's analyzers",
        "benchmarks.runners.whoosh_tiers",
        mute=True,
        whole=True,
    ),
}


def bytes_below(folder: Path, leaving_out: str = "") -> int:
    """The bytes of every file below a folder but those whose names end so."""
    return sum(
        path.stat().st_size
        for path in folder.rglob("*")
        if path.is_file() and not (leaving_out and path.name.endswith(leaving_out))
    )

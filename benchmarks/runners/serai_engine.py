"""Serai's default engine alone: one tier of terms, ten best, no facets, no snippets."""

from collections.abc import Iterator
from importlib.metadata import version
from itertools import islice
from pathlib import Path
from time import perf_counter

import numpy as np

from benchmarks.protocol import Answer, Inputs, Question, bytes_below, lines_of
from benchmarks.terms import WORDS
from indexer.document import Document
from indexer.engines import engine_for
from indexer.entries import Entries, FieldTerms
from indexer.request import Sort
from indexer.schema import FIELDS
from indexer.settings import Settings
from indexer.termquery import AnyOf, Clue, Leaf, Match, Term

_BATCH = 400


class SeraiEngine:
    """Terms in, document numbers out."""

    warmups = 1

    def version(self) -> str:
        """The engine and its version."""
        return f"Serai {version('serai')}, Whoosh {version('whoosh3')}, numpy {version('numpy')}"

    def build(self, inputs: Inputs, folder: Path) -> None:
        """Hand the engine its entries."""
        engine_for(Settings()).build(_entries(inputs.terms), folder)

    def size(self, folder: Path) -> int:
        """The bytes of the index; there are no texts in it."""
        return bytes_below(folder, "_stored.col")

    def open(self, folder: Path) -> None:
        """Open the index."""
        self._searcher = engine_for(Settings()).open(folder)

    def ask(self, question: Question) -> Answer:
        """Any of the terms, weighed in the language of the question."""
        started = perf_counter()
        spread = ((question.language, 1.0),)
        query = AnyOf(
            tuple(Leaf(term, (Clue(Term(WORDS, term), Match.WORD, 1.0, spread),)) for term in question.terms)
        )
        matches = self._searcher.search(query, Sort.RELEVANCE, 0, 10, facets=False)
        seconds = perf_counter() - started
        return Answer(seconds, [int(self._searcher.document(found.number).id) for found in matches.found])


def _entries(terms: Path) -> Iterator[Entries]:
    """The lines of terms as the analyzers would hand them over."""
    lines = enumerate(lines_of(terms))
    while batch := list(islice(lines, _BATCH)):
        documents = [Document(str(number), "", "", terms.name, language) for number, (language, _) in batch]
        rows = [line.split(" ") if line else [] for _, (_, line) in batch]
        numbers: dict[str, int] = {}
        ids = np.fromiter((numbers.setdefault(term, len(numbers)) for row in rows for term in row), np.int32)
        lengths = np.array([len(row) for row in rows], np.int32)
        fields = dict.fromkeys(FIELDS, _nothing(len(rows)))
        fields[WORDS] = FieldTerms(
            list(numbers),
            ids,
            np.repeat(np.arange(len(rows), dtype=np.int32), lengths),
            np.concatenate([np.arange(length, dtype=np.int32) for length in lengths.tolist()]),
            lengths,
        )
        yield Entries(documents, fields)


def _nothing(documents: int) -> FieldTerms:
    empty = np.zeros(0, np.int32)
    return FieldTerms([], empty, empty, empty, np.zeros(documents, np.int32))


RUNNER = SeraiEngine()

"""Whoosh as it comes: its own codec, its own BM25F, its own writer, every default."""

from importlib.metadata import version
from pathlib import Path
from time import perf_counter
from typing import Any

from whoosh import fields, index, query
from whoosh.analysis import SpaceSeparatedTokenizer  # noqa: TID251 - it cuts ready terms at spaces

from benchmarks.protocol import Answer, Inputs, Question, bytes_below, lines_of


class WhooshStock:
    """Terms in, ten best out."""

    warmups = 1

    def version(self) -> str:
        """The engine and its version."""
        return f"Whoosh {version('whoosh3')}"

    def build(self, inputs: Inputs, folder: Path) -> None:
        """Add every line and commit."""
        at_spaces: Any = SpaceSeparatedTokenizer()
        schema = fields.Schema(terms=fields.TEXT(analyzer=at_spaces))
        writer = index.create_in(str(folder), schema).writer()
        for _, terms in lines_of(inputs.terms):
            writer.add_document(terms=terms)
        writer.commit()

    def size(self, folder: Path) -> int:
        """The bytes of the index; it stores no text."""
        return bytes_below(folder)

    def open(self, folder: Path) -> None:
        """Open the index."""
        self._searcher = index.open_dir(str(folder)).searcher()

    def ask(self, question: Question) -> Answer:
        """Any of the terms."""
        started = perf_counter()
        wanted = query.Or([query.Term("terms", term) for term in question.terms])
        found = self._searcher.search(wanted, limit=10)
        numbers = [hit.docnum for hit in found]
        return Answer(perf_counter() - started, numbers)


RUNNER = WhooshStock()

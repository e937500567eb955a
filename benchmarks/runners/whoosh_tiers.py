"""A rebuild with stock Whoosh: the same text, the same analyzers, every tier; Whoosh's own writer."""

from collections.abc import Iterator
from importlib.metadata import version
from itertools import islice
from pathlib import Path
from typing import Any

from whoosh import fields, index
from whoosh.analysis import SpaceSeparatedTokenizer  # noqa: TID251 - it cuts ready terms at spaces

from benchmarks.protocol import Answer, Inputs, Question, bytes_below
from indexer.document import Document
from indexer.entries import Entries, entries_of
from indexer.schema import FIELDS, POSITIONED
from indexer.sources import documents_in

_BATCH = 400


class WhooshTiers:
    """Text in; it is built to be compared with `serai rebuild`, and asked nothing."""

    warmups = 0

    def version(self) -> str:
        """The engine and its version."""
        return f"Whoosh {version('whoosh3')}"

    def build(self, inputs: Inputs, folder: Path) -> None:
        """Analyze and add every passage, positions where Serai keeps them, and commit."""
        at_spaces: Any = SpaceSeparatedTokenizer()
        texts = {
            field.name: fields.TEXT(analyzer=at_spaces, phrase=field.tier in POSITIONED) for field in FIELDS
        }
        schema = fields.Schema(id=fields.ID(stored=True), text=fields.STORED, **texts)
        writer = index.create_in(str(folder), schema).writer()
        records = documents_in([inputs.passages])
        documents = (record for record in records if isinstance(record, Document))
        while batch := list(islice(documents, _BATCH)):
            for row in _rows(entries_of(batch)):
                writer.add_document(**row)
        writer.commit()

    def size(self, folder: Path) -> int:
        """The bytes of the index, stored texts aside."""
        return bytes_below(folder, "_stored.col")

    def open(self, folder: Path) -> None:
        """Nothing is asked of it."""

    def ask(self, question: Question) -> Answer:
        """Nothing is asked of it."""
        raise NotImplementedError(question)


def _rows(entries: Entries) -> Iterator[dict[str, str]]:
    """Each document's fields, their terms joined by spaces."""
    streams = {}
    for field, terms in entries.fields.items():
        streams[field.name] = (map(terms.terms.__getitem__, terms.ids.tolist()), terms.lengths.tolist())
    for number, document in enumerate(entries.documents):
        row = {name: " ".join(islice(stream, lengths[number])) for name, (stream, lengths) in streams.items()}
        yield {"id": document.id, "text": document.text, **{name: text for name, text in row.items() if text}}


RUNNER = WhooshTiers()

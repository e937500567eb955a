"""Writes entries as Whoosh segments, a batch of documents inverted at once by arrays."""

from collections.abc import Sequence
from datetime import date as Date
from pathlib import Path
from shutil import rmtree

import numpy as np
from numpy.typing import NDArray
from whoosh.codec.whoosh3 import STORED_COLUMN
from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC

from indexer.document import Document
from indexer.engines.whoosh import layout
from indexer.engines.whoosh.codec import FieldWriter, SeraiCodec
from indexer.engines.whoosh.postings import Encoder, Numbers
from indexer.entries import Entries, FieldTerms
from indexer.schema import FIELDS, POSITIONED

INDEX_NAME = "serai"
#: What an occurrence costs while a segment is being gathered and sorted, in bytes, about.
_OCCURRENCE = 40

Ids = NDArray[np.int32]


class SegmentWriter:
    """Gathers entries until they fill a budget of memory, then writes them as a segment."""

    def __init__(self, storage: FileStorage, memory: int) -> None:
        """``memory`` is in bytes."""
        self._storage = storage
        self._budget = memory
        self._segments: list[object] = []
        self._begin()

    def _begin(self) -> None:
        self._documents: list[Document] = []
        self._fields = {field: _Gathered() for field in FIELDS}
        self._used = 0

    def add(self, entries: Entries) -> None:
        """Add a batch; may write a segment."""
        first = len(self._documents)
        self._documents.extend(entries.documents)
        for field, terms in entries.fields.items():
            self._fields[field].add(terms, first)
            self._used += len(terms.ids) * _OCCURRENCE
        self._used += sum(len(document.text) for document in entries.documents)
        if self._used > self._budget:
            self._write()

    def finish(self) -> int:
        """Write what is left and the table of contents; how many documents there are in all."""
        if self._documents:
            self._write()
        TOC(layout.schema(), self._segments, 1).write(self._storage, INDEX_NAME)
        # Whoosh gathers columns in a folder of its own, and leaves it behind.
        rmtree(Path(self._storage.folder) / f"{INDEX_NAME}.tmp", ignore_errors=True)
        return sum(segment.doc_count_all() for segment in self._segments)  # type: ignore[attr-defined]

    def _write(self) -> None:
        codec = SeraiCodec()
        segment = codec.new_segment(self._storage, INDEX_NAME)
        segment.segid = f"{len(self._segments):04d}"  # not Whoosh's random name: a rebuild repeats itself
        per_document = codec.per_document_writer(self._storage, segment)
        lengths = {field: gathered.lengths() for field, gathered in self._fields.items()}
        for number, document in enumerate(self._documents):
            per_document.start_doc(number)
            _write_document(per_document, document)
            for field, column in lengths.items():
                per_document.add_column_value(
                    layout.length_column(field.name), layout.LENGTHS, int(column[number])
                )
            per_document.finish_doc()
        per_document.close()
        segment.set_doc_count(len(self._documents))
        writer = codec.field_writer(self._storage, segment)
        self._write_fields(writer)
        writer.close()
        self._segments.append(segment)
        self._begin()

    def _write_fields(self, writer: FieldWriter) -> None:
        schema = layout.schema()
        lookups: dict[str, Sequence[Sequence[str]]] = {
            layout.ID: [(document.id,) for document in self._documents],
            layout.SOURCE: [(document.source,) for document in self._documents],
            layout.TAG: [document.tags for document in self._documents],
        }
        inverted = {name: _listed(values) for name, values in lookups.items()}
        names = sorted([*inverted, *(field.name for field in FIELDS)])
        by_name = {field.name: field for field in FIELDS}
        for name in names:
            writer.start_field(name, schema[name])
            if name in inverted:
                _write_terms(writer, inverted[name], positions=False)
            else:
                field = by_name[name]
                _write_terms(writer, self._fields.pop(field), positions=field.tier in POSITIONED)
            writer.finish_field()


class _Gathered:
    """One field of the batches of a segment, with terms numbered across them."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._ids: list[Ids] = []
        self._documents: list[Ids] = []
        self._positions: list[Ids] = []
        self._lengths: list[Ids] = []

    def add(self, terms: FieldTerms, first: int) -> None:
        numbers = self._numbers
        known = np.fromiter(
            (numbers.setdefault(term, len(numbers)) for term in terms.terms), np.int32, len(terms.terms)
        )
        self._ids.append(known[terms.ids])
        self._documents.append(terms.documents + np.int32(first))
        self._positions.append(terms.positions)
        self._lengths.append(terms.lengths)

    def lengths(self) -> Ids:
        return np.concatenate([np.zeros(0, np.int32), *self._lengths])

    def sorted(self) -> tuple[Sequence[bytes], Ids, Ids, Ids]:
        """The terms in order of their bytes, and occurrences by term, document and position."""
        encoded = [term.encode("utf-8", "surrogatepass") for term in self._numbers]
        order = sorted(range(len(encoded)), key=encoded.__getitem__)
        ranks = np.empty(len(order), np.int32)
        ranks[order] = np.arange(len(order), dtype=np.int32)
        empty = np.zeros(0, np.int32)
        keys = ranks[np.concatenate([empty, *self._ids])]
        documents = np.concatenate([empty, *self._documents])
        positions = np.concatenate([empty, *self._positions])
        self._ids, self._documents, self._positions = [], [], []
        by_term = _stable_order(keys)
        return [encoded[index] for index in order], keys[by_term], documents[by_term], positions[by_term]


def _listed(values: Sequence[Sequence[str]]) -> _Gathered:
    """Lookup values of each document, as a field."""
    gathered = _Gathered()
    terms = sorted({value for row in values for value in row})
    number = {term: index for index, term in enumerate(terms)}
    pairs = [(number[value], document) for document, row in enumerate(values) for value in dict.fromkeys(row)]
    ids, documents = np.array(pairs, np.int32).reshape(-1, 2).T
    gathered.add(FieldTerms(terms, ids, documents, np.zeros_like(ids), np.zeros(len(values), np.int32)), 0)
    return gathered


def _stable_order(keys: Ids) -> NDArray[np.int64]:
    # numpy sorts 16-bit numbers by radix: two passes beat one comparison sort several times over.
    low = np.argsort((keys & 0xFFFF).astype(np.uint16), kind="stable")
    high = np.argsort((keys >> 16).astype(np.uint16)[low], kind="stable")
    return low[high]


def _write_terms(writer: FieldWriter, gathered: _Gathered, *, positions: bool) -> None:
    terms, keys, documents, places = gathered.sorted()
    if not len(keys):
        return
    # A posting begins where the term or the document changes; a term's list where the term does.
    begins = np.flatnonzero(np.diff(keys, prepend=-1) | np.diff(documents, prepend=-1))
    counts: Numbers = np.diff(begins, append=len(keys))
    owners = keys[begins]
    bounds = np.append(np.flatnonzero(np.diff(owners, prepend=-1)), len(begins))
    blocks = Encoder(
        documents[begins].astype(np.int64), counts, places.astype(np.int64) if positions else None, bounds
    )
    frequencies = np.diff(bounds).tolist()
    totals = np.add.reduceat(counts, bounds[:-1]).tolist()
    for index, term in enumerate(terms):
        writer.add_block(term, frequencies[index], totals[index], blocks[index])


def _write_document(writer: object, document: Document) -> None:
    stored = {
        name: getattr(document, name)
        for name in ("id", "title", "text", "source", "language", "url", "date", "tags")
    }
    add = writer.add_column_value  # type: ignore[attr-defined]
    add("_stored", STORED_COLUMN, stored)
    add(layout.LANGUAGE, layout.COLUMNS[layout.LANGUAGE], document.language.encode())
    add(layout.FOLDER, layout.COLUMNS[layout.FOLDER], folder_of(document.source).encode())
    if document.date:
        add(layout.DAY, layout.COLUMNS[layout.DAY], day_number(Date.fromisoformat(document.date)))


def folder_of(source: str) -> str:
    """The first folder of a source, or the source itself when it is a file alone."""
    return source.partition("/")[0]


def day_number(day: Date) -> int:
    """A date as the day column holds it; ascending, never `layout.NO_DAY`."""
    return day.toordinal() + layout.DAY_SHIFT

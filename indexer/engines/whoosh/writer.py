"""Writes entries as one Whoosh segment: documents as they come, terms when all have come."""

from collections.abc import Iterator, Sequence
from datetime import date as Date
from pathlib import Path
from shutil import rmtree
from typing import Any

import numpy as np
from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC

from indexer.document import Document
from indexer.engines.whoosh import layout
from indexer.engines.whoosh.codec import FieldWriter, SeraiCodec
from indexer.engines.whoosh.inversion import Gathered, Ids, Inverted, Run, merged
from indexer.engines.whoosh.postings import Encoder
from indexer.entries import Entries, FieldTerms
from indexer.schema import FIELDS, POSITIONED

INDEX_NAME = "serai"
#: What an occurrence takes of memory while it waits to be sorted, and while it is, in bytes.
_OCCURRENCE = 20
_STORED = ("id", "title", "text", "source", "language", "url", "date", "tags")


class SegmentWriter:
    """Writes the segment of one build."""

    def __init__(self, storage: FileStorage, memory: int) -> None:
        """``memory``, in bytes, is about what occurrences may take before they are laid down as a run."""
        self._storage = storage
        self._budget = memory
        self._codec = SeraiCodec()
        self._segment = self._codec.new_segment(storage, INDEX_NAME)
        self._segment.segid = "0000"  # not Whoosh's random name: a rebuild repeats itself
        self._columns = self._codec.per_document_writer(storage, self._segment)
        self._scratch = Path(storage.folder) / f"{INDEX_NAME}.tmp"  # where Whoosh gathers columns as well
        self._count = 0
        self._used = 0
        self._positioned = {field.name: field.tier in POSITIONED for field in FIELDS}
        self._positioned |= dict.fromkeys((layout.ID, layout.SOURCE, layout.TAG), False)
        self._gathered = {name: Gathered(positions=kept) for name, kept in self._positioned.items()}
        self._lengths: dict[str, list[Ids]] = {field.name: [] for field in FIELDS}
        self._runs: dict[str, list[Run]] = {name: [] for name in self._positioned}

    def add(self, entries: Entries) -> None:
        """Add a batch: write its documents, keep its terms."""
        for index, document in enumerate(entries.documents):
            self._columns.start_doc(self._count + index)
            _write_document(self._columns, document)
            self._columns.finish_doc()
        for field, terms_of in entries.fields.items():
            self._lengths[field.name].append(terms_of.lengths)
        terms = {field.name: terms for field, terms in entries.fields.items()}
        terms[layout.ID] = _listed([(document.id,) for document in entries.documents])
        terms[layout.SOURCE] = _listed([(document.source,) for document in entries.documents])
        terms[layout.TAG] = _listed([document.tags for document in entries.documents])
        for name, columns in terms.items():
            self._gathered[name].add(columns, self._count)
            self._used += len(columns.ids) * _OCCURRENCE
        self._count += len(entries.documents)
        if self._used > self._budget:
            self._lay_down()

    def finish(self) -> int:
        """Write the terms and the table of contents; how many documents there are."""
        self._columns.close()
        for name, lengths in self._lengths.items():
            _write_lengths(
                self._storage, self._codec.column_filename(self._segment, layout.length_column(name)), lengths
            )
        self._segment.set_doc_count(self._count)
        writer = self._codec.field_writer(self._storage, self._segment)
        schema = layout.schema()
        for name in sorted(self._positioned):
            writer.start_field(name, schema[name])
            for inverted in self._inverted(name):
                for some in inverted.slices():
                    _write_terms(writer, some)
            writer.finish_field()
        writer.close()
        segments = [self._segment] if self._count else []
        TOC(schema, segments, 1).write(self._storage, INDEX_NAME)
        rmtree(self._scratch, ignore_errors=True)
        return self._count

    def abandon(self) -> None:
        """Close the file that a failed build leaves open; the files go with their folder."""
        scratch = self._columns._cols._temp
        if not scratch.is_closed:
            scratch.close()

    def _lay_down(self) -> None:
        number = len(self._runs[layout.ID])
        for name, gathered in self._gathered.items():
            self._runs[name].append(Run(gathered.inverted(), self._scratch / f"{name}-{number}"))
        self._used = 0

    def _inverted(self, name: str) -> Iterator[Inverted]:
        rest = self._gathered.pop(name).inverted()
        if not self._runs[name]:
            return iter((rest,))
        return merged([*(run.read() for run in self._runs.pop(name)), rest])


def _write_lengths(storage: FileStorage, name: str, lengths: Sequence[Ids]) -> None:
    """Write a column of Whoosh's form (numbers of four bytes, the largest first) without a call a number."""
    file = storage.create_file(name)
    file.write(np.concatenate([np.zeros(0, np.int32), *lengths]).astype(">i4").tobytes())
    file.close()


def _write_terms(writer: FieldWriter, inverted: Inverted) -> None:
    blocks = Encoder(inverted.documents, inverted.counts, inverted.positions, inverted.bounds)
    totals = np.add.reduceat(inverted.counts, inverted.bounds[:-1]).tolist()
    frequencies = np.diff(inverted.bounds).tolist()
    writer.add_blocks(inverted.terms, frequencies, totals, [blocks[index] for index in range(len(totals))])


def _listed(values: Sequence[Sequence[str]]) -> FieldTerms:
    """Lookup values of each document, as the terms of a field."""
    number: dict[str, int] = {}
    rows = [list(dict.fromkeys(row)) for row in values]
    ids = [number.setdefault(value, len(number)) for row in rows for value in row]
    lengths = np.array([len(row) for row in rows], np.int32)
    documents = np.repeat(np.arange(len(rows), dtype=np.int32), lengths)
    return FieldTerms(list(number), np.array(ids, np.int32), documents, np.zeros_like(documents), lengths)


def _write_document(columns: Any, document: Document) -> None:
    add = columns.add_column_value
    add(layout.STORED_NAME, layout.STORED, {name: getattr(document, name) for name in _STORED})
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

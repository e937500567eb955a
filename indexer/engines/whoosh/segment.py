"""Reads one segment: its dictionary and postings, and its columns."""

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.document import Document
from indexer.engines.whoosh import layout
from indexer.engines.whoosh.codec import SeraiCodec, TermsReader
from indexer.engines.whoosh.columns import numbers_in
from indexer.engines.whoosh.packing import Numbers
from indexer.engines.whoosh.storage import ReadStorage

#: How much of the stored documents is copied at a time, in bytes.
_PIECE = 1 << 20


class Segment:
    """One segment. ``count`` includes its deleted documents, whose numbers, ascending, are ``deleted``."""

    def __init__(self, storage: ReadStorage, segment: Any) -> None:
        """``segment`` is Whoosh's object for it."""
        codec = SeraiCodec()
        self.count: int = segment.doc_count_all()
        self.deleted = np.array(sorted(segment.deleted_docs()), np.int64)
        self.terms: TermsReader = codec.terms_reader(storage, segment)
        self._columns = codec.per_document_reader(storage, segment)
        self._stored = self._columns.column_reader(layout.STORED_NAME, layout.STORED)

    @property
    def alive(self) -> NDArray[np.bool_]:
        """Whether each document is not deleted, shape (count,)."""
        alive = np.ones(self.count, np.bool_)
        alive[self.deleted] = False
        return alive

    def document(self, number: int) -> Document:
        """The stored document."""
        stored = self._stored[number]
        return Document.restored({**stored, "tags": tuple(stored["tags"])})

    def numbers(self, name: str) -> Numbers:
        """A numeric column, shape (count,)."""
        return numbers_in(self._columns.column_reader(name, layout.COLUMNS[name]), self.count)

    def categories(self, name: str) -> tuple[Numbers, list[str]]:
        """A column of few values: each document's number of its value, and the values."""
        reader = self._columns.column_reader(name, layout.COLUMNS[name])
        kind = np.dtype(">u2" if reader._typecode == "H" else "u1")
        data = reader._dbfile.get(reader._basepos, self.count * kind.itemsize)
        codes = np.frombuffer(data, kind, self.count)
        return codes.astype(np.int64), [value.decode() for value in reader._uniques]

    def stored_sizes(self) -> Numbers:
        """How many bytes each stored document takes, shape (count,)."""
        return np.array(self._kept()._lengths, np.int64)

    def stored(self, chosen: NDArray[np.bool_]) -> Iterator[bytes]:
        """The stored documents that ``chosen``, shape (count,), is true of, end to end, a piece at a time."""
        reader = self._kept()
        edges = np.flatnonzero(np.diff(chosen.astype(np.int8), prepend=0, append=0))
        for first, stop in edges.reshape(-1, 2).tolist():
            end = reader._offsets[stop - 1] + reader._lengths[stop - 1]
            for place in range(reader._offsets[first], end, _PIECE):
                yield reader._dbfile.get(reader._basepos + place, min(_PIECE, end - place))

    def close(self) -> None:
        """Let go of files."""
        self.terms.close()
        self._columns.close()

    def _kept(self) -> Any:
        return self._columns.column_reader(layout.STORED_NAME, layout.KEPT)

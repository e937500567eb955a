"""Runs: what a batch of documents becomes, laid down in one file until all runs are merged.

A process that analyzes writes its own, so that columns never pass from one process to another.
"""

import mmap
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.columns import ColumnWriter, MappedColumns, Place
from indexer.engines.whoosh.merging import MARK, Stretch
from indexer.engines.whoosh.parts import Lists
from indexer.entries import FieldTerms

#: How much of the stored documents is copied at a time, in bytes.
_PIECE = 1 << 20


class Places(NamedTuple):
    """Where the posting lists of one field lie: the columns of an `Inversion`, and where each term ends."""

    terms: Place
    ends: Place
    bounds: Place
    documents: Place
    counts: Place
    positions: Place | None


class Run(NamedTuple):
    """A run: its file, how many documents it holds, and where its columns lie, by name.

    ``values`` are the distinct values of each column of few.
    """

    path: Path
    documents: int
    lists: Mapping[str, Places]
    columns: Mapping[str, Place]
    values: Mapping[str, list[str]]

    @property
    def stored(self) -> Path:
        """The file of its documents, ready to be stored."""
        return self.path.with_suffix(".stored")

    @property
    def size(self) -> int:
        """How many bytes its files take."""
        return self.path.stat().st_size + self.stored.stat().st_size

    def opened(self) -> "RunReader":
        """What reads it."""
        return RunReader(self)


class RunWriter(ColumnWriter):
    """Writes columns and posting lists."""

    def put_lists(self, field: FieldTerms, *, positions: bool) -> Places:
        """Write the posting lists of a field."""
        lists = field.inversion
        lengths = np.fromiter(map(len, lists.terms), np.int64, len(lists.terms))
        return Places(
            self.put_bytes(MARK.join(lists.terms)),
            self.put(np.cumsum(lengths + len(MARK))),
            self.put(lists.bounds),
            self.put(lists.documents),
            self.put(lists.counts),
            self.put(field.positions[lists.order]) if positions else None,
        )


class RunReader(MappedColumns):
    """Reads a run through a memory map."""

    def __init__(self, run: Run) -> None:
        super().__init__(run.path)
        self._run = run

    def numbers(self, name: str) -> NDArray[Any]:
        """A column of numbers, or how many bytes each stored document takes; shape (documents,)."""
        return self.column(self._run.columns[name])

    def values(self, name: str) -> tuple[NDArray[Any], Sequence[str]]:
        """A column of few values: each document's number of its value, and the values."""
        return self.column(self._run.columns[name]), self._run.values[name]

    def stored(self) -> Iterator[bytes]:
        """The stored documents end to end, a piece at a time; their file goes."""
        with self._run.stored.open("rb") as file:
            while piece := file.read(_PIECE):
                yield piece
        self._run.stored.unlink()

    def lists(self, field: str, base: int) -> "RunLists":
        """The posting lists of a field; the run's documents are numbered from ``base`` on."""
        return RunLists(self, self._run.lists[field], base)

    def volume(self, field: str) -> int:
        """How many bytes the posting lists of a field take."""
        lists = self._run.lists[field]
        return sum(place.size for place in (lists.documents, lists.counts, lists.positions) if place)

    def terms(self, field: str) -> Sequence[bytes]:
        """The terms of a field, in order."""
        joined = self.column(self._run.lists[field].terms).tobytes()
        return joined.split(MARK) if self._run.lists[field].ends.length else []

    def forget(self) -> None:
        """Give pages that were read back: those of hundreds of runs come to more than a merge takes."""
        self.map.madvise(mmap.MADV_DONTNEED)

    def close(self) -> None:
        """The map goes with the last column that was read."""


class RunLists(Lists):
    """The posting lists of one field of a run."""

    def __init__(self, reader: RunReader, places: Places, base: int) -> None:
        """The run's documents are numbered from ``base`` on."""
        super().__init__(reader.column(places.bounds))
        self._reader = reader
        self._base = np.int32(base)
        # Views give bytes and numbers of Python, in a third of the time that arrays take for theirs.
        self._terms = reader.column(places.terms).data
        self._ends = reader.column(places.ends).data
        self._documents = reader.column(places.documents)
        self._counts = reader.column(places.counts)
        self._positions = None if places.positions is None else reader.column(places.positions)
        # How many occurrences the stretches so far held: positions are kept one an occurrence.
        self._occurred = 0

    def __getitem__(self, index: int) -> bytes:
        return self._bytes(index, index + 1)

    def samples(self, quota: int) -> Iterator[tuple[bytes, int]]:
        """Some terms, and the work that lies between each and the next."""
        yield from super().samples(quota)
        self._reader.forget()

    def stretch(self, start: int, stop: int) -> Stretch:
        """The lists of some terms, at least one, each time those behind the ones before."""
        bounds = self._bounds[start : stop + 1].astype(np.int64)
        low, high = int(bounds[0]), int(bounds[-1])
        counts = self._counts[low:high].astype(np.int32)
        positions = None
        if self._positions is not None:
            last = self._occurred + int(counts.sum())
            positions = self._positions[self._occurred : last].astype(np.int32)
            self._occurred = last
        found = Stretch(
            self._bytes(start, stop).split(MARK),
            bounds[1:] - bounds[:-1],
            self._documents[low:high].astype(np.int32) + self._base,
            counts,
            positions,
        )
        self._reader.forget()
        return found

    def _bytes(self, start: int, stop: int) -> bytes:
        """Some terms, end to end, with a mark between each two."""
        begin = self._ends[start - 1] if start else 0
        return self._terms[begin : self._ends[stop - 1] - len(MARK)].tobytes()

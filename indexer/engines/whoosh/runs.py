"""Runs: what a batch of documents becomes, laid down in one file until all runs are merged.

A process that analyzes writes its own, so that columns never pass from one process to another.
"""

import mmap
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.engines.whoosh.inversion import MARK, Inverted

#: Columns begin at a multiple of so many bytes.
_ALIGNED = 8


class Place(NamedTuple):
    """Where a column lies in a file, in bytes, of which type it is, and how many numbers it holds."""

    kind: str
    start: int
    length: int


class Lists(NamedTuple):
    """Where the posting lists of one field lie: the columns of `Inverted`, and where each term ends."""

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
    lists: Mapping[str, Lists]
    columns: Mapping[str, Place]
    values: Mapping[str, list[str]]


class RunWriter:
    """Writes columns one after another."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("wb")

    def put(self, column: NDArray[Any]) -> Place:
        """Write numbers from 0 on, as narrow as the largest allows."""
        kind = np.min_scalar_type(int(column.max())) if len(column) else np.dtype(np.uint8)
        return self._written(column.astype(kind).tobytes(), kind.str, len(column))

    def put_bytes(self, blob: bytes) -> Place:
        """Write bytes."""
        return self._written(blob, "|u1", len(blob))

    def put_lists(self, inverted: Inverted) -> Lists:
        """Write the posting lists of a field."""
        lengths = np.fromiter(map(len, inverted.terms), np.int64, len(inverted.terms))
        return Lists(
            self.put_bytes(MARK.join(inverted.terms)),
            self.put(np.cumsum(lengths + len(MARK))),
            self.put(inverted.bounds),
            self.put(inverted.documents),
            self.put(inverted.counts),
            None if inverted.positions is None else self.put(inverted.positions),
        )

    def close(self) -> None:
        """Flush and close the file."""
        self._file.close()

    def _written(self, blob: bytes, kind: str, length: int) -> Place:
        start = self._file.tell()
        self._file.write(blob + bytes(-len(blob) % _ALIGNED))
        return Place(kind, start, length)


class RunReader:
    """Reads the columns of a run through a memory map."""

    def __init__(self, run: Run) -> None:
        with run.path.open("rb") as file:
            self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        self._bytes = np.frombuffer(self._map, np.uint8)

    def column(self, place: Place) -> NDArray[Any]:
        """A column, shape (place.length,)."""
        kind = np.dtype(place.kind)
        return self._bytes[place.start : place.start + place.length * kind.itemsize].view(kind)

    def forget(self) -> None:
        """Give pages that were read back: those of hundreds of runs come to more than a merge takes."""
        self._map.madvise(mmap.MADV_DONTNEED)

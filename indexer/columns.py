"""A file of columns, one behind the other: read where they lie, or through a memory map."""

import mmap
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from indexer.slices import SlicedFile

#: Columns begin at a multiple of so many bytes.
_ALIGNED = 8


class Place(NamedTuple):
    """Where a column lies in a file, in bytes, of which type it is, and how many numbers it holds."""

    kind: str
    start: int
    length: int

    @property
    def size(self) -> int:
        """How many bytes it takes."""
        return self.length * np.dtype(self.kind).itemsize


class ColumnWriter:
    """Writes columns."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("wb")

    def put(self, column: NDArray[Any]) -> Place:
        """Write numbers from 0 on, as narrow as the largest allows."""
        kind = np.min_scalar_type(int(column.max())) if len(column) else np.dtype(np.uint8)
        kind = kind.newbyteorder("<")
        return self._written(column.astype(kind).tobytes(), kind.str, len(column))

    def put_bytes(self, blob: bytes) -> Place:
        """Write bytes."""
        return self._written(blob, "|u1", len(blob))

    def put_pieces(self, pieces: Iterable[bytes]) -> Place:
        """Write bytes that come a piece at a time."""
        start = self._file.tell()
        for piece in pieces:
            self._file.write(piece)
        length = self._file.tell() - start
        self._file.write(bytes(-length % _ALIGNED))
        return Place("|u1", start, length)

    def close(self) -> None:
        """Flush and close the file."""
        self._file.close()

    def _written(self, blob: bytes, kind: str, length: int) -> Place:
        start = self._file.tell()
        self._file.write(blob + bytes(-len(blob) % _ALIGNED))
        return Place(kind, start, length)


class Columns(Protocol):
    """A file of columns; safe to use from several threads."""

    @property
    def size(self) -> int:
        """How many bytes it has."""

    def get(self, start: int, length: int) -> bytes:
        """So many bytes at a place."""

    def find(self, sought: bytes, start: int, stop: int) -> int:
        """The first place from ``start`` on where bytes stand, all of them before ``stop``; -1 for none."""

    def column(self, place: Place) -> NDArray[Any]:
        """A column, shape (place.length,)."""


class ReadColumns(SlicedFile):
    """Reads columns of an index that is there already: harmed, it is told, and ends nobody."""

    def column(self, place: Place) -> NDArray[Any]:
        """A column, shape (place.length,)."""
        return np.frombuffer(self.get(place.start, place.size), np.dtype(place.kind), place.length)


class HeldColumns:
    """Columns that are in memory, of which many small pieces are asked for."""

    def __init__(self, held: bytes | mmap.mmap) -> None:
        self._held = held
        self.size = len(held)

    def get(self, start: int, length: int) -> bytes:
        """So many bytes at a place."""
        return self._held[start : start + length]

    def find(self, sought: bytes, start: int, stop: int) -> int:
        """The first place from ``start`` on where bytes stand, all of them before ``stop``; -1 for none."""
        return self._held.find(sought, start, stop)

    def column(self, place: Place) -> NDArray[Any]:
        """A column, shape (place.length,)."""
        return np.frombuffer(self._held, np.dtype(place.kind), place.length, place.start)


class MappedColumns(HeldColumns):
    """Reads columns of a file that this very command wrote; all of them may not fit into memory."""

    def __init__(self, path: Path) -> None:
        """Map a file.

        Raises:
            OSError: it is not there.
            ValueError: it is empty.
        """
        with path.open("rb") as file:
            self.map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        super().__init__(self.map)

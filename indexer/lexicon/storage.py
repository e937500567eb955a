"""One file of columns: strings in a row, and numbers, read where they lie through a memory map."""

import json
import mmap
import struct
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.errors import IndexUnavailable

#: Stands behind every string; no string of a lexicon holds one.
MARK = b"\n"
_ALIGNED = 8
_TAIL = struct.Struct("<QI")


class ColumnWriter:
    """Writes columns by name, and at the end where each is."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("wb")
        self._places: dict[str, tuple[str, int, int]] = {}

    def put(self, name: str, numbers: NDArray[Any]) -> None:
        """Write numbers from 0 on, as narrow as the largest allows."""
        kind = np.min_scalar_type(int(numbers.max())) if len(numbers) else np.dtype(np.uint8)
        self._put(name, kind.newbyteorder("<").str, numbers.astype(kind.newbyteorder("<")).tobytes())

    def put_strings(self, name: str, strings: Sequence[bytes]) -> None:
        """Write strings, and where each ends."""
        lengths = np.fromiter(map(len, strings), np.int64, len(strings))
        self._put(name, "|u1", b"".join([MARK.join(strings), MARK * bool(strings)]))
        self.put(f"{name}.ends", np.cumsum(lengths + len(MARK)))

    def close(self) -> None:
        """Write the directory, and close the file."""
        with self._file:
            start = self._file.tell()
            directory = json.dumps(self._places).encode()
            self._file.write(directory + _TAIL.pack(start, len(directory)))

    def _put(self, name: str, kind: str, blob: bytes) -> None:
        self._places[name] = (kind, self._file.tell(), len(blob))
        self._file.write(blob + bytes(-len(blob) % _ALIGNED))


class ColumnReader:
    """Reads columns by name; safe to use from several threads."""

    def __init__(self, path: Path) -> None:
        """Map a file.

        Raises:
            IndexUnavailable: it is missing or damaged.
        """
        try:
            with path.open("rb") as file:
                self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            start, length = _TAIL.unpack(self._map[-_TAIL.size :])
            self._places: dict[str, tuple[str, int, int]] = json.loads(self._map[start : start + length])
        except (OSError, ValueError, struct.error) as error:
            raise IndexUnavailable(
                f"the words of the index in {path.parent} are damaged or half-written",
                hint="Build it anew with: serai rebuild",
            ) from error

    def numbers(self, name: str) -> NDArray[Any]:
        """A column of numbers."""
        kind, start, size = self._places[name]
        return np.frombuffer(self._map, np.dtype(kind), size // np.dtype(kind).itemsize, start)

    def strings(self, name: str) -> "Strings":
        """A column of strings."""
        _, start, size = self._places[name]
        return Strings(self._map, start, size, self.numbers(f"{name}.ends"))


class Strings(Sequence[bytes]):
    """Strings in a row, as a sequence; each is read when it is asked for."""

    def __init__(self, source: mmap.mmap, start: int, size: int, ends: NDArray[Any]) -> None:
        """``ends``, shape (strings,), says where each ends, its mark included, counted from ``start``."""
        self._map = source
        self._start = start
        self._size = size
        self.ends = ends

    def __len__(self) -> int:
        return len(self.ends)

    def __getitem__(self, index: Any) -> Any:
        if isinstance(index, slice):
            return [self[place] for place in range(*index.indices(len(self)))]
        start = self._start + (int(self.ends[index - 1]) if index else 0)
        return self._map[start : self._start + int(self.ends[index]) - len(MARK)]

    def find(self, string: bytes) -> int | None:
        """Where a string is among ascending ones."""
        place = bisect_left(self, string)
        return place if place < len(self) and self[place] == string else None

    def beginning(self, prefix: bytes) -> range:
        """Which of ascending UTF-8 strings begin so."""
        return range(bisect_left(self, prefix), bisect_left(self, prefix + b"\xff"))

    def equal(self, string: bytes) -> range:
        """Which of ascending strings are a certain one."""
        return range(bisect_left(self, string), bisect_right(self, string))

    def holding(self, part: bytes, most: int) -> list[int]:
        """The first strings that hold a part, ascending, at most so many."""
        found: list[int] = []
        place = self._map.find(part, self._start, self._start + self._size)
        while place >= 0 and len(found) < most:
            index = int(np.searchsorted(self.ends, place - self._start, side="right"))
            found.append(index)
            end = self._start + int(self.ends[index])
            place = self._map.find(part, end, self._start + self._size)
        return found

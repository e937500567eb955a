"""A file of columns by name, strings among them, and at its end where each is."""

import json
import struct
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from indexer import columns
from indexer.columns import Columns, HeldColumns, Place, ReadColumns
from indexer.errors import IndexUnavailable

#: Stands behind every string; `Strings.holding` is for columns of which no string holds one.
MARK = b"\n"
_TAIL = struct.Struct("<QQ")


class TableWriter:
    """Writes columns by name; a context, at the end of which stands where each is."""

    def __init__(self, path: Path) -> None:
        self._columns = columns.ColumnWriter(path)
        self._places: dict[str, Place] = {}

    def put(self, name: str, numbers: NDArray[Any]) -> None:
        """Write numbers from 0 on."""
        self._places[name] = self._columns.put(numbers)

    def put_strings(self, name: str, strings: Sequence[str]) -> None:
        """Write strings, and where each ends."""
        self.put_pieces(name, [list(map(encoded, strings))])

    def put_pieces(self, name: str, pieces: Iterable[Sequence[bytes]]) -> None:
        """Write strings that come some at a time, as `encoded`, and where each ends."""
        lengths = [np.zeros(0, np.int64)]

        def joined() -> Iterator[bytes]:
            for strings in pieces:
                lengths.append(np.fromiter(map(len, strings), np.int64, len(strings)))
                yield MARK.join([*strings, b""])

        self._places[name] = self._columns.put_pieces(joined())
        self.put(f"{name}.ends", np.cumsum(np.concatenate(lengths) + len(MARK)))

    def put_bytes(self, name: str, blob: bytes) -> None:
        """Write bytes."""
        self._places[name] = self._columns.put_bytes(blob)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            directory = json.dumps(self._places).encode()
            start = self._columns.put_bytes(directory).start
            self._columns.put_bytes(_TAIL.pack(start, len(directory)))
        self._columns.close()


class TableReader:
    """Reads columns by name; safe to use from several threads."""

    def __init__(self, path: Path, opened: Callable[[Path], Columns] = ReadColumns) -> None:
        """Open a file.

        Raises:
            IndexUnavailable: it is missing or damaged.
        """
        try:
            self._columns = opened(path)
            start, length = _TAIL.unpack(self._columns.get(self._columns.size - _TAIL.size, _TAIL.size))
            places: dict[str, list[Any]] = json.loads(self._columns.get(start, length))
            self._places = {name: Place(*place) for name, place in places.items()}
        except (OSError, ValueError, TypeError, AttributeError, struct.error) as error:
            raise IndexUnavailable(
                f"the index in {path.parent} is damaged or half-written: see {path.name}",
                hint="Build it anew with: serai rebuild",
            ) from error

    def numbers(self, name: str) -> NDArray[Any]:
        """A column of numbers."""
        return self._columns.column(self._places[name])

    def bytes(self, name: str) -> bytes:
        """A column of bytes."""
        place = self._places[name]
        return self._columns.get(place.start, place.size)

    def strings(self, name: str, *, held: bool = False) -> "Strings":
        """A column of strings, read a piece at a time; or ``held`` in memory, where many are asked for."""
        place = self._places[name]
        ends = self.numbers(f"{name}.ends")
        if held:
            return Strings(HeldColumns(self.bytes(name)), 0, place.size, ends)
        return Strings(self._columns, place.start, place.size, ends)


class Strings:
    """Strings in a row; each is read when it is asked for."""

    def __init__(self, file: Columns, start: int, size: int, ends: NDArray[Any]) -> None:
        """``ends``, shape (strings,), says where each ends, its mark included, counted from ``start``."""
        self._file = file
        self._start = start
        self._size = size
        # A view gives numbers of Python, in a third of the time that an array takes for one of its own.
        self._ends = ends.data

    def __getitem__(self, index: int) -> str:
        return self._bytes(index).decode("utf-8", "surrogatepass")

    def __iter__(self) -> Iterator[str]:
        blob = self._file.get(self._start, self._size)
        start = 0
        for end in self._ends.tolist():
            yield blob[start : end - len(MARK)].decode("utf-8", "surrogatepass")
            start = end

    def __len__(self) -> int:
        return len(self._ends)

    def between(self, start: int, stop: int) -> list[bytes]:
        """Some strings as they are written, none of which holds a mark."""
        if stop <= start:
            return []
        return self._joined(start, stop).split(MARK)

    def find(self, string: str) -> int | None:
        """Where a string is among ascending ones."""
        wanted = encoded(string)
        place = self.before(wanted)
        return place if place < len(self._ends) and self._bytes(place) == wanted else None

    def beginning(self, prefix: str) -> range:
        """Which of ascending strings begin so."""
        first = encoded(prefix)
        return range(self.before(first), self.before(first + b"\xff"))

    def equal(self, string: str) -> range:
        """Which of ascending strings are a certain one."""
        wanted = encoded(string)
        every = range(len(self._ends))
        first = self.before(wanted)
        if first == len(every) or self._bytes(first) != wanted:
            return range(first, first)
        return range(first, bisect_right(every, wanted, lo=first, key=self._bytes))

    def holding(self, part: str, most: int) -> list[int]:
        """The first strings that hold a part, ascending, at most so many."""
        found: list[int] = []
        sought = encoded(part)
        place = self._file.find(sought, self._start, self._start + self._size)
        while place >= 0 and len(found) < most:
            index = bisect_right(self._ends, place - self._start)
            found.append(index)
            end = self._start + self._ends[index]
            place = self._file.find(sought, end, self._start + self._size)
        return found

    def _bytes(self, index: int) -> bytes:
        return self._joined(index, index + 1)

    def _joined(self, start: int, stop: int) -> bytes:
        """Some strings, at least one, as they lie there."""
        first = self._ends[start - 1] if start else 0
        return self._file.get(self._start + first, self._ends[stop - 1] - len(MARK) - first)

    def before(self, limit: bytes) -> int:
        """How many of ascending strings come before some bytes."""
        return bisect_left(range(len(self._ends)), limit, key=self._bytes)


def all_encoded(strings: Sequence[str]) -> list[bytes]:
    """Strings as they are written, none of which holds a mark."""
    return encoded("\n".join(strings)).split(MARK) if strings else []


def encoded(string: str) -> bytes:
    """A string as it is written; lone surrogates, which a text may hold, as well."""
    return string.encode("utf-8", "surrogatepass")

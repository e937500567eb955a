"""The columns of a segment in Whoosh's forms, written for all documents together."""

from array import array
from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray
from whoosh.columns import NumericColumn

#: A column of values refers to at most so many.
_MOST_VALUES = 1 << 16


class NumberColumn(NumericColumn):
    """Whoosh's column of numbers, from 0 on, all of one width: 1, 2, 4 or 8 bytes."""

    #: By width, what the numbers are to numpy.
    KINDS: ClassVar = {1: ">u1", 2: ">u2", 4: ">u4", 8: ">u8"}
    _CODES: ClassVar = {1: "B", 2: "H", 4: "I", 8: "Q"}

    def __init__(self) -> None:
        super().__init__("Q")

    def reader(self, dbfile: Any, basepos: int, length: int, doccount: int) -> Any:
        """What reads a column of so many bytes."""
        code = self._CODES[length // doccount if doccount else 1]
        return NumericColumn.Reader(dbfile, basepos, length, doccount, code, 0)


def numbers_in(reader: Any, count: int) -> NDArray[np.int64]:
    """All numbers of a column, shape (count,), given Whoosh's reader of it."""
    data = reader._dbfile.get(reader._basepos, count * reader._fixedlen)
    return np.frombuffer(data, NumberColumn.KINDS[reader._fixedlen], count).astype(np.int64)


def write_numbers(file: Any, columns: Iterable[NDArray[Any]]) -> None:
    """Write numbers from 0 on, as narrow as the largest allows; `NumberColumn` reads them."""
    every = np.concatenate([np.zeros(0, np.int64), *columns])
    largest = int(every.max(initial=0))
    width = next(width for width in NumberColumn.KINDS if largest < 1 << 8 * width)
    file.write(every.astype(NumberColumn.KINDS[width]).tobytes())
    file.close()


def write_values(file: Any, parts: Iterable[tuple[NDArray[Any], Sequence[str]]]) -> None:
    """Write one of few values a document, as `whoosh.columns.RefBytesColumn` does.

    Each part has the numbers of its documents' values, and the values. Those beyond the 65,535th are empty.
    """
    numbers: dict[bytes, int] = {b"": 0}
    codes = [np.zeros(0, np.int64)]
    for column, values in parts:
        known = [numbers.setdefault(value.encode(), len(numbers)) for value in values]
        codes.append(np.array(known, np.int64)[column])
    kept = list(numbers)[:_MOST_VALUES]
    wide = len(numbers) >= 1 << 8
    every = np.concatenate(codes)
    every[every >= _MOST_VALUES] = 0
    file.write(every.astype(">u2" if wide else np.uint8).tobytes())
    file.write_varint(len(kept))
    for value in kept:
        file.write_varint(len(value))
        file.write(value)
    file.write_byte(ord("H" if wide else "B"))
    file.close()


def write_blobs(file: Any, pieces: Iterable[bytes], sizes: Iterable[NDArray[Any]]) -> None:
    """Write bytes, some for each document, as `whoosh.columns.VarBytesColumn` does.

    ``pieces`` are they end to end, however cut.
    """
    for piece in pieces:
        file.write(piece)
    lengths = np.concatenate([np.zeros(0, np.int64), *sizes]).astype(np.int64)
    offsets = np.cumsum(lengths) - lengths
    far = len(offsets) and int(offsets[-1]) >= 1 << 32
    file.write_array(array("I", lengths.tolist()))
    file.write_array(array("q" if far else "I", offsets.tolist()))
    file.write(b"IqX" if far else b"IIX")
    file.close()

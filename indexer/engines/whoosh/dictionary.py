"""The terms of a segment in order, in blocks; each is found by two searches that run in C.

    file     fields one after another · directory (JSON) · where it begins (8 bytes)
    field    blocks · first term of each block · where each block begins (4 bytes each, or 8)
    block    head · documents less one · occurrences less documents · lengths of postings · terms

The terms of a block are written without the beginning that they share, each between two bytes
that UTF-8 never uses. The numbers of a block take as many bytes as its largest one needs, none where
all are zero: most terms are rare. Whoosh's own file, a hash table of whole keys, takes four times the room.
"""

import json
import struct
from array import array
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from os.path import commonprefix
from typing import BinaryIO, NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.engines.whoosh.storage import ReadFile

#: How many terms a block holds, at most: a search within is over before a call of Python is.
_MOST = 32
#: No byte of UTF-8.
_MARK = b"\xff"
# Offset of the first posting list, bytes that all terms share, width of each column (2 bits each), terms.
_HEAD = struct.Struct("<QIBB")
_WIDTHS = (0, 1, 2, 4)
_COLUMNS = ("", "B", "H", "I")
_PLACE = struct.Struct("<Q")
#: By the codes of a block: the bytes that each column takes for a term, and the code of the last.
_LAYOUTS = [
    (_WIDTHS[codes & 3], _WIDTHS[codes >> 2 & 3], _WIDTHS[codes >> 4], codes >> 4) for codes in range(64)
]

Counts = NDArray[np.int64]


class Entry(NamedTuple):
    """What the dictionary says of a term: how common it is, and where its postings lie, in bytes."""

    documents: int
    occurrences: int
    offset: int
    length: int


class Listing(NamedTuple):
    """Terms that follow each other: how common each is, and its postings' length, in bytes.

    The postings lie end to end from ``offset`` on. The columns have shape (terms,).
    """

    terms: Sequence[bytes]
    documents: Counts
    occurrences: Counts
    offset: int
    lengths: Counts


class FieldWriter:
    """Writes the terms of one field, in order."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._firsts: list[bytes] = []
        self._sizes: list[int] = []
        self._last: bytes | None = None
        self._offset = 0

    def add(self, terms: Sequence[bytes], documents: Counts, occurrences: Counts, lengths: Counts) -> None:
        """Add terms, which ascend and follow all added before: how common each is, and its postings' length.

        Raises:
            ValueError: the terms do not ascend.
        """
        if not terms:
            return
        if (self._last is not None and terms[0] <= self._last) or any(map(bytes.__ge__, terms, terms[1:])):
            raise ValueError("terms must ascend")
        self._last = terms[-1]
        starts = np.arange(0, len(terms), _MOST)
        columns = [documents - 1, occurrences - documents, lengths]
        codes = [_narrowest(np.maximum.reduceat(column, starts)) for column in columns]
        offsets = (self._offset + np.cumsum(lengths) - lengths)[starts]
        self._offset += int(lengths.sum())
        typed = [[column.astype(f"<u{max(1, width)}") for width in _WIDTHS] for column in columns]
        rows = zip(starts.tolist(), offsets.tolist(), *(code.tolist() for code in codes), strict=True)
        for start, offset, *widths in rows:
            some = slice(start, start + _MOST)
            block = _block(
                terms[some],
                offset,
                widths,
                [typed[index][code][some].tobytes() for index, code in enumerate(widths) if code],
            )
            self._file.write(block)
            self._firsts.append(terms[start])
            self._sizes.append(len(block))

    def finish(self) -> tuple[int, int, int]:
        """Write what finds a block; how many blocks there are, their bytes, and those of the first terms."""
        firsts = _MARK.join(self._firsts)
        ends = np.cumsum([0, *self._sizes])
        self._file.write(firsts)
        self._file.write(ends.astype("<u8").tobytes())
        return len(self._sizes), int(ends[-1]), len(firsts)


def _narrowest(largest: Counts) -> NDArray[np.int64]:
    """The code of the width that each of these numbers fits in."""
    return np.searchsorted([0, (1 << 8) - 1, (1 << 16) - 1], largest)


def _block(terms: Sequence[bytes], offset: int, codes: Sequence[int], columns: Sequence[bytes]) -> bytes:
    shared = len(commonprefix([terms[0], terms[-1]]))  # noqa: RUF071 - terms are no paths
    packed = codes[0] | codes[1] << 2 | codes[2] << 4
    head = _HEAD.pack(offset, shared, packed, len(terms))
    return b"".join(
        [head, *columns, terms[0][:shared], _MARK, _MARK.join([term[shared:] for term in terms]), _MARK]
    )


class FieldDictionary:
    """The terms of one field, read where they lie."""

    def __init__(
        self, file: ReadFile, start: int, sizes: tuple[int, int, int], postings: int, documents: int
    ) -> None:
        """The field begins at ``start``, its postings at ``postings``; ``sizes`` are `finish`'s.

        ``documents`` is how many there are. Where a term stands in more, the file was harmed, and what reads
        that raises ValueError: lists of successive documents take no room, so nothing else would stop at any
        number.
        """
        self._documents = documents
        self._file = file
        self._start = start
        self._count, self._size, self._firsts_size = sizes
        self._postings = postings

    @cached_property
    def _firsts(self) -> list[bytes]:
        """The first term of each block."""
        return self._file.get(self._start + self._size, self._firsts_size).split(_MARK) if self._count else []

    @cached_property
    def _ends(self) -> list[int]:
        at = self._start + self._size + self._firsts_size
        raw = self._file.get(at, (self._count + 1) * _PLACE.size)
        return np.frombuffer(raw, "<u8").tolist()  # type: ignore[no-any-return]

    def entry(self, term: bytes) -> Entry | None:
        """What the field says of a term; None, if it does not hold it."""
        number = bisect_right(self._firsts, term) - 1
        if number < 0:
            return None
        ends = self._ends
        block = self._file.get(self._start + ends[number], ends[number + 1] - ends[number])
        offset, shared, codes, count = _HEAD.unpack_from(block)
        first, second, third, code = _LAYOUTS[codes]
        at = _HEAD.size
        terms = at + count * (first + second + third) + shared
        place = block.find(_MARK + term[shared:] + _MARK, terms)
        if place < 0 or not block.startswith(term[:shared], terms - shared):
            return None
        index = block.count(_MARK, terms, place)
        documents = 1 + (block[at + index] if first == 1 else _number(block, at, first, index))
        self._check(documents)
        at += count * first
        more = _number(block, at, second, index) if second else 0
        at += count * second
        if third == 1:
            before, length = sum(block[at : at + index]), block[at + index]
        else:
            before, length = sum(_numbers(block, at, code, index)), _number(block, at, third, index)
        return Entry(documents, documents + more, self._postings + offset + before, length)

    def entries_from(self, term: bytes) -> Iterator[tuple[bytes, Entry]]:
        """The terms from one on, in order, and what the field says of them."""
        for number in range(max(0, bisect_right(self._firsts, term) - 1), self._count):
            for found, entry in self._entries(number):
                if found >= term:
                    yield found, entry

    def frequencies(self) -> tuple[Counts, Counts]:
        """In how many documents each term stands, in order; and how many terms each block holds."""
        found, sizes = array("I"), []
        for number in range(self._count):
            (documents, *_), _ = self._columns(self._read(number))
            found.extend(documents)
            sizes.append(len(documents))
        return np.frombuffer(found, np.uint32).astype(np.int64) + 1, np.array(sizes, np.int64)

    def listing(self, start: int, stop: int) -> Listing:
        """What the field says of the terms of some blocks, at least one."""
        terms: list[bytes] = []
        columns: tuple[list[int], ...] = ([], [], [])
        for number in range(start, stop):
            block = self._read(number)
            some, at = self._columns(block)
            terms += _terms(block, at)
            for column, numbers in zip(columns, some, strict=True):
                column += numbers
        documents, more, lengths = (np.array(column, np.int64) for column in columns)
        (offset, *_) = _HEAD.unpack_from(self._read(start))
        return Listing(terms, documents + 1, documents + 1 + more, self._postings + offset, lengths)

    @property
    def volume(self) -> int:
        """How many bytes the posting lists of the field take."""
        if not self._count:
            return 0
        last = self.listing(self._count - 1, self._count)
        return last.offset - self._postings + int(last.lengths.sum())

    def _entries(self, number: int) -> Iterator[tuple[bytes, Entry]]:
        block = self._read(number)
        columns, at = self._columns(block)
        (offset, *_) = _HEAD.unpack_from(block)
        offset += self._postings
        for term, documents, more, length in zip(_terms(block, at), *columns, strict=True):
            yield term, Entry(documents + 1, documents + 1 + more, offset, length)
            offset += length

    def _columns(self, block: bytes) -> tuple[list[Sequence[int]], int]:
        """The columns of a block, and where its terms begin."""
        _, _, codes, count = _HEAD.unpack_from(block)
        at = _HEAD.size
        columns = []
        for code in (codes & 3, codes >> 2 & 3, codes >> 4):
            columns.append(_numbers(block, at, code, count))
            at += count * _WIDTHS[code]
        self._check(1 + max(columns[0], default=0))
        return columns, at

    def _check(self, documents: int) -> None:
        if documents > self._documents:
            raise ValueError("a term stands in more documents than there are")

    def _read(self, number: int) -> bytes:
        start, stop = self._ends[number : number + 2]
        return self._file.get(self._start + start, stop - start)


def _terms(block: bytes, at: int) -> list[bytes]:
    """The terms of a block, which begin at ``at``."""
    _, shared, _, _ = _HEAD.unpack_from(block)
    prefix = block[at : at + shared]
    return [prefix + rest for rest in block[at + shared + 1 : -1].split(_MARK)]


def _number(block: bytes, at: int, width: int, index: int) -> int:
    return int.from_bytes(block[at + index * width : at + (index + 1) * width], "little")


def _numbers(block: bytes, at: int, code: int, count: int) -> Sequence[int]:
    """The first numbers of a column."""
    if code == 0:
        return (0,) * count
    if code == 1:
        return block[at : at + count]
    return struct.unpack_from(f"<{count}{_COLUMNS[code]}", block, at)


class FieldPart(NamedTuple):
    """One field of a dictionary: where it begins, `FieldWriter.finish`'s answer, where its postings begin."""

    start: int
    sizes: tuple[int, int, int]
    postings: int


def write_directory(file: BinaryIO, start: int, fields: Mapping[str, FieldPart]) -> None:
    """Write, at ``start``, where each field is, in the order of the fields in the file."""
    file.write(json.dumps(fields).encode())
    file.write(_PLACE.pack(start))


def dictionaries(file: ReadFile, length: int, documents: int) -> dict[str, FieldDictionary]:
    """The fields of a dictionary file of ``length`` bytes, of a segment of so many documents."""
    (start,) = _PLACE.unpack(file.get(length - _PLACE.size, _PLACE.size))
    directory = json.loads(file.get(start, length - _PLACE.size - start))
    return {
        name: FieldDictionary(file, at, (sizes[0], sizes[1], sizes[2]), postings, documents)
        for name, (at, sizes, postings) in directory.items()
    }

"""A posting list as bytes that numpy reads at once.

Three columns of small numbers: gaps between documents, counts less one, gaps between positions.
Each is laid down at the narrowest of 0, 1, 2 or 4 bytes a number; the few that do not fit stand
behind it with their places, and their low bytes stay in the column (patched frames, after
Zukowski et al., "Super-Scalar RAM-CPU Cache Compression", 2006).

    head (2 bytes: per column 2 bits of width, 1 bit of patches) · documents · counts · positions

A column is its numbers, then, if patched: how many, their places, what to add (4 bytes each).
"""

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]
Buffer = bytes | memoryview

_WIDTHS = (0, 1, 2, 4)
_TYPES = (None, np.dtype("<u1"), np.dtype("<u2"), np.dtype("<u4"))
_HEAD = struct.Struct("<H")
#: Shorter columns are never patched: choosing costs more than it saves.
_PATCHABLE = 32


class Postings(NamedTuple):
    """Where a term stands: ``documents`` ascend, shape (n,); ``counts``, shape (n,), how often in each.

    ``positions``, shape (sum of counts,), ascend within each document; None where not kept.
    """

    documents: Numbers
    counts: Numbers
    positions: Numbers | None = None


NOTHING = Postings(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0, np.int64))


@dataclass(frozen=True, slots=True)
class _Column:
    """All numbers of one column of a field, and their bytes at every width; cut a term at a time."""

    numbers: Numbers
    narrow: tuple[bytes, ...]
    codes: Sequence[int]

    @classmethod
    def of(cls, numbers: Numbers, bounds: Numbers) -> "_Column":
        narrow = tuple(b"" if kind is None else numbers.astype(kind).tobytes() for kind in _TYPES)
        if not len(numbers):
            return cls(numbers, narrow, [0] * (len(bounds) - 1))
        largest = np.maximum.reduceat(numbers, bounds[:-1])
        codes = np.searchsorted([0, 0xFF, 0xFFFF], largest, side="left")
        return cls(numbers, narrow, codes.tolist())

    def cut(self, term: int, start: int, stop: int) -> tuple[int, bytes]:
        """The code (width and patches) and the bytes of one term's numbers."""
        code = self.codes[term]
        if code == 0:
            return 0, b""
        if stop - start < _PATCHABLE:
            width = _WIDTHS[code]
            return code, self.narrow[code][start * width : stop * width]
        return self._patched(start, stop)

    def _patched(self, start: int, stop: int) -> tuple[int, bytes]:
        numbers = self.numbers[start:stop]
        sizes = []
        for width in _WIDTHS:
            over = int(np.count_nonzero(numbers >> (8 * width))) if width < 4 else 0
            sizes.append(len(numbers) * width + (4 + 8 * over if over else 0))
        code = int(np.argmin(sizes))
        width = _WIDTHS[code]
        column = self.narrow[code][start * width : stop * width] if width else b""
        places = np.flatnonzero(numbers >> (8 * width)) if width < 4 else np.zeros(0, np.int64)
        if not len(places):
            return code, column
        extra = (numbers[places] >> (8 * width)) << (8 * width)
        patches = np.concatenate([[len(places)], places, extra]).astype("<u4").tobytes()
        return code | 4, column + patches


class Encoder:
    """Encodes the posting lists of a whole field, given as columns, term by term."""

    def __init__(
        self, documents: Numbers, counts: Numbers, positions: Numbers | None, bounds: Numbers
    ) -> None:
        """``bounds``, shape (terms + 1,), cut ``documents`` and ``counts`` into terms, none empty."""
        self._bounds = bounds.tolist()
        self._documents = _Column.of(_gaps(documents, bounds[:-1]), bounds)
        self._counts = _Column.of(counts - 1, bounds)
        self._positions: _Column | None = None
        if positions is not None:
            ends = np.concatenate([[0], np.cumsum(counts)])
            self._position_bounds = ends[bounds].tolist()
            self._positions = _Column.of(_gaps(positions, ends[:-1]), ends[bounds])

    def __getitem__(self, term: int) -> bytes:
        start, stop = self._bounds[term], self._bounds[term + 1]
        documents, document_bytes = self._documents.cut(term, start, stop)
        counts, count_bytes = self._counts.cut(term, start, stop)
        head = documents | counts << 3
        if self._positions is None:
            return _HEAD.pack(head) + document_bytes + count_bytes
        first, last = self._position_bounds[term], self._position_bounds[term + 1]
        positions, position_bytes = self._positions.cut(term, first, last)
        return _HEAD.pack(head | positions << 6) + document_bytes + count_bytes + position_bytes


def decode(data: Buffer, frequency: int, total: int, *, positions: bool) -> Postings:
    """The posting list of a term that stands in ``frequency`` documents, ``total`` times in all."""
    documents, counts, offset, code = _documents(data, frequency)
    if not positions:
        return Postings(documents, counts)
    steps, _ = _numbers(data, offset, code, total)
    return Postings(documents, counts, _summed(steps, counts))


def decode_within(data: Buffer, frequency: int, total: int, wanted: NDArray[np.bool_]) -> Postings:
    """The posting list of a term, with positions, in the documents that ``wanted`` is true of.

    Two common words stand near each other in few documents; reading the positions of these alone
    costs a fraction of reading all.
    """
    documents, counts, offset, code = _documents(data, frequency)
    rows = np.flatnonzero(wanted[documents])
    kept = counts[rows]
    begins = (np.cumsum(counts) - counts)[rows]
    places = np.repeat(begins - (np.cumsum(kept) - kept), kept) + np.arange(kept.sum())
    return Postings(documents[rows], kept, _summed(_numbers_at(data, offset, code, total, places), kept))


def _documents(data: Buffer, frequency: int) -> tuple[Numbers, Numbers, int, int]:
    """Documents, counts, and where and how the positions are kept."""
    (head,) = _HEAD.unpack_from(data)
    gaps, offset = _numbers(data, _HEAD.size, head & 7, frequency)
    counts, offset = _numbers(data, offset, head >> 3 & 7, frequency)
    gaps += 1
    documents = np.cumsum(gaps, out=gaps)
    documents -= 1
    counts += 1
    return documents, counts, offset, head >> 6 & 7


def _summed(steps: Numbers, counts: Numbers) -> Numbers:
    """Positions from their steps, begun anew in each document."""
    running = np.cumsum(steps + 1)
    before = np.cumsum(counts) - counts
    base = np.where(before > 0, running[before - 1], 0)
    return np.asarray(running - 1 - np.repeat(base, counts))


def _gaps(ascending: Numbers, firsts: Numbers) -> Numbers:
    """Differences less one; the number itself at each of ``firsts``, where a new list begins."""
    gaps = np.diff(ascending, prepend=-1) - 1
    gaps[firsts] = ascending[firsts]
    return gaps


def _numbers(data: Buffer, offset: int, code: int, count: int) -> tuple[Numbers, int]:
    kind = _TYPES[code & 3]
    if kind is None:
        numbers = np.zeros(count, np.int64)
    else:
        numbers = np.frombuffer(data, kind, count, offset).astype(np.int64)
        offset += count * kind.itemsize
    if code & 4:
        (patches,) = struct.unpack_from("<I", data, offset)
        pairs = np.frombuffer(data, "<u4", 2 * patches, offset + 4)
        numbers[pairs[:patches]] += pairs[patches:]
        offset += 4 + 8 * patches
    return numbers, offset


def _numbers_at(data: Buffer, offset: int, code: int, count: int, places: Numbers) -> Numbers:
    """The numbers of a column at these ascending places."""
    kind = _TYPES[code & 3]
    if kind is None:
        numbers = np.zeros(len(places), np.int64)
    else:
        numbers = np.frombuffer(data, kind, count, offset)[places].astype(np.int64)
        offset += count * kind.itemsize
    if code & 4 and len(places):
        (patches,) = struct.unpack_from("<I", data, offset)
        pairs = np.frombuffer(data, "<u4", 2 * patches, offset + 4).astype(np.int64)
        found = np.minimum(np.searchsorted(places, pairs[:patches]), len(places) - 1)
        here = places[found] == pairs[:patches]
        numbers[found[here]] += pairs[patches:][here]
    return numbers

"""A posting list as bytes that numpy reads at once.

Three columns of small numbers (see `packing`): gaps between documents, counts less one, gaps
between positions.

    head (2 bytes: 4 bits of code for each column) · documents · counts · positions
"""

import struct
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.engines.whoosh.packing import (
    Numbers,
    Pieces,
    Unsigned,
    interleaved,
    packed,
    unpacked,
    unpacked_at,
    unpacked_lists,
)

_HEAD = struct.Struct("<H")

Column = NDArray[np.int64] | NDArray[np.int32]


class Postings(NamedTuple):
    """Where a term stands: ``documents`` ascend, shape (n,); ``counts``, shape (n,), how often in each.

    ``positions``, shape (sum of counts,), ascend within each document; None where not kept.
    """

    documents: Numbers
    counts: Numbers
    positions: Numbers | None = None


class Joined(NamedTuple):
    """What is made of several lists: ``documents``, and what each counts for, which need not be whole."""

    documents: Numbers
    counts: NDArray[np.float64]


NOTHING = Postings(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0, np.int64))


def encoded(
    documents: Column, counts: Column, positions: Column | None, bounds: Numbers
) -> tuple[NDArray[np.uint8], Numbers]:
    """The posting lists of many terms, given as columns: their blocks, end to end, and the size of each.

    ``bounds``, shape (terms + 1,), cut ``documents`` and ``counts`` into terms, none empty.
    """
    heads, pieces = packed(_gaps(documents, bounds[:-1]), bounds)
    heads = heads.astype("<u2")
    codes, more = packed((counts - 1).astype(np.uint32), bounds)
    heads |= codes.astype("<u2") << 4
    pieces += more
    if positions is not None:
        ends = np.concatenate([[0], np.cumsum(counts, dtype=np.int64)])
        codes, more = packed(_gaps(positions, ends[:-1]), ends[bounds])
        heads |= codes.astype("<u2") << 8
        pieces += more
    size = _HEAD.size
    rows = Pieces(heads.view(np.uint8), np.arange(len(heads)) * size, np.full(len(heads), size))
    return interleaved([rows, *pieces])


def decode(data: bytes, frequency: int, total: int, *, positions: bool) -> Postings:
    """The posting list of a term that stands in ``frequency`` documents, ``total`` times in all."""
    documents, counts, offset, code = _documents(data, frequency)
    if not positions:
        return Postings(documents, counts)
    _check(counts.sum(), total)
    steps, _ = unpacked(data, offset, code, total)
    return Postings(documents, counts, _summed(steps, counts))


def decode_within(data: bytes, frequency: int, total: int, wanted: NDArray[np.bool_]) -> Postings:
    """The posting list of a term, with positions, in the documents that ``wanted`` is true of.

    Two common words stand near each other in few documents; reading the positions of these alone
    costs a fraction of reading all.
    """
    documents, counts, offset, code = _documents(data, frequency)
    _check(counts.sum(), total)
    rows = np.flatnonzero(wanted[documents])
    kept = counts[rows]
    begins = (np.cumsum(counts) - counts)[rows]
    places = np.repeat(begins - (np.cumsum(kept) - kept), kept) + np.arange(kept.sum())
    return Postings(documents[rows], kept, _summed(unpacked_at(data, offset, code, total, places), kept))


def decode_lists(
    data: bytes, offsets: Numbers, frequencies: Numbers, totals: Numbers, *, positions: bool
) -> Postings:
    """Many posting lists, one after another; the columns are of shape (lists,).

    ``offsets`` say where each begins in ``data``, the others what `decode` is told of it. Documents
    ascend anew in each list.
    """
    raw = np.frombuffer(data, np.uint8)
    heads = raw[offsets].astype(np.int64) | raw[offsets + 1].astype(np.int64) << 8
    gaps, ends = unpacked_lists(data, offsets + _HEAD.size, heads & 15, frequencies)
    counts, ends = unpacked_lists(data, ends, heads >> 4 & 15, frequencies)
    counts += 1
    documents = _summed(gaps, frequencies)
    if not positions:
        return Postings(documents, counts)
    ends_of = np.concatenate([[0], np.cumsum(counts)])
    bounds = np.concatenate([[0], np.cumsum(frequencies)])
    _check(np.diff(ends_of[bounds]), totals)
    steps, _ = unpacked_lists(data, ends, heads >> 8 & 15, totals)
    return Postings(documents, counts, _summed(steps, counts))


def _check(counted: Numbers | np.int64, totals: Numbers | int) -> None:
    """See that lists hold as many occurrences as the dictionary says.

    Positions that ascend by one take no room, so a harmed file could ask for more memory than there is.

    Raises:
        ValueError: they do not.
    """
    if not np.array_equal(counted, totals):
        raise ValueError("a list holds other occurrences than the dictionary says")


def _documents(data: bytes, frequency: int) -> tuple[Numbers, Numbers, int, int]:
    """Documents, counts, and where and how the positions are kept."""
    (head,) = _HEAD.unpack_from(data)
    gaps, offset = unpacked(data, _HEAD.size, head & 15, frequency)
    counts, offset = unpacked(data, offset, head >> 4 & 15, frequency)
    gaps += 1
    documents = np.cumsum(gaps, out=gaps)
    documents -= 1
    counts += 1
    return documents, counts, offset, head >> 8 & 15


def _summed(steps: Numbers, counts: Numbers) -> Numbers:
    """Numbers from their steps, begun anew in each list; ``counts`` are the lists' lengths."""
    running = np.cumsum(steps + 1)
    before = np.cumsum(counts) - counts
    base = np.where(before > 0, running[before - 1], 0)
    return np.asarray(running - 1 - np.repeat(base, counts))


def _gaps(ascending: Column, firsts: Numbers) -> Unsigned:
    """Differences less one; the number itself at each of ``firsts``, where a new list begins."""
    gaps = np.empty(len(ascending), np.uint32)
    np.subtract(ascending[1:], ascending[:-1], out=gaps[1:], casting="unsafe")
    gaps -= np.uint32(1)
    gaps[firsts] = ascending[firsts]
    return gaps

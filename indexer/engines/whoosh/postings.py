"""A posting list as bytes that numpy reads at once.

Three columns of small numbers (see `packing`): gaps between documents, counts less one, gaps
between positions.

    head (2 bytes: 4 bits of code for each column) · documents · counts · positions
"""

import struct
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.engines.whoosh.packing import Numbers, packed, unpacked, unpacked_at

_HEAD = struct.Struct("<H")

Column = NDArray[np.int64] | NDArray[np.int32]


class Postings(NamedTuple):
    """Where a term stands: ``documents`` ascend, shape (n,); ``counts``, shape (n,), how often in each.

    ``positions``, shape (sum of counts,), ascend within each document; None where not kept.
    """

    documents: Numbers
    counts: Numbers
    positions: Numbers | None = None


NOTHING = Postings(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0, np.int64))


class Encoder:
    """Encodes the posting lists of a whole field, given as columns, term by term."""

    def __init__(self, documents: Column, counts: Column, positions: Column | None, bounds: Numbers) -> None:
        """``bounds``, shape (terms + 1,), cut ``documents`` and ``counts`` into terms, none empty."""
        self._documents = packed(_gaps(documents.astype(np.int64), bounds[:-1]), bounds)
        self._counts = packed(counts.astype(np.int64) - 1, bounds)
        self._positions = None
        if positions is not None:
            ends = np.concatenate([[0], np.cumsum(counts)])
            self._positions = packed(_gaps(positions.astype(np.int64), ends[:-1]), ends[bounds])

    def __getitem__(self, term: int) -> bytes:
        documents, document_bytes = self._documents[term]
        counts, count_bytes = self._counts[term]
        head = documents | counts << 4
        if self._positions is None:
            return _HEAD.pack(head) + document_bytes + count_bytes
        positions, position_bytes = self._positions[term]
        return _HEAD.pack(head | positions << 8) + document_bytes + count_bytes + position_bytes


def decode(data: bytes, frequency: int, total: int, *, positions: bool) -> Postings:
    """The posting list of a term that stands in ``frequency`` documents, ``total`` times in all."""
    documents, counts, offset, code = _documents(data, frequency)
    if not positions:
        return Postings(documents, counts)
    steps, _ = unpacked(data, offset, code, total)
    return Postings(documents, counts, _summed(steps, counts))


def decode_within(data: bytes, frequency: int, total: int, wanted: NDArray[np.bool_]) -> Postings:
    """The posting list of a term, with positions, in the documents that ``wanted`` is true of.

    Two common words stand near each other in few documents; reading the positions of these alone
    costs a fraction of reading all.
    """
    documents, counts, offset, code = _documents(data, frequency)
    rows = np.flatnonzero(wanted[documents])
    kept = counts[rows]
    begins = (np.cumsum(counts) - counts)[rows]
    places = np.repeat(begins - (np.cumsum(kept) - kept), kept) + np.arange(kept.sum())
    return Postings(documents[rows], kept, _summed(unpacked_at(data, offset, code, total, places), kept))


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

"""Posting lists as a search has them: ready to be lit, added up, and looked into."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer import ranking
from indexer.engines.whoosh.packing import Numbers
from indexer.engines.whoosh.postings import Joined, Postings

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]

#: A list of one document in so many is *common*: it is laid out by document number as well, since to
#: look there is quicker than to search, and to lay one mask over another than to set its places.
_COMMON = 30


class Listed:
    """A posting list: its documents, and what each occurrence is worth.

    ``documents``, shape (n,), ascend; ``frequency`` is n, ``frequencies`` are the documents of each language.
    What is worked out of them is remembered, once and for all threads.
    """

    def __init__(self, postings: Postings | Joined, norms: Floats, frequencies: Sequence[int]) -> None:
        """``norms``, shape (all documents,), are the length norms of the field."""
        self.documents = postings.documents
        self.frequency = len(postings.documents)
        self.frequencies = frequencies
        #: Whether each language has any of the documents, a byte of 0 or 1 each.
        self.spoken = bytes(map(bool, frequencies))
        # Whole counts are small numbers, and fit into a byte or two.
        whole = isinstance(postings, Postings)
        kind = np.min_scalar_type(int(postings.counts.max(initial=0))) if whole else np.dtype(np.float64)
        self._counts = postings.counts.astype(kind)
        self._norms = norms
        self._common = whole and self.frequency * _COMMON >= len(norms) > 0

    @property
    def postings(self) -> Postings:
        """The list as it was given."""
        return Postings(self.documents, self._counts.astype(np.int64))

    @cached_property
    def impacts(self) -> Floats:
        """The saturated counts (`ranking.saturation`), shape (n,)."""
        # Common words are looked up in a few documents only: what they are worth in the others is not asked.
        return ranking.saturation(self._counts, self._norms[self.documents])

    def light(self, mask: Mask) -> None:
        """Make a mask over all documents, shape (all documents,), true of these."""
        if self._common:
            np.logical_or(mask, self._lit, out=mask)
        else:
            mask[self.documents] = True

    def add_to(self, scores: Floats, numbers: Numbers, factor: float) -> Numbers | Mask:
        """Add what the list is worth, times a factor, to the scores of ascending document numbers.

        ``scores`` and ``numbers`` are of one shape. Returns which of these documents are listed, as an index.
        """
        if self._common:
            counts = self._by_number[numbers]
            scores += factor * ranking.saturation(counts, self._norms[numbers])
            return np.asarray(counts != 0)
        if self.frequency < len(numbers):
            places = numbers.searchsorted(self.documents)
            places[places == len(numbers)] = 0
            here = numbers[places] == self.documents
            kept: Numbers = places[here]
            scores[kept] += factor * self.impacts[here]
            return kept
        rows = self._rows(numbers)
        places = np.flatnonzero(self.documents[rows] == numbers)
        rows = rows[places]
        scores[places] += factor * ranking.saturation(self._counts[rows], self._norms[numbers[places]])
        return places

    def holds(self, numbers: Numbers) -> Mask:
        """Whether each of these documents is listed, shape (numbers,)."""
        if self._common:
            return self._lit[numbers]
        if not self.frequency:
            return np.zeros(len(numbers), np.bool_)
        return np.asarray(self.documents[self._rows(numbers)] == numbers)

    def count(self, number: int) -> float:
        """How often the list stands in one document."""
        row = int(self.documents.searchsorted(number))
        here = row < self.frequency and int(self.documents[row]) == number
        return float(self._counts[row]) if here else 0.0

    @property
    def size(self) -> int:
        """What it takes of memory at most, in bytes."""
        each = 16 + self._counts.itemsize
        every = 1 + self._counts.itemsize if self._common else 0
        return each * self.frequency + every * len(self._norms) + 400

    @cached_property
    def _lit(self) -> Mask:
        """Whether each of all documents is listed."""
        lit = np.zeros(len(self._norms), np.bool_)
        lit[self.documents] = True
        return lit

    @cached_property
    def _by_number(self) -> NDArray[Any]:
        """How often the list stands in each of all documents."""
        counts = np.zeros(len(self._norms), self._counts.dtype)
        counts[self.documents] = self._counts
        return counts

    def _rows(self, numbers: Numbers) -> Numbers:
        rows = self.documents.searchsorted(numbers)
        # Past the end stands what is not the last.
        rows[rows == self.frequency] = -1
        return rows

"""What a segment is written from: parts, which are runs just laid down, or segments of an earlier index."""

from abc import ABC, abstractmethod
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from indexer.engines.whoosh.merging import Stretch

#: Finding out which list a term's postings go to takes as long as so many postings do.
TERM = 8


class Lists(ABC):
    """The posting lists of one field of a part, by ascending terms; as a sequence, these terms."""

    def __init__(self, bounds: NDArray[Any]) -> None:
        """``bounds``, shape (terms + 1,), count the postings before each term."""
        self._bounds = bounds

    def __len__(self) -> int:
        return len(self._bounds) - 1

    @abstractmethod
    def __getitem__(self, index: int) -> bytes: ...

    @abstractmethod
    def stretch(self, start: int, stop: int) -> Stretch:
        """The lists of some terms, at least one, each time those behind the ones before."""

    def samples(self, quota: int) -> Iterator[tuple[bytes, int]]:
        """Some terms, and the work that lies between each and the next, counted in postings.

        That is about ``quota``, or one long list.
        """
        work = self._bounds + TERM * np.arange(len(self._bounds))
        begins = np.diff(work[:-1] // quota, prepend=-1) > 0
        chosen = np.flatnonzero(begins)
        weights = np.diff(work[chosen], append=work[-1]).tolist()
        for index, weight in zip(chosen.tolist(), weights, strict=True):
            yield self[index], weight

    def before(self, limit: bytes | None, start: int) -> int:
        """How many terms come before one; the first ``start`` do."""
        return len(self) if limit is None else bisect_left(self, limit, start)


class PartReader(Protocol):
    """Reads a part; its columns have shape (documents,)."""

    def numbers(self, name: str) -> NDArray[Any]:
        """A column of numbers, or how many bytes each stored document takes."""

    def values(self, name: str) -> tuple[NDArray[Any], Sequence[str]]:
        """A column of few values: each document's number of its value, and the values."""

    def stored(self) -> Iterator[bytes]:
        """The stored documents end to end, a piece at a time. They can be asked for once."""

    def lists(self, field: str, base: int) -> Lists:
        """The posting lists of a field; the part's documents are numbered from ``base`` on."""

    def volume(self, field: str) -> int:
        """About how many bytes the posting lists of a field take."""

    def close(self) -> None:
        """Let go of files."""


class Part(Protocol):
    """Where a part lies: small, so that it may be handed to other processes."""

    @property
    def documents(self) -> int:
        """How many documents it brings, none of them deleted."""

    @property
    def size(self) -> int:
        """How many bytes its files take."""

    def opened(self) -> PartReader:
        """What reads it."""

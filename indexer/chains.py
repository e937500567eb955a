"""Where the terms of a chain stand one after another: arithmetic on ascending arrays of places."""

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from indexer.termquery import Chain, Term

Places = NDArray[np.int64]


def offsets_of(chain: Chain) -> dict[Term, list[int]]:
    """Each distinct term of a chain with its offsets, which ascend."""
    offsets: dict[Term, list[int]] = {}
    for term, offset in zip(chain.terms, chain.offsets, strict=True):
        offsets.setdefault(term, []).append(offset)
    return offsets


def beginnings(offsets: Sequence[tuple[Term, Sequence[int]]], places_of: Callable[[Term], Places]) -> Places:
    """The places at which a chain begins; those of a term are asked for only while some are left.

    A term that is said again and again at the same distance (哈哈哈哈, ありがとうありがとう) is looked up a
    few times, not once each: who laughs a thousand letters long waits no longer than others.
    """
    left: Places | None = None
    for term, every in offsets:
        places = places_of(term)
        for first, gap, times in progressions(every):
            starts = repeated(places, gap, times) - first
            left = starts if left is None else left[contained(left, starts)]
            if not len(left):
                return left
    assert left is not None
    return left


def progressions(offsets: Sequence[int]) -> Iterator[tuple[int, int, int]]:
    """Ascending offsets as (first, gap, times), as many as follow each other at one distance."""
    gaps = [after - before for before, after in pairwise(offsets)]
    start = 0
    while start < len(offsets):
        gap = gaps[start] if start < len(gaps) else 0
        times = 1
        while start + times < len(offsets) and gaps[start + times - 1] == gap:
            times += 1
        yield offsets[start], gap, times
        start += times


def repeated(places: Places, gap: int, times: int) -> Places:
    """The places that are the first of so many, each ``gap`` after the one before."""
    held = 1
    while held < times and len(places):
        more = min(held, times - held)
        places = places[contained(places + more * gap, places)]
        held += more
    return places


def contained(sought: Places, within: Places) -> NDArray[np.bool_]:
    """Which of the sought stand within the others, which ascend."""
    if not len(within):
        return np.zeros(len(sought), np.bool_)
    places = np.minimum(np.searchsorted(within, sought), len(within) - 1)
    return np.asarray(within[places] == sought)

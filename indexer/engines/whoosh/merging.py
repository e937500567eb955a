"""Merges posting lists of many parts into one for each term."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from indexer.engines.whoosh.packing import Numbers, stretches
from indexer.inversion import Ids, stable_order, united

#: Stands between terms: no byte of UTF-8.
MARK = b"\xff"


class Merged(NamedTuple):
    """Posting lists of ascending terms.

    ``bounds``, shape (terms + 1,), cut ``documents`` and ``counts`` into lists; ``positions``, shape
    (sum of counts,), is None where they are not kept.
    """

    terms: Sequence[bytes]
    bounds: Numbers
    documents: Ids
    counts: Ids
    positions: Ids | None


class Stretch(NamedTuple):
    """Some terms of one part: ``documents`` numbered in the whole index, ``lengths`` of the terms' lists."""

    terms: Sequence[bytes]
    lengths: Numbers
    documents: Ids
    counts: Ids
    positions: Ids | None


def merged(some: Sequence[Stretch]) -> Merged:
    """The posting lists of parts as one; the parts are of ascending documents."""
    every, owners = united([stretch.terms for stretch in some])
    lengths = np.concatenate([stretch.lengths for stretch in some])
    starts = np.cumsum(lengths) - lengths
    documents = np.concatenate([stretch.documents for stretch in some])
    counts = np.concatenate([stretch.counts for stretch in some])
    order = stable_order(owners)
    positions = None
    places = [stretch.positions for stretch in some if stretch.positions is not None]
    if places:
        ends = np.concatenate([[0], np.cumsum(counts, dtype=np.int64)])
        taken = ends[starts + lengths] - ends[starts]
        positions = stretches(np.concatenate(places), ends[starts][order], taken[order])
    sums = np.bincount(owners, lengths, minlength=len(every)).astype(np.int64)
    return Merged(
        every,
        np.concatenate([[0], np.cumsum(sums)]),
        stretches(documents, starts[order], lengths[order]),
        stretches(counts, starts[order], lengths[order]),
        positions,
    )

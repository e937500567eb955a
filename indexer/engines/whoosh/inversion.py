"""Turns occurrences in document order into posting lists in term order; merges those of many batches."""

from collections.abc import Sequence
from itertools import chain
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.engines.whoosh.packing import Numbers, stretches
from indexer.entries import FieldTerms

Ids = NDArray[np.int32]

#: Stands between terms: no byte of UTF-8.
MARK = b"\xff"


class Inverted(NamedTuple):
    """Posting lists of ascending terms.

    ``bounds``, shape (terms + 1,), cut ``documents`` and ``counts`` into lists; ``positions``, shape
    (sum of counts,), is None where they are not kept.
    """

    terms: Sequence[bytes]
    bounds: Numbers
    documents: Ids
    counts: Ids
    positions: Ids | None


def inverted(terms: FieldTerms, *, positions: bool) -> Inverted:
    """The posting lists of one field of a batch."""
    encoded = [term.encode("utf-8", "surrogatepass") for term in terms.terms]
    order = sorted(range(len(encoded)), key=encoded.__getitem__)
    ranks = np.empty(len(order), np.int32)
    ranks[order] = np.arange(len(order), dtype=np.int32)
    keys = ranks[terms.ids]
    by_term = stable_order(keys)
    keys, documents = keys[by_term], terms.documents[by_term]
    # A posting begins where the term or the document changes; a list where the term does.
    begins = np.ones(len(keys), np.bool_)
    begins[1:] = (keys[1:] != keys[:-1]) | (documents[1:] != documents[:-1])
    first = np.flatnonzero(begins)
    return Inverted(
        [encoded[index] for index in order],
        np.searchsorted(keys[first], np.arange(len(order) + 1)),
        documents[first],
        np.diff(first, append=len(keys)).astype(np.int32),
        terms.positions[by_term] if positions else None,
    )


class Stretch(NamedTuple):
    """Some terms of one part: ``documents`` numbered in the whole index, ``lengths`` of the terms' lists."""

    terms: Sequence[bytes]
    lengths: Numbers
    documents: Ids
    counts: Ids
    positions: Ids | None


def merged(some: Sequence[Stretch]) -> Inverted:
    """The posting lists of parts as one; the parts are of ascending documents."""
    every = sorted(set().union(*(stretch.terms for stretch in some)))
    number = {term: index for index, term in enumerate(every)}
    known = map(number.__getitem__, chain.from_iterable(stretch.terms for stretch in some))
    owners = np.fromiter(known, np.int32, sum(len(stretch.terms) for stretch in some))
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
    return Inverted(
        every,
        np.concatenate([[0], np.cumsum(sums)]),
        stretches(documents, starts[order], lengths[order]),
        stretches(counts, starts[order], lengths[order]),
        positions,
    )


def stable_order(keys: Ids | Numbers) -> Numbers:
    """The order that sorts numbers from 0 to 2³², equal ones as they stand."""
    # numpy sorts 16-bit numbers by radix: two passes beat one comparison sort several times over.
    low = np.argsort((keys & 0xFFFF).astype(np.uint16), kind="stable")
    if not len(keys) or int(keys.max()) < 1 << 16:
        return low
    high = np.argsort((keys >> 16).astype(np.uint16)[low], kind="stable")
    return low[high]

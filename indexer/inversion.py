"""Turns occurrences in document order into posting lists in term order; unites the terms of many."""

from collections.abc import Sequence
from itertools import chain
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Ids = NDArray[np.int32]
Numbers = NDArray[np.int64]


class Inversion(NamedTuple):
    """Posting lists of ascending terms, which are bytes of UTF-8.

    ``bounds``, shape (terms + 1,), cut ``documents`` and ``counts`` into lists; ``order``, shape (sum of
    counts,), says which occurrences of the original these are.
    """

    terms: Sequence[bytes]
    bounds: Numbers
    documents: Ids
    counts: Ids
    order: Numbers

    @property
    def frequencies(self) -> Numbers:
        """In how many documents each term stands, shape (terms,)."""
        return np.diff(self.bounds)


def inverted(terms: Sequence[str], ids: Ids, documents: Ids) -> Inversion:
    """The posting lists of occurrences in document order: ``ids`` index ``terms``, each of which occurs."""
    encoded = [term.encode("utf-8", "surrogatepass") for term in terms]
    ascending = sorted(range(len(encoded)), key=encoded.__getitem__)
    kind: type[np.unsignedinteger[Any]] = np.uint16 if len(encoded) <= 1 << 16 else np.uint32
    ranks = np.empty(len(encoded), kind)
    ranks[ascending] = np.arange(len(encoded), dtype=kind)
    keys = ranks[ids]
    order = stable_order(keys)
    documents = documents[order]
    starts = np.concatenate([[0], np.cumsum(np.bincount(keys, minlength=len(encoded)))])
    # A posting begins where the document changes, and where a list begins.
    begins = np.ones(len(keys), np.bool_)
    np.not_equal(documents[1:], documents[:-1], out=begins[1:])
    begins[starts[:-1]] = True
    first = np.flatnonzero(begins)
    before = np.concatenate([[0], np.cumsum(begins, dtype=np.int64)])
    return Inversion(
        [encoded[index] for index in ascending],
        before[starts],
        documents[first],
        np.diff(first, append=len(keys)).astype(np.int32),
        order,
    )


def united(lists: Sequence[Sequence[bytes]]) -> tuple[list[bytes], Ids]:
    """All terms of some lists, ascending, and where each term of each list is among them."""
    every = sorted(set().union(*lists))
    number = dict(zip(every, range(len(every)), strict=True))
    places = map(number.__getitem__, chain.from_iterable(lists))
    return every, np.fromiter(places, np.int32, sum(map(len, lists)))


def stable_order(keys: NDArray[np.integer[Any]]) -> Numbers:
    """The order that sorts numbers from 0 to 2³², equal ones as they stand."""
    # numpy sorts 16-bit numbers by radix: two passes beat one comparison sort several times over.
    low = np.argsort(keys.astype(np.uint16), kind="stable")
    if keys.dtype == np.uint16 or not len(keys) or int(keys.max()) < 1 << 16:
        return low
    high = np.argsort((keys >> 16).astype(np.uint16)[low], kind="stable")
    return low[high]

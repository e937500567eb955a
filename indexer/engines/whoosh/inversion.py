"""Turns occurrences in document order into posting lists in term order, within a budget of memory.

What fits the budget is sorted by arrays; what does not is sorted in runs, laid down in files, and
merged a slice of the terms at a time.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.engines.whoosh.packing import Numbers
from indexer.entries import FieldTerms

Ids = NDArray[np.int32]

_NO_IDS = np.zeros(0, np.int32)
#: How many terms of the merged runs are held at a time.
_MERGED_TERMS = 5_000
#: How many occurrences are encoded at a time; each takes about a hundred bytes meanwhile.
_ENCODED = 1_000_000


class Inverted(NamedTuple):
    """Posting lists of ascending terms.

    ``bounds``, shape (terms + 1,), cut ``documents`` and ``counts`` into lists; ``positions``, shape
    (sum of counts,), is None where they are not kept.
    """

    terms: Sequence[bytes]
    bounds: Numbers
    documents: Numbers | Ids
    counts: Numbers | Ids
    positions: Numbers | Ids | None

    def slices(self) -> Iterator["Inverted"]:
        """The same lists, as many at a time as may be encoded together."""
        ends = np.concatenate([[0], np.cumsum(self.counts)])
        occurrences = ends[self.bounds]
        start = 0
        while start < len(self.terms):
            most = np.searchsorted(occurrences, occurrences[start] + _ENCODED, side="right") - 1
            stop = max(start + 1, int(most))
            low, high = self.bounds[start], self.bounds[stop]
            yield Inverted(
                self.terms[start:stop],
                self.bounds[start : stop + 1] - low,
                self.documents[low:high],
                self.counts[low:high],
                None if self.positions is None else self.positions[ends[low] : ends[high]],
            )
            start = stop


class Gathered:
    """The occurrences of one field, in document order, with terms numbered across batches."""

    def __init__(self, *, positions: bool) -> None:
        self._keeps = positions
        self._begin()

    def _begin(self) -> None:
        self._numbers: dict[str, int] = {}
        self._ids: list[Ids] = []
        self._documents: list[Ids] = []
        self._positions: list[Ids] = []

    def add(self, terms: FieldTerms, first: int) -> None:
        """Add a batch whose documents are numbered from ``first`` on."""
        numbers = self._numbers
        known = np.fromiter(
            (numbers.setdefault(term, len(numbers)) for term in terms.terms), np.int32, len(terms.terms)
        )
        self._ids.append(known[terms.ids])
        self._documents.append(terms.documents + np.int32(first))
        if self._keeps:
            self._positions.append(terms.positions)

    def inverted(self) -> Inverted:
        """The posting lists of all that was added, which is let go."""
        encoded = [term.encode("utf-8", "surrogatepass") for term in self._numbers]
        order = sorted(range(len(encoded)), key=encoded.__getitem__)
        ranks = np.empty(len(order), np.int32)
        ranks[order] = np.arange(len(order), dtype=np.int32)
        keys = ranks[np.concatenate([_NO_IDS, *self._ids])]
        documents = np.concatenate([_NO_IDS, *self._documents])
        positions = np.concatenate([_NO_IDS, *self._positions]) if self._keeps else None
        self._begin()
        by_term = stable_order(keys)
        keys, documents = keys[by_term], documents[by_term]
        # A posting begins where the term or the document changes; a list where the term does.
        begins = np.flatnonzero((np.diff(keys, prepend=-1) != 0) | (np.diff(documents, prepend=-1) != 0))
        owners = keys[begins]
        return Inverted(
            [encoded[index] for index in order],
            np.append(np.flatnonzero(np.diff(owners, prepend=-1)), len(begins)),
            documents[begins],
            np.diff(begins, append=len(keys)).astype(np.int32),
            None if positions is None else positions[by_term],
        )


class Run:
    """Posting lists of one field that were laid down in files."""

    def __init__(self, inverted: Inverted, path: Path) -> None:
        """Lay down posting lists in files whose names begin with ``path``."""
        self._path = path
        path.with_suffix(".terms").write_bytes(b"".join(inverted.terms))
        lengths = np.fromiter(map(len, inverted.terms), np.int64, len(inverted.terms))
        self._save("ends", np.cumsum(lengths))
        self._save("bounds", inverted.bounds)
        self._save("documents", inverted.documents.astype(np.int32))
        self._save("counts", inverted.counts.astype(np.int32))
        self._keeps = inverted.positions is not None
        if inverted.positions is not None:
            self._save("positions", inverted.positions.astype(np.int32))

    def _save(self, name: str, column: Numbers | Ids) -> None:
        np.save(self._path.with_suffix(f".{name}.npy"), column)

    def read(self) -> Inverted:
        """The posting lists: the terms in memory, the columns mapped."""
        blob = self._path.with_suffix(".terms").read_bytes()
        ends = self._column("ends").tolist()
        terms = [blob[start:end] for start, end in zip([0, *ends], ends, strict=False)]
        return Inverted(
            terms,
            np.asarray(self._column("bounds")),
            self._column("documents"),
            self._column("counts"),
            self._column("positions") if self._keeps else None,
        )

    def _column(self, name: str) -> Numbers:
        column: Numbers = np.load(self._path.with_suffix(f".{name}.npy"), mmap_mode="r")
        return column


def merged(runs: Sequence[Inverted]) -> Iterator[Inverted]:
    """The posting lists of runs of ascending documents as one, a slice of the terms at a time."""
    every = sorted(set().union(*(run.terms for run in runs)))
    ends = [0 if run.positions is None else np.concatenate([[0], np.cumsum(run.counts)]) for run in runs]
    starts = [0] * len(runs)
    for first in range(0, len(every), _MERGED_TERMS):
        terms = every[first : first + _MERGED_TERMS]
        number = {term: index for index, term in enumerate(terms)}
        limit = every[first + _MERGED_TERMS] if first + _MERGED_TERMS < len(every) else None
        slices = []
        for index, run in enumerate(runs):
            stop = len(run.terms) if limit is None else bisect_left(run.terms, limit, starts[index])
            slices.append(_numbered(run, starts[index], stop, number, ends[index]))
            starts[index] = stop
        yield _concatenated(terms, slices)


def _numbered(
    run: Inverted, start: int, stop: int, number: dict[bytes, int], ends: Numbers | int
) -> tuple[Numbers, Numbers, Numbers, Numbers | None]:
    """Some terms of a run: the term of each posting, documents, counts, positions."""
    owners = np.fromiter(map(number.__getitem__, run.terms[start:stop]), np.int64, stop - start)
    low, high = int(run.bounds[start]), int(run.bounds[stop])
    terms = np.repeat(owners, np.diff(run.bounds[start : stop + 1]))
    positions = None
    if run.positions is not None and not isinstance(ends, int):
        positions = np.asarray(run.positions[ends[low] : ends[high]], np.int64)
    documents = np.asarray(run.documents[low:high], np.int64)
    return terms, documents, np.asarray(run.counts[low:high], np.int64), positions


def _concatenated(
    terms: Sequence[bytes], slices: Sequence[tuple[Numbers, Numbers, Numbers, Numbers | None]]
) -> Inverted:
    owners = np.concatenate([owners for owners, _, _, _ in slices])
    counts = np.concatenate([counts for _, _, counts, _ in slices])
    order = stable_order(owners)
    places = [positions for _, _, _, positions in slices if positions is not None]
    positions = None
    if places:
        positions = np.concatenate(places)[stable_order(np.repeat(owners, counts))]
    return Inverted(
        terms,
        np.searchsorted(owners[order], np.arange(len(terms) + 1)),
        np.concatenate([documents for _, documents, _, _ in slices])[order],
        counts[order],
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

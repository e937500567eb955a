"""Merges the posting lists of one field from all runs, a range of its terms at a time.

Fields have nothing in common, so each is merged, encoded and written by itself, in any process.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.engines.whoosh.dictionary import FieldWriter
from indexer.engines.whoosh.inversion import MARK, Ids, Inverted, Stretch, merged
from indexer.engines.whoosh.postings import encoded
from indexer.engines.whoosh.runs import Lists, Place, Run, RunReader

#: Of so many terms of a run, one at the least is looked at to choose the ranges.
_STEP = 512
#: A range may be too large by one part in so many.
_FINE = 4


class Merge(NamedTuple):
    """One field to be written: from which runs, into which files, how many postings at a time."""

    field: str
    runs: Sequence[Run]
    path: Path
    postings: int

    @property
    def terms(self) -> Path:
        """Where the part of the dictionary goes."""
        return self.path.with_suffix(".terms")

    @property
    def blocks(self) -> Path:
        """Where the posting lists go."""
        return self.path.with_suffix(".postings")


def write_field(merge: Merge) -> tuple[int, int, int]:
    """Write the posting lists of a field, and its part of the dictionary; `FieldWriter.finish`'s answer."""
    bases = np.cumsum([0, *(run.documents for run in merge.runs)]).tolist()
    lists = [
        _RunLists(RunReader(run), run.lists[merge.field], base)
        for run, base in zip(merge.runs, bases[:-1], strict=True)
    ]
    with merge.terms.open("wb") as terms, merge.blocks.open("wb") as blocks:
        writer = FieldWriter(terms)
        for inverted in _ranges(lists, merge.postings):
            data, sizes = encoded(inverted.documents, inverted.counts, inverted.positions, inverted.bounds)
            totals = np.add.reduceat(inverted.counts, inverted.bounds[:-1], dtype=np.int64)
            blocks.write(data.tobytes())
            writer.add(inverted.terms, np.diff(inverted.bounds), totals, sizes)
        return writer.finish()


def _ranges(lists: Sequence["_RunLists"], postings: int) -> Iterator[Inverted]:
    """The posting lists of all runs, about so many postings at a time."""
    starts = [0] * len(lists)
    for limit in (*_limits(lists, postings), None):
        stops = [run.before(limit, start) for run, start in zip(lists, starts, strict=True)]
        some = [
            run.stretch(start, stop)
            for run, start, stop in zip(lists, starts, stops, strict=True)
            if stop > start
        ]
        if some:
            yield merged(some)
        starts = stops


def _limits(lists: Sequence["_RunLists"], postings: int) -> Iterator[bytes]:
    """Terms that cut all runs into ranges of about so many postings."""
    held = 0
    last = b""
    quota = max(1, postings // (_FINE * len(lists) or 1))
    for term, weight in sorted(chosen for run in lists for chosen in run.samples(quota)):
        if held and held + weight > postings and term > last:
            yield term
            held, last = 0, term
        held += weight


class _RunLists:
    """The posting lists of one field of one run; as a sequence, its terms."""

    def __init__(self, reader: RunReader, lists: Lists, base: int) -> None:
        """The run's documents are numbered from ``base`` on."""
        self._reader = reader
        self._lists = lists
        self._base = base
        self._terms = reader.column(lists.terms)
        self._ends = reader.column(lists.ends)
        self._bounds = reader.column(lists.bounds)
        # How many occurrences the stretches so far held: positions are kept one an occurrence.
        self._occurred = 0

    def __len__(self) -> int:
        return len(self._ends)

    def __getitem__(self, index: int) -> bytes:
        start = int(self._ends[index - 1]) if index else 0
        return self._terms[start : int(self._ends[index]) - len(MARK)].tobytes()

    def samples(self, quota: int) -> Iterator[tuple[bytes, int]]:
        """Some terms, and how many postings lie between each and the next: about ``quota``, or more."""
        bounds = self._bounds.astype(np.int64)
        begins = np.diff(bounds[:-1] // quota, prepend=-1) > 0
        begins[::_STEP] = True
        chosen = np.flatnonzero(begins)
        weights = np.diff(bounds[chosen], append=bounds[-1]).tolist()
        for index, weight in zip(chosen.tolist(), weights, strict=True):
            yield self[index], weight
        self._reader.forget()

    def before(self, limit: bytes | None, start: int) -> int:
        """How many terms come before one; the first ``start`` do."""
        return len(self) if limit is None else bisect_left(self, limit, start)

    def stretch(self, start: int, stop: int) -> Stretch:
        """The lists of some terms, each time those behind the ones before."""
        begin = int(self._ends[start - 1]) if start else 0
        bounds = self._bounds[start : stop + 1].astype(np.int64)
        low, high = int(bounds[0]), int(bounds[-1])
        counts = self._column(self._lists.counts, low, high)
        positions = None
        if self._lists.positions is not None:
            last = self._occurred + int(counts.sum())
            positions = self._column(self._lists.positions, self._occurred, last)
            self._occurred = last
        found = Stretch(
            self._terms[begin : int(self._ends[stop - 1]) - len(MARK)].tobytes().split(MARK),
            np.diff(bounds),
            self._column(self._lists.documents, low, high) + np.int32(self._base),
            counts,
            positions,
        )
        self._reader.forget()
        return found

    def _column(self, place: Place, low: int, high: int) -> Ids:
        column: NDArray[Any] = self._reader.column(place)
        return column[low:high].astype(np.int32)

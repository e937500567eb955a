"""Merges the posting lists of one field from all parts, a range of its terms at a time.

Fields have nothing in common, so each is merged, encoded and written by itself, in any process.
"""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing
from pathlib import Path
from typing import NamedTuple

import numpy as np

from indexer.engines.whoosh.dictionary import FieldWriter
from indexer.engines.whoosh.merging import Merged, merged
from indexer.engines.whoosh.parts import Lists, Part
from indexer.engines.whoosh.postings import encoded

#: A range may be too large by one part in so many.
_FINE = 2


class Merge(NamedTuple):
    """One field to be written: from which parts, into which files, how many postings at a time."""

    field: str
    parts: Sequence[Part]
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
    bases = np.cumsum([0, *(part.documents for part in merge.parts)]).tolist()
    with ExitStack() as files:
        readers = [files.enter_context(closing(part.opened())) for part in merge.parts]
        lists = [reader.lists(merge.field, base) for reader, base in zip(readers, bases[:-1], strict=True)]
        terms, blocks = (files.enter_context(path.open("wb")) for path in (merge.terms, merge.blocks))
        writer = FieldWriter(terms)
        for some in _ranges(lists, merge.postings):
            data, sizes = encoded(some.documents, some.counts, some.positions, some.bounds)
            totals = np.add.reduceat(some.counts, some.bounds[:-1], dtype=np.int64)
            blocks.write(data.tobytes())
            writer.add(some.terms, np.diff(some.bounds), totals, sizes)
        return writer.finish()


def _ranges(lists: Sequence[Lists], postings: int) -> Iterator[Merged]:
    """The posting lists of all parts, about so many postings at a time."""
    starts = [0] * len(lists)
    for limit in (*_limits(lists, postings), None):
        stops = [part.before(limit, start) for part, start in zip(lists, starts, strict=True)]
        some = [
            part.stretch(start, stop)
            for part, start, stop in zip(lists, starts, stops, strict=True)
            if stop > start
        ]
        # Of a segment's terms perhaps none stands in a living document.
        if any(stretch.terms for stretch in some):
            yield merged(some)
        starts = stops


def _limits(lists: Sequence[Lists], postings: int) -> Iterator[bytes]:
    """Terms that cut all parts into ranges of about so much work, counted in postings."""
    held = 0
    last = b""
    quota = max(1, postings // (_FINE * len(lists) or 1))
    for term, weight in sorted(chosen for part in lists for chosen in part.samples(quota)):
        if held and held + weight > postings and term > last:
            yield term
            held, last = 0, term
        held += weight

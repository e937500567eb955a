"""Which segments an update merges, so that neither segments nor deleted documents pile up.

The logarithmic method (Bentley and Saxe, "Decomposable searching problems", 1980): a segment is merged
with those behind it as soon as they are larger together. So sizes halve from one segment to the
next, and a document is written again about once each time that the index doubles. As in Lucene's
LogByteSizeMergePolicy, neighbours alone are merged, so documents keep their order, and the tiny count
as larger than they are; as in its TieredMergePolicy, a segment of which more than a fifth is deleted is
written anew.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple


class Weight(NamedTuple):
    """How large a segment is: the bytes of its files, and its documents, the deleted ones included."""

    size: int
    documents: int
    living: int


class Group(NamedTuple):
    """Neighbouring segments, from ``start`` on and before ``stop``, that become one.

    ``written`` is false for one that stays as it is.
    """

    start: int
    stop: int
    written: bool


@dataclass(frozen=True, slots=True)
class MergePolicy:
    """Decides what is merged.

    ``most`` segments are left at most: each costs every query a look into its dictionary, for every term.
    A segment of fewer than ``floor`` bytes is merged with whatever comes behind it. Of no segment
    is a larger share than ``deleted`` (0 to 1) left deleted.
    """

    most: int = 8
    floor: int = 4 << 20
    deleted: float = 0.2

    def groups(self, segments: Sequence[Weight]) -> list[Group]:
        """What becomes of segments in the order of their documents, each of which has living ones."""
        if not segments:
            return []
        sizes = [segment.size * segment.living / segment.documents for segment in segments]
        last = len(segments) - 1
        # Everything from here on becomes one segment.
        first = next((i for i in range(last) if sizes[i] < max(self.floor, sum(sizes[i + 1 :]))), last)
        first = min(first, self.most - 1)
        alone = [Group(i, i + 1, self._worn(segments[i])) for i in range(first)]
        return [*alone, Group(first, last + 1, first < last or self._worn(segments[first]))]

    def _worn(self, segment: Weight) -> bool:
        return segment.documents - segment.living > self.deleted * segment.documents

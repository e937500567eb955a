"""Where documents stand in the order of an index: numbers with room between them, so that others fit in.

An update copies an index as it is, and cannot give a document that stays another number.
"""

from collections.abc import Iterator, Mapping, Sequence

from indexer.errors import IndexUnavailable

#: The numbers that one batch of a rebuild may take, in bits; a batch has far fewer documents.
_BATCH = 44
#: How far apart documents are that are added: where some were added, others may be again.
_APART, _BETWEEN = 1 << 33, 1 << 13


def places(batch: int, count: int) -> Iterator[int]:
    """The places of the documents of a batch, in order; those of a later batch are behind them."""
    apart = (1 << _BATCH) // (count + 1)
    return (((batch + 1) << _BATCH) + (number + 1) * apart for number in range(count))


def placed(order: Sequence[str], known: Mapping[str, int]) -> dict[str, int]:
    """Places for those of ``order`` that are not known, so that all ascend.

    Raises:
        IndexUnavailable: there is no room, or those that are known do not ascend.
    """
    found: dict[str, int] = {}
    waiting: list[str] = []
    low = 0
    for one in order:
        high = known.get(one)
        if high is None:
            waiting.append(one)
            continue
        if high <= low:
            raise _no_room("documents that stay have changed places")
        found |= _between(waiting, low, high)
        waiting, low = [], high
    return found | {one: low + (number + 1) * _APART for number, one in enumerate(waiting)}


def _between(waiting: Sequence[str], low: int, high: int) -> Mapping[str, int]:
    apart = min((high - low) // (len(waiting) + 1), _BETWEEN)
    if waiting and not apart:
        raise _no_room("too many documents were added at one place")
    return {one: low + (number + 1) * apart for number, one in enumerate(waiting)}


def _no_room(why: str) -> IndexUnavailable:
    return IndexUnavailable(
        f"the index on the cluster cannot be brought up to date: {why}",
        hint="The index is as it was before. Build it anew with: serai rebuild",
    )

"""A document as it is read: a very long one a part at a time, in which matches are marked in time.

Nobody reads 64 MB on one page, and no browser shows them; to analyze them takes half a minute. So a part is
analyzed, the one that is asked for, or else the first that holds a match.
"""

from collections.abc import Iterator, Sequence
from functools import partial

from analyzers.analyzer import Analyzer
from indexer.budget import Budget, Left
from indexer.marking import Marker, Matched, marks, once, shifted
from indexer.page import Mark
from indexer.schema import Zone
from indexer.snippet import begun_with, sliced, whole

#: A part has about so many code points: some hundred pages of a book.
LARGEST = 500_000
#: How much is analyzed between two looks at the clock, in code points.
PIECE = 100_000
#: A part ends at the last end of a paragraph, a line or a word, if that is in its last share of so much.
_SHARE = 10
#: Pieces overlap by so much, so that no phrase is cut in two.
_OVERLAP = 1_000


def portions_of(text: str, largest: int = LARGEST) -> list[tuple[int, int]]:
    """Where the parts of a text begin and end; at least one."""
    found, start = [], 0
    while len(text) - start > largest:
        end = _end(text, start, start + largest)
        found.append((start, end))
        start = end
    return [*found, (start, len(text))]


def _end(text: str, start: int, limit: int) -> int:
    least = limit - (limit - start) // _SHARE
    for sign in ("\n\n", "\n", " "):
        place = text.rfind(sign, least, limit)
        if place >= 0:
            return place + len(sign)
    return max(whole(text, limit), start + 1)


def pieces_of(start: int, end: int) -> Iterator[tuple[int, int]]:
    """A stretch in pieces, each of which overlaps the one before."""
    for first in range(start, max(end, start + 1), PIECE):
        yield max(start, first - _OVERLAP), min(end, first + PIECE)


def marked_in(
    text: str, portion: tuple[int, int], marker: Marker, analyze: Analyzer, budget: Budget
) -> tuple[Mark, ...]:
    """The matches in a part, as ranges of the part; those that were found when time was up."""
    start, end = portion
    if not marker.seeks(Zone.TEXT):
        return ()
    found: list[Matched] = []
    for first, last in pieces_of(start, end):
        if first > start and budget.leaves_out(Left.MARKS):
            break
        first, last = sliced(text, first, last)
        found += shifted(marker.found(text[first:last], analyze, Zone.TEXT), first)
    inside = [match for match in once(found) if start <= match.start and match.end <= end]
    return marks(shifted(inside, -start), text[start:end])


def first_marked(
    text: str, portions: Sequence[tuple[int, int]], marker: Marker, analyze: Analyzer, budget: Budget
) -> tuple[int, tuple[Mark, ...]]:
    """The number, from 0, of the first part in which a match stands, and its matches.

    It is looked for by the letters that matches begin with, as they are and then folded, and at last in all
    that is written. It is the first part, if no match is found in time.
    """
    if len(portions) == 1 or not marker.seeks(Zone.TEXT):
        return 0, marked_in(text, portions[0], marker, analyze, budget)
    for likely in (begun_with, partial(begun_with, folded=True), lambda _text, _marker: True):
        for number, (start, end) in enumerate(portions):
            if budget.leaves_out(Left.PLACES):
                return 0, ()
            if likely(text[start:end], marker):
                found = marked_in(text, (start, end), marker, analyze, budget)
                if found:
                    return number, found
    return 0, ()

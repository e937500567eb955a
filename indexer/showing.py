"""What a page shows of its documents: titles and snippets with their marks.

The slices of all documents of a page that may hold a match are analyzed together, a language at a
time: a short text costs more to begin than to analyze.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import NamedTuple

from analyzers.analyzer import Analyzer
from analyzers.registry import analyzer_for
from indexer.budget import UNLIMITED, Budget, Left
from indexer.document import Document
from indexer.marking import Marker, Matched, marks, once, shifted
from indexer.page import Snippet
from indexer.schema import Zone
from indexer.snippet import found_in, likely_slices, snippets_around

#: Between two slices stands a word, so that no phrase runs from one into the next; nobody searches for it.
_APART = "\nꙮ\n"


def shown(
    documents: Sequence[Document], marker: Marker, budget: Budget = UNLIMITED
) -> list[tuple[Snippet, tuple[Snippet, ...]]]:
    """The marked title and the snippets of each document; when time is up, with what was found until then."""
    found = _found(documents, marker, budget)
    page = []
    for number, document in enumerate(documents):
        analyze = analyzer_for(document.language)
        in_text = once(found[number, Zone.TEXT]) or found_in(document.text, marker, analyze, budget)
        title = Snippet(document.title, 0, marks(found[number, Zone.TITLE], document.title))
        page.append((title, snippets_around(document.text, in_text, marker.telling, analyze)))
    return page


class _Slice(NamedTuple):
    """A stretch of a document's title or text, and where it begins there."""

    number: int
    zone: Zone
    start: int
    text: str


def _found(
    documents: Sequence[Document], marker: Marker, budget: Budget
) -> Mapping[tuple[int, Zone], list[Matched]]:
    """The matches in each document's title, and in the slices of its text that are likeliest to hold some."""
    by_analyzer: dict[Analyzer, list[_Slice]] = defaultdict(list)
    for number, document in enumerate(documents):
        slices = by_analyzer[analyzer_for(document.language)]
        slices.append(_Slice(number, Zone.TITLE, 0, document.title))
        for start, end in likely_slices(document.text, marker):
            slices.append(_Slice(number, Zone.TEXT, start, document.text[start:end]))
    found: dict[tuple[int, Zone], list[Matched]] = defaultdict(list)
    for analyze, slices in by_analyzer.items():
        if budget.leaves_out(Left.MARKS):
            break
        for each, matched in zip(slices, _matched_together(slices, marker, analyze), strict=True):
            found[each.number, each.zone] += shifted(matched, each.start)
    return found


def _matched_together(slices: Sequence[_Slice], marker: Marker, analyze: Analyzer) -> list[list[Matched]]:
    """The matches of each of several slices, as if it were analyzed alone; offsets into each."""
    ends = list(accumulate(len(each.text) + len(_APART) for each in slices))
    found: list[list[Matched]] = [[] for _ in slices]
    analysis = analyze(_APART.join(each.text for each in slices))
    for zone in Zone:
        for start, end, leaf in marker.matched(analysis, zone):
            number = bisect_right(ends, start)
            before = ends[number - 1] if number else 0
            if slices[number].zone is zone and end <= before + len(slices[number].text):
                found[number].append(Matched(start - before, end - before, leaf))
    return found

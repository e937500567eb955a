"""What a page shows of its documents: titles and snippets with their marks.

The slices of all documents of a page that may hold a match are analyzed together, a language at a
time: a short text costs more to begin than to analyze.
"""

from bisect import bisect_right
from collections.abc import Sequence
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
    titles = _found(documents, marker, Zone.TITLE, budget)
    texts = _found(documents, marker, Zone.TEXT, budget)
    page = []
    for document, in_title, in_text in zip(documents, titles, texts, strict=True):
        analyze = analyzer_for(document.language)
        if not in_text:
            in_text = found_in(document.text, marker, analyze, budget)
        title = Snippet(document.title, 0, marks(in_title, document.title))
        page.append((title, snippets_around(document.text, in_text, marker.telling, analyze)))
    return page


class _Slice(NamedTuple):
    """A stretch of a document's title or text, and where it begins there."""

    number: int
    start: int
    text: str


def _found(documents: Sequence[Document], marker: Marker, zone: Zone, budget: Budget) -> list[list[Matched]]:
    """The matches of each document in the slices that are likeliest to hold some."""
    by_analyzer: dict[Analyzer, list[_Slice]] = {}
    for number, document in enumerate(documents):
        slices = by_analyzer.setdefault(analyzer_for(document.language), [])
        if zone is Zone.TEXT:
            places = likely_slices(document.text, marker)
            slices += [_Slice(number, start, document.text[start:end]) for start, end in places]
        elif document.title:
            slices.append(_Slice(number, 0, document.title))
    found: list[list[Matched]] = [[] for _ in documents]
    for analyze, slices in by_analyzer.items():
        if budget.leaves_out(Left.MARKS):
            break
        together = matched_together([each.text for each in slices], marker, analyze, zone)
        for each, matched in zip(slices, together, strict=True):
            found[each.number] += shifted(matched, each.start)
    return [once(matched) for matched in found]


def matched_together(
    texts: Sequence[str], marker: Marker, analyze: Analyzer, zone: Zone
) -> list[list[Matched]]:
    """The matches of each of several texts, as if it were analyzed alone; offsets into each."""
    ends = list(accumulate(len(text) + len(_APART) for text in texts))
    found: list[list[Matched]] = [[] for _ in texts]
    for start, end, leaf in marker.found(_APART.join(texts), analyze, zone):
        number = bisect_right(ends, start)
        before = ends[number - 1] if number else 0
        if end <= before + len(texts[number]):
            found[number].append(Matched(start - before, end - before, leaf))
    return found

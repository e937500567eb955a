"""What a page shows of its documents: titles and snippets with their marks.

The slices of all documents of a page that may hold a match are analyzed together, a language at a
time: a short text costs more to begin than to analyze.
"""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from analyzers.analyzer import Analyzer
from analyzers.registry import analyzer_for
from indexer.document import Document
from indexer.marking import Marker, Matched, marks, once, shifted
from indexer.page import Snippet
from indexer.schema import Zone
from indexer.snippet import found_in, likely_slices, snippets_around

#: Between two slices stands a word, so that no phrase runs from one into the next; nobody searches for it.
_APART = "\nꙮ\n"


def shown(documents: Sequence[Document], marker: Marker) -> list[tuple[Snippet, tuple[Snippet, ...]]]:
    """The marked title and the snippets of each document."""
    titles = _found(documents, marker, Zone.TITLE)
    texts = _found(documents, marker, Zone.TEXT)
    page = []
    for document, in_title, in_text in zip(documents, titles, texts, strict=True):
        analyze = analyzer_for(document.language)
        if not in_text:
            in_text = found_in(document.text, marker, analyze)
        title = Snippet(document.title, 0, marks(in_title, document.title))
        page.append((title, snippets_around(document.text, in_text, marker.telling, analyze)))
    return page


def _found(documents: Sequence[Document], marker: Marker, zone: Zone) -> list[list[Matched]]:
    """The matches of each document in the slices that are likeliest to hold some."""
    found: list[list[Matched]] = [[] for _ in documents]
    by_analyzer: dict[Analyzer, list[tuple[int, int, str]]] = {}
    for number, document in enumerate(documents):
        slices = by_analyzer.setdefault(analyzer_for(document.language), [])
        if zone is Zone.TITLE:
            if document.title:
                slices.append((number, 0, document.title))
            continue
        for start, end in likely_slices(document.text, marker):
            slices.append((number, start, document.text[start:end]))
    for analyzer, slices in by_analyzer.items():
        together = matched_together([text for _, _, text in slices], marker, analyzer, zone)
        for (number, start, _), matched in zip(slices, together, strict=True):
            found[number] += shifted(matched, start)
    return [once(matched) for matched in found]


def matched_together(
    texts: Sequence[str], marker: Marker, analyze: Analyzer, zone: Zone
) -> list[list[Matched]]:
    """The matches of each of several texts, as if it were analyzed alone; offsets into each."""
    ends = list(accumulate(len(text) + len(_APART) for text in texts))
    found: list[list[Matched]] = [[] for _ in texts]
    for match in marker.found(_APART.join(texts), analyze, zone):
        number = bisect_right(ends, match.start)
        start = ends[number - 1] if number else 0
        if match.end <= start + len(texts[number]):
            found[number] += shifted([match], -start)
    return found

"""Marked text -> escaped HTML, whose only tags are ``<mark>`` and ``</mark>``."""

import re
from bisect import bisect_left
from collections.abc import Iterator

from markupsafe import Markup, escape

from indexer.page import Snippet
from indexer.wire import SearchObject, SnippetObject, TitleObject

BLANK_LINES = re.compile(r"\n(?:[^\S\n]*\n)+")
LINE_END = re.compile(r"\n")


def marked_html(snippet: Snippet, first: int | None = None) -> Markup:
    """The snippet's text, escaped, with its marks; from ``first`` on they are numbered (``id="m1"``)."""
    pieces: list[str] = []
    cursor = 0
    for number, (start, end) in enumerate(snippet.marks, first or 0):
        tag = "<mark>" if first is None else f'<mark id="m{number}">'
        pieces += [escape(snippet.text[cursor:start]), tag, escape(snippet.text[start:end]), "</mark>"]
        cursor = end
    pieces.append(escape(snippet.text[cursor:]))
    return Markup("".join(pieces))


def with_html(page: SearchObject) -> SearchObject:
    """The same answer with ``html`` beside the marks of every title and snippet."""
    for hit in page["hits"]:
        for marked in (hit["title"], *hit["snippets"]):
            _add_html(marked)
    return page


def _add_html(marked: TitleObject | SnippetObject) -> None:
    marked["html"] = str(marked_html(Snippet(marked["text"], marks=tuple(marked["marks"]))))


def paragraphs(snippet: Snippet) -> list[Snippet]:
    """The text cut at its blank lines, or at its lines when it has none; marks follow their text.

    No mark crosses white space, so none is cut in two.
    """
    separator = BLANK_LINES if BLANK_LINES.search(snippet.text) else LINE_END
    starts = [mark[0] for mark in snippet.marks]
    found: list[Snippet] = []
    start = 0
    for end, following in _cuts(separator, snippet.text):
        if not snippet.text[start:end].isspace() and start < end:
            inside = snippet.marks[bisect_left(starts, start) : bisect_left(starts, end)]
            marks = tuple((left - start, right - start) for left, right in inside)
            found.append(Snippet(snippet.text[start:end], snippet.start + start, marks))
        start = following
    return found


def _cuts(separator: re.Pattern[str], text: str) -> Iterator[tuple[int, int]]:
    for match in separator.finditer(text):
        yield match.span()
    yield len(text), len(text)

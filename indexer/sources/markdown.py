"""Markdown: rendered, and then read as HTML, so that no markup splits a word (``**bo**ld`` is bold)."""

import re
from collections.abc import Callable

import yaml
from markdown_it import MarkdownIt

from indexer.document import iso_date, language_tag
from indexer.errors import CorpusError
from indexer.sources import html
from indexer.sources.records import Parsed
from indexer.sources.titles import title_of

MAX_HEAD = 1 << 16  #: code points of front matter
# Markup that means nothing is slow to tell: 6,000 brackets a second that are never closed, and a row of a
# table costs the square of its cells. A file with more than any person writes is read as it stands.
MAX_LENGTH = 4 << 20  #: code points
MAX_BRACKETS = 50_000
MAX_CELLS = 1_000  #: in a row of a table
#: The preset's own limit of 20 leaves out what is nested deeper.
MARKDOWN = MarkdownIt("commonmark", {"maxNesting": 100}).enable(["table", "strikethrough"])
HEAD = re.compile(r"---[ \t]*\r?\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)


def parsed(text: str) -> Parsed:
    """The text of a page; its title: front matter, else the first heading, else the first line."""
    head, body = _parted(text)
    excess = _excess(body)
    page = html.Page(body) if excess else html.read(MARKDOWN.render(body))
    notes = [f"it has {excess}, so its markup was not read"] if excess else []
    stated = head.get("title")
    title = stated.strip() if isinstance(stated, str) else ""
    return Parsed(
        title=title or page.heading or title_of(page.text),
        text=page.text,
        language=_readable(head.get("language", head.get("lang")), language_tag, notes) or "",
        date=_readable(head.get("date"), iso_date, notes),
        tags=_tags(head.get("tags")),
        notes=tuple(notes),
    )


def _excess(text: str) -> str:
    """What a text has more of than can be read in reasonable time; empty, if nothing."""
    if len(text) > MAX_LENGTH:
        return f"more than {MAX_LENGTH:,} characters"
    if text.count("[") > MAX_BRACKETS:
        return f"more than {MAX_BRACKETS:,} brackets"
    if text.count("|") > MAX_CELLS and any(line.count("|") > MAX_CELLS for line in text.splitlines()):
        return f"a table of more than {MAX_CELLS:,} columns"
    return ""


def _parted(text: str) -> tuple[dict[str, object], str]:
    """The front matter, if the text begins with one, and the rest."""
    match = HEAD.match(text, 0, MAX_HEAD) if text.startswith("---") else None
    if match is None:
        return {}, text
    try:
        # BaseLoader leaves every value a string: a date stays as written, "no" stays Norwegian.
        head = yaml.load(match[1], Loader=yaml.BaseLoader)  # noqa: S506 - it builds strings only
    except (yaml.YAMLError, RecursionError):
        return {}, text
    return (head, text[match.end() :]) if isinstance(head, dict) else ({}, text)


def _readable(value: object, reader: Callable[[str], str], notes: list[str]) -> str | None:
    """What the reader makes of a value. A bad one is left out: front matter serves other programs first."""
    if not isinstance(value, str) or not value.strip():
        return None
    try:
        return reader(value.strip())
    except CorpusError as error:
        notes.append(f"{error}, and was left out")
        return None


def _tags(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        value = value.split(",")
    tags = value if isinstance(value, list) else []
    return tuple(tag.strip() for tag in tags if isinstance(tag, str) and tag.strip())

"""A page of hits -> CSV (RFC 4180) that a spreadsheet shows and never runs."""

import csv
import io
import re

from indexer.page import Hit, SearchPage

COLUMNS = ("rank", "title", "snippet", "language", "source", "date", "tags", "match", "score", "url", "id")

#: Control characters, lone surrogates, and line ends of any kind: none belongs in a cell.
_UNPRINTED = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")
#: What makes a cell a formula in a spreadsheet, full width as East Asian Excel takes it.
_FORMULA = "=+\\-@＝＋－＠"
#: Such a sign at the beginning, or where a spreadsheet whose separator is another one would begin a cell.
_BEGINS = re.compile(rf"(^|[;|])([\"'\s\ufeff]*)(?=[{_FORMULA}])")


def table(page: SearchPage) -> str:
    """The table of a page of hits, its first row the names of the columns."""
    written = io.StringIO()
    # Everything in quotes: a comma, a semicolon or a line end inside is then no separator for anyone.
    rows = csv.writer(written, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    rows.writerow(COLUMNS)
    first = (page.page - 1) * page.size + 1
    rows.writerows([cell(value) for value in row(rank, hit)] for rank, hit in enumerate(page.hits, first))
    return written.getvalue()


def row(rank: int, hit: Hit) -> tuple[str, ...]:
    """The cells of one hit, in the order of ``COLUMNS``."""
    return (
        str(rank),
        hit.title.text,
        " … ".join(snippet.text for snippet in hit.snippets),
        hit.language,
        hit.source,
        hit.date or "",
        ", ".join(hit.tags),
        str(hit.match),
        f"{hit.score:.3f}",
        hit.url or "",
        hit.id,
    )


def cell(text: str) -> str:
    """The text of one cell: one line, and an apostrophe before what a spreadsheet would calculate."""
    return _BEGINS.sub(r"\1'\2", " ".join(_UNPRINTED.sub(" ", text).split(" ")).strip())

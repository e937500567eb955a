"""The fenced and the indented blocks of the documentation, as tests run them."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from markdown_it import MarkdownIt


class Block(NamedTuple):
    """A block of a page that is no prose: its language, ``console`` where it is indented, and its line."""

    text: str
    language: str
    page: Path
    line: int


def fenced(page: Path) -> Iterator[Block]:
    """The blocks of code of a page, in order."""
    for token in MarkdownIt("commonmark").enable("table").parse(page.read_text(encoding="utf-8")):
        if token.type in ("fence", "code_block"):
            yield Block(token.content, token.info.strip() or "console", page, token.map[0] + 1)

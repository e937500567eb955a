"""The fenced and the indented blocks of the documentation, as tests run them."""

import re
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


def sessions(text: str) -> Iterator[tuple[str, str]]:
    """The commands of a session, each with what is shown to come back; ``make`` does without a ``$``."""
    command, shown = "", []
    for line in text.splitlines():
        if line.startswith("$ "):
            if command:
                yield command, "\n".join(shown)
            command, shown = line.removeprefix("$ "), []
        elif command:
            shown.append(line)
        elif line.startswith("make "):
            yield line.partition(" #")[0].strip(), ""
    if command:
        yield command, "\n".join(shown)


def compared(printed: str, shown: str) -> bool:
    """Whether what was printed is what is shown; ``…`` is anything, and in a line of its own any lines."""
    lines = [
        r"(?:.*\n)*?"
        if line.strip() == "…"
        else ".*".join(map(re.escape, line.rstrip().split("…"))) + r"[ \t]*\n"
        for line in shown.strip("\n").split("\n")
    ]
    return re.fullmatch("".join(lines), printed.rstrip("\n") + "\n") is not None

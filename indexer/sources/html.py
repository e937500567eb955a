"""HTML: what a reader of the page would read, one line a block.

libxml2 reports tags and text as it meets them and no tree is built, so a page nested 100,000 deep costs
no more than its length, and none of its text is lost.
"""

import re

from lxml import etree

from indexer.sources.records import Parsed
from indexer.sources.titles import title_of

MAX_TITLE = 1_000  #: code points; a longer <title> was never closed and holds the page

UNREAD = frozenset({"rp", "script", "style", "template"})
#: What stands on lines of its own, a blank line around it; and what does without the blank line.
PARAGRAPHS = """
    address article aside blockquote body dl fieldset figure footer form h1 h2 h3 h4 h5 h6 header hr main
    nav ol p pre section table ul
"""
LINES = """
    br caption center dd details dialog dir div dt figcaption frame hgroup legend li menu optgroup option
    search select summary tbody td textarea tfoot th thead tr video
"""
GAPS = dict.fromkeys(PARAGRAPHS.split(), "\n\n") | dict.fromkeys(LINES.split(), "\n")

WHITE_SPACE = re.compile(r"[ \t\n\f\r]+")
#: Chinese and Japanese, not Korean: a line end between two of these is no space (CSS Text 3, section 4.1.3).
WIDE = "\u2e80-\u312f\u3190-\ua4cf\uf900-\ufaff\ufe30-\ufe4f\uff01-\uff60\U00020000-\U0003ffff"
WIDE_BREAK = re.compile(rf"(?<=[{WIDE}])[ \t\f]*[\n\r][ \t\n\f\r]*(?=[{WIDE}])")
#: XHTML may close an element in its opening tag; read as HTML it would swallow what follows.
CLOSED_AT_ONCE = re.compile(r"<(script|style|template|textarea|title|iframe)\b([^<>]*)/>", re.IGNORECASE)


def parsed(text: str) -> Parsed:
    """The text of a page; its title is <title>, else the first <h1>, else its first line if like one."""
    page = read(text)
    return Parsed(page.title or page.heading or title_of(page.text), page.text)


def parsed_xhtml(text: str) -> Parsed:
    """The text of an XHTML page."""
    return parsed(CLOSED_AT_ONCE.sub(r"<\1\2></\1>", text))


def read(html: str) -> "Page":
    """The page that a piece of HTML shows."""
    page = Page()
    # NUL would end the page for libxml2; the HTML standard has it replaced.
    content = html.replace("\0", "\ufffd").encode()
    if html.strip():
        # The stubs want a method for each event; libxml2 asks only for those that are there.
        parser = etree.HTMLParser(target=page, encoding="utf-8", huge_tree=True)  # type: ignore[call-overload]
        etree.fromstring(content, parser)
    return page


class Page:
    """A parser's target, and then what it gathered: ``text``, and ``title`` and ``heading`` or ""."""

    def __init__(self, text: str = "") -> None:
        self.title = ""
        self.heading = ""
        self.text = text
        self._pieces: list[str] = []
        self._line: list[str] = []
        self._gap = ""
        self._readings: list[str] = []
        self._title: list[str] | None = None
        self._depth = {"unread": 0, "pre": 0, "rt": 0}

    def start(self, tag: str, _attributes: object) -> None:
        """An element begins."""
        if tag in UNREAD:
            self._depth["unread"] += 1
        elif tag == "title" and not self.title:
            self._title = []
        elif tag == "rt":
            self._depth["rt"] = 1
        elif tag == "br" and self._depth["pre"]:
            self._line.append("\n")
        elif tag in GAPS:
            self._break(GAPS[tag])
            self._depth["pre"] += tag == "pre"

    def end(self, tag: str) -> None:
        """An element ends."""
        if tag in UNREAD:
            self._depth["unread"] -= 1
        elif tag == "title" and self._title is not None:
            self._end_title(collapsed("".join(self._title)))
        elif tag in ("rt", "ruby"):
            self._end_reading(tag)
        elif tag in GAPS and tag != "br":
            line = self._break(GAPS[tag])
            self._depth["pre"] -= tag == "pre"
            if tag == "h1" and not self.heading:
                self.heading = line

    def data(self, text: str) -> None:
        """A piece of text; one run of it may come in several."""
        if self._depth["unread"]:
            return
        if self._title is not None:
            self._title.append(text)
        elif self._depth["rt"]:
            self._readings.append(text)
        else:
            self._line.append(text)

    def close(self) -> "Page":
        """The page ends."""
        self._break("")
        self.text = "".join(self._pieces)
        return self

    def _break(self, gap: str) -> str:
        line = "".join(self._line)
        self._line.clear()
        line = line.strip("\n") if self._depth["pre"] else collapsed(line)
        if line.strip():
            self._pieces += (self._gap, line) if self._pieces else (line,)
            self._gap = gap
        else:
            self._gap = max(self._gap, gap)
        return line

    def _end_title(self, title: str) -> None:
        self._title = None
        if len(title) <= MAX_TITLE:
            self.title = title
        else:
            self._line.append(title)

    def _end_reading(self, tag: str) -> None:
        # 漢字 with its reading over each character stays one word, the reading after it.
        self._depth["rt"] = 0
        if tag == "ruby" and self._readings:
            self._line.append(f"\uff08{''.join(self._readings)}\uff09")
            self._readings.clear()


def collapsed(text: str) -> str:
    """The text with white space as a browser shows it."""
    if "\n" in text or "\r" in text:
        text = WIDE_BREAK.sub("", text)
    return WHITE_SPACE.sub(" ", text).strip(" ")

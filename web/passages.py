"""A document as a reader walks through it: its paragraphs, and its matches in their order."""

from dataclasses import dataclass
from itertools import accumulate

from indexer.page import MarkedDocument, Snippet
from web.highlight import paragraphs
from web.phrasing import notice


@dataclass(frozen=True, slots=True)
class Passage:
    """A title or a paragraph; ``first`` is the number, from 1, of the first match in it or behind it."""

    text: Snippet
    first: int

    @property
    def last(self) -> int:
        """The number of its last match."""
        return self.first + len(self.text.marks) - 1


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A document, or a ``part`` of a very long one, in passages; ``matches`` is how many there are in all."""

    title: Passage
    body: list[Passage]
    matches: int
    part: int
    parts: int
    notices: list[str]


def document_view(found: MarkedDocument) -> DocumentView:
    """What is shown of a document: a headline that is its title too is shown once."""
    body = paragraphs(found.text)
    if len(body) > 1 and body[0].text == found.title.text:
        del body[0]
    texts = [found.title, *body]
    firsts = accumulate((len(text.marks) for text in texts), initial=1)
    title, *rest = [Passage(text, first) for text, first in zip(texts, firsts, strict=False)]
    matches = sum(len(text.marks) for text in texts)
    notices = list(map(notice, found.notices))
    return DocumentView(title, rest, matches, found.part, found.parts, notices)

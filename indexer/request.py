"""What a searcher asks for, checked at the door."""

import re
from dataclasses import dataclass
from datetime import date as Date
from enum import StrEnum

import langcodes
from langcodes.tag_parser import LanguageTagError

from indexer.document import well_formed
from indexer.errors import BadRequest

MAX_QUERY = 1_000  #: code points
MAX_SIZE = 100  #: hits on a page
MAX_REACH = 10_000  #: page × size

SHOWN = 40  #: characters of a bad value that are repeated in the answer

#: A well-formed language tag: the grammar of RFC 5646, section 2.1, tags of its "irregular" list aside; ``_``
#: as systems write it may stand for ``-``. Whether the language exists is another question.
TAG = (
    r"^(?:(?:[A-Za-z]{2,3}(?:[-_][A-Za-z]{3}){0,3}|[A-Za-z]{4,8})"
    r"(?:[-_][A-Za-z]{4})?(?:[-_](?:[A-Za-z]{2}|[0-9]{3}))?"
    r"(?:[-_](?:[A-Za-z0-9]{5,8}|[0-9][A-Za-z0-9]{3}))*"
    r"(?:[-_][A-WY-Za-wy-z0-9](?:[-_][A-Za-z0-9]{2,8})+)*"
    r"(?:[-_][Xx](?:[-_][A-Za-z0-9]{1,8})+)?"
    r"|[Xx](?:[-_][A-Za-z0-9]{1,8})+)$"
)
_TAG = re.compile(TAG)


class Sort(StrEnum):
    """The order of the hits."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    OLDEST = "oldest"


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """One page of one search; the same whether it came from the page, the API or the terminal.

    ``query`` is NFC; as it was typed or in NFC it is at most 1,000 code points. ``source`` filters
    by path prefix, ``since`` and ``until`` by date, both included.

    Raises:
        BadRequest: a limit is passed, or a language tag is not well formed.
    """

    query: str
    language: str | None = None
    source: str | None = None
    tag: str | None = None
    since: Date | None = None
    until: Date | None = None
    sort: Sort = Sort.RELEVANCE
    page: int = 1
    size: int = 10

    def __post_init__(self) -> None:
        typed = len(self.query)
        object.__setattr__(self, "query", well_formed(self.query))
        # As it was typed or in NFC, whichever is shorter: some letters of Hindi become two in NFC.
        length = min(typed, len(self.query))
        if length > MAX_QUERY:
            raise BadRequest(
                f"the query has {length:,} characters, and {MAX_QUERY:,} are allowed",
                hint="Search for its most telling words instead.",
                key="long-query",
                length=length,
                limit=MAX_QUERY,
            )
        if self.page < 1:
            raise BadRequest(
                f"page must be 1 or more, not {self.page}",
                hint="Leave it out for the first page.",
                key="page-number",
                name="page",
                value=str(self.page),
            )
        if not 1 <= self.size <= MAX_SIZE:
            raise BadRequest(
                f"size must be from 1 to {MAX_SIZE}, not {self.size}",
                hint="Leave it out for 10 hits.",
                key="page-size",
                name="size",
                value=str(self.size),
                most=MAX_SIZE,
            )
        if self.page * self.size > MAX_REACH:
            raise BadRequest(
                f"page × size is {self.page * self.size:,}, and {MAX_REACH:,} is the limit",
                hint="Narrow the search by a word or a filter instead of paging further.",
                key="too-far",
                limit=MAX_REACH,
            )
        if self.language is not None:
            object.__setattr__(self, "language", requested_language(self.language))

    @property
    def first(self) -> int:
        """The rank, from 0, of the first hit of the page."""
        return (self.page - 1) * self.size


def no_part(part: int, parts: int) -> BadRequest:
    """The error for a part that a document does not have."""
    return BadRequest(
        f"the document has {parts:,} parts, and no part {part}",
        hint="Leave the part out for the first one in which the query stands.",
        key="no-part",
        name="part",
        value=str(part),
        parts=parts,
    )


def requested_language(tag: str) -> str:
    """The canonical spelling of the language tag a caller gave.

    Raises:
        BadRequest: the tag is not well formed.
    """
    if not _TAG.fullmatch(tag):
        shown = tag if len(tag) <= SHOWN else f"{tag[:SHOWN]}…"
        raise BadRequest(
            f"lang is {shown!r}, which is no language tag",
            hint='Write it as BCP 47, for example "th" or "zh-Hant"; leave it out for all languages.',
            key="language-tag",
            name="lang",
            value=shown,
            example="th",
        )
    try:
        return langcodes.standardize_tag(tag)
    except LanguageTagError:
        return tag.replace("_", "-").lower()  # well formed, and no language that is registered

"""What a searcher asks for, checked at the door."""

from dataclasses import dataclass
from datetime import date as Date
from enum import StrEnum

import langcodes

from indexer.document import well_formed
from indexer.errors import BadRequest

MAX_QUERY = 1_000  #: code points
MAX_SIZE = 100  #: hits on a page
MAX_REACH = 10_000  #: page × size


class Sort(StrEnum):
    """The order of the hits."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    OLDEST = "oldest"


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """One page of one search; the same whether it came from the page, the API or the terminal.

    ``query`` is NFC and at most 1,000 code points. ``source`` filters by path prefix,
    ``since`` and ``until`` by date, both included.

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
        object.__setattr__(self, "query", well_formed(self.query))
        if len(self.query) > MAX_QUERY:
            raise BadRequest(
                f"the query has {len(self.query):,} characters, and {MAX_QUERY:,} are allowed",
                hint="Search for its most telling words instead.",
            )
        if self.page < 1:
            raise BadRequest(
                f"page must be 1 or more, not {self.page}", hint="Leave it out for the first page."
            )
        if not 1 <= self.size <= MAX_SIZE:
            raise BadRequest(
                f"size must be from 1 to {MAX_SIZE}, not {self.size}", hint="Leave it out for 10 hits."
            )
        if self.page * self.size > MAX_REACH:
            raise BadRequest(
                f"page × size is {self.page * self.size:,}, and {MAX_REACH:,} is the limit",
                hint="Narrow the search by a word or a filter instead of paging further.",
            )
        if self.language is not None:
            object.__setattr__(self, "language", requested_language(self.language))

    @property
    def first(self) -> int:
        """The rank, from 0, of the first hit of the page."""
        return (self.page - 1) * self.size


def requested_language(tag: str) -> str:
    """The canonical spelling of the language tag a caller gave.

    Raises:
        BadRequest: the tag is not well formed.
    """
    if tag != "und" and not langcodes.tag_is_valid(tag):
        raise BadRequest(
            f"lang is {tag!r}, which is no language tag",
            hint='Write it as BCP 47, for example "th" or "zh-Hant"; leave it out for all languages.',
        )
    return langcodes.standardize_tag(tag)

"""Numbers, days and readings of a query, as the page says them."""

from datetime import UTC, datetime
from datetime import date as Date
from typing import NamedTuple

from babel.dates import format_date, format_timedelta
from babel.numbers import format_decimal

from indexer.page import Reading, SearchPage
from web.languages import INTERFACE, language_name

#: What kinds of reading say about a part of the query; a word or a run goes without saying.
KINDS = {
    "phrase": "exactly",
    "prefix": "words beginning with",
    "fuzzy": "words like",
    "all": "every document",
}
SENTENCE_END = (".", "!", "?", "…", "。", "！", "？", "।", "॥", "؟", "۔", "។", "။", "።")
CLOSING = "\"'”’»«“）)」』】]*"
PLAIN = ("word", "run")


class Part(NamedTuple):
    """One part of what a query was read as: ``words like`` *Putn*."""

    says: str
    text: str


def number(value: int) -> str:
    """A count as readers of the page write it (``12,480``)."""
    return format_decimal(value, locale=INTERFACE)


def quantity(count: int, one: str, many: str) -> str:
    """A count with its noun (``1 result``, ``2,140 results``)."""
    return f"{number(count)} {one if count == 1 else many}"


def day(value: str) -> str:
    """An ISO 8601 day as readers of the page write it."""
    try:
        return format_date(Date.fromisoformat(value), format="medium", locale=INTERFACE)
    except ValueError:
        return value


def age(built: str) -> str:
    """How long ago this ISO 8601 moment was (``3 hours ago``)."""
    moment = datetime.fromisoformat(built)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return format_timedelta(moment - datetime.now(UTC), add_direction=True, locale=INTERFACE)


def ends_whole(text: str) -> bool:
    """Whether a snippet ends where a sentence does, in the punctuation of any script."""
    return text.rstrip().rstrip(CLOSING).endswith(SENTENCE_END)


def readings(page: SearchPage) -> list[Part]:
    """What the query was read as; nothing when that is what it says itself."""
    plain = all(
        reading.kind in PLAIN and not reading.excluded and not reading.field for reading in page.read_as
    )
    if plain and [reading.text for reading in page.read_as] == page.query.split():
        return []
    return [_part(reading) for reading in page.read_as]


def _part(reading: Reading) -> Part:
    if reading.kind == "all":
        return Part(KINDS["all"], "")
    if reading.kind == "filter" and reading.field in ("lang", "language"):
        says, text = "in", language_name(reading.text)
    elif reading.field:
        says, text = f"in {reading.field}", reading.text
    else:
        says, text = KINDS.get(reading.kind, ""), reading.text
    return Part(f"not {says}".rstrip() if reading.excluded else says, text)

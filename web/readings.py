"""What a query was read as, part by part, and the query without each part."""

import re
from typing import NamedTuple

from indexer.page import Reading, SearchPage
from indexer.request import SearchRequest
from web.addresses import search_address
from web.catalogue import msgid
from web.reader import reader

#: What kinds of reading say about a part of the query; a word or a run goes without saying.
KINDS = {
    "phrase": msgid("exactly %(text)s"),
    "prefix": msgid("words beginning with %(text)s"),
    "fuzzy": msgid("words like %(text)s"),
    "all": msgid("every document"),
}
FIELDS = {
    "language": msgid("in the language %(text)s"),
    "source": msgid("in the folder %(text)s"),
    "tag": msgid("with the tag %(text)s"),
    "title": msgid("%(text)s in the title"),
}
PLAIN = ("word", "run")
#: So many parts have a search without each. A link is as long as the query: those of 500 parts came to 6 MB.
REMOVABLE = 20
#: What a word of these kinds ends in, where the kind is not said in words.
_SIGN = re.compile(r"(?:\*+|~+[0-9.]*)\Z")

# What stands around a part in a query belongs to it: its sign or operator, its field, its quotes.
_BEFORE = re.compile(r"(?:NOT\s+)*-*(?:(?:title|lang|source|tag):)?[\"“”„＂]?\Z")
_BEHIND = re.compile(r"[\"“”„＂]?(?:\*+|~+[0-9.]*)?")
#: What is left over once a part is gone: empty brackets, operators without something on both sides.
_LEFT_OVER = [
    (re.compile(r"(?:NOT\s+|-|title:)*\(\s*\)"), ""),
    (re.compile(r"(^|\()\s*(?:(?:AND|OR)(?:\s+|$))+"), r"\1"),
    (re.compile(r"(?:\s+(?:AND|OR|NOT))+\s*($|\))"), r"\1"),
    (re.compile(r"\b(?:AND|OR)\s+(?=(?:AND|OR)\b)"), ""),
    (re.compile(r"\s+"), " "),
]


class Part(NamedTuple):
    """One part of what a query was read as.

    ``kind`` and ``field`` are messages that hold ``%(text)s``, or empty; ``href`` is the same search
    without this part, where it can be told from the others.
    """

    text: str
    kind: str
    field: str
    excluded: bool
    href: str | None


def readings(page: SearchPage, wanted: SearchRequest) -> list[Part]:
    """What the query was read as; nothing when that is what it says itself."""
    plain = all(
        reading.kind in PLAIN and not reading.excluded and not reading.field for reading in page.read_as
    )
    if plain and [reading.text for reading in page.read_as] == page.query.split():
        return []
    rests = without_each(page.query, [reading.text for reading in page.read_as[:REMOVABLE]])
    rests += [None] * (len(page.read_as) - len(rests))
    return [_part(reading, rest, wanted) for reading, rest in zip(page.read_as, rests, strict=True)]


def _part(reading: Reading, rest: str | None, wanted: SearchRequest) -> Part:
    text = reading.text
    if reading.field == "language":
        text = reader().language_name(text)
    elif reading.kind in ("prefix", "fuzzy"):
        text = _SIGN.sub("", text)
    return Part(
        text,
        KINDS.get(reading.kind, ""),
        FIELDS.get(reading.field or "", ""),
        reading.excluded,
        search_address(wanted, q=rest) if rest else None,
    )


def without_each(query: str, parts: list[str]) -> list[str | None]:
    """The query without each of its parts, told in their order; nothing where that leaves nothing."""
    rests: list[str | None] = []
    cursor = 0
    for part in parts:
        # Lower and upper case are one here, because a filter's value may have been put into its usual form.
        found = re.compile(re.escape(part), re.IGNORECASE).search(query, cursor)
        if found is None:
            rests.append(None)
            continue
        rests.append(_without(query, *found.span()) or None)
        cursor = found.end()
    return rests


def _without(query: str, start: int, end: int) -> str:
    before = _BEFORE.search(query[:start])
    behind = _BEHIND.match(query, end)
    first, last = before.start() if before else start, behind.end() if behind else end
    if not (_parts(query[:first][-1:], "(") and _parts(query[last:][:1], ")")):
        # Inside a longer run (普京 in 普京总统) only the part itself goes.
        first, last = start, end
    return _tidied(f"{query[:first]} {query[last:]}")


def _parts(character: str, bracket: str) -> bool:
    """Whether this character, or the end of the query, stands between its parts."""
    return not character or character.isspace() or character == bracket


def _tidied(query: str) -> str:
    """The query once nothing in it is left over: taking one thing away may leave another."""
    before = None
    while query != before:
        before = query
        for pattern, replacement in _LEFT_OVER:
            query = pattern.sub(replacement, query)
    return query.strip()

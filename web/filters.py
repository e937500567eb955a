"""Facets and filters of a search, as links that set them and links that take them away."""

from dataclasses import dataclass
from typing import NamedTuple

from indexer.page import FacetCount, SearchPage
from indexer.request import SearchRequest, Sort
from web.addresses import search_address
from web.catalogue import msgid
from web.reader import gettext, reader

#: Values of a facet that are shown at once; the others are folded away.
SHOWN = 8


@dataclass(frozen=True, slots=True)
class FacetLink:
    """One value of a facet; ``href`` asks for only its documents, or for all again when it is ``active``."""

    value: str
    count: int
    href: str
    active: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """The values of one facet that the matches hold: the most frequent ones, and the others."""

    name: str
    heading: str
    links: list[FacetLink]
    more: list[FacetLink]


class Choice(NamedTuple):
    """One of several ways to have the results; ``href`` asks for it."""

    label: str
    href: str
    active: bool


class ActiveFilter(NamedTuple):
    """A filter of the search; ``href`` asks for the same search without it."""

    label: str
    href: str


HEADINGS = {
    "language": msgid("Language"),
    "source": msgid("Folder"),
    "tag": msgid("Tag"),
    "year": msgid("Year"),
}
PARAMETERS = {"language": "lang", "source": "source", "tag": "tag"}
FILTERS = {
    "lang": "%(value)s",
    "source": msgid("Folder %(value)s"),
    "tag": msgid("Tag %(value)s"),
    "from": msgid("From %(value)s"),
    "to": msgid("Until %(value)s"),
}
ORDERS = {
    Sort.RELEVANCE: msgid("Best first"),
    Sort.NEWEST: msgid("Newest first"),
    Sort.OLDEST: msgid("Oldest first"),
}


def facet_lists(page: SearchPage, wanted: SearchRequest) -> list[Facet]:
    """The facets worth showing: those that would narrow the search, and those that already do."""
    facets = []
    for name, heading in HEADINGS.items():
        links = [_link(name, count, wanted) for count in page.facets.get(name, ())]
        if name == "year":
            links.sort(key=lambda link: link.value, reverse=True)
        if len(links) > 1 or any(link.active for link in links):
            # One more than is shown is no reason to fold.
            cut = SHOWN if len(links) > SHOWN + 1 else len(links)
            facets.append(Facet(name, gettext(heading), links[:cut], links[cut:]))
    return facets


def _link(name: str, count: FacetCount, wanted: SearchRequest) -> FacetLink:
    if name == "year":
        first, last = f"{count.value}-01-01", f"{count.value}-12-31"
        active = (str(wanted.since), str(wanted.until)) == (first, last)
        changes: dict[str, str | None] = {"from": None, "to": None} if active else {"from": first, "to": last}
    else:
        parameter = PARAMETERS[name]
        active = dict(_values(wanted))[parameter] == count.value
        changes = {parameter: None if active else count.value}
    return FacetLink(count.value, count.count, search_address(wanted, **changes), active)


def orders(page: SearchPage, wanted: SearchRequest) -> list[Choice]:
    """The orders that the results can have, where there is something to order and a date to do it by."""
    if wanted.sort is Sort.RELEVANCE and (page.total < 2 or not page.facets.get("year")):
        return []
    return [
        Choice(gettext(label), search_address(wanted, sort=sort), sort is wanted.sort)
        for sort, label in ORDERS.items()
    ]


def active_filters(wanted: SearchRequest) -> list[ActiveFilter]:
    """The filters of a search, each with the way back."""
    return [
        ActiveFilter(
            gettext(FILTERS[name], value=_shown(name, value)),
            search_address(wanted, **{name: None}),
        )
        for name, value in _values(wanted)
        if value is not None
    ]


def _shown(name: str, value: str) -> str:
    match name:
        case "lang":
            return reader().language_name(value)
        case "from" | "to":
            return reader().day(value)
        case _:
            return value


def hidden_fields(wanted: SearchRequest, *changed: str) -> list[tuple[str, str]]:
    """The search as form fields, but for those that the form itself asks about."""
    fields = [*_values(wanted), ("sort", None if wanted.sort is Sort.RELEVANCE else wanted.sort.value)]
    return [(name, value) for name, value in fields if value is not None and name not in changed]


def _values(wanted: SearchRequest) -> list[tuple[str, str | None]]:
    return [
        ("lang", wanted.language),
        ("source", wanted.source),
        ("tag", wanted.tag),
        ("from", wanted.since.isoformat() if wanted.since else None),
        ("to", wanted.until.isoformat() if wanted.until else None),
    ]

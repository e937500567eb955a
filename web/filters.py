"""Facets and filters of a search, as links that set them and links that take them away."""

from collections.abc import Callable
from dataclasses import dataclass

from indexer.page import FacetCount, SearchPage
from indexer.request import SearchRequest
from web.languages import language_name
from web.params import query_string
from web.phrasing import day


@dataclass(frozen=True, slots=True)
class FacetLink:
    """One value of a facet; ``href`` asks for only its documents, or for all again when it is ``active``."""

    value: str
    label: str
    count: int
    href: str
    active: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """The values of one facet that the matches hold."""

    name: str
    heading: str
    links: list[FacetLink]


@dataclass(frozen=True, slots=True)
class ActiveFilter:
    """A filter of the search; ``href`` asks for the same search without it."""

    label: str
    href: str


HEADINGS = {"language": "Language", "source": "Folder", "tag": "Tag", "year": "Year"}
PARAMETERS = {"language": "lang", "source": "source", "tag": "tag"}


def facet_lists(page: SearchPage, wanted: SearchRequest) -> list[Facet]:
    """The facets worth showing: those that would narrow the search, and those that already do."""
    facets = [
        Facet(name, heading, [_link(name, count, wanted) for count in page.facets.get(name, ())])
        for name, heading in HEADINGS.items()
    ]
    return [facet for facet in facets if len(facet.links) > 1 or any(link.active for link in facet.links)]


def _link(name: str, count: FacetCount, wanted: SearchRequest) -> FacetLink:
    if name == "year":
        first, last = f"{count.value}-01-01", f"{count.value}-12-31"
        active = (str(wanted.since), str(wanted.until)) == (first, last)
        changes: dict[str, str | None] = {"from": None, "to": None} if active else {"from": first, "to": last}
    else:
        parameter = PARAMETERS[name]
        active = dict(_values(wanted))[parameter] == count.value
        changes = {parameter: None if active else count.value}
    label = language_name(count.value) if name == "language" else count.value
    return FacetLink(count.value, label, count.count, "/search?" + query_string(wanted, **changes), active)


def active_filters(wanted: SearchRequest) -> list[ActiveFilter]:
    """The filters of a search, each with the way back."""
    labels: dict[str, Callable[[str], str]] = {
        "lang": language_name,
        "source": lambda value: f"Folder {value}",
        "tag": lambda value: f"Tag {value}",
        "from": lambda value: f"From {day(value)}",
        "to": lambda value: f"Until {day(value)}",
    }
    return [
        ActiveFilter(labels[name](value), "/search?" + query_string(wanted, **{name: None}))
        for name, value in _values(wanted)
        if value is not None
    ]


def hidden_fields(wanted: SearchRequest) -> list[tuple[str, str]]:
    """The filters as form fields, so that a changed query keeps them."""
    return [(name, value) for name, value in _values(wanted) if value is not None]


def _values(wanted: SearchRequest) -> list[tuple[str, str | None]]:
    return [
        ("lang", wanted.language),
        ("source", wanted.source),
        ("tag", wanted.tag),
        ("from", wanted.since.isoformat() if wanted.since else None),
        ("to", wanted.until.isoformat() if wanted.until else None),
    ]

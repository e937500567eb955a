"""What the page of results shows."""

from dataclasses import dataclass
from typing import NamedTuple

from indexer.page import SearchPage
from indexer.request import SearchRequest
from web.addresses import query_string, search_address
from web.filters import (
    ActiveFilter,
    Choice,
    Facet,
    active_filters,
    facet_lists,
    hidden_fields,
    orders,
)
from web.paging import PageLinks, page_links
from web.phrasing import notice
from web.readings import Part, readings


class Proposal(NamedTuple):
    """A query that may have been meant; ``href`` asks it under the same filters."""

    text: str
    href: str


@dataclass(frozen=True, slots=True)
class ResultsView:
    """One page of results, and every way on from it."""

    readings: list[Part]
    notices: list[str]
    proposal: Proposal | None
    filters: list[ActiveFilter]
    facets: list[Facet]
    orders: list[Choice]
    links: PageLinks
    #: Hidden fields of the box, and of the form that asks for days.
    kept: list[tuple[str, str]]
    kept_by_days: list[tuple[str, str]]
    #: This very page, as a query string: a document leads back to it.
    asked: str
    first_page: str
    unfiltered: str
    #: The same hits for a feed reader and for a spreadsheet.
    feed: str
    table: str


def results_view(page: SearchPage, wanted: SearchRequest) -> ResultsView:
    """What is shown of a page of hits."""
    meant = page.did_you_mean
    return ResultsView(
        readings=readings(page, wanted),
        notices=[notice(said) for said in page.notices],
        proposal=Proposal(meant, search_address(wanted, q=meant)) if meant else None,
        filters=active_filters(wanted),
        facets=facet_lists(page, wanted),
        orders=orders(page, wanted),
        links=page_links(page, wanted),
        kept=hidden_fields(wanted),
        kept_by_days=[("q", wanted.query), *hidden_fields(wanted, "from", "to")],
        asked=query_string(wanted, page=wanted.page),
        first_page=search_address(wanted, page=1),
        unfiltered=search_address(SearchRequest(wanted.query)),
        feed="/search.rss?" + query_string(wanted),
        table="/search.csv?" + query_string(wanted, page=wanted.page),
    )

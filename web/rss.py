"""A page of hits -> RSS 2.0, for feed readers that watch a search."""

from datetime import UTC, datetime
from email.utils import format_datetime

from flask import url_for
from lxml import etree
from lxml.builder import ElementMaker

from indexer.page import Hit, SearchPage
from indexer.request import SearchRequest
from web.addresses import query_string
from web.highlight import marked_html
from web.xml import clean

NAMESPACES = {
    "atom": "http://www.w3.org/2005/Atom",
    "dc": "http://purl.org/dc/elements/1.1/",
    "opensearch": "http://a9.com/-/spec/opensearch/1.1/",
}

RSS = "application/rss+xml"

make = ElementMaker(nsmap=NAMESPACES)
atom, dc, opensearch = (ElementMaker(namespace=name, nsmap=NAMESPACES) for name in NAMESPACES.values())


def feed(page: SearchPage, wanted: SearchRequest, built: str) -> etree._Element:
    """The feed of one page of hits over an index that was built at an ISO 8601 moment."""
    asked = query_string(wanted, page=wanted.page)
    here = url_for("feeds.rss", _external=True) + "?" + asked
    return make.rss(
        make.channel(
            make.title(clean(f"Serai: {page.query}")),
            make.link(url_for("pages.search", _external=True) + "?" + asked),
            make.description(clean(f"What Serai finds for {page.query}")),
            make.lastBuildDate(format_datetime(moment(built))),
            atom.link(href=here, rel="self", type=RSS),
            opensearch.totalResults(str(page.total)),
            opensearch.startIndex(str(wanted.first + 1)),
            opensearch.itemsPerPage(str(page.size)),
            *(item(hit, page.query) for hit in page.hits),
        ),
        version="2.0",
    )


def item(hit: Hit, query: str) -> etree._Element:
    """One hit; its description is HTML, as feed readers take it."""
    snippets = " … ".join(marked_html(snippet) for snippet in hit.snippets)
    address = url_for("pages.document", id=hit.id, _external=True)
    return make.item(
        make.title(clean(hit.title.text or hit.id)),
        make.link(url_for("pages.document", id=hit.id, q=query or None, _external=True)),
        make.guid(address, isPermaLink="true"),
        make.description(clean(snippets)),
        *([make.pubDate(format_datetime(moment(hit.date), usegmt=True))] if hit.date else []),
        *(make.category(clean(tag)) for tag in hit.tags),
        dc.language(hit.language),
        dc.source(clean(hit.source)),
    )


def moment(iso: str) -> datetime:
    """The moment that ISO 8601 names, in UTC; a day is its beginning."""
    parsed = datetime.fromisoformat(iso)
    return (parsed.replace(tzinfo=UTC) if parsed.tzinfo is None else parsed).astimezone(UTC)

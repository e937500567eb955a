"""Addresses of our pages: of documents, whose ids may hold any character, and of searches."""

import re
from typing import Any
from urllib.parse import quote, urlencode

from werkzeug.datastructures import MultiDict
from werkzeug.routing import BaseConverter

from indexer.document import well_formed
from indexer.request import SearchRequest, Sort
from web.params import INTERFACE, SearchParams, names

#: A browser resolves these path segments, and some servers drop empty ones.
FRAGILE = re.compile(r"(?:^|/)\.{0,2}(?:/|$)")


class IdConverter(BaseConverter):
    """A document's id in a path: everything that is left, slashes, line ends and all."""

    regex = r"(?s:.+)"
    part_isolating = False

    def to_url(self, value: str) -> str:
        """The id as it stands in an address."""
        return quoted_id(value)


def quoted_id(id: str) -> str:
    """The id percent-encoded; ``/`` stays as it is unless a browser would resolve what it separates."""
    return quote(id, safe="" if FRAGILE.search(id) else "/")


def document_address(id: str, query: str = "") -> str:
    """The address of a document's page, with the query's matches marked."""
    address = f"/documents/{quoted_id(id)}"
    return f"{address}?{urlencode({'q': query}, quote_via=quote)}" if query else address


def search_address(request: SearchRequest, **changes: Any) -> str:
    """The address of a page of results, with some of its fields changed, as `query_string` does it."""
    return "/search?" + query_string(request, **changes)


def query_string(request: SearchRequest, **changes: Any) -> str:
    """The query string that asks for this search, with some of its fields changed.

    A change of anything but the page leads to the first page. Defaults are left out.
    """
    changes.setdefault("page", 1)
    pairs = {
        "q": request.query,
        "lang": request.language,
        "source": request.source,
        "tag": request.tag,
        "from": request.since,
        "to": request.until,
        "sort": request.sort,
        "page": request.page,
        "size": request.size,
    } | changes
    defaults = {"sort": Sort.RELEVANCE, "page": 1, "size": 10}
    asked = {
        name: value for name, value in pairs.items() if value is not None and value != defaults.get(name)
    }
    return urlencode({name: str(value) for name, value in asked.items()}, quote_via=quote)


def address_back(args: MultiDict[str, str]) -> str:
    """The address of the results that a document was opened from: their parameters as they were given."""
    kept = [(name, well_formed(value)) for name in names(SearchParams) for value in args.getlist(name)]
    return "/search?" + urlencode(kept, quote_via=quote)


def in_language(args: MultiDict[str, str], code: str) -> str:
    """The address, relative to itself, that asks for the same page in another language."""
    return _with(args, INTERFACE, code)


def in_part(args: MultiDict[str, str], number: int) -> str:
    """The address, relative to itself, that asks for another part of the same document."""
    return _with(args, "part", str(number))


def _with(args: MultiDict[str, str], changed: str, to: str) -> str:
    kept = [(name, well_formed(value)) for name, value in args.items(multi=True) if name != changed]
    return "?" + urlencode([*kept, (changed, to)], quote_via=quote)

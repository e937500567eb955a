"""Addresses of documents, whose ids may hold any character."""

import re
from urllib.parse import quote, urlencode

from werkzeug.routing import BaseConverter

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

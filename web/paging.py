"""The way through the pages of a result."""

from typing import NamedTuple

from indexer.page import SearchPage
from indexer.request import MAX_REACH, SearchRequest
from web.addresses import search_address

#: Pages shown on each side of the one that is open.
NEIGHBOURS = 2


class PageLinks(NamedTuple):
    """Where the reader can go; ``numbers`` holds ``None`` for a gap."""

    previous: str | None
    next: str | None
    numbers: list[tuple[int, str] | None]
    beyond: bool


def page_links(page: SearchPage, wanted: SearchRequest) -> PageLinks:
    """The links below a page of hits; pages past the limit are not offered."""
    last = min(page.pages, MAX_REACH // page.size)

    def address(number: int) -> str:
        return search_address(wanted, page=number)

    numbers = _numbers(page.page, last) if last > 1 else []
    return PageLinks(
        previous=address(page.page - 1) if 1 < page.page <= last else None,
        next=address(page.page + 1) if page.page < last else None,
        numbers=[None if number is None else (number, address(number)) for number in numbers],
        beyond=page.total > 0 and page.page > last,
    )


def _numbers(current: int, last: int) -> list[int | None]:
    """``1 … 4 5 [6] 7 8 … 20``, with ``None`` for each gap."""
    near = {number for number in range(current - NEIGHBOURS, current + NEIGHBOURS + 1) if 1 <= number <= last}
    shown = sorted(near | {1, last})
    numbers: list[int | None] = []
    for number in shown:
        if numbers and number - (numbers[-1] or 0) > 1:
            numbers.append(None)
        numbers.append(number)
    return numbers

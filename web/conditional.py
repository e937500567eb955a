"""Answers that a caller may have already: ETags, and 304 for who names the one that it has.

The tag of an answer that takes a search is made of what it depends on, the index's generation and
what was asked of it; so who has the answer is told so before anything is searched.
"""

from collections.abc import Callable
from hashlib import blake2b
from importlib.metadata import version

from flask import Response, request

from web.current import service

#: May be kept, and must be asked about each time: a rebuild changes what stands at an address.
CACHE = "no-cache"


def searched(build: Callable[[], Response], *asked: object, weak: bool = False) -> Response:
    """The answer that the index gives to what was asked, built only for who does not have it.

    ``weak``: two answers with one tag say the same, and differ in their bytes (they say how long they took).
    """
    # Taken before the answer is: should a new generation come between, the tag is the old one's,
    # and the answer is asked for again.
    state = service().status()
    tag = _digest(repr((state.generation, version("serai"), request.endpoint, request.url_root, asked)))
    known = request.if_none_match
    response = (
        Response(status=304)
        if known.contains_weak(tag) and not known.star_tag and request.method in ("GET", "HEAD")
        else build()
    )
    return response if response.cache_control.no_store else _tagged(response, tag, weak=weak)


def passing(response: Response, *, complete: bool) -> Response:
    """The answer, not to be kept if it is not complete: the next one to the same question may be."""
    if not complete:
        response.headers["Cache-Control"] = "no-store"
    return response


def given(response: Response) -> Response:
    """An answer that costs nothing to make, tagged by its bytes."""
    return _tagged(response, _digest(response.get_data(as_text=True)))


def _tagged(response: Response, tag: str, *, weak: bool = False) -> Response:
    response.set_etag(tag, weak)
    response.headers["Cache-Control"] = CACHE
    response.make_conditional(request)
    return response


def _digest(text: str) -> str:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()

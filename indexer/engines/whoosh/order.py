"""The order of an updated index's documents, which is not that of their numbers: it decides between equals.

An update adds documents behind those that stay, and a build would put them where they belong. So the place of
each document is kept beside the segments; an index in which they agree has no such file.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from indexer.engines.whoosh import layout
from indexer.engines.whoosh.kept import KeptLists
from indexer.engines.whoosh.packing import Numbers
from indexer.engines.whoosh.segment import Segment
from indexer.engines.whoosh.storage import ReadStorage

_NAME = "serai.order"
_KIND = np.dtype("<u4")


def write_order(ids: Iterable[str], segments: Sequence[Any], directory: Path) -> None:
    """Write the places of the living documents, whose ids are given in order.

    ``segments`` are Whoosh's objects for those that hold them.
    """
    place = {one.encode("utf-8", "surrogatepass"): number for number, one in enumerate(ids)}
    storage = ReadStorage(str(directory), readonly=True)
    places = [np.zeros(0, _KIND)]
    ascending, last = True, -1
    for one in segments:
        segment = Segment(storage, one)
        found = np.zeros(segment.count, _KIND)
        lists = KeptLists(segment, layout.ID, np.arange(segment.count))
        stretch = lists.stretch(0, len(lists))
        found[stretch.documents] = [place[term] for term in stretch.terms]
        living = found[segment.alive].astype(np.int64)
        ascending &= bool((np.diff(living, prepend=last) > 0).all())
        last = int(living[-1])
        places.append(found)
        segment.close()
    if not ascending:
        (directory / _NAME).write_bytes(np.concatenate(places).tobytes())


def order_of(directory: Path, count: int) -> Numbers | None:
    """The place of each document, shape (count,); None where that is its number.

    Raises:
        ValueError: the file is not as long as it was.
    """
    try:
        places = np.fromfile(directory / _NAME, _KIND)
    except FileNotFoundError:
        return None
    if len(places) != count:
        raise ValueError("the order is not that of these documents")
    return places.astype(np.int64)

"""What a schema cannot say: two parameters whose product is limited, and which documents there are."""

import schemathesis

from indexer.request import MAX_REACH
from tests.tree import ROOT

IDS = [f"seeds/{path.name}" for path in sorted((ROOT / "seeds").iterdir())]


@schemathesis.hook
def before_call(context, case, kwargs):
    """Pages within reach, where each parameter alone is; and every second id is one that there is."""
    query = case.query or {}
    page, size = (str(query.get(name) or 10) for name in ("page", "size"))
    if page.isdecimal() and size.isdecimal() and 1 <= int(page) <= MAX_REACH < int(page) * int(size):
        query["size"] = max(1, MAX_REACH // int(page))
    for place in (query, case.path_parameters or {}):
        if "id" in place and len(str(place["id"])) % 2:
            place["id"] = IDS[len(str(place["id"])) % len(IDS)]

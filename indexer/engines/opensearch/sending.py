"""Sends documents to the cluster, some megabytes a request; reads of each what became of it."""

import json
import random
import time
from collections.abc import Iterable, Iterator, Sequence

from indexer.engines.opensearch.client import BUSY, WORK, Client, Refused
from indexer.errors import CorpusError, IndexUnavailable

#: Bytes a request; a document that is larger goes alone.
_REQUEST = 6_000_000
#: What a node answers that was sent more than it takes.
_TOO_LARGE = 413
#: What had no room is sent again so often, after so many seconds, doubled each time.
_PATIENCE, _FIRST_WAIT, _LONGEST_WAIT = 10, 0.25, 20.0


def send(client: Client, index: str, rows: Iterable[bytes]) -> int:
    """Send the rows of bulk requests, each an action with what belongs to it; how many there were.

    A row that is sent twice does the same as once: each document has a name of its own on the cluster. So
    whatever got no answer is sent again, and nothing is lost or doubled.

    Raises:
        IndexUnavailable: the cluster takes no more, or cannot be reached.
        CorpusError: a document is one that it cannot take.
    """
    count = 0
    for request in _requests(rows):
        _send(client, index, request)
        count += len(request)
    return count


def _requests(rows: Iterable[bytes]) -> Iterator[list[bytes]]:
    request: list[bytes] = []
    size = 0
    for row in rows:
        if request and size + len(row) > _REQUEST:
            yield request
            request, size = [], 0
        request.append(row)
        size += len(row)
    if request:
        yield request


def _send(client: Client, index: str, rows: Sequence[bytes]) -> None:
    wait = _FIRST_WAIT
    for _ in range(_PATIENCE):
        try:
            answer = client.ask("POST", f"/{index}/_bulk", b"".join(rows), timeouts=(WORK,))
        except Refused as error:
            raise _too_large(rows) if error.status == _TOO_LARGE else error from error
        results = [next(iter(item.values())) for item in answer["items"]]
        if len(results) != len(rows):
            raise IndexUnavailable(f"the cluster answered for {len(results)} of {len(rows)} documents")
        rows = [row for row, result in zip(rows, results, strict=True) if _is_to_repeat(result)]
        if not rows:
            return
        time.sleep(wait * random.uniform(0.5, 1.0))
        wait = min(2 * wait, _LONGEST_WAIT)
    raise IndexUnavailable(
        f"the cluster has no room for {len(rows)} documents, though they were sent {_PATIENCE} times",
        hint="Run the command again when it has less to do, or with fewer --jobs. "
        "The index is as it was before.",
    )


def _too_large(rows: Sequence[bytes]) -> CorpusError:
    """The error for a request that the cluster takes for too large: mostly it is one document."""
    longest = max(rows, key=len)
    source = json.loads(longest.split(b"\n", 1)[1])["source"]
    return CorpusError(
        f"the terms of {source} take {len(longest) / 1e6:,.0f} MB, and the cluster takes less at once",
        hint="Raise http.max_content_length on its nodes, or leave the file out; nothing was changed.",
    )


def _is_to_repeat(result: dict[str, object]) -> bool:
    """Whether a document found no room; one that is to be deleted and is not there is no error.

    Raises:
        CorpusError: it cannot be taken at all.
    """
    status, error = result["status"], result.get("error")
    if error is None:
        return False
    if status in BUSY:
        return True
    reason = error.get("reason", error) if isinstance(error, dict) else error
    raise CorpusError(
        f"the cluster refused a document: {str(reason)[:300]}",
        hint="The index is as it was before.",
    )

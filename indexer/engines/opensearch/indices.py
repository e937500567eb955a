"""The indexes of one folder on the cluster: made, filled, sealed, copied, and removed with their generation.

A generation's folder names its index, and a search opens that one and no other: so it sees the old or the
new, whole. The alias is for those who look at the cluster.
"""

import json
import secrets
import time
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from hashlib import blake2b
from pathlib import Path
from typing import Any

from indexer import schema
from indexer.engines.opensearch import mapping
from indexer.engines.opensearch.client import WORK, Answer, Client, Refused
from indexer.errors import ClusterUnavailable, IndexOutdated, IndexUnavailable
from indexer.schema import FIELDS

#: What a generation's folder says of its index.
NAME = "opensearch.json"
#: Whose indexes are whose on a cluster that several folders use.
_OWNER = "cluster-owner"
_DIGEST = "digest"
#: Seconds before a question is asked again that not all shards answered, or documents are counted again.
_WAITS = (0.5, 1, 2, 4, 8)
#: How long to wait for all shards, in seconds.
_PATIENCE = 60


@dataclass(frozen=True, slots=True)
class Record:
    """What a folder says of its index: the name, and what it was given to do.

    ``uuid`` is the cluster's own name of it; ``pivots`` are the mapping's. ``documents`` are the documents by
    language, ``lengths`` how many terms of each field these have together, ``bytes`` the size on the cluster,
    copies aside. A record without ``documents`` is of an index that is being filled.
    """

    index: str
    uuid: str
    pivots: Mapping[str, int]
    documents: Mapping[str, int] | None = None
    lengths: Mapping[str, Mapping[str, int]] | None = None
    bytes: int = 0

    def write(self, directory: Path) -> None:
        """Write it into a folder, and its digest with it: all that is asked depends on it."""
        directory.mkdir(parents=True, exist_ok=True)
        record = asdict(self)
        text = _text({**record, _DIGEST: _digest(record)})
        (directory / NAME).write_text(text, encoding="utf-8")


def _text(record: Mapping[str, Any]) -> str:
    return json.dumps(record, ensure_ascii=False, indent=1) + "\n"


def _digest(record: Mapping[str, Any]) -> str:
    return blake2b(_text(record).encode(), digest_size=16).hexdigest()


def read(directory: Path) -> Record:
    """The record of a folder.

    Raises:
        IndexUnavailable: there is none, or it is damaged.
    """
    try:
        text = (directory / NAME).read_text(encoding="utf-8")
        record = json.loads(text)
        if text != _text(record) or record.pop(_DIGEST) != _digest(record):
            raise ValueError
        return Record(**record)
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise IndexUnavailable(
            f"the index in {directory} is damaged or half-written: see {NAME}",
            hint="Build it anew with: serai rebuild",
        ) from error


def owner(home: Path) -> str:
    """What the names of the indexes of a folder of generations begin with."""
    path = home / _OWNER
    try:
        return path.read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        home.mkdir(parents=True, exist_ok=True)
        path.write_text(f"serai-{secrets.token_hex(6)}\n", encoding="utf-8")
        return owner(home)


def create(client: Client, directory: Path, pivots: Mapping[str, int]) -> Record:
    """Make an empty index for a folder that is being built; its record is written there."""
    settings: dict[str, Any] = {"number_of_shards": client.settings.shards}
    replicas = client.settings.replicas
    settings |= {"auto_expand_replicas": "0-1"} if replicas is None else {"number_of_replicas": replicas}
    name = _new_name(directory)
    body = mapping.index_body(settings, pivots, _meta(pivots))
    _made(client, "PUT", f"/{name}", body)
    return _recorded(client, name, pivots, directory)


def copy(client: Client, before: Record, directory: Path) -> Record:
    """Make an index for a folder that holds all that another one does; the cluster links its files."""
    name = _new_name(directory)
    body = {"settings": {"index.blocks.write": None, "index.refresh_interval": "-1"}}
    _made(client, "PUT", f"/{before.index}/_clone/{name}", body)
    return _recorded(client, name, before.pivots, directory)


def _new_name(directory: Path) -> str:
    return f"{owner(directory.parent)}-{datetime.now(UTC):%Y%m%d%H%M%S}-{secrets.token_hex(3)}"


def _made(client: Client, method: str, path: str, body: Any) -> None:
    try:
        answer = client.ask(method, path, body, timeouts=(WORK,), wait_for_active_shards=1)
    except Refused as error:
        # Asked twice, since the first answer was lost on its way.
        if error.kind != "resource_already_exists_exception":
            raise
        answer = {"shards_acknowledged": True}
    if not answer.get("shards_acknowledged"):
        raise IndexUnavailable(
            "the cluster has no room for the shards of a new index",
            hint="See GET /_cluster/allocation/explain on the cluster; mostly its disks are full.",
        )


def _recorded(client: Client, name: str, pivots: Mapping[str, int], directory: Path) -> Record:
    (settings,) = client.ask("GET", f"/{name}/_settings/index.uuid").values()
    record = Record(name, settings["settings"]["index"]["uuid"], pivots)
    record.write(directory)
    return record


def _meta(pivots: Mapping[str, int]) -> dict[str, Any]:
    return {
        "serai": {
            "form": mapping.FORM,
            "schema": schema.VERSION,
            "pivots": dict(pivots),
        }
    }


def check(client: Client, record: Record) -> None:
    """See that the index that a folder names is there, and is the one that was built for it.

    Raises:
        IndexUnavailable: it is not.
        IndexOutdated: another version made it.
    """
    try:
        (found,) = client.ask("GET", f"/{record.index}").values()
    except Refused as error:
        if error.status == 404:
            raise IndexUnavailable(f"the cluster has no index {record.index}") from error
        raise
    if found["settings"]["index"]["uuid"] != record.uuid:
        raise IndexUnavailable(f"the index {record.index} of the cluster is not the one that was built")
    told = found["mappings"].get("_meta", {}).get("serai", {})
    if (told.get("form"), told.get("schema")) != (mapping.FORM, schema.VERSION):
        raise IndexOutdated("the index was built by another version of Serai")
    if told.get("pivots") != dict(record.pivots):
        raise IndexUnavailable(f"the index {record.index} of the cluster was changed since it was built")


def seal(client: Client, record: Record, expected: int, directory: Path) -> Record:
    """Make what was sent searchable, count it, and let nobody write it any more; the whole record.

    Raises:
        IndexUnavailable: documents are missing, or the cluster lost a shard.
    """
    _await_documents(client, record.index, expected)
    done = {"index": {"refresh_interval": None, "blocks.write": True}}
    client.ask("PUT", f"/{record.index}/_settings", done, timeouts=(WORK,))
    _await_shards(client, record.index)
    documents, lengths = _totals(client, record.index)
    stats = client.ask("GET", f"/{record.index}/_stats/store", timeouts=(WORK,))
    size = stats["_all"]["primaries"]["store"]["size_in_bytes"]
    whole = Record(record.index, record.uuid, record.pivots, documents, lengths, size)
    whole.write(directory)
    return whole


def _await_documents(client: Client, index: str, expected: int) -> None:
    """Make what was sent searchable on every copy, and count it; a node that has gone or is full gets time.

    Raises:
        IndexUnavailable: documents are missing.
    """
    for wait in (*_WAITS, None):
        _whole(client, "POST", f"/{index}/_refresh")
        count = _whole(client, "GET", f"/{index}/_count")["count"]
        if count == expected:
            return
        if wait is not None:
            time.sleep(wait)
    raise IndexUnavailable(
        f"{expected:,} documents were sent to the cluster, and {count:,} are there",
        hint="The index is as it was before. See that the cluster is well, then run the command again.",
    )


def _whole(client: Client, method: str, path: str, body: Any = None) -> Answer:
    """The answer of all shards: one that has too much to do fails alone, and what the others say is less.

    Raises:
        ClusterUnavailable: some do not answer.
    """
    for wait in (*_WAITS, None):
        answer = client.ask(method, path, body, timeouts=(WORK,))
        if not answer["_shards"]["failed"]:
            return answer
        if wait is not None:
            time.sleep(wait)
    raise ClusterUnavailable(
        f"{answer['_shards']['failed']} of {answer['_shards']['total']} shards did not answer {path}",
        hint="The index is as it was before. See that the cluster is well, then run the command again.",
    )


def _await_shards(client: Client, index: str) -> None:
    """Wait until all shards are there, and a little for their copies: others come when a node is back.

    Raises:
        ClusterUnavailable: a shard is on no node.
    """
    for status, seconds in (("yellow", _PATIENCE), ("green", _PATIENCE // 6)):
        health = client.ask(
            "GET",
            f"/_cluster/health/{index}?wait_for_status={status}&timeout={seconds}s",
            timeouts=(seconds + WORK,),
        )
    if health["status"] == "red":
        raise ClusterUnavailable(f"the cluster is red: shards of {index} are on no node")


def _totals(client: Client, index: str) -> tuple[dict[str, int], dict[str, dict[str, int]]]:
    """The documents by language, and the terms of each field that they have."""
    sums = {field.name: {"sum": {"field": f"length.{field.name}"}} for field in FIELDS}
    by_language = {"languages": {"terms": {"field": "language", "size": 10_000}, "aggs": sums}}
    answer = _whole(client, "POST", f"/{index}/_search", {"size": 0, "aggs": by_language})
    buckets = answer["aggregations"]["languages"]["buckets"]
    return {bucket["key"]: bucket["doc_count"] for bucket in buckets}, {
        bucket["key"]: {name: round(bucket[name]["value"]) for name in sums} for bucket in buckets
    }


def settle(client: Client, home: Path, served: str | None) -> None:
    """Remove the indexes that no generation of a folder names; let the alias name the one that is served."""
    name = owner(home)
    named = _named(home)
    here = client.ask("GET", f"/{name}-*/_alias", expand_wildcards="all", ignore_unavailable=True)
    actions: list[Mapping[str, Any]] = [
        {"remove": {"index": index, "alias": name}}
        for index, state in here.items()
        if served is not None and name in state["aliases"] and index != served
    ]
    if served is not None and served in here and name not in here[served]["aliases"]:
        actions.append({"add": {"index": served, "alias": name}})
    if actions:
        client.ask("POST", "/_aliases", {"actions": actions})
    if named is not None:
        remove(client, here.keys() - named)


def _named(home: Path) -> set[str] | None:
    """The indexes that the generations of a folder name; None, where one is damaged, and could name any."""
    try:
        return {read(path.parent).index for path in home.glob(f"*/{NAME}")}
    except IndexUnavailable:
        return None


def remove(client: Client, indexes: Iterable[str]) -> None:
    """Remove indexes, each by its own name; one that is gone is no error."""
    for index in indexes:
        try:
            client.ask("DELETE", f"/{index}", timeouts=(WORK,))
        except Refused as error:
            if error.status != 404:
                raise

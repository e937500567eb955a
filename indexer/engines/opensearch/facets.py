"""Counts by language, folder, tag and year over every match, exact over all shards."""

from collections.abc import Callable, Mapping
from typing import Any

from indexer.engines.opensearch.client import Answer
from indexer.engines.opensearch.queries import Query

#: Our names, and the fields of the cluster.
_FIELDS = {"language": "language", "source": "folder", "tag": "tag", "year": "year"}
#: So many values of each are counted at once; all shards tell of all, so nothing is estimated.
_AT_ONCE = 10_000

Search = Callable[[Mapping[str, Any]], Answer]


def none() -> Mapping[str, Mapping[str, int]]:
    """The counts over nothing."""
    return {name: {} for name in _FIELDS}


def asked() -> Mapping[str, Any]:
    """The aggregations of a search."""
    return {name: {"terms": {"field": field, "size": _AT_ONCE}} for name, field in _FIELDS.items()}


def read(answer: Answer, query: Query, search: Search) -> Mapping[str, Mapping[str, int]]:
    """The counts of an answer to what was `asked`; where there are too many values, all of them by and by."""
    told = answer["aggregations"]
    return {
        name: _paged(field, query, search)
        if told[name]["sum_other_doc_count"]
        else {bucket["key"]: bucket["doc_count"] for bucket in told[name]["buckets"]}
        for name, field in _FIELDS.items()
    }


def _paged(field: str, query: Query, search: Search) -> Mapping[str, int]:
    counts: dict[str, int] = {}
    values: dict[str, Any] = {"size": _AT_ONCE, "sources": [{"value": {"terms": {"field": field}}}]}
    while True:
        body = {"query": query, "size": 0, "aggs": {"values": {"composite": values}}}
        told = search(body)["aggregations"]["values"]
        counts |= {bucket["key"]["value"]: bucket["doc_count"] for bucket in told["buckets"]}
        if "after_key" not in told:
            return counts
        values["after"] = told["after_key"]

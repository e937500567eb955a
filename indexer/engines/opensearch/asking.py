"""What is asked of one index: searches within a time, and what stands where and how often."""

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from itertools import accumulate
from types import MappingProxyType
from typing import Any, Self

import numpy as np

from indexer.budget import UNLIMITED, Budget, Left
from indexer.engines.opensearch import mapping, queries
from indexer.engines.opensearch.client import QUESTION, Answer, Client
from indexer.engines.opensearch.indices import Record
from indexer.engines.opensearch.queries import Known, Query, Single
from indexer.engines.opensearch.scoring import Told, counted, told_of
from indexer.engines.recent import Recent
from indexer.errors import ClusterUnavailable
from indexer.schema import FIELDS
from indexer.termquery import Near, Node, Source

#: Bytes of frequencies that are remembered, and about what one takes.
_REMEMBERED, _ONE = 32 << 20, 500
#: So much one question may ask for, in clauses: the cluster takes 1,024.
_CLAUSES = 900
#: So many clauses may find by more than a term; others score, and a term is one of a few clauses.
_FINDING = 300
#: Numbers by one question.
_READ = 10_000
#: Of the time that is left for a search, what a question may take; and what it may take at least, in seconds:
#: to find something, and for the answer, since what was found is to be shown; and to say so.
_SHARE_OF_TIME, _LEAST, _SURE, _GRACE = 0.6, 0.05, 1.0, 0.2
#: Seconds before a search is asked again that some shards did not answer.
_AGAIN = (0.1, 0.3)
#: How often a search asks again where the cluster has too much to do.
_PATIENCE = 2

#: Nothing of what is stored, for which texts are unpacked: 200 hits are read in a quarter of the time.
NO_STORED: Mapping[str, Any] = MappingProxyType({"_source": False, "stored_fields": "_none_"})

_LENGTHS = [f"length.{field.name}" for field in FIELDS]


class Asker:
    """Asks one index. Safe to use from several threads."""

    def __init__(self, client: Client, record: Record) -> None:
        self._client = client
        self._budget = UNLIMITED
        self._record = record
        self.languages: Mapping[str, int] = dict(record.documents or {})
        self._codes = {language: code for code, language in enumerate(self.languages)}
        lengths = record.lengths or {}
        self._averages = np.array(
            [
                [lengths[language][field.name] / count for field in FIELDS]
                for language, count in self.languages.items()
            ]
        ).reshape(-1, len(FIELDS))
        self._known: Recent[Source, Mapping[str, int]] = Recent(_REMEMBERED)
        self._listed: Recent[Source, list[int]] = Recent(_REMEMBERED)

    def within(self, budget: Budget) -> Self:
        """The same for the questions of one search, which share its time."""
        asker = copy(self)
        asker._budget = budget
        return asker

    def search(self, body: Mapping[str, Any], *, partial: bool = False, **parameters: Any) -> Answer:
        """The answer to a search.

        ``partial``: when time is up, it is of what was found until then, and the budget knows.

        Raises:
            ClusterUnavailable: the cluster does not answer in time, or not for all of the index.
        """
        timeouts: Sequence[float] = QUESTION
        if (left := self._budget.remaining) < QUESTION[-1]:
            share = left * _SHARE_OF_TIME
            if partial:
                body = {**body, "timeout": f"{max(share, _LEAST) * 1000:.0f}ms"}
            timeouts = (max(share, _SURE) + _GRACE,)
        for wait in (*_AGAIN, None):
            answer = self._client.ask(
                "POST",
                f"/{self._record.index}/_search",
                body,
                timeouts=timeouts,
                patience=_PATIENCE,
                **parameters,
            )
            shards = answer["_shards"]
            if not shards["failed"] and shards["successful"] == shards["total"]:
                break
            if wait is None:
                raise self._incomplete(shards["total"] - shards["successful"], shards["total"])
            time.sleep(wait)  # a node may have gone between two steps; there are copies of what it had
        if answer["timed_out"]:
            self._budget.left.add(Left.MATCHES)
        return answer

    def _incomplete(self, away: int, every: int) -> ClusterUnavailable:
        return ClusterUnavailable(
            f"{away} of {every} shards of the index {self._record.index} do not answer",
            hint="The cluster has lost nodes that no others have copies of; see GET /_cluster/health.",
            told=f"{away} of {every} shards of the index do not answer",
        )

    def known(self, query: Node) -> Known:
        """What is known of the sources of a query; those that would make it too long are looked up.

        A pasted page has more phrases than one question may have clauses. Those that stand in the most
        documents are asked for, and the documents of the others are.
        """
        written = queries.written(query)
        weights = {source: times * queries.clauses(source) for source, times in written.items()}
        if sum(weights.values()) <= _FINDING:
            return Known(self._stands)
        counts = dict(zip(weights, self.frequencies(list(weights)), strict=True))
        standing = [source for source in weights if counts[source]]
        standing.sort(key=lambda source: -sum(counts[source].values()))
        totals = accumulate(weights[source] for source in standing)
        listed = [source for source, total in zip(standing, totals, strict=True) if total > _FINDING]
        return Known(self._stands, {source: self._numbers(source) for source in listed})

    def _stands(self, source: Source) -> bool:
        """Whether a source stands in any document, as far as that is known."""
        known = self._known.get(source)
        return known is None or bool(known)

    def _numbers(self, source: Single) -> Sequence[int]:
        """The numbers of the documents in which a source stands."""
        numbers = self._listed.get(source)
        if numbers is None:
            query = {"constant_score": {"filter": queries.located(source)}}
            numbers = [hit["sort"][0] for hit in self.scanned({"query": query, **NO_STORED})]
            self._listed.put(source, numbers, 40 * len(numbers) + _ONE)
        return numbers

    def frequencies(self, sources: Sequence[Source]) -> list[Mapping[str, int]]:
        """In how many documents of each language each of some sources stands."""
        known = {source: self._known.get(source) for source in sources}
        missing = [source for source, counts in known.items() if counts is None]
        for some in _portions(missing):
            known |= self._counted(some)
        return [known[source] or {} for source in sources]

    def _counted(self, sources: Sequence[Source]) -> dict[Source, Mapping[str, int]]:
        by_language = {"terms": {"field": "language", "size": max(len(self.languages), 1)}}
        asked = {
            str(number): {"filter": queries.any_source([source], Known()), "aggs": {"languages": by_language}}
            for number, source in enumerate(sources)
        }
        told = self.search({"size": 0, "track_total_hits": False, "aggs": asked})["aggregations"]
        found: dict[Source, Mapping[str, int]] = {}
        for number, source in enumerate(sources):
            buckets = told[str(number)]["languages"]["buckets"]
            found[source] = {bucket["key"]: bucket["doc_count"] for bucket in buckets}
            self._known.put(source, found[source], _ONE)
        return found

    def told(self, numbers: Sequence[int], sources: Iterable[Source]) -> Told:
        """How often each of some sources stands in some documents, by number, and how long these are."""
        single = dict.fromkeys(one for source in sources for one in queries.singles(source))
        scores = {source: np.zeros(len(numbers)) for source in single}
        rows = {number: row for row, number in enumerate(numbers)}
        languages = np.zeros(len(numbers), np.int64)
        lengths = np.zeros((len(numbers), len(FIELDS)), np.int64)
        for some in _portions(list(single)) or [[]]:
            body = {
                "query": {"bool": {"should": [_named(str(n), source) for n, source in enumerate(some)]}},
                "docvalue_fields": ["order", "language", *_LENGTHS],
                **NO_STORED,
            }
            hits = self.hits(numbers, body)
            here, spoken, long = told_of(hits)
            places = [rows[number] for number in here.tolist()]
            languages[places] = [self._codes[language] for language in spoken]
            lengths[places] = long
            for place, hit in zip(places, hits, strict=True):
                for name, score in (hit.get("matched_queries") or {}).items():
                    scores[some[int(name)]][place] = score
        counts = {
            source: counted(source, each, lengths, self._record.pivots) for source, each in scores.items()
        }
        return Told(np.array(numbers, np.int64), languages, lengths, self._averages, counts)

    def hits(self, numbers: Sequence[int], body: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
        """What a search tells of these documents, whether they match or not, in any order."""
        if not numbers:
            return []
        query = {
            "bool": {
                "filter": [{"terms": {"order": list(numbers)}}],
                "should": [body["query"]] if "query" in body else [],
            }
        }
        asked = {**body, "query": query, "size": len(numbers), "track_total_hits": False}
        answer = self.search(asked, include_named_queries_score=True)
        hits: Sequence[Mapping[str, Any]] = answer["hits"]["hits"]
        return hits

    def scanned(self, body: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
        """Every document that a search finds as a hit, in order."""
        asked = {**body, "sort": [{"order": "asc"}], "size": _READ, "track_total_hits": False}
        # The index never changes, so no point in time has to be kept for the next question to follow on.
        while hits := self.search(asked)["hits"]["hits"]:
            yield from hits
            asked["search_after"] = hits[-1]["sort"]

    def sizes(self) -> Iterator[tuple[int, int]]:
        """The number of every document, in order, and how many terms it has in all."""
        for hit in self.scanned({"docvalue_fields": _LENGTHS, **NO_STORED}):
            yield hit["sort"][0], sum(value[0] for value in hit.get("fields", {}).values())

    def number(self, id: str) -> int | None:
        """The number of the document with this id."""
        query = {"ids": {"values": [mapping.identity(id)]}}
        body = {"query": query, "docvalue_fields": ["order"], **NO_STORED}
        hits = self.search(body)["hits"]["hits"]
        return int(hits[0]["fields"]["order"][0]) if hits else None


def _named(name: str, source: Single) -> Query:
    """A query that tells its score of each hit under a name."""
    ((kind, body),) = queries.telling(source).items()
    if kind in ("term", "match_phrase"):
        ((field, told),) = body.items()
        return {kind: {field: {**told, "_name": name}}}
    return {kind: {**body, "_name": name}}


def _portions(sources: Sequence[Source]) -> list[list[Any]]:
    """Sources, as many at a time as one question may ask for."""
    portions: list[list[Source]] = []
    room = 0
    for source in sources:
        weight = sum(map(_weight, queries.singles(source)))
        if weight > room:
            portions.append([])
            room = _CLAUSES
        portions[-1].append(source)
        room -= weight
    return portions


def _weight(source: Single) -> int:
    """How many clauses it takes to tell of a source."""
    if isinstance(source, Near):
        return 3 * len(queries.distances(source.within))
    return queries.clauses(source)

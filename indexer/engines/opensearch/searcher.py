"""Searches an index of a cluster, which finds, counts and names candidates; the best are scored here."""

from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from typing import Any, Self

from indexer import ranking
from indexer.budget import UNLIMITED, Budget, Left
from indexer.document import Document
from indexer.engine import Explained, Found, Matches
from indexer.engines.opensearch import facets as counting
from indexer.engines.opensearch import queries
from indexer.engines.opensearch.asking import NO_STORED, Asker
from indexer.engines.opensearch.lines import restored
from indexer.engines.opensearch.queries import Query
from indexer.engines.opensearch.scoring import Scores
from indexer.engines.recent import Recent
from indexer.engines.voices import Part, Voice, part_of, speaking
from indexer.request import Sort
from indexer.termquery import Clue, Node, Source, Term, graded_leaves, twin

#: So many candidates, those that the cluster takes for the best, are scored exactly. More would hardly change
#: a first page (ARCHITECTURE.md has what was measured).
CANDIDATES = 200
#: So many of the clauses that promise most choose the candidates: the cluster takes 1,024 in all.
_PROMISING = 400
#: Documents by one question, where all of them are read, and about how many terms these may have.
_READ, _TERMS = 200, 1_000_000
#: Bytes of documents that are remembered.
_REMEMBERED = 32 << 20


class OpenSearchSearcher:
    """Reads an index, which never changes; safe to use from several threads."""

    def __init__(self, asker: Asker) -> None:
        self._asker = asker
        self._languages = asker.languages
        self._read: Recent[int, Document] = Recent(_REMEMBERED)

    def search(
        self,
        query: Node,
        sort: Sort,
        first: int,
        size: int,
        *,
        facets: bool = True,
        budget: Budget = UNLIMITED,
    ) -> Matches:
        """The hits from rank ``first`` on, and counts over every match."""
        if budget.leaves_out(Left.MATCHES):
            return Matches(0, [], counting.none() if facets else {})
        return self._within(budget)._found(query, sort, first, size, facets=facets)

    def _within(self, budget: Budget) -> Self:
        """The same for one search, all questions of which share its time."""
        searcher = copy(self)
        searcher._asker = self._asker.within(budget)
        return searcher

    def _found(self, query: Node, sort: Sort, first: int, size: int, *, facets: bool) -> Matches:
        parts = self._parts(query)
        best = sort is Sort.RELEVANCE
        chosen = max(first + size, CANDIDATES) if best and parts else first + size
        body = {
            "query": self._promising(query, parts) if best else self._finding(query),
            "sort": _ORDERS[sort],
            "from": 0 if best else first,
            "size": chosen if best else size,
            "track_total_hits": True,
            **NO_STORED,
            **({"aggs": counting.asked()} if facets else {}),
        }
        answer = self._asker.search(body, partial=True)
        numbers = [hit["sort"][-1] for hit in answer["hits"]["hits"]]
        found = (
            self._ranked(query, parts, numbers, first, size) if best else self._scored(query, parts, numbers)
        )
        self._remember([each.number for each in found])
        counts = counting.read(answer, self._finding(query), self._asker.search) if facets else {}
        return Matches(answer["hits"]["total"]["value"], found, counts)

    def matches(self, query: Node, number: int) -> bool:
        """Whether a query finds one document."""
        both = [self._finding(query), queries.numbered([number])]
        return self._count({"bool": {"filter": both}}) > 0

    def count(self, query: Node, budget: Budget = UNLIMITED) -> int:
        """How many documents a query finds; fewer, when time is up."""
        if budget.leaves_out(Left.MATCHES):
            return 0
        searcher = self._within(budget)
        return searcher._count(searcher._finding(query))

    def explain(self, query: Node, number: int) -> Explained:
        """What each part of a query adds to the score of one document, whether it is found or not."""
        scores = self._scores(query, self._parts(query), [number])
        return scores.explained(found=self.matches(query, number))

    def frequencies(self, terms: Sequence[Term]) -> Sequence[Mapping[str, int]]:
        """In how many documents of each language each of some terms stands."""
        return self._asker.frequencies(terms)

    def languages(self) -> Mapping[str, int]:
        """How many documents each language has."""
        return self._languages

    def document(self, number: int) -> Document:
        """The stored document."""
        document = self._read.get(number)
        if document is None:
            (document,) = self._remember([number])
        return document

    def number(self, id: str) -> int | None:
        """Where the document with this id is kept."""
        return self._asker.number(id)

    def documents(self) -> Iterator[Document]:
        """Every stored document."""
        numbers: list[int] = []
        room = _TERMS
        for number, terms in self._asker.sizes():
            if numbers and (terms > room or len(numbers) == _READ):
                yield from self._stored(numbers).values()
                numbers, room = [], _TERMS
            numbers.append(number)
            room -= terms
        yield from self._stored(numbers).values()

    def places(self) -> dict[str, int]:
        """The numbers of all documents by their names on the cluster, in order."""
        return {hit["_id"]: hit["sort"][0] for hit in self._asker.scanned({"_source": False})}

    def close(self) -> None:
        """Nothing to let go of: connections are kept for the next index."""

    def _count(self, query: Query) -> int:
        answer = self._asker.search({"query": query, "size": 0, "track_total_hits": True}, partial=True)
        return int(answer["hits"]["total"]["value"])

    def _parts(self, query: Node) -> list[Part]:
        """The parts that speak, with what is the same in every document."""
        told = speaking(query)
        clues = [clue for _, clues in told for clue in clues]
        twins = [beside for clue in clues if (beside := twin(clue.source)) is not None]
        sources: list[Source] = list(dict.fromkeys([*(clue.source for clue in clues), *twins]))
        known = dict(zip(sources, self._asker.frequencies(sources), strict=True))
        return [
            part_of(
                leaf,
                [Voice(clue, self._idf(clue, known), sum(known[clue.source].values())) for clue in clues],
            )
            for leaf, clues in told
        ]

    def _idf(self, clue: Clue, known: Mapping[Source, Mapping[str, int]]) -> float:
        here, beside = known[clue.source], twin(clue.source)
        also = known[beside] if beside is not None else here
        idf = 0.0
        for language, share in clue.languages:
            if documents := self._languages.get(language):
                frequency = max(here.get(language, 0), also.get(language, 0))
                idf += share * ranking.rarity(frequency, documents)
        return idf

    def _finding(self, query: Node) -> Query:
        return queries.finding(query, self._asker.known(query))

    def _promising(self, query: Node, parts: Sequence[Part]) -> Query:
        """Finds the documents of a query, those first that are worth scoring exactly."""
        voices = [voice for part in parts for voice in part.voices if voice.factor > 0 and voice.documents]
        voices.sort(key=lambda voice: -voice.factor)
        known = self._asker.known(query)
        scoring: list[Query] = []
        room = _PROMISING
        for clause, weight in (
            each for voice in voices for each in queries.promising(voice.clue, voice.factor, known)
        ):
            if weight <= room:
                scoring.append(clause)
                room -= weight
        most = sum(voice.factor for voice in voices) * ranking.MOST + 1.0
        leaves = graded_leaves(query)
        grades = list(queries.grades(leaves, most, known)) if leaves else []
        return {"bool": {"filter": [queries.finding(query, known)], "should": [*grades, *scoring]}}

    def _ranked(
        self, query: Node, parts: Sequence[Part], numbers: Sequence[int], first: int, size: int
    ) -> list[Found]:
        """The page of a query, of which these are the promising documents: the first ones by their scores."""
        if not parts:
            return self._scored(query, parts, numbers[first : first + size])
        candidates = self._scored(query, parts, numbers[:CANDIDATES])
        candidates.sort(key=lambda each: (-each.score, each.number))
        page = candidates[first : first + size]
        further = numbers[max(first, CANDIDATES) : first + size]
        return [*page, *self._scored(query, parts, further)]

    def _scored(self, query: Node, parts: Sequence[Part], numbers: Sequence[int]) -> list[Found]:
        """Documents with their scores, in this order."""
        scores = self._scores(query, parts, numbers)
        return [
            Found(number, score, match)
            for number, score, match in zip(numbers, scores.whole.tolist(), scores.matches, strict=True)
        ]

    def _scores(self, query: Node, parts: Sequence[Part], numbers: Sequence[int]) -> Scores:
        sources = [voice.clue.source for part in parts for voice in part.voices if voice.documents]
        return Scores(self._asker.told(numbers, sources), parts, query)

    def _remember(self, numbers: Sequence[int]) -> list[Document]:
        """Read documents, those that are not remembered by one question."""
        known = {number: self._read.get(number) for number in numbers}
        missing = [number for number, document in known.items() if document is None]
        for number, document in self._stored(missing).items():
            known[number] = document
            self._read.put(number, document, 4 * len(document.text) + 1_000)
        return [document for document in known.values() if document is not None]

    def _stored(self, numbers: Sequence[int]) -> dict[int, Document]:
        """Documents by their numbers, in this order."""
        body = {"_source": ["document"], "docvalue_fields": ["order"]}
        hits = {hit["fields"]["order"][0]: hit for hit in self._asker.hits(numbers, body)}
        return {number: restored(hits[number]["_source"]["document"]) for number in numbers}


_ORDERS: Mapping[Sort, Any] = {
    Sort.RELEVANCE: [{"_score": "desc"}, {"order": "asc"}],
    Sort.NEWEST: [{"date": {"order": "desc", "missing": "_last"}}, {"order": "asc"}],
    Sort.OLDEST: [{"date": {"order": "asc", "missing": "_last"}}, {"order": "asc"}],
}

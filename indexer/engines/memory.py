"""The reference engine: every rule written out a document at a time, with nothing clever.

It keeps an index in one JSON file and reads it whole. It is what the other engines are compared
with, and is too slow and too large for anything else.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from indexer import ranking
from indexer.budget import UNLIMITED, Budget, Left
from indexer.document import Document
from indexer.engine import Contribution, Earlier, Explained, ForEach, Found, Matches
from indexer.engines.local import Local
from indexer.engines.rows import Row, read, rows_of, write
from indexer.engines.telling import explained, spoken
from indexer.engines.voices import Part, Voice, part_of, speaking
from indexer.entries import Entries
from indexer.errors import IndexUnavailable
from indexer.request import Sort
from indexer.schema import FIELDS, Field
from indexer.termquery import (
    AllOf,
    AnyOf,
    Chain,
    Clue,
    Everything,
    Leaf,
    Near,
    Node,
    Not,
    Only,
    Source,
    Term,
    field_of,
    graded_leaves,
    twin,
)


class MemoryEngine(Local):
    """Keeps documents and their terms as they are."""

    name = "memory"

    def build(self, batches: Iterable[Entries], directory: Path) -> int:
        """Write every entry; how many documents there are."""
        return write([row for entries in batches for row in rows_of(entries)], directory)

    def update(
        self, before: Path, batches: Iterable[Entries], deleted: Collection[str], directory: Path
    ) -> int:
        """Write what an index holds, without some documents and with others; how many there are.

        Raises:
            IndexUnavailable: the index in ``before`` is missing or damaged.
        """
        return self.assembled(batches, directory, map, Earlier(before, deleted))

    def prepared(self, entries: Entries, directory: Path, number: int) -> Entries:  # noqa: ARG002
        """The batch itself."""
        return entries

    def assembled(
        self,
        batches: Iterable[Entries],
        directory: Path,
        for_each: ForEach,  # noqa: ARG002
        earlier: Earlier | None = None,
    ) -> int:
        """Write every entry, behind what is left of an earlier index; how many documents there are.

        Raises:
            IndexUnavailable: the earlier index is missing or damaged.
        """
        if earlier is None:
            return self.build(batches, directory)
        kept = self.open(earlier.directory)
        added = [row for entries in batches for row in rows_of(entries)]
        gone = {*earlier.deleted, *(row.document.id for row in added)}
        rows = [*(row for row in kept.rows if row.document.id not in gone), *added]
        if earlier.order is not None:
            place = {one: number for number, one in enumerate(earlier.order)}
            rows.sort(key=lambda row: place[row.document.id])
        return write(rows, directory)

    def open(self, directory: Path) -> "MemorySearcher":
        """Read an index.

        Raises:
            IndexUnavailable: it is missing or damaged.
        """
        try:
            return MemorySearcher(read(directory))
        except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
            raise IndexUnavailable(
                f"the index in {directory} cannot be read ({type(error).__name__})"
            ) from error


class MemorySearcher:
    """Looks at every document for every question."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self.rows = rows
        self._documents = [row.document for row in rows]
        self._terms = [{field: row.terms.get(field.name, {}) for field in FIELDS} for row in rows]
        self._lengths = [
            {field: sum(map(len, terms[field].values())) for field in FIELDS} for terms in self._terms
        ]
        self._known: dict[Source, Counter[str]] = {}
        totals: Counter[tuple[str, Field]] = Counter()
        for document, lengths in zip(self._documents, self._lengths, strict=True):
            totals.update({(document.language, field): length for field, length in lengths.items()})
        counts = self.languages()
        self._averages = {key: total / counts[key[0]] for key, total in totals.items()}

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
        matched = list(self._matched(query, budget))
        parts, graded = self._parts(query), graded_leaves(query)
        scores = {number: self._explained(number, parts, graded, found=True) for number in matched}
        dates = {number: self._documents[number].date or "" for number in matched}
        if sort is Sort.RELEVANCE:
            matched.sort(key=lambda number: (-scores[number].score, number))
        else:
            matched.sort(key=dates.__getitem__, reverse=sort is Sort.NEWEST)
            matched.sort(key=lambda number: not dates[number])
        found = [
            Found(number, scores[number].score, scores[number].match)
            for number in matched[first : first + size]
        ]
        return Matches(len(matched), found, self._facets(matched) if facets else {})

    def matches(self, query: Node, number: int) -> bool:
        """Whether a query finds one document."""
        match query:
            case Leaf(clues=clues):
                return any(clue.finds and self._count(clue.source, number) for clue in clues)
            case AnyOf(nodes=nodes):
                return any(self.matches(node, number) for node in nodes)
            case AllOf(nodes=nodes):
                return all(self.matches(node, number) for node in nodes)
            case Not(node=node):
                return not self.matches(node, number)
            case Only(key=key, values=values):
                return self._holds(self._documents[number], key, values)
            case Everything():
                return True

    def count(self, query: Node, budget: Budget = UNLIMITED) -> int:
        """How many documents a query finds; fewer, when time is up."""
        return sum(1 for _ in self._matched(query, budget))

    def explain(self, query: Node, number: int) -> Explained:
        """What each part of a query adds to the score of one document, whether it is found or not."""
        found = self.matches(query, number)
        return self._explained(number, self._parts(query), graded_leaves(query), found=found)

    def frequencies(self, terms: Sequence[Term]) -> Sequence[Mapping[str, int]]:
        """In how many documents of each language each of some terms stands."""
        return [self._frequencies(term) for term in terms]

    def languages(self) -> Mapping[str, int]:
        """How many documents each language has."""
        return Counter(document.language for document in self._documents)

    def document(self, number: int) -> Document:
        """The stored document."""
        return self._documents[number]

    def number(self, id: str) -> int | None:
        """Where the document with this id is kept."""
        return next((number for number, document in enumerate(self._documents) if document.id == id), None)

    def documents(self) -> Iterator[Document]:
        """Every stored document."""
        return iter(self._documents)

    def close(self) -> None:
        """Nothing to let go of."""

    def _matched(self, query: Node, budget: Budget) -> Iterator[int]:
        """The documents that a query finds, of those that there is time to look at."""
        for number in range(len(self._documents)):
            if budget.leaves_out(Left.MATCHES):
                return
            if self.matches(query, number):
                yield number

    def _parts(self, query: Node) -> list[Part]:
        """The parts that speak, with what is the same in every document, worked out once."""
        return [part_of(leaf, list(map(self._voice, clues))) for leaf, clues in speaking(query)]

    def _voice(self, clue: Clue) -> Voice:
        return Voice(clue, self._idf(clue), sum(self._frequencies(clue.source).values()))

    def _explained(
        self, number: int, parts: Sequence[Part], graded: Sequence[Leaf], *, found: bool
    ) -> Explained:
        told = [
            spoken(part.leaf, part.share, [self._contribution(voice, number) for voice in part.voices])
            for part in parts
        ]
        whole = sum(part.share for part in told)
        factor = 1.0
        if whole:
            factor = float(ranking.coordination(sum(part.share for part in told if part.held) / whole))
        return explained(
            graded,
            found=found,
            plain=factor * sum(each.score for part in told for each in part.contributions),
            coordination=factor,
            parts=told,
        )

    def _contribution(self, voice: Voice, number: int) -> Contribution:
        clue, idf, documents = voice
        often = self._count(clue.source, number)
        score = voice.factor * self._saturation(clue.source, often, number) if often else 0.0
        return Contribution(clue, often, documents, idf, score)

    def _idf(self, clue: Clue) -> float:
        frequencies, documents = self._frequencies(clue.source), self.languages()
        if (beside := twin(clue.source)) is not None:
            frequencies = frequencies | self._frequencies(beside)  # the larger of both
        return sum(
            share * float(ranking.idf(frequencies[language], documents[language]))
            for language, share in clue.languages
            if documents[language]
        )

    def _saturation(self, source: Source, count: float, number: int) -> float:
        if not count:
            return 0.0
        field = field_of(source)
        average = self._averages[self._documents[number].language, field]
        norm = ranking.norm(self._lengths[number][field], average)
        return float(ranking.saturation(count, norm))

    def _frequencies(self, source: Source) -> Counter[str]:
        if source not in self._known:
            self._known[source] = Counter(
                document.language
                for number, document in enumerate(self._documents)
                if self._count(source, number)
            )
        return self._known[source]

    def _count(self, source: Source, number: int) -> float:
        match source:
            case Term(field, text):
                return len(self._positions(field, text, number))
            case Chain(terms, offsets):
                head, *rest = zip(terms, offsets, strict=True)
                return sum(
                    all(
                        place + offset in self._positions(term.field, term.text, number)
                        for term, offset in rest
                    )
                    for place in self._positions(head[0].field, head[0].text, number)
                )
            case Near((first, second), within):
                distances = [
                    abs(place - other)
                    for place in self._positions(first.field, first.text, number)
                    for other in self._positions(second.field, second.text, number)
                ]
                least = min(distances, default=within + 1)
                return float(ranking.closeness(least)) if least <= within else 0
            case _:
                return sum(self._count(part, number) for part in source.sources)

    def _positions(self, field: Field, text: str, number: int) -> Sequence[int]:
        return self._terms[number][field].get(text, ())

    @staticmethod
    def _holds(document: Document, key: str, values: tuple[str, ...]) -> bool:
        match key:
            case "language":
                return document.language in values
            case "tag":
                return any(value in document.tags for value in values)
            case "source":
                return document.source.startswith(values)
            case _:
                first, last = values
                return (
                    document.date is not None
                    and first <= document.date
                    and (not last or document.date <= last)
                )

    def _facets(self, numbers: Sequence[int]) -> Mapping[str, Mapping[str, int]]:
        chosen = [self._documents[number] for number in numbers]
        return {
            "language": Counter(document.language for document in chosen),
            "source": Counter(document.source.split("/")[0] for document in chosen),
            "tag": Counter(tag for document in chosen for tag in dict.fromkeys(document.tags)),
            "year": Counter(document.date[:4] for document in chosen if document.date),
        }

"""The default engine: Whoosh, with postings that numpy reads."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from pickle import UnpicklingError
from struct import error as StructError

import numpy as np
from numpy.typing import NDArray
from whoosh.index import IndexError as WhooshIndexError

from indexer.budget import UNLIMITED, Budget
from indexer.document import Document
from indexer.engine import Earlier, Explained, ForEach, Found, Matches
from indexer.engines.local import Local
from indexer.engines.whoosh import layout
from indexer.engines.whoosh.evaluation import Evaluation
from indexer.engines.whoosh.explaining import told
from indexer.engines.whoosh.policy import MergePolicy
from indexer.engines.whoosh.reader import Reader
from indexer.engines.whoosh.runs import Run
from indexer.engines.whoosh.selection import first_of
from indexer.engines.whoosh.updating import assembled
from indexer.engines.whoosh.writer import laid_down
from indexer.entries import Entries
from indexer.errors import IndexUnavailable
from indexer.request import Sort
from indexer.termquery import Node, Term

#: What Whoosh and pickle raise over a file that is not what it was.
_DAMAGE = (
    *(OSError, WhooshIndexError, UnpicklingError, StructError, EOFError, ValueError, LookupError, TypeError),
    *(AttributeError, ImportError, ArithmeticError, AssertionError, MemoryError),
)


class WhooshEngine(Local):
    """Builds and opens indexes of Whoosh segments in a folder."""

    name = "whoosh"

    def __init__(self, memory: int = 400 << 20, policy: MergePolicy | None = None) -> None:
        """``memory``, in bytes, is about what each process of a build may take to merge postings.

        ``policy`` says which segments an update merges.
        """
        self._memory = memory
        self._policy = policy or MergePolicy()

    def build(self, batches: Iterable[Entries], directory: Path) -> int:
        """Write an index of every entry; how many documents it holds."""
        return self.assembled(self._laid_down(batches, directory), directory, map)

    def update(
        self, before: Path, batches: Iterable[Entries], deleted: Collection[str], directory: Path
    ) -> int:
        """Make in ``directory`` the index in ``before``, changed; how many documents it holds then.

        Raises:
            IndexUnavailable: the index in ``before`` is missing, half-written or damaged.
        """
        runs = self._laid_down(batches, directory)
        return self.assembled(runs, directory, map, Earlier(before, deleted))

    def prepared(self, entries: Entries, directory: Path, number: int) -> Run:
        """Lay down a batch of entries as a run."""
        return laid_down(entries, directory, number)

    def assembled(
        self, batches: Iterable[Run], directory: Path, for_each: ForEach, earlier: Earlier | None = None
    ) -> int:
        """Merge runs into an index; how many documents it holds.

        Raises:
            IndexUnavailable: the earlier index is missing, half-written or damaged.
        """
        if earlier is not None:
            self.open(earlier.directory).close()
        return assembled(batches, directory, earlier, self._policy, self._memory, for_each)

    def open(self, directory: Path) -> "WhooshSearcher":
        """Read an index.

        Raises:
            IndexUnavailable: it is missing, half-written or damaged.
        """
        try:
            return WhooshSearcher(Reader(directory))
        except _DAMAGE as error:
            raise IndexUnavailable(
                f"the index in {directory} is damaged or half-written ({type(error).__name__})",
                hint="Build it anew with: serai rebuild",
            ) from error

    def _laid_down(self, batches: Iterable[Entries], directory: Path) -> Iterator[Run]:
        return (self.prepared(entries, directory, number) for number, entries in enumerate(batches))


class WhooshSearcher:
    """Searches one index; safe to use from several threads, since nothing changes after it is opened."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

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
        evaluation = Evaluation(self._reader, query, budget)
        if sort is Sort.RELEVANCE:
            numbers, scores = evaluation.best(first + size)
            numbers, scores = numbers[first:], scores[first:]
        else:
            numbers = self._by_date(evaluation.matched, sort, first + size)[first:]
            scores = evaluation.scores(numbers)
        tiers = evaluation.selection.tiers(numbers)
        found = [
            Found(number, score, tier)
            for number, score, tier in zip(numbers.tolist(), scores.tolist(), tiers, strict=True)
        ]
        return Matches(evaluation.total, found, self._facets(evaluation.matched) if facets else {})

    def matches(self, query: Node, number: int) -> bool:
        """Whether a query finds one document."""
        return bool(Evaluation(self._reader, query).matched[number])

    def count(self, query: Node, budget: Budget = UNLIMITED) -> int:
        """How many documents a query finds; fewer, when time is up."""
        return Evaluation(self._reader, query, budget).total

    def explain(self, query: Node, number: int) -> Explained:
        """What each part of a query adds to the score of one document, whether it is found or not."""
        return told(Evaluation(self._reader, query), number)

    def frequencies(self, terms: Sequence[Term]) -> Sequence[Mapping[str, int]]:
        """In how many documents of each language each of some terms stands."""
        found = self._reader.listed(terms)
        return [self._by_language(found[term].frequencies) for term in terms]

    def languages(self) -> Mapping[str, int]:
        """How many documents each language has."""
        return self._by_language(self._reader.language_counts)

    def document(self, number: int) -> Document:
        """The stored document."""
        return self._reader.document(number)

    def number(self, id: str) -> int | None:
        """Where the document with this id is kept."""
        found = self._reader.postings(layout.ID, id).documents
        return int(found[-1]) if len(found) else None

    def documents(self) -> Iterator[Document]:
        """Every stored document."""
        numbers = np.flatnonzero(self._reader.alive)
        if (order := self._reader.order) is not None:
            numbers = numbers[np.argsort(order[numbers])]
        for number in numbers.tolist():
            yield self._reader.document(number)

    def close(self) -> None:
        """Let go of files."""
        self._reader.close()

    def _by_language(self, counts: Sequence[int]) -> Mapping[str, int]:
        names = self._reader.languages.values
        return {name: count for name, count in zip(names, counts, strict=True) if count}

    def _by_date(self, matched: NDArray[np.bool_], sort: Sort, wanted: int) -> NDArray[np.int64]:
        """The matches that come first by date; those without one come last."""
        numbers = np.flatnonzero(matched)
        days = self._reader.days[numbers]
        keys = np.where(days == layout.NO_DAY, np.iinfo(np.int64).max, days if sort is Sort.OLDEST else -days)
        order = self._reader.order
        return numbers[first_of(keys, wanted, None if order is None else order[numbers])]

    def _facets(self, matched: NDArray[np.bool_]) -> Mapping[str, Mapping[str, int]]:
        reader = self._reader
        tagged, tag_codes, tags = reader.tags
        tag_counts = np.bincount(tag_codes[matched[tagged]], minlength=len(tags)).tolist()
        return {
            "language": reader.languages.counts(matched),
            "source": reader.folders.counts(matched),
            "tag": {tag: count for tag, count in zip(tags, tag_counts, strict=True) if count},
            "year": reader.years.counts(matched),
        }

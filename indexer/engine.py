"""What Serai asks of an engine: to keep terms and to find documents by them."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple, Protocol, TypeVar

from indexer.budget import UNLIMITED, Budget
from indexer.document import Document
from indexer.entries import Entries
from indexer.request import Sort
from indexer.termquery import Clue, Leaf, Match, Node, Term

Value = TypeVar("Value")
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Found:
    """One document of the page: where the engine keeps it, its score, its best tier."""

    number: int
    score: float
    match: Match


@dataclass(frozen=True, slots=True)
class Matches:
    """The page that was asked for, and counts over every match.

    ``facets`` maps ``language``, ``source``, ``tag`` and ``year`` to counts by value.
    """

    total: int
    found: Sequence[Found]
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


class Contribution(NamedTuple):
    """What one clue adds to the score of one document: its weight times its idf times the saturated count.

    ``often`` is how often its source stands in the document, or how near its terms come (`termquery.Near`);
    ``documents`` is in how many documents it stands.
    """

    clue: Clue
    often: float
    documents: int
    idf: float
    score: float


class Spoken(NamedTuple):
    """What one leaf adds to a document; the clues of nearness are of none.

    ``tier`` is the best in which the document holds the leaf, `Match.NONE` if it does not; ``share`` is what
    holding it counts for in coordination.
    """

    leaf: Leaf | None
    tier: Match
    share: float
    contributions: Sequence[Contribution]

    @property
    def held(self) -> bool:
        """Whether the document matches the leaf."""
        return self.tier is not Match.NONE


@dataclass(frozen=True, slots=True)
class Explained:
    """Why a document has its score: ``plain`` is the sum of all contributions, times ``coordination``.

    In a graded query ``score`` is made of ``plain`` and the ``grade`` (`ranking.graded`), the worst tier in
    which the document holds a word; in any other ``grade`` is None, and ``score`` is ``plain``.
    """

    found: bool
    match: Match
    score: float
    plain: float
    coordination: float
    grade: Match | None
    spoken: Sequence[Spoken]


class Searcher(Protocol):
    """A reader of one built index. Safe to use from several threads.

    Documents are in the order in which they were built, or in that which an update gave them (`Earlier`).
    """

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
        """The hits from rank ``first`` on, ``size`` of them. Of equals the first in order comes first.

        When time is up, what is found is less, and never what does not match.
        """

    def count(self, query: Node, budget: Budget = UNLIMITED) -> int:
        """How many documents a query finds; fewer, when time is up."""

    def frequencies(self, terms: Sequence[Term]) -> Sequence[Mapping[str, int]]:
        """In how many documents of each language each of some terms stands."""

    def languages(self) -> Mapping[str, int]:
        """How many documents each language has."""

    def document(self, number: int) -> Document:
        """The stored document."""

    def number(self, id: str) -> int | None:
        """Where the engine keeps the document with this id."""

    def documents(self) -> Iterator[Document]:
        """Every stored document."""

    def matches(self, query: Node, number: int) -> bool:
        """Whether a query finds one document."""

    def explain(self, query: Node, number: int) -> Explained:
        """What each part of a query adds to the score of one document, whether it is found or not."""

    def close(self) -> None:
        """Let go of files."""


class ForEach(Protocol):
    """Calls a function once for each value, like `map`, perhaps in several processes."""

    def __call__(self, function: Callable[[Value], Result], values: Iterable[Value], /) -> Iterator[Result]:
        """The answers, in the order of the values."""


class Earlier(NamedTuple):
    """An index that another one is made of: its folder, and the ids of documents that it loses.

    ``order`` has the ids of all documents that there will be, in the order that decides between equals; where
    it is None, those that are added come behind those that stay.
    """

    directory: Path
    deleted: Collection[str]
    order: Sequence[str] | None = None


class Engine(Protocol):
    """A way to build and to open an index in a folder of its own."""

    name: str
    #: Whether an update can give a document that stays another place among those that stay.
    moves: bool

    def begin(self, directory: Path) -> None:
        """Called once before the batches of a new index are prepared, with the folder that it is for."""

    def elsewhere(self, directory: Path) -> int:
        """How much of an index is kept elsewhere than in its folder, in bytes."""

    def settle(self, home: Path, served: Path | None = None) -> None:
        """Called when generations of a folder came or went; ``served`` is the one that is served.

        What is kept elsewhere of generations that are gone is removed, and of builds that failed.

        Raises:
            IndexUnavailable: whoever keeps it does not answer.
        """

    def build(self, batches: Iterable[Entries], directory: Path) -> int:
        """Write an index of every entry; how many documents it holds. No two have one id."""

    def update(
        self, before: Path, batches: Iterable[Entries], deleted: Collection[str], directory: Path
    ) -> int:
        """Make in ``directory`` the index in ``before``, changed; how many documents it holds then.

        Documents whose ids are in ``deleted`` are left out, an id that holds nothing being no error; those of
        the batches are added, in place of any that have their ids. No two of these have one id. The new index
        answers as one that was built of the same documents in this order; the old one stays as it is.

        Raises:
            IndexUnavailable: the index in ``before`` is missing, half-written or damaged.
        """

    def prepared(self, entries: Entries, directory: Path, number: int) -> Any:
        """What can be done to a batch alone, in the process that analyzed it; ``number`` is the batch's."""

    def assembled(
        self, batches: Iterable[Any], directory: Path, for_each: ForEach, earlier: Earlier | None = None
    ) -> int:
        """Build, or update an earlier index, with what was `prepared`; how many documents the index holds.

        Raises:
            IndexUnavailable: the earlier index is missing, half-written or damaged.
        """

    def open(self, directory: Path) -> Searcher:
        """Read an index.

        Raises:
            IndexUnavailable: it is missing, half-written or damaged.
        """

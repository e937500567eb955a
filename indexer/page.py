"""What the service answers: pages of hits, documents, analyses and states, without HTML."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from analyzers.analysis import Token
from indexer.document import Document

#: Half-open range of Unicode code points, into the ``text`` it stands beside.
Mark = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Snippet:
    """An exact slice of a stored text from ``start`` on; ``marks`` point into the slice."""

    text: str
    start: int = 0
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """One document of the answer. ``match`` is its best tier: word, stem, part or related."""

    id: str
    source: str
    title: Snippet
    language: str
    score: float
    match: str
    snippets: tuple[Snippet, ...] = ()
    url: str | None = None
    date: str | None = None
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """How one part of the query was understood.

    ``kind`` is ``word``, ``run`` (of a script without spaces), ``phrase``, ``prefix``,
    ``fuzzy``, ``filter`` or ``all`` (every document); ``excluded`` parts are negated.
    ``languages`` are the languages of the index that hold it.
    """

    text: str
    kind: str
    languages: tuple[str, ...] = ()
    excluded: bool = False
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """A sentence for the searcher; ``key`` and ``values`` let the page say it in another language."""

    key: str
    text: str
    values: Mapping[str, str]

    def __str__(self) -> str:
        return self.text.format(**self.values)


@dataclass(frozen=True, slots=True)
class FacetCount:
    """How many matching documents hold one value of a facet."""

    value: str
    count: int


@dataclass(frozen=True, slots=True)
class SearchPage:
    """One page of hits. ``total`` and ``facets`` count every match, not only this page.

    ``complete`` is whether all was looked at; if not, as time was up, the notices say what is missing.
    """

    query: str
    read_as: Sequence[Reading]
    notices: Sequence[Notice]
    total: int
    page: int
    size: int
    took_ms: float
    facets: Mapping[str, Sequence[FacetCount]]
    hits: Sequence[Hit]
    did_you_mean: str | None = None
    complete: bool = True

    @property
    def pages(self) -> int:
        """How many pages hold all matches."""
        return -(-self.total // self.size)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What the searcher may be typing; ``kind`` is ``word`` or ``title``."""

    text: str
    kind: str


@dataclass(frozen=True, slots=True)
class Suggestions:
    """Completions of what has been typed so far, the likeliest first; ``complete`` as in `SearchPage`."""

    query: str
    suggestions: Sequence[Suggestion]
    complete: bool = True


@dataclass(frozen=True, slots=True)
class MarkedDocument:
    """A document with a query's matches marked in its title and its text; of a very long one, in a ``part``.

    Parts are counted from 1; the notices say what is not marked, as time was up.
    """

    document: Document
    title: Snippet
    text: Snippet
    part: int = 1
    parts: int = 1
    notices: Sequence[Notice] = ()


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a text in one script, and the language it was cut as; offsets in code points."""

    text: str
    start: int
    end: int
    script: str
    language: str


@dataclass(frozen=True, slots=True)
class AnalysisReport:
    """How a text is cut: its runs, and its tokens tier by tier."""

    text: str
    language: str
    runs: Sequence[Run]
    tokens: Sequence[Token]


@dataclass(frozen=True, slots=True)
class IndexStatus:
    """What is indexed, by what, when (ISO 8601), and how large it is.

    ``kind`` is what made it, ``rebuild`` or ``update``, in so many ``seconds``; ``rejected`` are files and
    lines that could not be read then, ``skipped`` files of types that are not. None is not known.
    """

    engine: str
    generation: str
    built: str
    documents: int
    languages: Mapping[str, int]
    sources: Mapping[str, int]
    bytes: int
    version: str
    kind: str | None = None
    seconds: float | None = None
    rejected: int | None = None
    skipped: int | None = None

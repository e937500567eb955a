"""A query in terms: all that an engine is told of what is wanted.

A *source* is a list of postings: of a term, of terms one after another or near each other, or of any of
several. A *clue* is a source that speaks for a document, in a tier and with a weight. A *leaf* is one
part of the query with all its clues; nodes combine leaves.
"""

from dataclasses import dataclass, field
from enum import IntEnum
from typing import NamedTuple

from analyzers.analysis import Tier
from indexer.schema import FIELDS, Field, Zone


class Match(IntEnum):
    """How a document was found, the best last."""

    NONE = 0
    RELATED = 1
    PART = 2
    STEM = 3
    WORD = 4

    @property
    def label(self) -> str:
        """What an answer calls it (``word``).

        A document that only filters or ``*`` found is all that was asked for, as a word is.
        """
        return (self or Match.WORD).name.lower()


# Sources and clues are tuples: a query has a hundred of them, which are made and hashed for each search.


class Term(NamedTuple):
    """The postings of one term of one field."""

    field: Field
    text: str


class Chain(NamedTuple):
    """Places where every term stands, each ``offset`` positions after the first; offsets ascend from 0."""

    terms: tuple[Term, ...]
    offsets: tuple[int, ...]


class Near(NamedTuple):
    """Documents in which two terms come within so many positions of each other, whichever is first.

    A document counts by how near they come (`ranking.closeness`), and not by how often.
    """

    terms: tuple[Term, Term]
    within: int


class Union(NamedTuple):
    """Postings of any of several sources, counted together as if they were one term."""

    sources: tuple["Source", ...]


Source = Term | Chain | Near | Union

#: A distribution over languages: (language, share) pairs, the shares of which sum to 1.
Spread = tuple[tuple[str, float], ...]


class Clue(NamedTuple):
    """A source that speaks for a document.

    ``finds`` says whether it makes a document match, or only adds to the score of one that does.
    ``languages`` are those that the query may be in, whose document frequencies make the
    source's idf: its own, or its `twin`'s where that is more frequent.
    """

    source: Source
    match: Match
    weight: float
    languages: Spread
    finds: bool = True


@dataclass(frozen=True, slots=True)
class Leaf:
    """One part of the query; a document that any finding clue matches, matches the leaf.

    ``counts`` says whether the leaf takes part in coordination (the share of the query that a
    document holds); the pieces of a run, which only refine its words, do not. It weighs the largest
    idf of its finding clues that score, or of all that find, when none scores. ``telling`` is how much it
    tells of a document to hold the leaf, for the choice of what is shown: a name more than ``the``.
    """

    text: str
    clues: tuple[Clue, ...]
    counts: bool = True
    telling: float = 1.0


@dataclass(frozen=True, slots=True)
class AnyOf:
    """A document that matches one or more; scores add up. ``nearness`` only adds to scores.

    ``graded``: the query is so short that a document which holds every leaf stands above one that does
    not, and of two that do the one that holds them in the better tier (its worst, of several).
    """

    nodes: tuple["Node", ...]
    nearness: tuple[Clue, ...] = field(default=())
    graded: bool = False


@dataclass(frozen=True, slots=True)
class AllOf:
    """A document that matches every one; scores add up."""

    nodes: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Every document but those that match; it adds no score."""

    node: "Node"


@dataclass(frozen=True, slots=True)
class Only:
    """Documents with a value: of ``language``, ``source`` (a path prefix), ``tag``, or a ``date`` range.

    ``values`` are alternatives; for ``date`` the first and the last day, empty for open.
    """

    key: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Everything:
    """Every document."""


Node = Leaf | AnyOf | AllOf | Not | Only | Everything


def graded_leaves(node: Node) -> tuple[Leaf, ...]:
    """The leaves by whose tiers documents are graded before they are scored; none in a long query."""
    match node:
        case AnyOf(nodes=nodes, graded=True):
            return tuple(leaf for leaf in nodes if isinstance(leaf, Leaf) and leaf.counts)
        case AllOf(nodes=nodes):
            return tuple(leaf for child in nodes for leaf in graded_leaves(child))
        case _:
            return ()


def field_of(source: Source) -> Field:
    """The field whose lengths a source's occurrences are measured against: that of its first term."""
    while not isinstance(source, Term):
        source = source.sources[0] if isinstance(source, Union) else source.terms[0]
    return source.field


#: Tiers of few terms, and those that hold the same as words.
_LIKE_WORDS = {Tier.INNER: Tier.WORD, Tier.EXACT: Tier.WORD, Tier.COMPOUND: Tier.STEM}
_TWINS = {field: Field(Zone.TEXT, _LIKE_WORDS.get(field.tier, field.tier)) for field in FIELDS}


def twin(source: Source) -> Term | None:
    """The term of the texts' words that says how rare a title's term, a sub-word or a part really is.

    Titles are short, sub-words, parts and accents few: by their own frequencies ``the`` would be rare.
    """
    if not isinstance(source, Term):
        return None
    words = _TWINS[source.field]
    return None if words == source.field else Term(words, source.text)


def terms_of(query: Node) -> list[Term]:
    """Every term of a query whose postings may be asked for, and those that tell how rare it is.

    What finds by itself comes before what only does beside others.
    """
    terms: list[Term] = []
    joined: list[Term] = []
    nodes, sources = [query], list[Source]()
    while nodes:
        match nodes.pop():
            case Leaf(clues=clues):
                sources += [clue.source for clue in clues]
            case AnyOf(nodes=inner, nearness=clues):
                sources += [clue.source for clue in clues]
                nodes += inner
            case AllOf(nodes=inner):
                nodes += inner
            case Not(node=one):
                nodes.append(one)
    while sources:
        source = sources.pop()
        if isinstance(source, Term):
            terms.append(source)
            if (beside := twin(source)) is not None:
                terms.append(beside)
        elif isinstance(source, Union):
            sources += source.sources
        else:
            joined += source.terms
    return terms + joined

"""A query tree in the cluster's own words: what finds, what ranks candidates, and what tells counts."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from types import MappingProxyType
from typing import Any

from indexer import ranking
from indexer.engines.opensearch import mapping
from indexer.termquery import (
    AllOf,
    AnyOf,
    Chain,
    Clue,
    Everything,
    Leaf,
    Match,
    Near,
    Node,
    Not,
    Only,
    Source,
    Term,
    Union,
    graded_leaves,
)

Query = Mapping[str, Any]
#: A source that is no union.
Single = Term | Chain | Near


class Known:
    """What is known of sources before the cluster is asked: that some stand nowhere, where others stand."""

    def __init__(
        self,
        stands: Callable[[Source], bool] = lambda _: True,
        listed: Mapping[Single, Sequence[int]] = MappingProxyType({}),
    ) -> None:
        """``listed`` has the numbers of the documents of sources that are too long to be asked for."""
        self.stands = stands
        self.listed = listed


EVERYTHING: Query = {"match_all": {}}
NOTHING: Query = {"match_none": {}}

#: So many numbers the cluster takes in one clause.
_NUMBERS = 60_000
#: Distances up to this are told exactly; of larger ones, powers of two.
_CLOSE = 32


def finding(node: Node, known: Known) -> Query:
    """Finds the documents of a node, without a score."""
    match node:
        case Leaf(clues=clues):
            return any_source(sources_of(clues), known)
        case AnyOf(nodes=nodes):
            # Leaves together: what several of them seek (a run, for each of its words) is asked for once.
            leaves = [clue for child in nodes if isinstance(child, Leaf) for clue in child.clues]
            others = [finding(child, known) for child in nodes if not isinstance(child, Leaf)]
            return _any([any_source(sources_of(leaves), known), *others])
        case AllOf(nodes=nodes):
            return _all([finding(child, known) for child in nodes])
        case Not(node=child):
            return {"bool": {"must_not": [finding(child, known)]}}
        case Only(key=key, values=values):
            return _filter(key, values)
        case Everything():
            return EVERYTHING


def sources_of(clues: Iterable[Clue], worst: Match = Match.NONE) -> list[Source]:
    """The sources of the clues that find, in this tier or a better one."""
    return [clue.source for clue in clues if clue.finds and clue.match >= worst]


def any_source(sources: Iterable[Source], known: Known) -> Query:
    """Finds the documents of any of several sources; terms of one field are one clause."""
    tokens: dict[str, dict[str, None]] = defaultdict(dict)
    others: list[Query] = []
    numbers: dict[int, None] = {}
    for one in dict.fromkeys(single for source in sources for single in singles(source)):
        if not known.stands(one):
            continue
        if one in known.listed:
            numbers |= dict.fromkeys(known.listed[one])
        elif isinstance(one, Term):
            tokens[mapping.name_of(one.field)][mapping.token(*one)] = None
        else:
            others.append(located(one))
    terms = [{"terms": {name: list(every)}} for name, every in tokens.items()]
    return _any([*terms, *(numbered(some) for some in _cut(list(numbers))), *others])


def numbered(numbers: Sequence[int]) -> Query:
    """Finds documents by their numbers."""
    return {"terms": {"order": list(numbers)}}


def _cut(numbers: Sequence[int]) -> Iterator[Sequence[int]]:
    return (numbers[start : start + _NUMBERS] for start in range(0, len(numbers), _NUMBERS))


def singles(source: Source) -> Iterator[Single]:
    """What a source is a union of; itself, if it is none."""
    if isinstance(source, Union):
        for part in source.sources:
            yield from singles(part)
    else:
        yield source


def located(source: Single, boost: float = 1.0) -> Query:
    """Finds the documents of a source that is no union, and scores their count (`mapping.similarity`)."""
    match source:
        case Term(field=field):
            return {"term": {mapping.name_of(field): {"value": mapping.token(*source), "boost": boost}}}
        case Chain(terms=terms, offsets=offsets):
            name = mapping.name_of(terms[0].field)
            # A scripted similarity is asked for each term of a phrase, and the answers are added up.
            each = boost / len(terms)
            return {"match_phrase": {name: {"query": _phrase(terms, offsets), "boost": each}}}
        case Near(terms=(first, second)) if first == second:
            return located(first, boost)
        case Near(terms=terms, within=within):
            return _within(terms, within)


def _phrase(terms: Sequence[Term], offsets: Sequence[int]) -> str:
    """Tokens each at its place, as a text that the cluster cuts as it does a document's."""
    places = [mapping.place(term.field, offset) for term, offset in zip(terms, offsets, strict=True)]
    tokens = {where: mapping.token(*term) for where, term in zip(places, terms, strict=True)}
    return " ".join(tokens.get(where, mapping.HOLE) for where in range(min(places), max(places) + 1))


def _within(terms: Sequence[Term], distance: int) -> Query:
    name = mapping.name_of(terms[0].field)
    spans = [{"span_term": {name: mapping.token(*term)}} for term in terms]
    return {"span_near": {"clauses": spans, "slop": distance - 1, "in_order": False}}


def distances(within: int) -> list[int]:
    """The distances up to one that are told apart, ascending."""
    told = list(range(1, min(within, _CLOSE) + 1))
    while told[-1] < within:
        told.append(min(2 * told[-1], within))
    return told


def telling(source: Single) -> Query:
    """Scores what `scoring.counted` reads the count of a source off."""
    if not isinstance(source, Near) or source.terms[0] == source.terms[1]:
        return located(source)
    # As many of the windows as hold both say which is the narrowest.
    return _any(
        [
            {"constant_score": {"filter": _within(source.terms, distance), "boost": 1.0}}
            for distance in distances(source.within)
        ]
    )


def promising(clue: Clue, factor: float, known: Known) -> Iterator[tuple[Query, int]]:
    """Scores about what a clue adds, to choose the documents that are worth scoring exactly.

    With each the number of clauses that it takes.
    """
    for source in singles(clue.source):
        if source in known.listed:
            for some in _cut(known.listed[source]):
                yield {"constant_score": {"filter": numbered(some), "boost": factor}}, 1
            continue
        if not isinstance(source, Near) or source.terms[0] == source.terms[1]:
            yield located(source, factor), clauses(source)
            continue
        steps = [distance for distance in (1, 2, 4, 8) if distance < source.within] + [source.within]
        worth = [factor * _near_worth(distance) for distance in steps] + [0.0]
        for distance, (here, further) in zip(steps, pairwise(worth), strict=True):
            near = {"filter": _within(source.terms, distance), "boost": here - further}
            yield {"constant_score": near}, 2


def _near_worth(distance: int) -> float:
    return float(ranking.saturation(ranking.closeness(distance), ranking.K1))


def grades(leaves: Sequence[Leaf], boost: float, known: Known) -> Iterator[Query]:
    """Adds ``boost`` times the worst tier in which a document holds a leaf, if it holds all of them."""
    tiers = sorted({clue.match for leaf in leaves for clue in leaf.clues if clue.finds})
    for before, tier in pairwise([Match.NONE, *tiers]):
        held = [any_source(sources_of(leaf.clues, tier), known) for leaf in leaves]
        yield {"constant_score": {"filter": _all(held), "boost": boost * (tier - before)}}


def clauses(source: Single) -> int:
    """How many clauses it takes to find a source."""
    return 1 if isinstance(source, Term) else len(source.terms)


def written(node: Node) -> Counter[Single]:
    """The sources beside terms by which a node finds, and how often `finding` and `grades` name them."""
    match node:
        case Leaf(clues=clues):
            return Counter(dict.fromkeys(_joined(clues), 1))
        case AnyOf(nodes=nodes):
            found = Counter(
                {one: 1 for leaf in nodes if isinstance(leaf, Leaf) for one in _joined(leaf.clues)}
            )
            for leaf in graded_leaves(node):
                found.update({one: len(Match) for one in _joined(leaf.clues)})
            return sum((written(child) for child in nodes if not isinstance(child, Leaf)), found)
        case AllOf(nodes=nodes):
            return sum((written(child) for child in nodes), Counter[Single]())
        case Not(node=child):
            return written(child)
        case _:
            return Counter()


def _joined(clues: Sequence[Clue]) -> list[Single]:
    every = (one for source in sources_of(clues) for one in singles(source))
    return [one for one in every if not isinstance(one, Term)]


def _any(queries: Sequence[Query]) -> Query:
    some = [query for query in queries if query is not NOTHING]
    if len(some) == 1:
        return some[0]
    return {"bool": {"should": some, "minimum_should_match": 1}} if some else NOTHING


def _all(queries: Sequence[Query]) -> Query:
    if any(query is NOTHING for query in queries):
        return NOTHING
    return {"bool": {"filter": list(queries)}} if queries else EVERYTHING


def _filter(key: str, values: Sequence[str]) -> Query:
    match key:
        case "language":
            return {"terms": {"language": list(values)}} if values else NOTHING
        case "tag":
            return {"terms": {"tag": [mapping.keyword(value) for value in values]}} if values else NOTHING
        case "source":
            return _any([{"prefix": {"source": value}} if value else EVERYTHING for value in values])
        case _:
            first, last = values
            bounds = {name: day for name, day in (("gte", first), ("lte", last)) if day}
            return {"range": {"date": bounds}} if bounds else {"exists": {"field": "date"}}

"""Evaluates a query over arrays: one boolean and one score for every document of the index."""

from datetime import date as Date

import numpy as np
from numpy.typing import NDArray

from indexer import ranking
from indexer.engines.whoosh import layout
from indexer.engines.whoosh.postings import NOTHING, Numbers, Postings
from indexer.engines.whoosh.reader import Reader
from indexer.engines.whoosh.writer import day_number
from indexer.termquery import (
    AllOf,
    AnyOf,
    Chain,
    Clue,
    Everything,
    Leaf,
    Node,
    Not,
    Only,
    Source,
    Term,
    field_of,
)

Mask = NDArray[np.bool_]

#: Positions fit below this bit of a (document, position) key; a chain's offset is subtracted above zero.
_POSITION_BITS = 32
_BIAS = 1 << 16


class Evaluation:
    """One query over one index: which documents match, how well, and in which tier."""

    def __init__(self, reader: Reader, query: Node) -> None:
        self._reader = reader
        self._sources: dict[Source, Postings] = {}
        self.matched = self._mask(query) & reader.alive
        self._query = query

    def scored(self) -> tuple[NDArray[np.float64], NDArray[np.uint8]]:
        """Each document's score and best tier (a `Match`); zero where nothing speaks for it."""
        count = self._reader.count
        scores, best = np.zeros(count), np.zeros(count, np.uint8)
        held, weights = np.zeros(count), 0.0
        for node in _positive(self._query):
            clues = node.clues if isinstance(node, Leaf) else node.nearness
            holds, weight = np.zeros(count, np.bool_), (False, 0.0)
            for clue in clues:
                documents, gains, idf = self._gains(clue)
                scores[documents] += gains
                if clue.finds:
                    holds[documents] = True
                    best[documents] = np.maximum(best[documents], clue.match)
                    weight = max(weight, (clue.weight > 0, idf))
            if isinstance(node, Leaf) and node.counts:
                held += weight[1] * holds
                weights += weight[1]
        if weights:
            scores *= ranking.coordination(held / weights)
        return scores, best

    def _gains(self, clue: Clue) -> tuple[Numbers, NDArray[np.float64], float]:
        """The documents of a clue, what it adds to each, and its idf."""
        postings = self.postings(clue.source)
        idf = self.idf(clue)
        if not len(postings.documents) or not clue.weight:
            return postings.documents, np.zeros(len(postings.documents)), idf
        norms = self._reader.norms(field_of(clue.source))[postings.documents]
        return postings.documents, clue.weight * idf * ranking.saturation(postings.counts, norms), idf

    def idf(self, clue: Clue) -> float:
        """The clue's idf, averaged over the languages that the query may be in."""
        _, names = self._reader.languages
        spread = dict(clue.languages)
        shares = np.array([spread.get(name, 0.0) for name in names])
        frequencies = self._reader.frequencies(self.postings(clue.source).documents)
        return float(shares @ ranking.idf(frequencies, self._reader.language_counts))

    def postings(self, source: Source) -> Postings:
        """The documents and counts of a source, found once a query."""
        if source not in self._sources:
            self._sources[source] = self._found(source)
        return self._sources[source]

    def _found(self, source: Source) -> Postings:
        match source:
            case Term(field, text):
                return self._reader.postings(field.name, text)
            case Chain():
                return self._chain(source)
            case _:
                return _united([self.postings(part) for part in source.sources])

    def _chain(self, chain: Chain) -> Postings:
        lists = [self._reader.postings(term.field.name, term.text, positions=True) for term in chain.terms]
        common = self._common(lists)
        if not len(common):
            return NOTHING
        keys: Numbers | None = None
        for postings, offset in sorted(
            zip(lists, chain.offsets, strict=True), key=lambda pair: len(pair[0].documents)
        ):
            here = _keys(postings, common, offset)
            keys = here if keys is None else keys[_contained(keys, here)]
        assert keys is not None
        documents, counts = np.unique(keys >> _POSITION_BITS, return_counts=True)
        return Postings(documents, counts)

    @staticmethod
    def _common(lists: list[Postings]) -> Numbers:
        lists = sorted(lists, key=lambda postings: len(postings.documents))
        common = lists[0].documents
        for postings in lists[1:]:
            common = common[_contained(common, postings.documents)]
        return common

    def _mask(self, node: Node) -> Mask:
        mask = np.zeros(self._reader.count, np.bool_)
        match node:
            case Leaf(clues=clues):
                for clue in clues:
                    if clue.finds:
                        mask[self.postings(clue.source).documents] = True
            case AnyOf(nodes=nodes):
                for child in nodes:
                    mask |= self._mask(child)
            case AllOf(nodes=nodes):
                mask[:] = True
                for child in nodes:
                    mask &= self._mask(child)
            case Not(node=child):
                mask = ~self._mask(child)
            case Only(key=key, values=values):
                self._filter(mask, key, values)
            case Everything():
                mask[:] = True
        return mask

    def _filter(self, mask: Mask, key: str, values: tuple[str, ...]) -> None:
        reader = self._reader
        if key == "language":
            codes, names = reader.languages
            mask[:] = np.isin(codes, [names.index(value) for value in values if value in names])
        elif key == "date":
            first, last = (_day(value) for value in values)
            days = reader.days
            mask[:] = (days != layout.NO_DAY) & (days >= first)
            if last:
                mask &= days <= last
        else:
            for value in values:
                terms = [value] if key == layout.TAG else reader.terms_from(layout.SOURCE, value)
                for term in terms:
                    mask[reader.postings(key, term).documents] = True


def _day(value: str) -> int:
    """The day number of an ISO 8601 date; 0 for an empty one."""
    return day_number(Date.fromisoformat(value)) if value else 0


def _positive(node: Node) -> list[Leaf | AnyOf]:
    """The leaves that speak for a document, and the nodes whose leaves' nearness does."""
    match node:
        case Leaf():
            return [node]
        case AnyOf(nodes=nodes, nearness=nearness):
            return [*([node] if nearness else []), *(leaf for child in nodes for leaf in _positive(child))]
        case AllOf(nodes=nodes):
            return [leaf for child in nodes for leaf in _positive(child)]
        case _:
            return []


def _contained(sought: Numbers, within: Numbers) -> Mask:
    """Which of the sought, ascending, stand within the others, ascending."""
    if not len(within):
        return np.zeros(len(sought), np.bool_)
    places = np.minimum(np.searchsorted(within, sought), len(within) - 1)
    return np.asarray(within[places] == sought)


def _keys(postings: Postings, documents: Numbers, offset: int) -> Numbers:
    """The places of a term in these documents, moved back by its offset; ascending."""
    assert postings.positions is not None
    kept = _contained(postings.documents, documents)
    owners = np.repeat(postings.documents[kept], postings.counts[kept])
    positions = postings.positions[np.repeat(kept, postings.counts)]
    return (owners << _POSITION_BITS) + positions - offset + _BIAS


def _united(lists: list[Postings]) -> Postings:
    if len(lists) == 1:
        return lists[0]
    documents = np.concatenate([NOTHING.documents, *(postings.documents for postings in lists)])
    counts = np.concatenate([NOTHING.counts, *(postings.counts for postings in lists)])
    distinct, owners = np.unique(documents, return_inverse=True)
    return Postings(distinct, np.bincount(owners, counts, minlength=len(distinct)).astype(np.int64))

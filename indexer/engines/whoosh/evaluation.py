"""Evaluates a query over arrays: which documents match, and how well."""

from collections.abc import Iterator, Sequence
from datetime import date as Date
from functools import cached_property
from typing import NamedTuple

import numpy as np

from indexer import ranking
from indexer.budget import UNLIMITED, Budget, Left
from indexer.chains import Places, beginnings, offsets_of
from indexer.engines.whoosh import layout
from indexer.engines.whoosh.listed import Floats, Listed, Mask
from indexer.engines.whoosh.packing import Numbers
from indexer.engines.whoosh.postings import NOTHING, Joined, Postings
from indexer.engines.whoosh.reader import Reader
from indexer.engines.whoosh.selection import Evidence, Selection, Voice
from indexer.engines.whoosh.writer import day_number
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
    field_of,
    graded_leaves,
    terms_of,
    twin,
)

#: Positions fit below this bit of a (document, position) key; a chain's offset is subtracted above zero.
_POSITION_BITS = 32
_BIAS = 1 << 16
#: So many posting lists are read at a time.
_READ = 512


class _TimeUpError(Exception):
    """There is no time to read what is asked for."""


class Voiced(NamedTuple):
    """A leaf, or none for nearness; its clues in order: a voice of each, and each with its idf."""

    leaf: Leaf | None
    voices: Sequence[Voice]
    idfs: Sequence[tuple[Clue, float]]
    share: float


class Evaluation:
    """One query over one index.

    When time is up, lists that were not read yet are taken for empty; and since nobody knows then what is
    *not* in them, nothing is found by what it does not hold.
    """

    def __init__(self, reader: Reader, query: Node, budget: Budget = UNLIMITED) -> None:
        self._reader = reader
        self.query = query
        self._budget = budget
        self._short = False
        self._leaves = graded_leaves(query)
        self._lists = self._read(terms_of(query))
        self.matched = self._mask(query)
        if not reader.whole:
            self.matched &= reader.alive

    @property
    def total(self) -> int:
        """How many documents match."""
        return int(np.count_nonzero(self.matched))

    def best(self, wanted: int) -> tuple[Numbers, Floats]:
        """The ``wanted`` best matches, the best first, and their scores; equal ones are in order."""
        if not self._leaves:
            return self.selection.best(wanted, self.matched)
        numbers, scores = [np.zeros(0, np.int64)], [np.zeros(0)]
        for grade, mask in self._grades():
            found, plain = self.selection.best(wanted, mask)
            numbers.append(found)
            scores.append(ranking.graded(grade, plain))
            wanted -= len(found)
            if wanted <= 0:
                break
        return np.concatenate(numbers), np.concatenate(scores)

    def scores(self, numbers: Numbers) -> Floats:
        """The scores of a few matches."""
        scores = self.selection.scores(numbers)
        if not self._leaves:
            return scores
        grades = np.zeros(len(numbers))
        for grade, mask in self._grades():
            grades[mask[numbers]] = grade
        return ranking.graded(grades, scores)

    def _grades(self) -> Iterator[tuple[Match, Mask]]:
        """The matches of a short query by the worst tier in which they hold a word; last those without."""
        rest = self.matched.copy()
        tiers = {clue.match for leaf in self._leaves for clue in leaf.clues if clue.finds}
        for tier in sorted(tiers, reverse=True):
            every = rest.copy()
            for leaf in self._leaves:
                here = np.zeros(self._reader.count, np.bool_)
                self._light(here, leaf, tier)
                every &= here
            rest &= ~every
            yield tier, every
        yield Match.NONE, rest

    @cached_property
    def selection(self) -> Selection:
        """The scores of what matched, before they are graded."""
        reader = self._reader
        kinds = len(reader.languages.values)
        return Selection(list(self._evidence()), reader.languages.codes, kinds, reader.order, self._budget)

    def _evidence(self) -> Iterator[Evidence]:
        for voiced in self.voiced():
            voices = [voice for voice in voiced.voices if voice.listed.frequency]
            if voiced.leaf is not None and voiced.leaf.counts:
                yield Evidence(sum([voice.listed.frequency for voice in voices]), voiced.share, voices)
            else:
                # Of what does not count together every list can be bounded by itself.
                yield from (Evidence(voice.listed.frequency, 0.0, [voice]) for voice in voices)

    def voiced(self) -> Iterator[Voiced]:
        """Each part that speaks for a document, a voice for every clue, and its share in coordination."""
        for node in _positive(self.query):
            leaf = node if isinstance(node, Leaf) else None
            voices, idfs, share = [], [], (False, 0.0)
            for clue in _clues(node):
                listed = self._listed(clue.source)
                idf = self._idf(clue, listed)
                idfs.append((clue, idf))
                voices.append(Voice(listed, clue.weight * idf, clue.match if clue.finds else Match.NONE))
                if clue.finds:
                    share = max(share, (clue.weight > 0, idf))
            yield Voiced(leaf, voices, idfs, share[1] if leaf is not None and leaf.counts else 0.0)

    def _idf(self, clue: Clue, found: Listed) -> float:
        """The clue's idf, averaged over the languages that the query may be in."""
        counts, numbers = self._reader.language_counts, self._reader.language_numbers
        beside = twin(clue.source)
        also = found if beside is None else self._lists[beside]
        idf = 0.0
        for language, share in clue.languages:
            code = numbers.get(language)
            # A language whose documents are all deleted is none.
            if code is not None and counts[code]:
                frequency = max(found.frequencies[code], also.frequencies[code])
                idf += share * ranking.rarity(frequency, counts[code])
        return idf

    def _read(self, terms: Sequence[Term]) -> dict[Source, Listed]:
        lists: dict[Source, Listed] = {}
        for start in range(0, len(terms), _READ):
            if start and self._time_is_up():
                left = (term for term in terms[start:] if term not in lists)
                return lists | {term: self._reader.worth(term.field, NOTHING) for term in left}
            lists |= self._reader.listed(terms[start : start + _READ])
        return lists

    def _time_is_up(self) -> bool:
        self._short |= self._budget.leaves_out(Left.MATCHES)
        return self._short

    def _listed(self, source: Source) -> Listed:
        found = self._lists.get(source)
        if found is None:
            assert not isinstance(source, Term), "every term of the query was read"
            found = self._lists[source] = self._reader.worth(field_of(source), self._in_time(source))
        return found

    def _chain(self, chain: Chain) -> Postings:
        lists = {term: self._lists[term].documents for term in chain.terms}
        wanted = self._common(list(lists.values()))
        if wanted is None:
            return NOTHING
        rarest_first = sorted(offsets_of(chain).items(), key=lambda item: len(lists[item[0]]))
        keys = beginnings(rarest_first, lambda term: self._places(term, wanted))
        documents, counts = np.unique(keys >> _POSITION_BITS, return_counts=True)
        return Postings(documents, counts)

    def _near(self, near: Near) -> Postings | Joined:
        wanted = self._common([self._lists[term].documents for term in near.terms])
        if wanted is None:
            return NOTHING
        here, there = (self._places(term, wanted) for term in near.terms)
        # Both hold the same documents, and places in two documents are further apart than any window.
        after = there.searchsorted(here)
        distances = np.minimum(
            np.abs(here - there[np.minimum(after, len(there) - 1)]),
            np.abs(here - there[np.maximum(after - 1, 0)]),
        )
        close = distances <= near.within
        documents, firsts = np.unique(here[close] >> _POSITION_BITS, return_index=True)
        if not len(documents):
            return NOTHING
        least = np.minimum.reduceat(distances[close], firsts)
        return Joined(documents, ranking.closeness(least))

    def _places(self, term: Term, wanted: Mask) -> Places:
        """The places of a term in these documents, ascending; less an offset, each still is in its own.

        Raises:
            _TimeUpError: time is up; positions are what takes longest to read.
        """
        if self._time_is_up():
            raise _TimeUpError
        postings = self._reader.places(term.field.name, term.text, wanted)
        assert postings.positions is not None
        owners = np.repeat(postings.documents, postings.counts)
        return (owners << _POSITION_BITS) + postings.positions + _BIAS

    def _common(self, lists: Sequence[Numbers]) -> Mask | None:
        """Which documents stand in every list; None, if none does."""
        common, *rest = sorted(lists, key=len)
        for documents in rest:
            if not len(common):
                break
            wanted = np.zeros(self._reader.count, np.bool_)
            wanted[documents] = True
            common = common[wanted[common]]
        if not len(common):
            return None
        wanted = np.zeros(self._reader.count, np.bool_)
        wanted[common] = True
        return wanted

    def _united(self, sources: Sequence[Source]) -> Joined:
        lists = [self._in_time(source) for source in sources]
        documents = np.concatenate([NOTHING.documents, *(postings.documents for postings in lists)])
        counts = np.concatenate([NOTHING.counts, *(postings.counts for postings in lists)])
        distinct, owners = np.unique(documents, return_inverse=True)
        counted = np.bincount(owners, counts, minlength=len(distinct)).astype(np.float64)
        return Joined(distinct, counted)

    def _in_time(self, source: Source) -> Postings | Joined:
        """The postings of a source; none, when there is no time to read them."""
        try:
            return self._postings(source)
        except _TimeUpError:
            return NOTHING

    def _postings(self, source: Source) -> Postings | Joined:
        match source:
            case Term():
                return self._lists[source].postings
            case Chain():
                return self._chain(source)
            case Near():
                return self._near(source)
            case _:
                return self._united(source.sources)

    def _mask(self, node: Node) -> Mask:
        mask = np.zeros(self._reader.count, np.bool_)
        match node:
            case Leaf():
                self._light(mask, node)
            case AnyOf(nodes=nodes):
                for child in nodes:
                    if isinstance(child, Leaf):
                        self._light(mask, child)
                    else:
                        mask |= self._mask(child)
            case AllOf(nodes=nodes):
                mask[:] = True
                # What is excluded first: without it nothing could be shown.
                for child in sorted(nodes, key=lambda child: not isinstance(child, Not)):
                    mask &= self._mask(child)
            case Not(node=child):
                mask = ~self._mask(child)
                if self._short:
                    mask[:] = False
            case Only(key=key, values=values):
                self._filter(mask, key, values)
            case Everything():
                mask[:] = True
        return mask

    def _light(self, mask: Mask, leaf: Leaf, worst: Match = Match.NONE) -> None:
        """Add the documents that hold a leaf, in this tier or a better one."""
        for clue in leaf.clues:
            if clue.finds and clue.match >= worst:
                listed = self._listed(clue.source)
                if listed.frequency:
                    listed.light(mask)

    def _filter(self, mask: Mask, key: str, values: tuple[str, ...]) -> None:
        reader = self._reader
        if key == "language":
            numbers = reader.language_numbers
            mask[:] = np.isin(
                reader.languages.codes, [numbers[value] for value in values if value in numbers]
            )
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


def _clues(node: Leaf | AnyOf) -> tuple[Clue, ...]:
    return node.clues if isinstance(node, Leaf) else node.nearness


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

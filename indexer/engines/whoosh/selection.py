"""Finds the best documents of a query without scoring all that match.

Common words stand in most of the documents that match and decide least. So the rare parts of a
query are added up first; what the common ones could add at most says which documents can still be
among the best, and only in these are they looked up. The idea is MaxScore (Turtle and Flood,
"Query evaluation: strategies and optimizations", 1995), a whole part of the query at a time.
Coordination grows with the share of the query that a document holds, so it is bounded the same way.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer import ranking
from indexer.engines.whoosh.packing import Numbers
from indexer.engines.whoosh.reader import Listed
from indexer.termquery import Match

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]

#: How many postings are added up before the rest is bounded, and by how much this grows where it was too few.
_FIRST, _GROWTH = 2_048, 6
#: Bounds are sums in another order than scores, and may be less by a rounding error.
_ROUNDING = 1 + 1e-9
#: Looking at the bounds again is worth while when what is left could add less than the last time by this.
_WORTHWHILE = 1.5
#: To look for a document in a list costs as much as to add up so many of its postings.
_LOOK = 16
#: So few candidates are not worth another look at the bounds.
_FEW = 64
#: From this many keys on, the first are looked for by a sample of one in so many.
_LARGE, _SAMPLED = 4_096, 16
_NONE = np.zeros(0, np.int64)


class Voice(NamedTuple):
    """A list, the factor of its impacts, and as what its documents match, `Match.NONE` where they do not."""

    listed: Listed
    factor: float
    match: Match

    def added(self, numbers: Numbers) -> tuple[NDArray[np.bool_], Floats]:
        """Whether each of these documents is listed, and what that adds to its score; shape (numbers,)."""
        here, impacts = self.listed.at(numbers)
        return here, self.factor * impacts

    def order(self) -> tuple[int, int]:
        """The best tier first, and its longest list."""
        return -self.match, -len(self.listed.documents)


class Evidence:
    """One part of a query: its lists, and what holding it counts for in coordination.

    ``size`` is how many postings there are to add up; ``most``, shape (languages,), what they can add to the
    score of a document of each language, ``least`` what they can take from it. A stem is of one language,
    so the stems of a word in several can never add up.
    """

    __slots__ = ("least", "most", "share", "size", "voices")

    def __init__(self, voices: Sequence[Voice], share: float, languages: int) -> None:
        self.voices = [voice for voice in voices if len(voice.listed.documents)]
        self.share = share
        self.size = sum(len(voice.listed.documents) for voice in self.voices)
        self.most = self.least = np.zeros(languages)
        if self.voices:
            factors = np.array([voice.factor for voice in self.voices])
            here = np.array([voice.listed.frequencies for voice in self.voices]) > 0
            self.most = ranking.MOST * np.maximum(factors, 0) @ here
            self.least = ranking.MOST * np.minimum(factors, 0) @ here


class Candidates(NamedTuple):
    """Documents, ascending, with what has been added up: all of shape (candidates,)."""

    numbers: Numbers
    scores: Floats
    held: Floats

    def chosen(self, which: Mask) -> "Candidates":
        """Some of them."""
        return Candidates(self.numbers[which], self.scores[which], self.held[which])


class Selection:
    """The scores of one query's matches.

    ``languages``, shape (documents,), are those of the documents, and ``order`` their places, if these are
    not their numbers.
    """

    def __init__(
        self, evidence: Sequence[Evidence], languages: Numbers, order: Numbers | None = None
    ) -> None:
        self._languages = languages
        self._order = order
        self._evidence = sorted(evidence, key=lambda part: part.size)
        self._whole = sum(part.share for part in evidence)

    def best(self, wanted: int, matched: Mask) -> tuple[Numbers, Floats]:
        """The ``wanted`` best documents that ``matched``, shape (documents,), is true of, and their scores.

        The best come first; equal ones are in order.
        """
        found, rest = self._promising(wanted, matched)
        rest = sorted(rest, key=lambda part: -float(part.most.max()))
        pruned = np.inf
        for index, part in enumerate(rest):
            open_ = float(sum(part.most.max() for part in rest[index:]))
            if len(found.numbers) > max(wanted, _FEW) and open_ * _WORTHWHILE < pruned:
                left = rest[index:]
                found = found.chosen(self._hopes(found, left) >= self._least(found, left, wanted))
                pruned = open_
            found = self._with(part, found)
        scores = self._final(found)
        places = None if self._order is None else self._order[found.numbers]
        order = first_of(-scores, wanted, places)
        return found.numbers[order], scores[order]

    def _with(self, part: Evidence, found: Candidates) -> Candidates:
        """The same documents with what one part adds."""
        if len(found.numbers) * _LOOK < part.size:
            return _looked_up(found, part)
        sums = np.zeros((2, len(self._languages)))
        _add_up([part], *sums)
        scores, held = sums[:, found.numbers]
        return Candidates(found.numbers, found.scores + scores, found.held + held)

    def _promising(self, wanted: int, matched: Mask) -> tuple[Candidates, Sequence[Evidence]]:
        """Documents with the best among them, and the parts that are still to be looked up in them."""
        sums = np.zeros((2, len(matched)))
        budget, added, least = _FIRST, 0, -np.inf
        while True:
            # So many parts that no document which only the rest speaks for can be among the best.
            stop = self._within(budget)
            while stop < len(self._evidence) and self._hope(self._evidence[stop:]) >= least > 0:
                stop += 1
            _add_up(self._evidence[added:stop], *sums)
            found = self._summed(stop, matched, *sums)
            rest = self._evidence[stop:]
            least = self._least(found, rest, wanted)
            if not rest or self._hope(rest) < least:
                return found, rest
            added, budget = stop, budget * _GROWTH

    def scores(self, numbers: Numbers) -> Floats:
        """The scores of a few documents."""
        return self._final(self._all_of(numbers))

    def coordinations(self, numbers: Numbers) -> Floats:
        """The factor in the scores of a few documents for what they hold of the query."""
        return self._coordinated(np.ones(len(numbers)), self._all_of(numbers).held)

    def _all_of(self, numbers: Numbers) -> Candidates:
        nothing = np.zeros(len(numbers))
        found = Candidates(numbers, nothing, nothing)
        for part in self._evidence:
            found = _looked_up(found, part)
        return found

    def tiers(self, numbers: Numbers) -> list[Match]:
        """The best tier in which each of a few documents matches."""
        voices = [voice for part in self._evidence for voice in part.voices if voice.match]
        tiers = [Match.NONE] * len(numbers)
        open_ = np.arange(len(numbers))
        # The best tier and its longest list first: they settle most documents.
        for listed, _, match in sorted(voices, key=Voice.order):
            here = listed.holds(numbers[open_])
            for index in open_[here].tolist():
                tiers[index] = match
            open_ = open_[~here]
            if not len(open_):
                break
        return tiers

    def _within(self, budget: int) -> int:
        """How many of the parts, the rarest first, may be added up."""
        total = 0
        for index, part in enumerate(self._evidence):
            total += part.size
            if total > budget:
                return index
        return len(self._evidence)

    def _summed(self, added: int, matched: Mask, scores: Floats, held: Floats) -> Candidates:
        """The matches that the parts speak for which have been added up; every match, if all have been."""
        if added == len(self._evidence):
            numbers = np.flatnonzero(matched)
        else:
            lists = [voice.listed.documents for part in self._evidence[:added] for voice in part.voices]
            numbers = _distinct(lists)
            numbers = numbers[matched[numbers]]
        return Candidates(numbers, scores[numbers], held[numbers])

    def _least(self, found: Candidates, rest: Sequence[Evidence], wanted: int) -> float:
        """What the last of the wanted documents is sure to reach, whatever the rest may take from it."""
        if len(found.numbers) < wanted:
            return -np.inf
        scores = found.scores
        if any(part.least.any() for part in rest):
            scores = scores + np.sum([part.least for part in rest], axis=0)[self._languages[found.numbers]]
        sure = np.minimum(self._coordinated(scores, found.held), scores)
        return float(np.partition(sure, len(sure) - wanted)[len(sure) - wanted])

    def _hopes(self, found: Candidates, rest: Sequence[Evidence]) -> Floats:
        """What each of these documents can reach at most with what the rest may add."""
        most = np.sum([part.most for part in rest], axis=0)[self._languages[found.numbers]]
        share = sum(part.share for part in rest)
        return self._coordinated(np.maximum(found.scores + most, 0), found.held + share) * _ROUNDING

    def _hope(self, rest: Sequence[Evidence]) -> float:
        """What a document can reach at most that only the rest speaks for."""
        most = np.max(np.sum([part.most for part in rest], axis=0), initial=0.0)
        share = sum(part.share for part in rest)
        return float(self._coordinated(np.asarray(most), np.asarray(share))) * _ROUNDING

    def _final(self, found: Candidates) -> Floats:
        return self._coordinated(found.scores, found.held)

    def _coordinated(self, scores: Floats, held: Floats) -> Floats:
        return scores * ranking.coordination(held / self._whole) if self._whole else scores


def _add_up(parts: Sequence[Evidence], scores: Floats, held: Floats) -> None:
    """Add what these parts give to each of all documents."""
    for part in parts:
        for listed, factor, _ in part.voices:
            if factor:
                scores[listed.documents] += factor * listed.impacts
        if part.share:
            # A document that is named twice is added to once.
            held[_joined([voice.listed.documents for voice in part.voices if voice.match])] += part.share


def _looked_up(found: Candidates, part: Evidence) -> Candidates:
    """The same documents with what one part adds."""
    scores, holds = found.scores, np.zeros(len(found.numbers), np.bool_)
    for voice in part.voices:
        here, added = voice.added(found.numbers)
        scores = scores + added
        if voice.match:
            holds |= here
    return Candidates(found.numbers, scores, found.held + part.share * holds)


def _joined(lists: Sequence[Numbers]) -> Numbers:
    return lists[0] if len(lists) == 1 else np.concatenate([_NONE, *lists])


def _distinct(lists: Sequence[Numbers]) -> Numbers:
    """Every number of these lists once, ascending."""
    numbers = np.sort(_joined(lists))
    if len(numbers) > 1:
        numbers = numbers[np.concatenate([[True], numbers[1:] != numbers[:-1]])]
    return numbers


def first_of(keys: NDArray[np.generic], wanted: int, places: Numbers | None = None) -> Numbers:
    """Where the ``wanted`` smallest keys stand, in their order; equal ones by ``places`` or as they are."""
    chosen = np.arange(len(keys))
    if len(keys) > _LARGE:
        # Few of many are wanted: a threshold from a sample leaves little to partition.
        sample = keys[::_SAMPLED]
        rank = min(len(sample) - 1, 2 * wanted // _SAMPLED + 8)
        near = np.flatnonzero(keys <= np.partition(sample, rank)[rank])
        if len(near) >= wanted:
            chosen = near
    if wanted < len(chosen):
        threshold = np.partition(keys[chosen], wanted - 1)[wanted - 1]
        chosen = chosen[keys[chosen] <= threshold]
    if places is not None:
        chosen = chosen[np.argsort(places[chosen])]
    return chosen[np.argsort(keys[chosen], kind="stable")[:wanted]]

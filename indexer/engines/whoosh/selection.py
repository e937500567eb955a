"""Finds the best documents of a query without scoring all that match.

Common words stand in most of the documents that match and decide least. So the rare parts of a
query are added up first; what the common ones could add at most says which documents can still be
among the best, and only in these are they looked up. The idea is MaxScore (Turtle and Flood,
"Query evaluation: strategies and optimizations", 1995), a whole part of the query at a time.
Coordination grows with the share of the query that a document holds, so it is bounded the same way.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import accumulate
from operator import itemgetter
from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from indexer import ranking
from indexer.budget import UNLIMITED, Budget, Left
from indexer.engines.whoosh.listed import Floats, Listed, Mask
from indexer.engines.whoosh.packing import Numbers
from indexer.termquery import Match

#: How many postings are added up before the rest is bounded, and by how much this grows where it was too few.
_FIRST, _GROWTH = 2_048, 6
#: Bounds are sums in another order than scores, and may be less by a rounding error.
_ROUNDING = 1 + 1e-9
#: Looking at the bounds again is worth while when what is left could add less than the last time by this.
_WORTHWHILE = 1.5
#: So few candidates are not worth another look at the bounds.
_FEW = 1_000
#: Where so large a part of all documents is named, each that matches is looked at.
_MANY = 4
#: The best of many are looked for among the best of so many stretches for each that is wanted.
_STRETCHES = 8
_NONE = np.zeros(0, np.int64)

Key = TypeVar("Key", np.float64, np.int64)


class Voice(NamedTuple):
    """A list, the factor of its impacts, and as what its documents match, `Match.NONE` where they do not."""

    listed: Listed
    factor: float
    match: Match

    def order(self) -> tuple[int, int]:
        """The best tier first, and its longest list."""
        return -self.match, -self.listed.frequency


class Evidence(NamedTuple):
    """One part of a query: how many postings it has, what it counts for in coordination, and its lists."""

    size: int
    share: float
    voices: Sequence[Voice]


class _Scratch:
    """Room to add up in for each search, a score and a share for each document, zero between uses.

    New room for each search would have to be cleared, and would drive everything else out of the cache.
    """

    def __init__(self) -> None:
        # As many as there were searches at a time; taken and laid back by one call, which threads may share.
        self._free: list[NDArray[np.float64]] = []

    @contextmanager
    def sums(self, documents: int) -> Iterator[tuple[Floats, Floats]]:
        """Two columns of zeros, shape (documents,), which are to be left as zeros."""
        rows = np.zeros((0, 2))
        with suppress(IndexError):
            rows = self._free.pop()
        if len(rows) < documents:
            rows = np.zeros((documents, 2))
        yield rows[:documents, 0], rows[:documents, 1]
        # Whoever fails in between leaves nothing behind that is not zero.
        self._free.append(rows)


_scratch = _Scratch()


class Candidates(NamedTuple):
    """Documents with what has been added up: all of shape (candidates,)."""

    numbers: Numbers
    scores: Floats
    held: Floats

    def chosen(self, which: Mask) -> "Candidates":
        """Some of them."""
        return Candidates(self.numbers[which], self.scores[which], self.held[which])


class Selection:
    """The scores of one query's matches.

    The parts of the query are taken from the rarest to the commonest. What those from each on can add to a
    score at most, take from it, and count for stands in rows of shape (parts + 1,), the first two by language
    as well: a stem is of one language, so those of a word in several languages never add up.
    """

    def __init__(
        self,
        evidence: Sequence[Evidence],
        languages: Numbers,
        kinds: int,
        order: Numbers | None = None,
        budget: Budget = UNLIMITED,
    ) -> None:
        """``languages``, shape (documents,), are those of the documents, numbered below ``kinds``.

        ``order``, of that shape too, are the places of the documents, if these are not their numbers. When
        time is up, what has been added up until then is what a document's score is.
        """
        self._budget = budget
        self._languages = languages
        self._order = order
        self._evidence = sorted(evidence, key=itemgetter(0))
        self._sizes = list(accumulate(part.size for part in self._evidence))
        shares = np.array([*(part.share for part in self._evidence), 0.0])
        self._shares = np.cumsum(shares[::-1])[::-1]
        self._whole = float(self._shares[0])
        self._most, self._least, self._takes = _bounds(self._evidence, kinds)
        hopes = self._coordinated(self._most.max(axis=1, initial=0.0), self._shares) * _ROUNDING
        self._hopes: list[float] = hopes.tolist()

    def best(self, wanted: int, matched: Mask) -> tuple[Numbers, Floats]:
        """The ``wanted`` best documents that ``matched``, shape (documents,), is true of, and their scores.

        The best come first; equal ones are in order.
        """
        found, first = self._promising(wanted, matched)
        pruned = np.inf
        for stop in range(first, len(self._evidence)):
            if self._budget.leaves_out(Left.MATCHES):
                break
            open_ = float(self._most[stop].max(initial=0.0))
            if len(found.numbers) > max(wanted, _FEW) and open_ * _WORTHWHILE < pruned:
                found = found.chosen(self._hopes_of(found, stop) >= self._sure(found, stop, wanted))
                pruned = open_
            _look_up(found, self._evidence[stop])
        scores = self._coordinated(found.scores, found.held)
        places = None if self._order is None else self._order[found.numbers]
        order = first_of(-scores, wanted, places)
        return found.numbers[order], scores[order]

    def _promising(self, wanted: int, matched: Mask) -> tuple[Candidates, int]:
        """Documents with the best among them, and the first part that is still to be looked up in them."""
        parts = self._evidence
        budget, added, least = _FIRST, 0, -np.inf
        with _scratch.sums(len(matched)) as (scores, held):
            while True:
                # So many parts that no document which only the rest speaks for can be among the best.
                stop = bisect_right(self._sizes, budget)
                while stop < len(parts) and self._hopes[stop] >= least > 0:
                    stop += 1
                _add_up(parts[added:stop], scores, held)
                numbers = self._named(stop, matched)
                found = Candidates(numbers, scores[numbers], held[numbers])
                least = self._sure(found, stop, wanted)
                if stop == len(parts) or self._hopes[stop] < least:
                    break
                if self._budget.leaves_out(Left.MATCHES):
                    numbers = np.flatnonzero(matched)
                    found = Candidates(numbers, scores[numbers], held[numbers])
                    break
                added, budget = stop, budget * _GROWTH
            _forget(parts[:stop], scores, held)
        return found, stop

    def _named(self, stop: int, matched: Mask) -> Numbers:
        """The matches that the parts before ``stop`` speak for, or more."""
        if stop == len(self._evidence) or self._sizes[stop - 1] * _MANY > len(matched):
            return np.flatnonzero(matched)
        named = np.zeros(len(matched), np.bool_)
        for part in self._evidence[:stop]:
            for voice in part.voices:
                voice.listed.light(named)
        return np.flatnonzero(np.logical_and(named, matched, out=named))

    def scores(self, numbers: Numbers) -> Floats:
        """The scores of a few documents."""
        found = self._all_of(numbers)
        return self._coordinated(found.scores, found.held)

    def coordinations(self, numbers: Numbers) -> Floats:
        """The factor in the scores of a few documents for what they hold of the query."""
        return self._coordinated(np.ones(len(numbers)), self._all_of(numbers).held)

    def _all_of(self, numbers: Numbers) -> Candidates:
        """A few documents, in any order, with what all parts add to them."""
        order = np.argsort(numbers)
        found = Candidates(numbers[order], np.zeros(len(numbers)), np.zeros(len(numbers)))
        for part in self._evidence:
            _look_up(found, part)
        scores, held = np.empty((2, len(numbers)))
        scores[order], held[order] = found.scores, found.held
        return Candidates(numbers, scores, held)

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

    def _sure(self, found: Candidates, stop: int, wanted: int) -> float:
        """What the last of the wanted documents is sure to reach, whatever the parts from ``stop`` take."""
        if len(found.numbers) < wanted:
            return -np.inf
        # What the few with the highest sums are sure to reach, so many are.
        few = np.flatnonzero(found.scores >= _reached(found.scores, wanted))
        scores = found.scores[few]
        if self._takes:
            scores += self._least[stop][self._languages[found.numbers[few]]]
        sure = np.minimum(self._coordinated(scores, found.held[few]), scores)
        return float(np.partition(sure, len(sure) - wanted)[len(sure) - wanted])

    def _hopes_of(self, found: Candidates, stop: int) -> Floats:
        """What each of these documents can reach at most with what the parts from ``stop`` on may add."""
        most = self._most[stop][self._languages[found.numbers]]
        return (
            self._coordinated(np.maximum(found.scores + most, 0), found.held + self._shares[stop]) * _ROUNDING
        )

    def _coordinated(self, scores: Floats, held: Floats) -> Floats:
        return scores * ranking.coordination(held / self._whole) if self._whole else scores


def _bounds(parts: Sequence[Evidence], kinds: int) -> tuple[Floats, Floats, bool]:
    """What parts from each on can add at most, and take, by language; both of shape (parts + 1, kinds).

    And whether any takes at all.
    """
    voices = [voice for part in parts for voice in part.voices]
    factors = np.array([voice.factor for voice in voices]) * ranking.MOST
    spoken = np.frombuffer(b"".join([voice.listed.spoken for voice in voices]), np.bool_)
    spoken = spoken.reshape(len(voices), kinds)
    takes = bool(factors.min(initial=0.0) < 0)
    most, least = np.zeros((2, len(voices) + 1, kinds))
    gains = np.maximum(factors, 0.0) if takes else factors
    np.cumsum((gains[:, None] * spoken)[::-1], axis=0, out=most[-2::-1])
    if takes:
        np.cumsum((np.minimum(factors, 0.0)[:, None] * spoken)[::-1], axis=0, out=least[-2::-1])
    starts = [0, *accumulate([len(part.voices) for part in parts])]
    return most[starts], least[starts] if takes else least[: len(starts)], takes


def _add_up(parts: Sequence[Evidence], scores: Floats, held: Floats) -> None:
    """Add what these parts give to each of all documents."""
    for part in parts:
        for listed, factor, _ in part.voices:
            if factor:
                scores[listed.documents] += factor * listed.impacts
        if part.share:
            # A document that is named twice is added to once.
            held[_joined([voice.listed.documents for voice in part.voices if voice.match])] += part.share


def _forget(parts: Sequence[Evidence], scores: Floats, held: Floats) -> None:
    """Make what was added up nothing again."""
    if sum(part.size for part in parts) * _MANY > len(scores):
        scores[:] = held[:] = 0.0
        return
    for part in parts:
        for voice in part.voices:
            scores[voice.listed.documents] = held[voice.listed.documents] = 0.0


def _look_up(found: Candidates, part: Evidence) -> None:
    """Add what one part gives to each of these documents, which ascend."""
    holds = np.zeros(len(found.numbers), np.bool_)
    for listed, factor, match in part.voices:
        here = listed.add_to(found.scores, found.numbers, factor)
        if match:
            holds[here] = True
    if part.share:
        found.held[holds] += part.share


def _joined(lists: Sequence[Numbers]) -> Numbers:
    return lists[0] if len(lists) == 1 else np.concatenate([_NONE, *lists])


def _reached(scores: Floats, wanted: int) -> float:
    """What at least ``wanted`` of the scores reach, though perhaps more could be said.

    The best of each of some stretches are scores of as many documents, and few to choose from.
    """
    if len(scores) > wanted * _STRETCHES * 2:
        step = len(scores) // (wanted * _STRETCHES)
        scores = np.maximum.reduceat(scores, np.arange(0, len(scores), step))
    return float(np.partition(scores, len(scores) - wanted)[len(scores) - wanted])


def first_of(keys: NDArray[Key], wanted: int, places: Numbers | None = None) -> Numbers:
    """Where the ``wanted`` smallest keys stand, in their order; equal ones by ``places`` or as they are."""
    chosen = np.arange(len(keys))
    if len(keys) > wanted * _STRETCHES * 2:
        # Few of many are wanted: what the least of some stretches reach leaves little to sort.
        step = len(keys) // (wanted * _STRETCHES)
        least = np.minimum.reduceat(keys, np.arange(0, len(keys), step))
        chosen = np.flatnonzero(keys <= np.partition(least, wanted - 1)[wanted - 1])
    if places is not None:
        chosen = chosen[np.argsort(places[chosen])]
    return chosen[np.argsort(keys[chosen], kind="stable")[:wanted]]

"""Compounds: a word as the words that it was put together from.

A word is cut where its parts, by the geometric mean of their frequencies, are more frequent than the
word itself (Koehn and Knight 2003, "Empirical Methods for Compound Splitting"). The frequencies are
wordfreq's, a published list that no longer changes: what a word becomes does not depend on what is indexed.
Costs are the list's own unit, hundredths of the negative decimal logarithm of a frequency, so that a
geometric mean of frequencies is an arithmetic mean of costs.
"""

import gzip
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import distribution
from typing import NamedTuple

import msgpack

from analyzers.folding import Memo, exact
from analyzers.profile import Constituent

#: Words rarer than this are not known: lists of rare words are full of slips, names and fragments.
_RAREST = 640
#: Words more frequent than this belong to the grammar (nicht, oder) and to no compound, but for a few.
_GRAMMAR = 330
#: No part is shorter, but for those that a language names: of three letters, as many cuts are wrong as right.
_SHORTEST = 4
#: A word longer than this is no word.
_LONGEST = 64
_MOST_PARTS = 5
#: How many beginnings of words are remembered, and how many ends.
_REMEMBERED = 100_000

#: What each part beyond the second costs, and a linking sound, one that is not common, a letter left out.
_ANOTHER, _LINK, _RARE_LINK, _DROPPED = 15, 15, 60, 30
#: What an inflected last part costs, and one whose form is not in the list. A form is inflected when the
#: word without an ending is twice as frequent: Staubecken ends in Becken, and not in the plural of Ecke.
_INFLECTED, _UNLISTED, _TWICE = 30, 60, 30


@dataclass(frozen=True, slots=True)
class Compounding:
    """How a language puts words together.

    ``words`` names the list of wordfreq. ``links`` are the sounds that may join two parts, and
    ``rare_links`` those that are mostly an ending of a word that the list has. ``linked`` are endings that
    never stand before another part without an s (Zeitung-s-papier); ``dropped`` is what a first part may
    lose (Schule, Schulbuch), ``changed`` its last letter and what stands for it (Swedish gata, gatukontor);
    ``endings`` are those of inflected last parts, and with ``forms_known`` a word with one of them is as
    frequent as the word without it: the article of Scandinavian nouns. ``bound`` are strings that are
    no parts: suffixes, and particles that make a new word of one, not a compound of two; nor are
    ``prefixes``, or one of them with one of ``infixes`` (ein-ge-kauft). ``never_first`` and ``never_last``
    are none in that place: Dutch weg ends spoorweg (railway), and before a verb is "away". ``frequent`` are
    the nouns that are as frequent as words of the grammar, and ``short`` those that are parts for all that
    they have three letters.
    """

    words: str
    links: tuple[str, ...] = ()
    rare_links: tuple[str, ...] = ()
    linked: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    changed: tuple[tuple[str, str], ...] = ()
    endings: tuple[str, ...] = ()
    forms_known: bool = False
    bound: frozenset[str] = frozenset()
    prefixes: frozenset[str] = frozenset()
    infixes: tuple[str, ...] = ()
    never_first: frozenset[str] = frozenset()
    never_last: frozenset[str] = frozenset()
    frequent: frozenset[str] = frozenset()
    short: frozenset[str] = frozenset()


class _Cut(NamedTuple):
    """The cheapest way to cut the beginning of a word into some number of parts."""

    cost: int
    parts: tuple[Constituent, ...]


#: What letters cost as a part before another, the word that they are, and how many are its own.
_First = tuple[int, str, int]


class Decompounder:
    """Cuts the compounds of one language; its list is read with the first word."""

    def __init__(self, rules: Compounding) -> None:
        self._rules = rules
        #: The letters of the shortest part.
        self.shortest = min(map(len, rules.short), default=_SHORTEST)
        # Beginnings and ends come again in other words.
        self._first = Memo(self._as_first, _REMEMBERED)
        self._last = Memo(self._as_last, _REMEMBERED)
        # By its last letter, each link with its price.
        self._links: dict[str, list[tuple[str, int]]] = {}
        for links, price in ((rules.links, _LINK), (rules.rare_links, _RARE_LINK)):
            for link in links:
                self._links.setdefault(link[-1], []).append((link, price))

    def __call__(self, word: str) -> tuple[Constituent, ...]:
        """Every part of a folded word, and every run of parts short of the whole; none of a simple word."""
        if not 2 * self.shortest <= len(word) <= _LONGEST or not word.isalpha():
            return ()
        parts = self._cheapest(word)
        return tuple(
            Constituent(word[first.start : last.start] + last.word, first.start, last.end)
            for begin, first in enumerate(parts)
            for end, last in enumerate(parts[begin:], begin)
            if (begin, end) != (0, len(parts) - 1)
        )

    def load(self) -> None:
        """Read the list, as the first word would."""
        self("a" * 2 * _SHORTEST)

    @cached_property
    def _words(self) -> dict[str, int]:
        """The cost of every known word, folded."""
        return _costs(self._rules.words)

    @cached_property
    def _costs(self) -> dict[str, int]:
        """The cost of every word that may be a part."""
        rules = self._rules
        made = {prefix + infix for prefix in rules.prefixes for infix in rules.infixes}
        no_parts = rules.bound | rules.prefixes | made
        return {
            word: cost
            for word, cost in self._words.items()
            if word in rules.short
            or (
                (cost > _GRAMMAR or word in rules.frequent)
                and len(word) >= _SHORTEST
                and word not in no_parts
            )
        }

    @cached_property
    def _beginnings(self) -> frozenset[str]:
        """How the words that may be parts begin; what a part may lose is no part of that."""
        return frozenset(word[: self.shortest] for word in self._costs)

    def _cheapest(self, word: str) -> tuple[Constituent, ...]:
        """The parts of the best cut, left to right; none, where the word itself is as frequent."""
        firsts, lasts = self._ways(word)
        if 0 not in firsts:
            return ()
        # By place, the cheapest cut of what stands before it, for each number of parts.
        reached: defaultdict[int, dict[int, _Cut]] = defaultdict(dict)
        reached[0][0] = _Cut(0, ())
        size = len(word)
        for start in sorted({*firsts, *lasts}):
            for end, first in firsts.get(start, ()):
                _extend(reached[start], reached[end], *first, start)
            if cost := lasts.get(start):
                _extend(reached[start], reached[size], cost, word[start:], size - start, start)
        cuts = [
            (cut.cost / count + _ANOTHER * (count - 2), cut.parts) for count, cut in reached[size].items()
        ]
        if not cuts:
            return ()
        mean, parts = min(cuts)
        return parts if mean <= self._whole(word, mean) else ()

    def _whole(self, word: str, unknown: int | float) -> int | float:
        """What the word costs by itself, or the one that it is a form of, where forms are taken for known."""
        known = self._words
        cost = known.get(word, unknown)
        if self._rules.forms_known:
            stems = [word.removesuffix(end) for end in self._rules.endings if word.endswith(end)]
            return min((known.get(stem, cost) for stem in stems if len(stem) >= _SHORTEST), default=cost)
        return cost

    def _ways(self, word: str) -> tuple[dict[int, list[tuple[int, _First]]], dict[int, int]]:
        """By place, the parts that may begin there, each with its end, and what the last part costs there.

        Most words end in no part. So the last ones are looked for first, and no part that leads to none.
        """
        firsts: dict[int, list[tuple[int, _First]]] = {}
        begun = self._begun(word)
        lasts = {start: cost for start in begun if start and (cost := self._last[word[start:]])}
        ends = list(lasts)
        for start in reversed(begun if ends else ()):
            found = [
                (end, first)
                for end in ends
                if end - start >= self.shortest and (first := self._first[word[start:end]])
            ]
            if found:
                firsts[start] = found
                if start not in lasts:
                    ends.append(start)
        return firsts, lasts

    def _begun(self, word: str) -> Sequence[int]:
        """Where parts may begin, by their first letters, ascending; nowhere, if not at the beginning."""
        beginnings, least = self._beginnings, self.shortest
        if word[:least] not in beginnings:
            return ()
        places = range(least, len(word) - least + 1)
        return [0, *(place for place in places if word[place : place + least] in beginnings)]

    def _as_first(self, text: str) -> _First | None:
        """Letters as a part before another; None, where they are no word."""
        costs, linked = self._costs, self._rules.linked
        ways: list[_First] = []
        if (cost := costs.get(text)) and not text.endswith(linked):
            ways.append((cost, text, len(text)))
        for link, price in self._links.get(text[-1], ()):
            stem = text.removesuffix(link)
            if cost := costs.get(stem):
                ways.append((cost + price * (not stem.endswith(linked)), stem, len(stem)))
        for letter in self._rules.dropped:
            ways += [
                (cost + _DROPPED, stem + letter, len(stem))
                for stem in {text, text.removesuffix("s")}
                if len(stem) >= _SHORTEST and (cost := costs.get(stem + letter))
            ]
        for letter, written in self._rules.changed:
            stem = text.removesuffix(written)
            if stem != text and (cost := costs.get(stem + letter)):
                ways.append((cost + _LINK, stem + letter, len(stem)))
        never = self._rules.never_first
        # Nor is another word that lost a letter: Swedish för, which is no föra.
        return min((way for way in ways if way[1] not in never and text[: way[2]] not in never), default=None)

    def _as_last(self, text: str) -> int:
        """What letters cost as the last part; 0, where they are no word."""
        ends = self._rules.endings
        stems = (
            [text.removesuffix(ending) for ending in ends if text.endswith(ending)]
            if text.endswith(ends)
            else []
        )
        if never := self._rules.never_last:
            if text in never:
                return 0
            stems = [stem for stem in stems if stem not in never]
        if cost := self._costs.get(text):
            inflected = any(self._words.get(stem, cost) <= cost - _TWICE for stem in stems)
            return cost + _INFLECTED * inflected
        return min((cost + _UNLISTED for stem in stems if (cost := self._costs.get(stem))), default=0)


def _extend(
    before: dict[int, _Cut], after: dict[int, _Cut], cost: int, word: str, length: int, start: int
) -> None:
    """Add one part to every cut of what stands before it, where that is the cheapest."""
    for count, cut in before.items():
        whole = cut.cost + cost
        if count < _MOST_PARTS and (count + 1 not in after or whole < after[count + 1].cost):
            after[count + 1] = _Cut(whole, (*cut.parts, Constituent(word, start, start + length)))


def _costs(words: str) -> dict[str, int]:
    """The cost of every known word of a list, folded."""
    costs: dict[str, int] = {}
    for cost, level in enumerate(_levels(words)):
        if cost > _RAREST:
            break
        for word in level:
            if word.isalpha() and len(word) > 2:
                costs.setdefault(exact(word), cost)
    return costs


def _levels(words: str) -> Iterator[list[str]]:
    """The words of a list by their cost, from 0: msgpack, after a header."""
    # Read without importing wordfreq, which takes a third of a second to begin.
    path = distribution("wordfreq").locate_file(f"wordfreq/data/{words}.msgpack.gz")
    with gzip.open(str(path)) as file:
        unpacker = msgpack.Unpacker(file)
        # One array: a header, then a level a cost. What is rarer than is wanted is never unpacked.
        count = unpacker.read_array_header()
        unpacker.skip()
        for _ in range(count - 1):
            yield unpacker.unpack()

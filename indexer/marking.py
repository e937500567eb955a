"""Which characters of a text a query matched."""

import unicodedata
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from analyzers import characters
from analyzers.analysis import Analysis, Stream, Tier
from analyzers.analyzer import Analyzer
from indexer.chains import Places, beginnings, offsets_of
from indexer.page import Mark
from indexer.schema import Zone
from indexer.termquery import AllOf, AnyOf, Chain, Clue, Leaf, Near, Node, Source, Term, Union


class Matched(NamedTuple):
    """One token that matched: its range in code points, and the number of the query's leaf."""

    start: int
    end: int
    leaf: int


@dataclass(slots=True)
class _Sought:
    """What is sought in one zone: terms by tier, and what is made of several terms, each with its leaf."""

    terms: dict[Tier, dict[str, int]] = field(default_factory=dict)
    joined: dict[Chain | Near, int] = field(default_factory=dict)


class Marker:
    """Finds again, in the analysis of a text, what the clues of a query found in the index.

    Only what finds is marked: pieces and neighbours that merely add to a score are not matches. ``needles``
    are letters that a match probably begins with, each with its leaf; ``telling``, shape (leaves,), says how
    much a match of each leaf tells.
    """

    def __init__(self, query: Node) -> None:
        self._zones = {zone: _Sought() for zone in Zone}
        self.needles: dict[str, int] = {}
        self.telling: list[float] = []
        for number, leaf in enumerate(_positive(query)):
            self.telling.append(leaf.telling)
            for clue in leaf.clues:
                self._add(clue, number)
        self.needles = _shortest(self.needles)

    def _add(self, clue: Clue, leaf: int) -> None:
        if clue.finds:
            for source in _simple(clue.source):
                if isinstance(source, Term):
                    tier = source.field.tier
                    self._zones[source.field.zone].terms.setdefault(tier, {}).setdefault(source.text, leaf)
                else:
                    self._zones[source.terms[0].field.zone].joined.setdefault(source, leaf)
                self.needles.setdefault(_needle(source), leaf)

    def seeks(self, zone: Zone) -> bool:
        """Whether anything is sought there."""
        return bool(self._zones[zone].terms or self._zones[zone].joined)

    def found(self, text: str, analyze: Analyzer, zone: Zone) -> list[Matched]:
        """Every token of a text that matches, in text order; offsets into the text."""
        # A long text that is only to be read is not analyzed first.
        return self.matched(analyze(text), zone) if text and self.seeks(zone) else []

    def matched(self, analysis: Analysis, zone: Zone) -> list[Matched]:
        """Every token of an analysis that matches, in text order; offsets into the stored text."""
        sought = self._zones[zone]
        found = {tier: _rows_of(analysis[tier], terms) for tier, terms in sought.terms.items()}
        if sought.joined:
            places = _Places(analysis, sought.joined)
            for source, leaf in sought.joined.items():
                for tier, row in places.of(source) if isinstance(source, Chain) else places.nearest(source):
                    found.setdefault(tier, []).append((row, leaf))
        every: set[Matched] = set()
        for tier, rows in found.items():
            if rows:
                starts, ends = analysis.spans(tier, [row for row, _ in rows])
                every.update(map(Matched, starts.tolist(), ends.tolist(), (leaf for _, leaf in rows)))
        return sorted(every)


def _shortest(needles: Mapping[str, int]) -> dict[str, int]:
    """The needles without those that begin as another one of their leaf does, which finds them too."""
    kept: dict[str, int] = {}
    last: dict[int, str] = {}
    for needle, leaf in sorted(needles.items()):
        if not last.get(leaf) or not needle.startswith(last[leaf]):
            kept[needle] = leaf
            last[leaf] = needle
    return kept


class _Places:
    """Where each term of some sources stands in an analysis: its positions, and which row is at each."""

    def __init__(self, analysis: Analysis, joined: Iterable[Chain | Near]) -> None:
        by_tier: dict[Tier, set[str]] = {}
        for source in joined:
            for term in source.terms:
                by_tier.setdefault(term.field.tier, set()).add(term.text)
        self._analysis = analysis
        self._rows = {tier: _places_of(analysis[tier], texts) for tier, texts in by_tier.items()}

    def of(self, chain: Chain) -> Iterator[tuple[Tier, int]]:
        """The rows of every place where the chain stands."""
        if not all(self._positions(term) for term in chain.terms):
            return
        offsets = offsets_of(chain)
        starts = beginnings(list(offsets.items()), lambda term: self._columns(term)[0])
        tiers = {term.field.tier for term in offsets}
        lit = {tier: np.zeros(len(self._analysis[tier].ids), np.bool_) for tier in tiers}
        for term, every in offsets.items():
            positions, rows = self._columns(term)
            for offset in every:
                lit[term.field.tier][rows[np.searchsorted(positions, starts + offset)]] = True
        for tier, which in lit.items():
            yield from ((tier, row) for row in np.flatnonzero(which).tolist())

    def nearest(self, near: Near) -> Iterator[tuple[Tier, int]]:
        """The rows of the first place where the terms come nearest to each other."""
        first, second = (self._positions(term) for term in near.terms)
        others = list(second)
        pairs = (
            (place, other)
            for place in first
            for after in (bisect_left(others, place),)
            for other in others[max(0, after - 1) : after + 1]
        )
        here, there = min(pairs, key=lambda pair: abs(pair[0] - pair[1]), default=(0, near.within + 1))
        if abs(here - there) <= near.within:
            yield near.terms[0].field.tier, first[here]
            yield near.terms[1].field.tier, second[there]

    def _positions(self, term: Term) -> Mapping[int, int]:
        return self._rows[term.field.tier].get(term.text, {})

    def _columns(self, term: Term) -> tuple[Places, Places]:
        """The positions of a term, and the row at each."""
        places = self._positions(term)
        count = len(places)
        return np.fromiter(places, np.int64, count), np.fromiter(places.values(), np.int64, count)


def _places_of(stream: Stream, texts: Collection[str]) -> dict[str, dict[int, int]]:
    """By term the row at each of its positions; only these terms, and only those that stand there."""
    # A vocabulary may hold a term twice: Die and die are both die.
    numbers = [number for number, word in enumerate(stream.vocabulary) if word in texts]
    if not numbers:
        return {}
    wanted = np.zeros(len(stream.vocabulary), np.bool_)
    wanted[numbers] = True
    rows = np.flatnonzero(wanted[stream.ids])
    found: dict[str, dict[int, int]] = {}
    columns = zip(stream.ids[rows].tolist(), stream.positions[rows].tolist(), rows.tolist(), strict=True)
    for number, position, row in columns:
        found.setdefault(stream.vocabulary[number], {})[position] = row
    return found


def _rows_of(stream: Stream, terms: Mapping[str, int]) -> list[tuple[int, int]]:
    """The rows of a stream that hold one of the terms, each with its leaf."""
    leaves = np.array([terms.get(word, -1) for word in stream.vocabulary], np.int64)
    if not len(leaves):
        return []
    of_rows = leaves[stream.ids]
    rows = np.flatnonzero(of_rows >= 0)
    return list(zip(rows.tolist(), of_rows[rows].tolist(), strict=True))


def marks(matched: Iterable[Matched], text: str) -> tuple[Mark, ...]:
    """The ranges to mark: touching ones are one, and none ends between a letter and its mark."""
    merged: list[list[int]] = []
    for match in matched:
        end = match.end
        while end < len(text) and unicodedata.category(text[end])[0] == "M":
            end += 1
        if merged and match.start <= merged[-1][1]:
            merged[-1][1] = max(merged[-1][1], end)
        else:
            merged.append([match.start, end])
    return tuple((start, end) for start, end in merged)


def _positive(node: Node) -> Iterator[Leaf]:
    match node:
        case Leaf():
            yield node
        case AnyOf(nodes=nodes) | AllOf(nodes=nodes):
            for child in nodes:
                yield from _positive(child)


def _simple(source: Source) -> Iterator[Term | Chain | Near]:
    if isinstance(source, Union):
        for part in source.sources:
            yield from _simple(part)
    else:
        yield source


def _needle(source: Term | Chain | Near) -> str:
    """Letters with which a match of this source, or its longest term, probably begins, lower case."""
    term = source if isinstance(source, Term) else max(source.terms, key=lambda term: len(term.text))
    if term.field.tier not in (Tier.STEM, Tier.COMPOUND):
        return term.text
    stem = term.text.partition(":")[2]
    # The last letter of a dictionary form is its ending: 食べる, 行く, 美しい, 먹다.
    if characters.classes()[ord(stem[0])] in (characters.HAN, characters.KANA, characters.HANGUL):
        return stem[:-1] or stem
    return stem[: max(3, len(stem) - 2)]


def shifted(matched: Iterable[Matched], by: int) -> list[Matched]:
    """The matches of a slice that begins at ``by``, as matches of the whole text."""
    return [Matched(match.start + by, match.end + by, match.leaf) for match in matched]


def once(matched: Iterable[Matched]) -> list[Matched]:
    """The matches in text order, each place once: slices that overlap may both hold one."""
    places: dict[tuple[int, int], Matched] = {}
    for match in matched:
        places.setdefault((match.start, match.end), match)
    return [places[place] for place in sorted(places)]

"""A piece of a query cut as documents are cut: words, and stretches of unsegmented text."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from analyzers import characters
from analyzers.analysis import Analysis, Tier, Token
from analyzers.normal import normalize
from analyzers.registry import analyzer_for
from analyzers.runs import runs_of

_ONE_RUN = frozenset({characters.HAN, characters.KANA})


@dataclass(frozen=True, slots=True)
class Unit:
    """A step of running text: a term of ``cluster`` or of ``pair``, and its place."""

    tier: Tier
    term: str
    position: int


@dataclass(frozen=True, slots=True)
class Run:
    """A word between spaces, or a run of an unsegmented script with its words.

    ``words`` are (surface, folded term) pairs; ``units`` are what must stand one after another
    for the run to stand in a text. ``start`` is where it begins in what was cut.
    """

    text: str
    words: Sequence[tuple[str, str]]
    units: Sequence[Unit]
    unsegmented: bool
    start: int = 0

    @property
    def pieced(self) -> bool:
        """Whether it is looked up as it stands as well: a syllable of Hangul by itself stands everywhere."""
        return self.unsegmented or any(unit.tier is Tier.PAIR for unit in self.units)


@dataclass(frozen=True, slots=True)
class Quotation:
    """Folded words in their order, and units, where there is unsegmented text.

    ``worded`` says whether the words are all of it: no dictionary knows kana, so 否 is not all of 否け.
    """

    words: Sequence[str]
    units: Sequence[Unit]
    worded: bool


@lru_cache(maxsize=256)
def runs(text: str) -> tuple[Run, ...]:
    """The runs of a piece of a query, in order; remembered, since a search asks for them more than once."""
    whole = normalize(text)
    normal = whole.text
    analysis = analyzer_for("und")(normal)
    bounds = _bounds(normal)
    starts = whole.starts(np.array([start for start, _, _ in bounds], np.int64)).tolist()
    words: list[list[tuple[str, str]]] = [[] for _ in bounds]
    units: list[list[Unit]] = [[] for _ in bounds]
    for index, token in _placed(bounds, analysis.tokens(Tier.WORD)):
        words[index].append((normal[token.start : token.end], token.term))
    for index, token in _placed(bounds, _units(analysis)):
        units[index].append(_unit(token))
    return tuple(
        Run(normal[start:end], tuple(words[index]), tuple(units[index]), unsegmented, starts[index])
        for index, (start, end, unsegmented) in enumerate(bounds)
    )


def phrase(text: str) -> Quotation:
    """A quotation, cut."""
    analysis = analyzer_for("und")(normalize(text).text)
    inside = {at for word in analysis.tokens(Tier.WORD) for at in range(word.start, word.end)}
    return Quotation(
        analysis[Tier.WORD].terms,
        [_unit(token) for token in _units(analysis)],
        all(cluster.start in inside for cluster in analysis.tokens(Tier.CLUSTER)),
    )


def _bounds(text: str) -> list[tuple[int, int, bool]]:
    """Where each run begins and ends, and whether it is unsegmented; Han and kana are one run."""
    found = runs_of(text)
    bounds: list[tuple[int, int, bool]] = []
    before = 0
    columns = zip(found.starts.tolist(), found.ends.tolist(), found.classes.tolist(), strict=True)
    for start, end, number in columns:
        if bounds and number in _ONE_RUN and before in _ONE_RUN and bounds[-1][1] == start:
            bounds[-1] = (bounds[-1][0], end, True)
        else:
            bounds.append((start, end, number >= characters.FIRST_UNSEGMENTED))
        before = number
    return bounds


def _placed(bounds: Sequence[tuple[int, int, bool]], tokens: Iterable[Token]) -> Iterator[tuple[int, Token]]:
    """Each token with the number of the run that it stands in; both are in text order."""
    index = 0
    for token in tokens:
        while token.start >= bounds[index][1]:
            index += 1
        yield index, token


def _units(analysis: Analysis) -> list[Token]:
    """The pairs, and the clusters and words that no pair covers, by position."""
    pairs = list(analysis.tokens(Tier.PAIR))
    covered = {token.position for token in pairs} | {token.position + 1 for token in pairs}
    alone = (token for token in analysis.tokens(Tier.CLUSTER) if token.position not in covered)
    return sorted([*pairs, *alone], key=lambda token: token.position)


def _unit(token: Token) -> Unit:
    return Unit(token.tier, token.term, token.position)

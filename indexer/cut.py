"""A piece of a query cut as documents are cut: words, and stretches of unsegmented text."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

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
    for the run to stand in a text.
    """

    text: str
    words: Sequence[tuple[str, str]]
    units: Sequence[Unit]
    unsegmented: bool


def runs(text: str) -> Iterator[Run]:
    """The runs of a piece of a query, in order."""
    normal = normalize(text).text
    found = runs_of(normal)
    columns = list(zip(found.starts.tolist(), found.ends.tolist(), found.classes.tolist(), strict=True))
    while columns:
        start, end, number = columns.pop(0)
        while number in _ONE_RUN and columns and columns[0][0] == end and columns[0][2] in _ONE_RUN:
            end = columns.pop(0)[1]
        yield _run(normal[start:end], number >= characters.FIRST_UNSEGMENTED)


def phrase(text: str) -> tuple[Sequence[str], Sequence[Unit]]:
    """A quotation: its folded words, in order, and its units, where it holds unsegmented text."""
    analysis = analyzer_for("und")(normalize(text).text)
    return analysis[Tier.WORD].terms, _units(analysis)


def _run(text: str, unsegmented: bool) -> Run:
    analysis = analyzer_for("und")(text)
    words = [(text[token.start : token.end], token.term) for token in analysis.tokens(Tier.WORD)]
    return Run(text, words, _units(analysis), unsegmented)


def _units(analysis: Analysis) -> Sequence[Unit]:
    """The pairs, and the clusters and words that no pair covers, by position."""
    pairs = list(analysis.tokens(Tier.PAIR))
    covered = {token.position for token in pairs} | {token.position + 1 for token in pairs}
    alone = (token for token in analysis.tokens(Tier.CLUSTER) if token.position not in covered)
    return [_unit(token) for token in sorted([*pairs, *alone], key=lambda token: token.position)]


def _unit(token: Token) -> Unit:
    return Unit(token.tier, token.term, token.position)

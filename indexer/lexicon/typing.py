"""How likely a typo is: what fingers and ears confuse, in logarithms."""

from functools import cache

from rapidfuzz.distance import OSA

from indexer.lexicon import keyboards
from indexer.lexicon.words import Neighbour

#: What each edit takes from the logarithm of a word's frequency. From trials on seeded typos
#: (`python -m benchmarks.typos`); half or twice as much ranks within a percent of these.
_EDIT = -4.0
_SLIP = (
    1.5  #: a neighbouring key, a letter doubled or left out beside its like, two letters that change places
)
_FIRST = -1.5  #: the first letter is seldom wrong
_ALIKE = 3.0  #: what sounds the same


def likelihood(typed: str, near: Neighbour) -> float:
    """How likely one word is typed for another, as a logarithm."""
    meant = near.word
    weight = _EDIT * near.edits + (_ALIKE if near.alike else 0.0)
    if typed[0] != meant[0]:
        weight += _FIRST
    return weight + _SLIP * _slips(typed, meant)


def _slips(typed: str, meant: str) -> int:
    """How many of the edits are slips of a finger."""
    if len(typed) == len(meant):
        different = [place for place in range(len(typed)) if typed[place] != meant[place]]
        if len(different) == 2 and different[1] == different[0] + 1:
            first, second = different
            return 2 * (typed[first] == meant[second] and typed[second] == meant[first])
        return sum(frozenset((typed[place], meant[place])) in _touching() for place in different)
    if abs(len(typed) - len(meant)) == 1 and OSA.distance(typed, meant) == 1:
        longer, shorter = sorted((typed, meant), key=len, reverse=True)
        return int(
            any(
                longer[place] == longer[place + 1] and longer[:place] + longer[place + 1 :] == shorter
                for place in range(len(shorter))
            )
        )
    return 0


@cache
def _touching() -> frozenset[frozenset[str]]:
    """Pairs of letters on keys that touch, on any keyboard."""
    return frozenset(keyboards.touching())

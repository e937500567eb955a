"""Words that differ from one by a typo: found among all by their letters, then measured one by one.

A word's *signature* has a bit for each letter that it holds. One edit adds one letter and takes one
away at the most, so words whose signatures differ by more need not be measured; half a million
signatures are compared in a millisecond, and nothing but the words has to be kept for it. An index of
deletions (SymSpell) is no faster to ask, and takes seconds to build and ten times the room.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analyzers.characters import codes

#: From this many code points on, a word may differ by two edits.
LONG = 6
_LATIN_A, _LATIN = ord("a"), 26


def tolerance(word: str) -> int:
    """How many edits may lie between a word and what was meant by it."""
    return 0 if len(word) < 2 else 1 if len(word) < LONG else 2


def signatures_of(words: Sequence[str]) -> NDArray[np.uint64]:
    """The letters of each word as bits, shape (words,)."""
    if not words:
        return np.zeros(0, np.uint64)
    bits = np.left_shift(np.uint64(1), _bit_of(codes("".join(words))))
    lengths = np.fromiter(map(len, words), np.int64, len(words))
    return np.bitwise_or.reduceat(bits, np.cumsum(lengths) - lengths)


def lengths_of(words: Sequence[str]) -> NDArray[np.int64]:
    """The length of each word in code points, shape (words,)."""
    return np.fromiter(map(len, words), np.int64, len(words))


def likely(word: str, edits: int, signatures: NDArray[Any], lengths: NDArray[Any]) -> NDArray[np.int64]:
    """Which words may lie within so many edits of one; all that do, and a few that do not."""
    own = signatures_of([word])[0]
    # All are looked at once, and what little is left by every rule.
    places = np.flatnonzero(np.bitwise_count(signatures ^ own) <= 2 * edits)
    some, sizes = signatures[places], lengths[places]
    near = np.bitwise_count(some & ~own) <= edits
    near &= np.bitwise_count(own & ~some) <= edits
    near &= (sizes >= max(0, len(word) - edits)) & (sizes <= len(word) + edits)
    return np.asarray(places[near])


def _bit_of(letters: NDArray[np.uint32]) -> NDArray[np.uint64]:
    """The bit of each letter: one of its own for a to z, one of the other 38 for all else."""
    latin = letters - np.uint32(_LATIN_A)
    other = (letters * np.uint32(2_654_435_761) >> np.uint32(16)) % np.uint32(64 - _LATIN) + np.uint32(_LATIN)
    return np.where(latin < _LATIN, latin, other).astype(np.uint64)

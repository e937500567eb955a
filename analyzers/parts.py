"""Pieces of unsegmented text: every grapheme cluster, and every two that touch.

A stretch of text stands in a document exactly where its pairs stand one after another, so pairs
with positions find any piece of a text, however words were cut. Single clusters find what is one
cluster long. In a text that has unsegmented runs the words between them (2024 in 2024年) are
units too, so a quotation can run across both. Hangul has spaces and pieces: its syllables are units.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analyzers import characters, han
from analyzers.analysis import EMPTY, Numbering, Stream
from analyzers.folding import Memo, fold
from analyzers.normal import Offsets
from analyzers.runs import Runs

_folded = Memo(fold)


@dataclass(frozen=True, slots=True)
class Units:
    """Clusters and words in text order: columns of shape (n,), and whether unit i touches i + 1.

    ``ids`` index ``vocabulary``. ``joined`` is true where both are clusters of one unsegmented run; Han
    and kana are one run.
    """

    vocabulary: Sequence[str]
    ids: Offsets
    starts: Offsets
    ends: Offsets
    joined: NDArray[np.bool_]


def units_of(text: str, runs: Runs) -> Units:
    """The units of a normal text."""
    starts, ends, scripts = _bounds(runs)
    simple = han.simplified_characters(text)
    # Most clusters are one character, and a character is a number already.
    long = np.flatnonzero(ends - starts > 1)
    numbering = Numbering()
    bounds = zip(starts[long].tolist(), ends[long].tolist(), strict=True)
    numbers = numbering.of([simple[start:end] for start, end in bounds])
    ids = characters.codes(simple)[starts].astype(np.int64) + len(numbering)
    ids[long] = numbers
    distinct, ids = _distinct(ids)
    slices = list(numbering)
    vocabulary = [
        _folded[slices[number] if number < len(slices) else chr(number - len(slices))]
        for number in distinct.tolist()
    ]
    joined = np.zeros(len(starts), np.bool_)
    joined[:-1] = (ends[:-1] == starts[1:]) & (scripts[:-1] == scripts[1:]) & (scripts[:-1] > 0)
    return Units(vocabulary, ids, starts, ends, joined)


def streams_of(units: Units) -> tuple[Stream, Stream]:
    """The clusters and the pairs."""
    clusters = Stream(units.vocabulary, units.ids, units.starts, units.ends, np.arange(len(units.ids)))
    first = np.flatnonzero(units.joined)
    if not len(first):
        return clusters, EMPTY
    count = len(units.vocabulary)
    distinct, ids = np.unique(units.ids[first] * count + units.ids[first + 1], return_inverse=True)
    pairs = [units.vocabulary[pair // count] + units.vocabulary[pair % count] for pair in distinct.tolist()]
    return clusters, Stream(pairs, ids, units.starts[first], units.ends[first + 1], first)


def _distinct(numbers: Offsets) -> tuple[Offsets, Offsets]:
    """The distinct ones of numbers from 0 on, ascending, and for each number which of them it is."""
    # Far fewer code points than characters: marking beats sorting.
    occurs = np.zeros(int(numbers.max()) + 1 if len(numbers) else 0, np.bool_)
    occurs[numbers] = True
    return np.flatnonzero(occurs), (np.cumsum(occurs) - 1)[numbers]


def _bounds(runs: Runs) -> tuple[Offsets, Offsets, NDArray[np.int64]]:
    """Starts and ends of the units, and the script of each (0 for a word)."""
    pieced = (runs.classes >= characters.FIRST_UNSEGMENTED) | (runs.classes == characters.HANGUL)
    lengths = np.where(pieced, runs.ends - runs.starts, 1)
    run = np.repeat(np.arange(len(lengths)), lengths)
    inside = np.arange(len(run)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    starts = runs.starts[run] + inside
    scripts = np.where(pieced[run], runs.classes[run].astype(np.int64), 0)
    begins = (inside == 0) | ~characters.extenders()[runs.codes[starts]]
    if (runs.classes == characters.HANGUL).any():
        begins &= ~_inside_other_letters(runs, run, starts, scripts)
    starts, run, scripts = starts[begins], run[begins], scripts[begins]
    ends = runs.ends[run]
    same = run[1:] == run[:-1]
    ends[:-1][same] = starts[1:][same]
    scripts[scripts == characters.KANA] = characters.HAN
    return starts, ends, scripts


def _inside_other_letters(
    runs: Runs, run: Offsets, starts: Offsets, scripts: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """Which characters continue the letters or digits that stand beside Hangul in a word: one unit.

    Their script is set to 0. Syllables that are spelled by letter are units too (UAX #29, GB6 to GB8).
    """
    codes = runs.codes[starts]
    hangul = characters.classes()[codes] == characters.HANGUL
    other = (scripts == characters.HANGUL) & ~hangul
    scripts[other] = 0
    jamo = characters.jamo()[codes]
    spelled = (jamo[:-1] == characters.INITIAL) | (jamo[1:] == characters.FOLLOWING)
    continues = np.zeros(len(starts), np.bool_)
    continues[1:] = (other[1:] & other[:-1]) | (spelled & hangul[1:] & hangul[:-1])
    continues[1:] &= run[1:] == run[:-1]
    return continues

"""A text as runs of one class, on grapheme boundaries: words, pictographs, unsegmented scripts."""

from dataclasses import dataclass

import numpy as np
import regex
from numpy.typing import NDArray

from analyzers import characters
from analyzers.normal import Offsets

# Names in which punctuation is a letter, if they stand alone: C++, C#, F#; but i#1 is none.
_SIGNS = regex.compile(r"\+\+|#")
_SIGNED = regex.compile(r"[A-Za-z](?:\+\+|#(?![\p{Latin}\p{N}_]))(?!\p{M})")
#: The first of the letters that two by two are a flag, and the last.
_REGIONAL = (0x1F1E6, 0x1F1FF)


@dataclass(frozen=True, slots=True)
class Runs:
    """Runs in text order, as columns of shape (n,); what lies between them is never searched for.

    ``classes`` are numbers of `analyzers.characters`. ``codes`` are the code points of the text.
    """

    starts: Offsets
    ends: Offsets
    classes: NDArray[np.uint8]
    codes: NDArray[np.uint32]

    @property
    def segmented(self) -> bool:
        """Whether every run is a word already."""
        return not bool((self.classes >= characters.FIRST_UNSEGMENTED).any())

    def chosen(self, kept: NDArray[np.bool_]) -> "Runs":
        """Some of the runs."""
        return Runs(self.starts[kept], self.ends[kept], self.classes[kept], self.codes)


def runs_of(text: str) -> Runs:
    """The runs of a normal text."""
    codes = characters.codes(text)
    classes = characters.classes()[codes]
    inherited = classes == characters.INHERITED
    if inherited.any():
        owner = np.where(inherited, 0, np.arange(len(codes)))
        classes = classes[np.maximum.accumulate(owner)]
        classes[classes == characters.INHERITED] = characters.OTHER  # a mark with nothing before it
    begins = np.ones(len(codes), np.bool_)
    begins[1:] = classes[1:] != classes[:-1]
    pictures = classes == characters.PICTOGRAPH
    if pictures.any():
        begins |= pictures & ~characters.extenders()[codes]
        regional = (codes >= _REGIONAL[0]) & (codes <= _REGIONAL[1])
        if regional.any():
            begins[1:] &= ~_second_of_flags(regional)[1:]
    starts = np.flatnonzero(begins)
    ends = np.append(starts[1:], len(codes))
    kept = classes[starts] != characters.OTHER if len(codes) else np.zeros(0, np.bool_)
    starts, ends = starts[kept], ends[kept]
    if "++" in text or "#" in text:
        ends = _signed(text, starts, ends)
    return Runs(starts, ends, classes[starts], codes)


def _second_of_flags(regional: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Whether a character is the second of a flag's two (UAX #29, rules GB12 and GB13)."""
    indices = np.arange(len(regional))
    before = np.maximum.accumulate(np.where(regional, -1, indices))
    second: NDArray[np.bool_] = regional & ((indices - before) % 2 == 0)
    return second


def _signed(text: str, starts: Offsets, ends: Offsets) -> Offsets:
    ends = ends.copy()
    for sign in _SIGNS.finditer(text):
        match = _SIGNED.match(text, max(0, sign.start() - 1))
        run = int(np.searchsorted(starts, sign.start() - 1))
        if match and (starts[run : run + 1] == match.start()).any():
            ends[run] = match.end()
    return ends

"""A text as runs of one class, on grapheme boundaries: words, pictographs, unsegmented scripts."""

import re
from dataclasses import dataclass
from functools import cache

import numpy as np
import regex
from numpy.typing import NDArray

from analyzers import characters, han
from analyzers.normal import Offsets

# Names in which punctuation is a letter, if they stand alone: C++, C#, F#; but i#1 is none.
_SIGNS = re.compile(r"\+\+|#")
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

    @property
    def pieced(self) -> bool:
        """Whether pieces of a run are looked up as well."""
        return not self.segmented or bool((self.classes == characters.HANGUL).any())

    def chosen(self, kept: NDArray[np.bool_]) -> "Runs":
        """Some of the runs."""
        return Runs(self.starts[kept], self.ends[kept], self.classes[kept], self.codes)

    def japanese(self, *, every: bool) -> "Runs":
        """The runs with Han and kana that touch as one of class `KANA`, Han alone too, where it is Japanese.

        ``every`` says that all of it is; otherwise kana and characters of Japan's own must outnumber
        those that are China's alone (我爱の鲜奶 is Chinese still).
        """
        cjk = (self.classes == characters.HAN) | (self.classes == characters.KANA)
        if not cjk.any():
            return self
        touching = np.zeros(len(cjk), np.bool_)
        touching[1:] = cjk[1:] & cjk[:-1] & (self.starts[1:] == self.ends[:-1])
        group = np.cumsum(~touching) - 1
        ends = self.ends[np.append(np.flatnonzero(~touching)[1:] - 1, len(cjk) - 1)]
        chosen = cjk[~touching]
        if not every:
            before = np.concatenate([[0], np.cumsum(_leanings()[self.codes], dtype=np.int64)])
            chosen &= before[ends] > before[self.starts[~touching]]
        # A group that is not chosen stays the runs that it was.
        kept = ~touching | ~chosen[group]
        in_chosen = chosen[group][kept]
        return Runs(
            self.starts[kept],
            np.where(in_chosen, ends[group][kept], self.ends[kept]),
            np.where(in_chosen, np.uint8(characters.KANA), self.classes[kept]),
            self.codes,
        )

    def numbers_apart(self, unknown: NDArray[np.bool_]) -> "Runs":
        """The runs, with numbers as words where nobody knows the words around them: ២០២៤ is 2024.

        ``unknown`` says of each class of characters whether it is one of these.
        """
        those = unknown[self.classes]
        if not those.any():
            return self
        inside = np.zeros(len(self.codes) + 1, np.int8)
        inside[self.starts[those]] += 1
        inside[self.ends[those]] -= 1
        digits = characters.digits()[self.codes] & (np.cumsum(inside[:-1]) > 0)
        turns = np.flatnonzero((digits[1:] != digits[:-1]) & ~characters.extenders()[self.codes[1:]]) + 1
        starts = np.union1d(self.starts, turns)
        run = np.searchsorted(self.starts, starts, side="right") - 1
        kept = (run >= 0) & (starts < self.ends[run])
        starts, run = starts[kept], run[kept]
        ends = np.minimum(self.ends[run], np.append(starts[1:], len(self.codes)))
        return Runs(
            starts, ends, np.where(digits[starts], np.uint8(characters.WORD), self.classes[run]), self.codes
        )


@cache
def _leanings() -> NDArray[np.int8]:
    """1 for what Japanese alone writes, -1 for what Chinese alone does; shape (0x110000,)."""
    leanings = han.leanings().copy()
    leanings[characters.classes() == characters.KANA] = 1
    return leanings


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
    # A word may hold Hangul and other letters: 서울2호선, NATO는.
    kinds = np.where(classes == characters.HANGUL, characters.WORD, classes)
    begins[1:] = kinds[1:] != kinds[:-1]
    pictures = classes == characters.PICTOGRAPH
    if pictures.any():
        begins |= pictures & ~characters.extenders()[codes]
        regional = (codes >= _REGIONAL[0]) & (codes <= _REGIONAL[1])
        if regional.any():
            begins[1:] &= ~_second_of_flags(regional)[1:]
    starts = np.flatnonzero(begins)
    ends = np.append(starts[1:], len(codes))
    # Of the two classes Hangul is the higher.
    classes = np.maximum.reduceat(classes, starts) if len(codes) else classes
    kept = classes != characters.OTHER
    starts, ends, classes = starts[kept], ends[kept], classes[kept]
    if "++" in text or "#" in text:
        ends = _signed(text, starts, ends)
    return Runs(starts, ends, classes, codes)


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

"""The text that is cut: no invisible characters, Thai and Lao marks in one order.

This happens before cutting, to documents and queries alike, because it changes where letters
and words begin: a dictionary does not know a word with a zero-width space in it, and sara am
written as two characters is a cluster more. What only changes how a term is spelled (case,
width, accents) waits for `analyzers.folding`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np
import regex
from numpy.typing import NDArray

from analyzers import characters

Offsets = NDArray[np.int64]

# Default ignorable code points: zero-width space and joiners, soft hyphen, BOM, variation selectors,
# bidirectional controls. The fillers of Hangul are ignorable too, but stand for a letter, and stay.
_INVISIBLE = regex.compile(r"[\p{Default_Ignorable_Code_Point}--[\u115f\u1160\u3164\uffa0]]+", regex.V1)

_MARKS = r"[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ece]"


def _marks(marks: str, nikhahit: str, aa: str, am: str, e: str) -> str:
    """A run of marks above and below, with the sara am it stands around, written as one or two; doubled e.

    A sara aa that stays one is no part of it, and keeps its own place. Nothing is tried twice. The marks of
    several sara am in a row are those of all: moved within each, they would move on the next time.
    """
    return rf"(?:{_around(marks, nikhahit, aa, am)})++|{marks}++|{e}{e}"


def _around(marks: str, nikhahit: str, aa: str, am: str) -> str:
    """One sara am, written as one or two, with the marks around it."""
    two = rf"(?:(?!{nikhahit}){marks})*+{nikhahit}{marks}*+{aa}{marks}*+"
    return rf"{two}|{marks}*+{am}{marks}*+"


# A mark does not change places with one of the other script.
_THAI = r"[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]", "\u0e4d", "\u0e32", "\u0e33"
_LAO = r"[\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ece]", "\u0ecd", "\u0eb2", "\u0eb3"
_THAI_LAO = regex.compile(_marks(*_THAI, "\u0e40") + "|" + _marks(*_LAO, "\u0ec0"))
_AN_AM_OF_IT = regex.compile(_around(*_THAI) + "|" + _around(*_LAO))
# Most runs of marks are regular: one vowel, then one tone mark. The pass is made where one is not.
_VOWEL = r"[\u0e31\u0e34-\u0e3a\u0e47\u0e4d\u0e4e\u0eb1\u0eb4-\u0ebc\u0ecd\u0ece]"
_TONE = r"[\u0e48-\u0e4c\u0ec8-\u0ecc]"
_IRREGULAR = regex.compile(
    rf"{_TONE}{_MARKS}|{_VOWEL}{_VOWEL}|[\u0e4d\u0ecd]{_TONE}*[\u0e32\u0eb2]|[\u0e33\u0eb3]{_MARKS}"
    r"|\u0e40\u0e40|\u0ec0\u0ec0"
)
_NIKHAHIT = "\u0e4d\u0ecd"
_AM = {"\u0e32": "\u0e33", "\u0eb2": "\u0eb3"}
_VOWELS = frozenset((*_AM, *_AM.values()))
_LAST = frozenset("\u0e48\u0e49\u0e4a\u0e4b\u0e4c\u0ec8\u0ec9\u0eca\u0ecb\u0ecc")  # tone marks, thanthakhat


@dataclass(frozen=True)
class _Step:
    """One pass over a text: ``edits`` are (start, length, new length), in order and apart."""

    edits: tuple[tuple[int, int, int], ...]

    @cached_property
    def _columns(self) -> tuple[Offsets, Offsets, Offsets, Offsets]:
        start, length, new = np.array(self.edits, np.int64).T
        new_start = start + np.concatenate([[0], np.cumsum(new - length)[:-1]])
        return new_start, new_start + new, start, start + length

    def origins(self, indices: Offsets, *, ends: bool) -> Offsets:
        """Where the characters at ``indices`` begin (or end) in the text before this pass."""
        new_start, new_stop, start, stop = self._columns
        edit = np.searchsorted(new_start, indices, side="right") - 1
        after = indices - new_stop[edit] + stop[edit] + ends
        inside = np.where(ends, stop[edit], start[edit])
        moved = np.where(indices < new_stop[edit], inside, after)
        return np.where(edit < 0, indices + ends, moved)


@dataclass(frozen=True, slots=True)
class Normal:
    """A normal form and the way back from its offsets, in code points, to the stored text's."""

    text: str
    steps: tuple[_Step, ...] = ()

    def starts(self, indices: Offsets) -> Offsets:
        """Where in the stored text the characters at these normal offsets begin."""
        for step in reversed(self.steps):
            indices = step.origins(indices, ends=False)
        return indices

    def ends(self, indices: Offsets) -> Offsets:
        """Where in the stored text the characters that end at these normal offsets end."""
        for step in reversed(self.steps):
            indices = step.origins(indices - 1, ends=True)
        return indices


def normalize(text: str) -> Normal:
    """The normal form of a text that is NFC already."""
    if text.isascii():
        return Normal(text)
    normal = _rewritten(Normal(text), _INVISIBLE, lambda _: "")
    return _rewritten(normal, _THAI_LAO, _regular_marks) if _IRREGULAR.search(normal.text) else normal


def normal_forms(texts: Sequence[str]) -> list[str]:
    """The normal forms of many texts that are NFC already, at the cost of those that are not normal yet."""
    forms = list(texts)
    kinds = _kinds()[characters.codes("\n".join(texts))]
    pairs = kinds << 3 | np.append(kinds[1:], np.uint8(0))
    ends = np.cumsum([len(text) + 1 for text in texts])
    places = np.flatnonzero(_suspect()[pairs])
    for number in np.unique(np.searchsorted(ends, places, side="right")).tolist():
        forms[number] = normalize(texts[number]).text
    return forms


#: Kinds of characters that a text may not be normal for: the invisible, and what `_IRREGULAR` is made of.
_SEEN, _UNSEEN, _A_VOWEL, _A_TONE, _A_NIKHAHIT, _AN_AA, _AN_AM, _AN_E = range(8)


@cache
def _kinds() -> NDArray[np.uint8]:
    """The kind of every character, shape (0x110000,)."""
    table = np.full(0x110000, _SEEN, np.uint8)
    for match in _INVISIBLE.finditer(characters.every()):
        table[match.start() : match.end()] = _UNSEEN
    # Beyond the last row of `every`: a block of selectors and tags, all of it ignorable.
    table[0xE0000:0xE1000] = _UNSEEN
    for kind, pattern in (
        (_A_VOWEL, _VOWEL),
        (_A_TONE, _TONE),
        (_A_NIKHAHIT, f"[{_NIKHAHIT}]"),
        (_AN_AA, "[\u0e32\u0eb2]"),
        (_AN_AM, "[\u0e33\u0eb3]"),
        (_AN_E, "[\u0e40\u0ec0]"),
    ):
        table[[ord(mark) for mark in map(chr, range(0xE00, 0xF00)) if regex.match(pattern, mark)]] = kind
    return table


@cache
def _suspect() -> NDArray[np.bool_]:
    """Whether a text that has one kind of character before another may not be normal, shape (64,)."""
    table = np.zeros((8, 8), np.bool_)
    vowels, marks = [_A_VOWEL, _A_NIKHAHIT], [_A_VOWEL, _A_TONE, _A_NIKHAHIT]
    table[_UNSEEN] = True
    table[_A_TONE, marks] = table[_AN_AM, marks] = table[_A_VOWEL, vowels] = table[_AN_E, _AN_E] = True
    # A nikhahit and a sara aa may have tone marks between them.
    table[_A_NIKHAHIT, [*marks, _AN_AA]] = True
    return table.ravel()


def _rewritten(normal: Normal, pattern: "regex.Pattern[str]", regular: Callable[[str], str]) -> Normal:
    text, pieces, edits, cursor = normal.text, [], [], 0
    for match in pattern.finditer(text):
        found = match.group()
        wanted = regular(found)
        if wanted != found:
            start, stop = match.span()
            pieces += [text[cursor:start], wanted]
            edits.append((start, stop - start, len(wanted)))
            cursor = stop
    if not edits:
        return normal
    return Normal("".join([*pieces, text[cursor:]]), (*normal.steps, _Step(tuple(edits))))


def _regular_marks(run: str) -> str:
    """Vowels before tone marks, each once; nikhahit and sara aa as sara am, after the tone mark."""
    if run in ("\u0e40\u0e40", "\u0ec0\u0ec0"):
        return chr(ord(run[0]) + 1)  # sara ae
    if _VOWELS.isdisjoint(run):
        return _ordered(run)
    marks, vowels = "", ""
    for match in _AN_AM_OF_IT.finditer(run):
        vowel = next(character for character in match.group() if character in _VOWELS)
        before, _, after = match.group().partition(vowel)
        if vowel in _AM:
            before = before.translate({ord(mark): None for mark in _NIKHAHIT})
        marks += before + after
        vowels += _AM.get(vowel, vowel)
    return _ordered(marks) + vowels


def _ordered(marks: str) -> str:
    return "".join(sorted(dict.fromkeys(marks), key=_LAST.__contains__))

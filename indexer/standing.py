"""Which of many strings stand in a text: plain substring search, for a check that trusts no index.

Texts are searched in the one form that Serai promises (width, Traditional and Simplified, digits, Thai and
Lao marks in any order), made here from Unicode's data and OpenCC's tables and not by the analyzers.
"""

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache

import numpy as np
import opencc
import regex
from numpy.typing import NDArray

from indexer.drawing import UNSEGMENTED, composed, normal

#: Texts are searched so many code points at a time, which bounds memory.
_BLOCK = 1 << 20
#: A key is so many code points of a string, each in so many bits.
_KEY, _BITS = 3, 21

_HAN = regex.compile(r"\p{Han}")
_DIGIT = regex.compile(r"[\p{Nd}--[0-9]]", regex.V1)
_ACCENTS = regex.compile(r"[\p{Mn}&&\p{Script=Inherited}]+", regex.V1)
_MARKS = regex.compile(r"[\u0e31\u0e33-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb3-\u0ebc\u0ec8-\u0ece]{2,}")


def standing(strings: Collection[str], texts: Iterable[str]) -> set[str]:
    """Those of the strings, that stand in any text, in any spelling."""
    spelled = {string: spellings(string) for string in strings}
    search = _Search({form for forms in spelled.values() for form in forms})
    for block in _blocks(texts):
        search.look(block)
    return {string for string, forms in spelled.items() if forms & search.found}


def spellings(text: str) -> set[str]:
    """The one form of a text, or two: Traditional becomes Simplified a character or a phrase at a time."""
    plain = unicodedata.normalize("NFKC", normal(text))
    plain = _DIGIT.sub(lambda digit: str(unicodedata.decimal(digit.group())), composed(plain))
    plain = _MARKS.sub(lambda marks: "".join(sorted(set(marks.group()))), _ACCENTS.sub("", plain))
    if not _HAN.search(plain):
        return {plain}
    phrases: str = _simplifier().convert(plain)
    return {"".join(map(_simple, plain)), "".join(map(_simple, phrases))}


@cache
def _simplifier() -> "opencc.OpenCC":
    return opencc.OpenCC("t2s")


@cache
def _simple(character: str) -> str:
    simple: str = _simplifier().convert(character)
    return simple


def _blocks(texts: Iterable[str]) -> Iterator[str]:
    """The forms of the texts that hold an unsegmented script, a line each, as blocks of bounded length."""
    lines: list[str] = []
    size = 0
    for text in texts:
        if UNSEGMENTED.search(text):
            # A book is cut between lines, where no stretch can stand.
            for start, end in _lines(text):
                lines += spellings(text[start:end])
                size += end - start
                if size >= _BLOCK:
                    yield "\n".join(lines)
                    lines, size = [], 0
    yield "\n".join(lines)


def _lines(text: str) -> Iterator[tuple[int, int]]:
    """Ranges of whole lines, together the text, each of about a block at most."""
    start = 0
    while start < len(text):
        end = text.rfind("\n", start, start + _BLOCK) + 1 if len(text) - start > _BLOCK else len(text)
        end = end or (text.find("\n", start + _BLOCK) + 1 or len(text))
        yield start, end
        start = end


class _Search:
    """Looks for many strings at once: numpy finds where a key of theirs stands, there they are compared."""

    def __init__(self, strings: Collection[str]) -> None:
        self.found: set[str] = set()
        # Of a string's keys the one that fewest others hold: common beginnings are not compared in vain.
        counts = Counter(key for string in strings for key in _keys(string).tolist())
        self._sought: dict[int, dict[int, list[tuple[str, int]]]] = {
            width: defaultdict(list) for width in range(1, _KEY + 1)
        }
        for string in strings:
            keys = _keys(string).tolist()
            at = min(range(len(keys)), key=lambda place: counts[keys[place]])
            self._sought[min(len(string), _KEY)][keys[at]].append((string, at))

    def look(self, text: str) -> None:
        """Find which of the strings stand in a text."""
        for width, sought in self._sought.items():
            self._look(text, width, sought)

    def _look(self, text: str, width: int, sought: Mapping[int, list[tuple[str, int]]]) -> None:
        keys, wanted = _keys(text, width), np.sort(np.array(list(sought), np.int64))
        if not len(wanted):
            return
        nearest = np.minimum(np.searchsorted(wanted, keys), len(wanted) - 1)
        places = np.flatnonzero(wanted[nearest] == keys)
        for place, key in zip(places.tolist(), keys[places].tolist(), strict=True):
            for string, at in sought[key]:
                if string not in self.found and text.startswith(string, max(0, place - at)):
                    self.found.add(string)


def _keys(text: str, width: int = _KEY) -> NDArray[np.int64]:
    """The key of every place of a text that is followed by enough of it, shape (places,)."""
    codes = np.frombuffer(text.encode("utf-32-le"), "<u4").astype(np.int64)
    width = min(width, len(codes))
    places = len(codes) - width + 1
    keys = np.zeros(places, np.int64)
    for step in range(width):
        keys = (keys << _BITS) | codes[step : step + places]
    return keys

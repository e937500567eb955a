"""One form for many spellings: width, case, accents, digits, Traditional and Simplified.

Folding changes what a term is, never where it stands: it works on terms that have been cut, so
offsets are not its business. `exact` keeps accents, which stemmers need; `fold` is what the index
holds. Both are pure functions of one string, and are called once a distinct string.
"""

import re
import unicodedata
from collections.abc import Callable
from functools import cache, lru_cache
from typing import Generic, TypeVar

import regex

from analyzers import characters

# Letters that Unicode does not decompose and that a keyboard without them writes otherwise.
# Source: Lucene's ASCIIFoldingFilter, as far as casefolded letters go.
_LETTERS = str.maketrans(
    {"æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "ł": "l", "ŧ": "t", "þ": "th"}
)

# Arabic script as Arabic, Persian and Urdu keyboards type it. Source: Lucene's ArabicNormalizer and
# PersianNormalizer. Tatweel stretches a word and is no letter.
_ARABIC = str.maketrans(
    {"ى": "ي", "ی": "ي", "ې": "ي", "ک": "ك", "ہ": "ه", "ھ": "ه", "ة": "ه", "ە": "ه", "ـ": None}
)

# Devanagari: nukta is often left out, and chandrabindu written as anusvara. Source: Lucene's HindiNormalizer.
_DEVANAGARI = str.maketrans({"\u093c": None, "\u0901": "\u0902"})

# Marks go only where they are accents or optional vowel points. Thai, Indic and kana marks are letters:
# without them ขัน (bowl) is ขน (hair). й and ї are letters of their own, and ё is not.
_MARKED = regex.compile(
    r"[\p{Latin}\p{Greek}\p{Cyrillic}\p{Arabic}\p{Hebrew}--[йї]][\p{Mn}\p{Emoji_Modifier}--[\u0306\u0308]]*"
    r"|[\p{Script=Inherited}\p{Arabic}\p{Hebrew}&&\p{Mn}]+|\p{Emoji_Modifier}+",
    regex.V1,
)
_MARKS = regex.compile(r"[\p{Mn}\p{Emoji_Modifier}]+")
_SPACE = regex.compile(r"\s+")

# What compatibility forms and case folding take apart: Thai and Lao am, and the i of İ with its dot.
_APART = (("\u0e4d\u0e32", "\u0e33"), ("\u0ecd\u0eb2", "\u0eb3"), ("i\u0307", "i"))


def exact(term: str) -> str:
    """Compatibility form, case and digits folded; accents stay."""
    if term.isascii():
        return term.lower()
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", term).casefold())
    for apart, together in _APART:
        folded = folded.replace(apart, together)
    if _digits().search(folded):
        folded = "".join(map(_digit, folded))
    return folded if folded.split() == [folded] else _SPACE.sub("", folded)


def fold(term: str) -> str:
    """The form that the index holds: `exact`, and accents and optional marks gone."""
    return unaccented(exact(term))


def unaccented(term: str) -> str:
    """A term that is `exact` already, without accents and optional marks."""
    if term.isascii() or not _altered().search(term):
        return term
    plain = _MARKED.sub(_without_marks, term).translate(_LETTERS).translate(_ARABIC).translate(_DEVANAGARI)
    # A term of marks alone (a lone vowel point) is still written there.
    return plain or term


# What most words hold none of is looked for first: Python's own expressions do so several times as fast.


@cache
def _digits() -> "re.Pattern[str]":
    """The digits that are not ASCII's."""
    return characters.any_of(r"[\p{Nd}--[0-9]]")


@cache
def _altered() -> "re.Pattern[str]":
    """Whatever `unaccented` may alter, or strip of marks."""
    letters = "".join(map(chr, (*_LETTERS, *_ARABIC, *_DEVANAGARI)))
    return characters.any_of(
        rf"[\p{{Latin}}\p{{Greek}}\p{{Cyrillic}}\p{{Arabic}}\p{{Hebrew}}\p{{Emoji_Modifier}}{letters}"
        r"[\p{Script=Inherited}&&\p{Mn}]]"
    )


def _without_marks(match: "regex.Match[str]") -> str:
    return _bare(match[0])


# A corpus holds few letters with marks, many times.
@lru_cache(maxsize=4_096)
def _bare(letters: str) -> str:
    decomposed = unicodedata.normalize("NFD", letters)
    return unicodedata.normalize("NFC", _MARKS.sub("", decomposed))


def _digit(character: str) -> str:
    value = unicodedata.decimal(character, -1)
    return character if value < 0 else str(value)


#: What a function of one string answers.
Value = TypeVar("Value")


class Memo(dict[str, Value], Generic[Value]):
    """A function of one string, remembered: twelve million words hold few distinct ones.

    Emptied when it holds ``limit`` strings, so that a corpus of rare words cannot fill memory.
    """

    def __init__(self, function: Callable[[str], Value], limit: int = 500_000) -> None:
        super().__init__()
        self._function = function
        self._limit = limit

    def __missing__(self, term: str) -> Value:
        if len(self) >= self._limit:
            self.clear()
        result = self[term] = self._function(term)
        return result

"""Sub-words by script: where a word changes from letters to digits, or from one script to another."""

import re
from functools import cache

import regex

from analyzers import characters

# Where a word changes from letters to digits, or from one script to another, and where its signs begin. Marks
# with no letter before them are no part of a piece, and a number that is no digit (½, ②) is one of its own:
# so UAX #29 cuts, and who types either finds the word.
_PIECES = regex.compile(
    r"(?:[\p{Nd}\p{Nl}]\p{M}*)+|\p{No}\p{M}*|(?:\p{Latin}\p{M}*)+|(?:\p{Hangul}\p{M}*)+|(?:\p{Cyrillic}\p{M}*)+"
    r"|[\p{Alphabetic}--[\p{M}\p{N}\p{Latin}\p{Hangul}\p{Cyrillic}]]"
    r"[\p{Alphabetic}\p{M}--[\p{N}\p{Latin}\p{Hangul}\p{Cyrillic}]]*",
    regex.V1,
)


def pieces_of(word: str) -> list[tuple[int, int]]:
    """The sub-words of a word of letters and digits, if it changes from one to the other."""
    if (word.isascii() and word.isalpha()) or _one_script(word):
        return []
    pieces = [match.span() for match in _PIECES.finditer(word)]
    return pieces if pieces != [(0, len(word))] else []


def _one_script(word: str) -> bool:
    """Whether a word is letters of one kind at first sight: most are, and need no cutting."""
    if _latin().fullmatch(word) is not None:
        return True
    # Marks that no letter carries are no part of the word behind them.
    return not _cut_beside().search(word) and not _mark().match(word)


@cache
def _latin() -> "re.Pattern[str]":
    """Words of Latin letters alone, without marks of their own."""
    return re.compile(characters.any_of(r"[\p{Latin}&&\p{L}]").pattern + "+")


@cache
def _mark() -> "re.Pattern[str]":
    return characters.any_of(r"\p{M}")


@cache
def _cut_beside() -> "re.Pattern[str]":
    """Whatever `_PIECES` may cut a word beside."""
    return characters.any_of(r"[[^\p{L}\p{M}]\p{Latin}\p{Hangul}\p{Cyrillic}]")

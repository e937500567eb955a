"""What each character is to a tokenizer: part of a word, of an unsegmented script, or neither.

One table of a byte a code point, looked up for a whole text at once.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache

import numpy as np
import regex
from numpy.typing import NDArray

#: Nothing that is searched for: space, punctuation, most symbols.
OTHER = 0
#: Letters, digits and marks of scripts that put spaces between words.
WORD = 1
#: A mark that belongs to whatever stands before it.
INHERITED = 2
#: Emoji and other pictographs: each is a word (with its skin tone; a flag is two characters).
PICTOGRAPH = 3
#: Letters of Hangul: words stand between spaces, and pieces of them are looked up as well.
HANGUL = 4

#: Scripts written without spaces between words, by class: Han and kana, and the scripts whose
#: line breaks need a dictionary (UAX #14, class SA). Unicode property values.
UNSEGMENTED: Mapping[int, str] = {
    8: "Han",
    9: "Kana",
    10: "Thai",
    11: "Lao",
    12: "Khmer",
    13: "Myanmar",
    14: "Tai_Le",
    15: "New_Tai_Lue",
    16: "Tai_Tham",
    17: "Tai_Viet",
    18: "Javanese",
    19: "Balinese",
    20: "Ahom",
    # Each character is a word or a syllable of its own, as in Han.
    21: "Tangut",
    22: "Nushu",
    23: "Khitan_Small_Script",
}
HAN, KANA = 8, 9
FIRST_UNSEGMENTED = min(UNSEGMENTED)

#: The last character that a table row is made for; beyond lie private use and nothing else searched for.
_LAST = 0x33FFF

#: Marks beyond that: variation selectors, without the last.
SELECTORS = range(0xE0100, 0xE01F0)

_KANA = r"[\p{Hiragana}\p{Katakana}\u30fc\uff70\u30a0\uff9e\uff9f]"
_HAN = r"[\p{Han}\u3005\u3007]"


def _pattern(script: str) -> str:
    return {"Han": _HAN, "Kana": _KANA}.get(script) or rf"\p{{Script={script}}}"


@cache
def every() -> str:
    """Every character that a table has a row for, each at its own code point."""
    surrogates = 0x800
    return "".join(map(chr, range(0xD800))) + "\0" * surrogates + "".join(map(chr, range(0xE000, _LAST + 1)))


@cache
def classes() -> NDArray[np.uint8]:
    """The class of every code point, shape (0x110000,)."""
    table = np.zeros(0x110000, np.uint8)
    rules = [
        (r"[\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Regional_Indicator}--\p{ASCII}]", PICTOGRAPH),
        # Alphabetic, and no letter by category: Ⓐ to ⓩ, and their like.
        (r"[\p{L}\p{N}\p{M}\p{Alphabetic}]", WORD),
        (r"[\p{Hangul}&&[\p{L}\p{M}]]", HANGUL),
        # Whole scripts, their own punctuation too (។ ฯ ๏): a piece of text is found with it or without it.
        *((_pattern(script), number) for number, script in UNSEGMENTED.items()),
        (r"[\p{M}&&\p{Script=Inherited}]", INHERITED),
    ]
    for pattern, number in rules:
        for match in regex.finditer(f"(?V1){pattern}+", every()):
            table[match.start() : match.end()] = number
    return table


def class_of(character: str) -> int:
    """The class of one character."""
    return _classes()[ord(character)]


@cache
def _classes() -> bytes:
    # Of bytes, one number is read in a third of the time that an array takes.
    return classes().tobytes()


@cache
def extenders() -> NDArray[np.bool_]:
    """Whether a code point continues the grapheme cluster before it, shape (0x110000,).

    UAX #29, rules GB9 and GB9a. The rules that join consonants (GB9c) are left out on purpose: a
    piece cut by the finer rule stands in every text in which a piece cut by the coarser one does.
    """
    table = np.zeros(0x110000, np.bool_)
    for match in regex.finditer(r"[\p{GCB=Extend}\p{GCB=SpacingMark}\p{GCB=ZWJ}]+", every()):
        table[match.start() : match.end()] = True
    return table


@cache
def digits() -> NDArray[np.bool_]:
    """Which code points are decimal digits, of any script; shape (0x110000,)."""
    table = np.zeros(0x110000, np.bool_)
    for match in regex.finditer(r"\p{Nd}+", every()):
        table[match.start() : match.end()] = True
    return table


#: Letters of Hangul that a syllable is spelled with: those that begin one, and those that go on.
INITIAL, FOLLOWING = 1, 2


@cache
def jamo() -> NDArray[np.uint8]:
    """`INITIAL`, `FOLLOWING` or neither, shape (0x110000,); modern syllables are one character in NFC."""
    table = np.zeros(0x110000, np.uint8)
    for pattern, number in ((r"\p{GCB=L}+", INITIAL), (r"[\p{GCB=V}\p{GCB=T}]+", FOLLOWING)):
        for match in regex.finditer(pattern, every()):
            table[match.start() : match.end()] = number
    return table


def parts_cluster(text: str, place: int) -> bool:
    """Whether a place in a text, not at its ends, lies inside a grapheme cluster."""
    before, after = ord(text[place - 1]), ord(text[place])
    if extenders()[after]:
        return True
    return bool(classes()[after] == HANGUL and (jamo()[before] == INITIAL or jamo()[after] == FOLLOWING))


def script_of(word: str) -> str:
    """The script of a word's first letter, by its Unicode name (``LATIN``); ``DIGIT`` when it has none."""
    letter = next((character for character in word if character.isalpha()), "")
    return unicodedata.name(letter, "UNKNOWN").split()[0] if letter else "DIGIT"


def any_of(pattern: str) -> "re.Pattern[str]":
    """A set of characters by their properties, for Python's own expressions, which are faster."""
    found = regex.finditer(f"{pattern}+", every(), regex.V1)
    ranges = [(match.start(), match.end() - 1) for match in found]
    if regex.fullmatch(pattern, chr(SELECTORS[0]), regex.V1):
        ranges.append((SELECTORS[0], SELECTORS[-1]))
    # A table tells of a character below U+10000; what lies above is compared with range after range, which
    # most characters are spared.
    low = [(first, min(last, 0xFFFF)) for first, last in ranges if first <= 0xFFFF]
    high = [(max(first, 0x10000), last) for first, last in ranges if last > 0xFFFF]
    kinds = [_set_of(low)] if low else []
    kinds += [rf"(?=[\U00010000-\U0010ffff]){_set_of(high)}"] if high else []
    return re.compile(f"(?:{'|'.join(kinds)})")


def _set_of(ranges: Sequence[tuple[int, int]]) -> str:
    return "[" + "".join(f"\\U{first:08x}-\\U{last:08x}" for first, last in ranges) + "]"


def codes(text: str) -> NDArray[np.uint32]:
    """The code points of a text, shape (len(text),)."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


def counted(texts: Sequence[str], table: NDArray[np.uint8], values: int) -> NDArray[np.int64]:
    """How many characters of each text have each of so many values of a table; shape (len(texts), values)."""
    lengths = np.fromiter(map(len, texts), np.int64, len(texts))
    rows = np.repeat(np.arange(len(texts)) * values, lengths)
    counts = np.bincount(rows + table[codes("".join(texts))], minlength=len(texts) * values)
    return counts.reshape(len(texts), values)

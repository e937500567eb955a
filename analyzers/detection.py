"""The language of a document, from its text: its scripts first, then CLD2 within a script.

Most scripts have one language that matters, and no model knows Thai better than its alphabet
does. Only where languages share a script does CLD2 choose, and only among those languages.
ARCHITECTURE.md has the measurements that chose it.
"""

import re
import string
from collections.abc import Mapping, Sequence
from functools import cache

import numpy as np
import pycld2
import regex
from numpy.typing import NDArray

from analyzers import characters
from analyzers.han import written_in

#: Changes with the languages that texts are taken to be in.
VERSION = "2"

#: What a detector answers when a text gives no evidence; BCP 47.
UNDETERMINED = "und"

# A text longer than this is judged by windows spread over it, since the first page of a document
# is often a letterhead in another language. In code points. From 300 on whole documents come out
# right; mixed ones need 2,000 in 4.
_BUDGET, _WINDOWS = 2_000, 4

# Addresses, handles, file names and identifiers are written in no language.
# (Python's own expressions, since ASCII is all that is looked for, are five times as fast.)
_NOISE = re.compile(
    r"\b(?:https?://\S+|www\.\S+|[A-Za-z][\w.+-]*(?:@[\w.-]+|\.(?:com|org|net)\b)|[A-Za-z]+\d\w*|\d+[A-Za-z]\w*)"
    r"|[@#]\w+",
    re.ASCII,
)
_SIGNS_OF_NOISE = ("@", "#", "://", "www.", ".com", ".org", ".net")
_DIGIT, _LETTER = 1, 2

# Names are written in no language either: a Spanish list of Americans is no English. They are told by their
# capitals within sentences, where a text has more of these for each letter than most prose has (German has as
# many), and are set aside where so many letters stay.
_MANY_CAPITALS, _ENOUGH = 0.05, 30
_CAPITALIZED = regex.compile(r"\p{Lu}[\p{L}\p{M}\p{N}'’]*(?:[-.&]\p{Lu}[\p{L}\p{M}\p{N}'’]*)*")
_INITIAL = regex.compile(r"\b\p{Lu}\.\Z")
_OPENING, _CLOSING = " \t\u00a0([\"“„«'’‘/-–", ".!?…:\n。।"
#: How much before a word is looked at to tell whether it begins a sentence. In code points.
_BEFORE = 12

_SYMBOLS = "{}()[];=<>$_\\|&*+#@^~/`%"
#: More symbols than this for each letter, and a line is source code.
_CODE = 0.085

#: How many letters of English one letter of a script says as much as (vowel signs are not counted); from
#: parallel texts.
_WEIGHT: Mapping[str, float] = {
    "Han": 3.2, "Hangul": 2.6, "Kana": 2.2, "Ethiopic": 2.0, "Devanagari": 1.7, "Bengali": 1.7,
    "Gujarati": 1.7, "Gurmukhi": 1.7, "Malayalam": 1.6, "Oriya": 1.6, "Telugu": 1.5, "Kannada": 1.5,
    "Sinhala": 1.5, "Khmer": 1.4, "Myanmar": 1.4, "Hebrew": 1.4, "Tibetan": 1.35, "Arabic": 1.25,
    "Tamil": 1.25, "Thai": 1.2, "Lao": 1.15,
}  # fmt: skip

#: Scripts that one language stands for.
_SOLE: Mapping[str, str] = {
    "Thai": "th", "Lao": "lo", "Khmer": "km", "Myanmar": "my", "Greek": "el", "Armenian": "hy",
    "Georgian": "ka", "Ethiopic": "am", "Sinhala": "si", "Tamil": "ta", "Telugu": "te", "Kannada": "kn",
    "Malayalam": "ml",
    "Gujarati": "gu", "Gurmukhi": "pa", "Oriya": "or", "Tibetan": "bo", "Thaana": "dv", "Mongolian": "mn",
}  # fmt: skip

#: Scripts that languages share; the first is the commonest, and the answer when CLD2 has none.
_SHARED: Mapping[str, tuple[str, ...]] = {
    "Latin": (
        *(
            "en",
            "de",
            "af",
            "az",
            "ca",
            "cs",
            "cy",
            "da",
            "eo",
            "es",
            "et",
            "eu",
            "fi",
            "fr",
            "ga",
            "gl",
            "hr",
        ),
        *(
            "hu",
            "id",
            "is",
            "it",
            "lt",
            "lv",
            "ms",
            "nl",
            "no",
            "pl",
            "pt",
            "ro",
            "sk",
            "sl",
            "sq",
            "sr",
            "sv",
        ),
        *("sw", "tl", "tr", "uz", "vi", "zu"),
    ),
    "Cyrillic": ("ru", "uk", "be", "bg", "sr", "mk", "kk", "ky", "tg", "mn"),
    "Arabic": ("ar", "fa", "ur", "ps", "ug", "sd"),
    "Devanagari": ("hi", "ne", "mr", "sa"),
    "Hebrew": ("he", "yi"),
    "Bengali": ("bn", "as"),
}
#: Scripts of one language each, whose texts hold Han as well.
_BESIDE_HAN = {"Kana": "ja", "Hangul": "ko"}
_ALIAS = {"nb": "no", "nn": "no", "iw": "he", "bs": "sr", "zh-Hant": "zh"}

#: Every script that counts; the number of each is its row in `_scripts`, from 1.
_SCRIPTS = (*_SHARED, *_SOLE, "Han", *_BESIDE_HAN)
_PATTERNS = {"Kana": r"[\p{Hiragana}\p{Katakana}ー]"}


def detected(text: str) -> str:
    """The BCP 47 tag of a text's main language; ``und`` when nothing in it tells."""
    return detection(text)[0]


def detection(text: str) -> tuple[str, float]:
    """The tag of a text's main language, and a confidence from 0 to 1."""
    return detections([text])[0]


def detections(texts: Sequence[str]) -> list[tuple[str, float]]:
    """The `detection` of each of many texts, at less cost: letters are counted together."""
    prose, counts = _prose(_without_noise([_sample(text) for text in texts]))
    weights = _script_weights(counts)
    totals = weights.sum(axis=0)
    found = [(UNDETERMINED, 0.0)] * len(texts)
    leading = weights.argmax(axis=0)
    told = totals >= 2
    for number in np.unique(leading[told]).tolist():
        rows = np.flatnonzero(told & (leading == number)).tolist()
        script = _SCRIPTS[number]
        languages = _languages(script, [prose[row] for row in rows])
        for row, (language, confidence) in zip(rows, languages, strict=True):
            confidence *= float(weights[number, row] / totals[row])
            unsure = script == "Latin" and confidence < 0.25 + 4 / int(counts[row, 1 + number])
            found[row] = (UNDETERMINED if unsure else language, confidence)
    return found


def _languages(script: str, texts: Sequence[str]) -> list[tuple[str, float]]:
    """The likeliest language of each text, which is mostly in this script, and how sure that is."""
    if script in _SHARED:
        return [_within(script, letters) for letters in _native_letters(script, texts)]
    if script == "Han":
        return [(language, 1.0) for language in written_in(texts)]
    return [(_SOLE.get(script) or _BESIDE_HAN[script], 1.0)] * len(texts)


def _sample(text: str) -> str:
    if len(text) <= _BUDGET:
        return text
    size = _BUDGET // _WINDOWS
    step = (len(text) - size) / (_WINDOWS - 1)
    return "\n".join(text[int(index * step) : int(index * step) + size] for index in range(_WINDOWS))


def _without_noise(texts: Sequence[str]) -> list[str]:
    """The texts without addresses, handles, file names and identifiers."""
    # What none of them is without is looked for first, in a fraction of the time.
    return [
        _NOISE.sub(" ", text) if identifier or any(map(text.__contains__, _SIGNS_OF_NOISE)) else text
        for text, identifier in zip(texts, _with_identifiers(texts).tolist(), strict=True)
    ]


def _with_identifiers(texts: Sequence[str]) -> NDArray[np.bool_]:
    """Whether a digit stands beside a letter in each text, both of ASCII; perhaps that of a neighbour."""
    kinds = _digits_and_letters()[characters.codes("".join(texts))]
    places = np.flatnonzero(kinds[1:] + kinds[:-1] == _DIGIT + _LETTER)
    found = np.zeros(len(texts), np.bool_)
    ends = np.cumsum(np.fromiter(map(len, texts), np.int64, len(texts)))
    found[np.searchsorted(ends, places, side="right")] = True
    return found


@cache
def _digits_and_letters() -> NDArray[np.uint8]:
    """`_DIGIT` or `_LETTER`, if a character is one of ASCII's, else 0; shape (0x110000,)."""
    table = np.zeros(0x110000, np.uint8)
    table[list(map(ord, string.digits))] = _DIGIT
    table[list(map(ord, string.ascii_letters))] = _LETTER
    return table


def _prose(texts: Sequence[str]) -> tuple[list[str], NDArray[np.int64]]:
    """The texts without source code and names, and the `_counts` of what is left."""
    prose, counts = list(texts), _counts(texts)
    for row in np.flatnonzero(_density(counts) >= _CODE).tolist():
        lines = prose[row].splitlines()
        dense = zip(lines, (_density(_counts(lines)) >= _CODE).tolist(), strict=True)
        prose[row] = "\n".join(line for line, code in dense if not (code and line.isascii()))
        counts[row] = _counts([prose[row]])
    capitals = characters.counted(prose, _is_capital(), 2)[:, 1]
    named = np.flatnonzero(capitals > _MANY_CAPITALS * _letters(counts))
    plain = [_CAPITALIZED.sub(_unless_name, prose[row]) for row in named.tolist()]
    left = _counts(plain)
    for place in np.flatnonzero(_letters(left) >= _ENOUGH).tolist():
        prose[named[place]], counts[named[place]] = plain[place], left[place]
    return prose, counts


def _unless_name(word: "regex.Match[str]") -> str:
    """A word with a capital that begins a sentence; a space for one within it."""
    start, text = word.start(), word.string
    # Most stand behind another word, and need no closer look.
    if text[start - 1 : start] == " " and text[start - 2 : start - 1].isalpha():
        return " "
    before = text[max(0, start - _BEFORE) : start].rstrip(_OPENING)
    begins = not before or (before[-1] in _CLOSING and not _INITIAL.search(before))
    return word[0] if begins else " "


@cache
def _is_capital() -> NDArray[np.uint8]:
    """1 for a capital letter, else 0; shape (0x110000,)."""
    table = np.zeros(0x110000, np.uint8)
    table[[match.start() for match in regex.finditer(r"\p{Lu}", characters.every())]] = 1
    return table


def _counts(texts: Sequence[str]) -> NDArray[np.int64]:
    """How many characters of each text are nothing that counts, of each script, and symbols at last."""
    return characters.counted(texts, _scripts(), len(_SCRIPTS) + 2)


def _density(counts: NDArray[np.int64]) -> NDArray[np.float64]:
    """How many symbols there are for each letter."""
    density: NDArray[np.float64] = counts[:, -1] / np.maximum(_letters(counts), 1)
    return density


def _letters(counts: NDArray[np.int64]) -> NDArray[np.int64]:
    """How many letters there are, of all scripts that count."""
    letters: NDArray[np.int64] = counts[:, 1:-1].sum(axis=1)
    return letters


@cache
def _scripts() -> NDArray[np.uint8]:
    """The number of every letter's script, that of symbols behind them, else 0; shape (0x110000,)."""
    every = characters.every()
    table = np.zeros(0x110000, np.uint8)
    for number, script in enumerate(_SCRIPTS, 1):
        pattern = _PATTERNS.get(script, rf"[\p{{Script={script}}}&&\p{{L}}]")
        for match in regex.finditer(f"{pattern}+", every, regex.V1):
            table[match.start() : match.end()] = number
    table[list(map(ord, _SYMBOLS))] = len(_SCRIPTS) + 1
    return table


def _script_weights(counts: NDArray[np.int64]) -> NDArray[np.float64]:
    """How much of each text each script writes, shape (scripts, texts).

    Han, kana and Hangul together count for the one language that they are written in.
    """
    each = np.array([_WEIGHT.get(script, 1.0) for script in _SCRIPTS])
    weights: NDArray[np.float64] = counts[:, 1:-1].T * each[:, np.newaxis]
    han, kana, hangul = weights[-3:]
    together = han + kana + hangul
    korean = (hangul >= 0.3 * together) & (together > 0)
    japanese = (kana >= 0.1 * together) & (together > 0) & ~korean
    weights[-3:] = together * np.array([~korean & ~japanese, japanese, korean])
    return weights


@cache
def _native(script: str) -> NDArray[np.bool_]:
    """Which characters CLD2 is shown of a text in a script, shape (0x110000,)."""
    table = np.zeros(0x110000, np.bool_)
    pattern = rf"[\p{{Script={script}}}\p{{Mn}}'’\u200c]+"
    for match in regex.finditer(pattern, characters.every(), regex.V1):
        table[match.start() : match.end()] = True
    table[characters.SELECTORS] = True
    return table


def _native_letters(script: str, texts: Sequence[str]) -> list[str]:
    """What CLD2 is shown of each text: the words of one script."""
    codes = characters.codes("\n".join(texts))
    kept = np.where(_native(script)[codes], codes, ord(" ")).astype("<u4")
    lengths = np.fromiter(map(len, texts), np.int64, len(texts))
    kept[(np.cumsum(lengths + 1) - 1)[:-1]] = ord("\n")
    lines = kept.tobytes().decode("utf-32-le").split("\n")
    return [" ".join(line.split()) for line in lines]


def _within(script: str, letters: str) -> tuple[str, float]:
    """The likeliest of the languages that share a script, and CLD2's share of the text for it."""
    try:
        _, _, details = pycld2.detect(letters, bestEffort=True)
    except pycld2.error:
        return _SHARED[script][0], 0.0
    for _, code, percent, _ in details:
        language = _ALIAS.get(code, code).split("-")[0]
        if language in _SHARED[script]:
            return language, percent / 100
    return _SHARED[script][0], 0.0

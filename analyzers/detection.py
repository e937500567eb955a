"""The language of a document, from its text: its scripts first, then CLD2 within a script.

Most scripts have one language that matters, and no model knows Thai better than its alphabet
does. Only where languages share a script does CLD2 choose, and only among those languages.
ARCHITECTURE.md has the measurements that chose it.
"""

import re
from collections.abc import Mapping, Sequence
from functools import cache

import numpy as np
import pycld2
import regex
from numpy.typing import NDArray

from analyzers import characters
from analyzers.han import is_japanese, is_traditional

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
_DIGIT_BY_LETTER = re.compile(r"[0-9](?:(?=[A-Za-z])|(?<=[A-Za-z][0-9]))")

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
_ALIAS = {"nb": "no", "nn": "no", "iw": "he", "bs": "sr", "zh-Hant": "zh"}

#: Every script that counts; the number of each is its row in `_scripts`, from 1.
_SCRIPTS = (*_SHARED, *_SOLE, "Han", "Kana", "Hangul")
_PATTERNS = {"Kana": r"[\p{Hiragana}\p{Katakana}ー]"}


def detected(text: str) -> str:
    """The BCP 47 tag of a text's main language; ``und`` when nothing in it tells."""
    return detection(text)[0]


def detection(text: str) -> tuple[str, float]:
    """The tag of a text's main language, and a confidence from 0 to 1."""
    text, letters = _prose(_without_noise(_sample(text)))
    weights = _script_weights(letters)
    total = sum(weights.values())
    if total < 2:
        return UNDETERMINED, 0.0
    script = max(weights, key=weights.__getitem__)
    share = weights[script] / total
    if script == "Han":
        return _written_in_han(text), share
    if script in ("Kana", "Hangul"):
        return ("ja" if script == "Kana" else "ko"), share
    if script in _SOLE:
        return _SOLE[script], share
    language, confidence = _within(script, text)
    confidence *= share
    if script == "Latin" and confidence < 0.25 + 4 / letters[script]:
        return UNDETERMINED, confidence
    return language, confidence


def _written_in_han(text: str) -> str:
    if is_japanese(text):
        return "ja"
    return "zh-Hant" if is_traditional(text) else "zh"


def _sample(text: str) -> str:
    if len(text) <= _BUDGET:
        return text
    size = _BUDGET // _WINDOWS
    step = (len(text) - size) / (_WINDOWS - 1)
    return "\n".join(text[int(index * step) : int(index * step) + size] for index in range(_WINDOWS))


def _without_noise(text: str) -> str:
    """The text without addresses, handles, file names and identifiers."""
    # What none of them is without is looked for first, in a fraction of the time.
    if any(map(text.__contains__, _SIGNS_OF_NOISE)) or _DIGIT_BY_LETTER.search(text):
        return _NOISE.sub(" ", text)
    return text


def _prose(text: str) -> tuple[str, dict[str, int]]:
    """The text without source code and names, and how many letters of each script are left."""
    counts = _counts(text)
    if _density(counts) >= _CODE:
        lines = text.splitlines()
        text = "\n".join(line for line in lines if not line.isascii() or _density(_counts(line)) < _CODE)
        counts = _counts(text)
    if _capitals(text) > _MANY_CAPITALS * sum(counts[1:-1]):
        plain = _CAPITALIZED.sub(_unless_name, text)
        left = _counts(plain)
        if sum(left[1:-1]) >= _ENOUGH:
            text, counts = plain, left
    return text, {script: count for script, count in zip(_SCRIPTS, counts[1:], strict=False) if count}


def _unless_name(word: regex.Match[str]) -> str:
    """A word with a capital that begins a sentence; a space for one within it."""
    start = word.start()
    before = word.string[max(0, start - _BEFORE) : start].rstrip(_OPENING)
    begins = not before or (before[-1] in _CLOSING and not _INITIAL.search(before))
    return word[0] if begins else " "


def _capitals(text: str) -> int:
    """How many capital letters there are."""
    return int(np.count_nonzero(_is_capital()[characters.codes(text)]))


@cache
def _is_capital() -> NDArray[np.bool_]:
    """Whether each character is a capital letter, shape (0x110000,)."""
    table = np.zeros(0x110000, np.bool_)
    table[[match.start() for match in regex.finditer(r"\p{Lu}", characters.every())]] = True
    return table


def _counts(text: str) -> list[int]:
    """How many characters of a text are nothing that counts, letters of each script, and symbols at last."""
    counts = np.bincount(_scripts()[characters.codes(text)], minlength=len(_SCRIPTS) + 2)
    return counts.tolist()  # type: ignore[no-any-return]


def _density(counts: Sequence[int]) -> float:
    """How many symbols there are for each letter."""
    return counts[-1] / (sum(counts[1:-1]) or 1)


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


def _script_weights(letters: Mapping[str, int]) -> dict[str, float]:
    """How much of the text each script writes; Han counts for the language that it stands beside."""
    weights = {script: count * _WEIGHT.get(script, 1.0) for script, count in letters.items()}
    han, kana, hangul = (weights.pop(script, 0.0) for script in ("Han", "Kana", "Hangul"))
    together = han + kana + hangul
    if hangul >= 0.3 * together > 0:
        weights["Hangul"] = together
    elif kana >= 0.1 * together > 0:
        weights["Kana"] = together
    else:
        weights["Han"] = together
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


def _within(script: str, text: str) -> tuple[str, float]:
    """The likeliest of the languages that share a script, and CLD2's share of the text for it."""
    codes = characters.codes(text)
    kept = np.where(_native(script)[codes], codes, ord(" ")).astype("<u4")
    letters = " ".join(kept.tobytes().decode("utf-32-le", "surrogatepass").split())
    try:
        _, _, details = pycld2.detect(letters, bestEffort=True)
    except pycld2.error:
        return _SHARED[script][0], 0.0
    for _, code, percent, _ in details:
        language = _ALIAS.get(code, code).split("-")[0]
        if language in _SHARED[script]:
            return language, percent / 100
    return _SHARED[script][0], 0.0

"""Vietnamese: syllables between spaces; nothing inflects, and tones tell words apart.

The index folds tones away, so that a query without them finds; the stem keeps them, so that ma, má and mà
rank their own spelling first. Both places of a tone (hoà, hòa) are one.
"""

import unicodedata

from analyzers.profile import LanguageProfile

#: Grave, acute, hook, tilde and dot below, by the digits that stand for them on a keyboard (VNI).
_TONES = {"\u0301": "1", "\u0300": "2", "\u0309": "3", "\u0303": "4", "\u0323": "5"}
#: Circumflex, breve and horn make other letters, by the digits of the same keyboard; so does the stroke of đ.
_LETTERS = {"\u0302": "6", "\u031b": "7", "\u0306": "8", "đ": "d9"}


def stem(word: str) -> str:
    """A syllable with letters and tone as digits, the tone last: ho6i2 of hồi, hoa2 of hòa and hoà."""
    marks = unicodedata.normalize("NFD", word)
    tones = "".join(_TONES.get(mark, "") for mark in marks)
    return "".join(_LETTERS.get(mark, mark) for mark in marks if mark not in _TONES) + tones


PROFILE = LanguageProfile(
    code="vi",
    name="Vietnamese",
    endonym="Tiếng Việt",
    scripts=frozenset({"Latin"}),
    stem=stem,
)

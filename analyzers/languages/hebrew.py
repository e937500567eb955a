"""Hebrew: words between spaces, with particles written on them (ובבית: and in the house).

Which of the first letters are particles cannot be told without a dictionary: ב is one in בבית and none in
בית. So a word stays whole, and what may be left of it without particles stands inside it as sub-words.
Particles are the letters of use (אותיות השימוש, משה וכלב) in the orders that grammar allows.
"""

import regex

from analyzers.folding import fold
from analyzers.profile import LanguageProfile

_POINTS = r"\p{Mn}*+"
#: Conjunction, relative, preposition, article, each with its points.
_PARTICLES = regex.compile(
    rf"(?P<part>ו{_POINTS})?(?P<part>(?:(?:ל{_POINTS})?כ{_POINTS}|מ{_POINTS})?ש{_POINTS})?"
    rf"(?P<part>[בכלמ]{_POINTS})?(?P<part>ה{_POINTS})?"
)

_FINAL = str.maketrans("ךםןףץ", "כמנפצ")
_PLURALS = ("ים", "ות")
_REMAINDER = 2


def stem(word: str) -> str:
    """A word without conjunction and article before it, or plural after it: ספר of והספרים.

    Other particles stay, since a wrong guess would part a word from itself. Final letters are plain ones.
    """
    word = fold(word)
    for particle in ("ו", "ה"):
        if word.startswith(particle) and len(word) > _REMAINDER + 1:
            word = word[1:]
    for plural in _PLURALS:
        if word.endswith(plural) and len(word) - len(plural) >= _REMAINDER:
            word = word.removesuffix(plural)
    return word.translate(_FINAL)


def subwords(word: str) -> list[tuple[int, int]]:
    """What is left of a word without one or more particles: בבית, בית and ית of ובבית."""
    match = _PARTICLES.match(word)
    starts = match.ends("part") if match else []
    return [(start, len(word)) for start in starts if len(fold(word[start:])) >= _REMAINDER]


PROFILE = LanguageProfile(
    code="he",
    name="Hebrew",
    endonym="עברית",
    scripts=frozenset({"Hebrew"}),
    subwords=subwords,
    stem=stem,
)

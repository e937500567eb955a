"""Arabic: words between spaces; Snowball takes off article, prepositions and endings.

It leaves والكتاب (and the book) alone, so a conjunction before the article goes first, as in light10 (Larkey,
Ballesteros and Connell: Light Stemming for Arabic Information Retrieval, 2007). Broken plurals (كتب of كتاب)
are other words to both.
"""

from analyzers.profile import LanguageProfile
from analyzers.stemming import snowball

# Persian and Urdu keyboards have other letters for two of these; tatweel stretches a word.
_LETTERS = str.maketrans({"ی": "ي", "ک": "ك", "ـ": None})

_CONJUNCTIONS = ("و", "ف")
_ARTICLES = ("ال", "بال", "كال", "لل")
_REMAINDER = 3

_snowball = snowball("arabic")


def stem(word: str) -> str:
    """A word without conjunction, article and endings: مدرس of والمدرسة and of مدرستنا."""
    word = word.translate(_LETTERS)
    rest = word[1:]
    if word.startswith(_CONJUNCTIONS) and rest.startswith(_ARTICLES) and len(rest) > _REMAINDER + 1:
        word = rest
    return _snowball(word)


PROFILE = LanguageProfile(
    code="ar",
    name="Arabic",
    endonym="العربية",
    scripts=frozenset({"Arabic"}),
    stem=stem,
    libraries=("PyStemmer",),
)

"""Persian: words between spaces; what a non-joiner joins (می‌خواهم, کتاب‌ها) is one word, joined or not.

Non-joiners are invisible characters, and gone before a text is cut. Where a writer puts a space in place
of one (کتاب ها) the noun is a word by itself, and so is its stem. Snowball takes endings off; what it
knows only with a non-joiner (the present) or not at all (plurals with a possessive) goes first.
"""

import re

from analyzers.profile import LanguageProfile
from analyzers.stemming import snowball

# Snowball knows the letters of Persian keyboards; Arabic ones are typed as often.
_LETTERS = str.maketrans({"ي": "ی", "ى": "ی", "ك": "ک", "ة": "ه", "ۀ": "ه", "ـ": None})

#: A verb in the present, with its person: میدان (square) has too few letters to be one.
_PRESENT = re.compile("ن?می(.{2,}?)(?:یم|ید|ند|م|ی|د)")
#: A plural, with whose it is.
_PLURAL = re.compile("(.{2,}?)ها(?:یی|یمان|یتان|یشان|یم|یت|یش|ی)?")

_snowball = snowball("persian")


def stem(word: str) -> str:
    """A word without plural, possessive and the present tense: کتاب of کتاب‌هایشان, خواه of نمی‌خواهند."""
    word = word.translate(_LETTERS)
    found = _PRESENT.fullmatch(word) or _PLURAL.fullmatch(word)
    return _snowball(found[1] if found else word)


PROFILE = LanguageProfile(
    code="fa",
    name="Persian",
    endonym="فارسی",
    scripts=frozenset({"Arabic"}),
    stem=stem,
    libraries=("PyStemmer",),
)

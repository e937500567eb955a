"""Nepali: words between spaces; vowel signs are letters, and Snowball strips postpositions (किताबहरूमा)."""

from analyzers.profile import LanguageProfile
from analyzers.stemming import snowball

PROFILE = LanguageProfile(
    code="ne",
    name="Nepali",
    endonym="नेपाली",
    scripts=frozenset({"Devanagari"}),
    stem=snowball("nepali"),
    libraries=("PyStemmer",),
)

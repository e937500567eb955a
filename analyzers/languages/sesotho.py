"""Sesotho: words between spaces, stems by Snowball; told, not detected, since short texts mislead."""

from analyzers.profile import LanguageProfile
from analyzers.stemming import snowball

PROFILE = LanguageProfile(
    code="st",
    name="Sesotho",
    endonym="Sesotho",
    scripts=frozenset({"Latin"}),
    stem=snowball("sesotho"),
    libraries=("PyStemmer",),
)

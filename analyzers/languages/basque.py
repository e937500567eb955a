"""Basque: words between spaces; Snowball strips the cases that follow a noun one after another."""

from analyzers.profile import LanguageProfile
from analyzers.stemming import snowball

PROFILE = LanguageProfile(
    code="eu",
    name="Basque",
    endonym="euskara",
    scripts=frozenset({"Latin"}),
    stem=snowball("basque"),
    libraries=("PyStemmer",),
)

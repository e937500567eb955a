"""Catalan: words between spaces; apostrophes and hyphens part articles from their word (l'aigua)."""

from analyzers.profile import LanguageProfile
from analyzers.stemming import snowball

PROFILE = LanguageProfile(
    code="ca",
    name="Catalan",
    endonym="català",
    scripts=frozenset({"Latin"}),
    stem=snowball("catalan"),
    libraries=("PyStemmer",),
)

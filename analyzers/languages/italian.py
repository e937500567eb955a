"""Italian: words between spaces; apostrophes part articles from their word (l'acqua)."""

from analyzers.profile import LanguageProfile
from analyzers.stemming import snowball

PROFILE = LanguageProfile(
    code="it",
    name="Italian",
    endonym="italiano",
    scripts=frozenset({"Latin"}),
    stem=snowball("italian"),
    libraries=("PyStemmer",),
)

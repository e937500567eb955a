"""Finnish: words between spaces; Snowball strips cases, possessives and particles, one after another."""

from analyzers.profile import LanguageProfile
from analyzers.stemming import snowball

PROFILE = LanguageProfile(
    code="fi",
    name="Finnish",
    endonym="suomi",
    scripts=frozenset({"Latin"}),
    stem=snowball("finnish"),
    libraries=("PyStemmer",),
)

"""Hungarian: words between spaces; Snowball strips cases, possessives and plurals."""

from analyzers.profile import LanguageProfile
from analyzers.stemming import snowball

PROFILE = LanguageProfile(
    code="hu",
    name="Hungarian",
    endonym="magyar",
    scripts=frozenset({"Latin"}),
    stem=snowball("hungarian"),
    libraries=("PyStemmer",),
)

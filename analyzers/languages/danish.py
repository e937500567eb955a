"""Danish: words between spaces; Snowball strips the article that ends a noun (huset)."""

from analyzers.profile import LanguageProfile
from analyzers.stemming import snowball

PROFILE = LanguageProfile(
    code="da",
    name="Danish",
    endonym="dansk",
    scripts=frozenset({"Latin"}),
    stem=snowball("danish"),
    libraries=("PyStemmer",),
)

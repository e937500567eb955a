"""Swedish: words between spaces; Snowball strips the article that ends a noun (huset)."""

from analyzers.profile import LanguageProfile
from analyzers.stemming import snowball

PROFILE = LanguageProfile(
    code="sv",
    name="Swedish",
    endonym="svenska",
    scripts=frozenset({"Latin"}),
    stem=snowball("swedish"),
    libraries=("PyStemmer",),
)

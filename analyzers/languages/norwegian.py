"""Norwegian: words between spaces, of Bokmål and Nynorsk; Snowball strips the article that ends a noun."""

from analyzers.profile import LanguageProfile
from analyzers.stemming import snowball

PROFILE = LanguageProfile(
    code="no",
    name="Norwegian",
    endonym="norsk",
    scripts=frozenset({"Latin"}),
    stem=snowball("norwegian"),
    libraries=("PyStemmer",),
)

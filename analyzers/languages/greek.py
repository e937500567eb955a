"""Greek: words between spaces; Snowball wants no accents, and a final sigma is a sigma."""

from analyzers.profile import LanguageProfile
from analyzers.stemming import snowball

PROFILE = LanguageProfile(
    code="el",
    name="Greek",
    endonym="ελληνικά",
    scripts=frozenset({"Greek"}),
    stem=snowball("greek"),
    libraries=("PyStemmer",),
)

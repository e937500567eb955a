"""Dutch: words between spaces; Snowball's Kraaij-Pohlmann stemmer knows ge- and diminutives."""

from analyzers.profile import LanguageProfile
from analyzers.stemming import snowball

PROFILE = LanguageProfile(
    code="nl",
    name="Dutch",
    endonym="Nederlands",
    scripts=frozenset({"Latin"}),
    stem=snowball("dutch"),
    libraries=("PyStemmer",),
)

"""English: words between spaces, stems by Snowball's Porter2."""

from analyzers.profile import LanguageProfile
from analyzers.stemming import snowball

PROFILE = LanguageProfile(
    code="en",
    name="English",
    endonym="English",
    scripts=frozenset({"Latin"}),
    stem=snowball("english"),
    libraries=("PyStemmer",),
)

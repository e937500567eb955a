"""Portuguese: words between spaces; Snowball strips plurals, genders and verb endings."""

from analyzers.profile import LanguageProfile
from analyzers.stemming import snowball

PROFILE = LanguageProfile(
    code="pt",
    name="Portuguese",
    endonym="português",
    scripts=frozenset({"Latin"}),
    stem=snowball("portuguese"),
    libraries=("PyStemmer",),
)

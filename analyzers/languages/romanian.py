"""Romanian: words between spaces; ş and ţ with a cedilla are ș and ț with a comma, to Snowball as well."""

from analyzers.profile import LanguageProfile
from analyzers.stemming import snowball

PROFILE = LanguageProfile(
    code="ro",
    name="Romanian",
    endonym="română",
    scripts=frozenset({"Latin"}),
    stem=snowball("romanian"),
    libraries=("PyStemmer",),
)

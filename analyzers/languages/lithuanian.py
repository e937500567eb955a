"""Lithuanian: words between spaces; Snowball strips the endings of seven cases."""

from analyzers.profile import LanguageProfile
from analyzers.stemming import snowball

PROFILE = LanguageProfile(
    code="lt",
    name="Lithuanian",
    endonym="lietuvių",
    scripts=frozenset({"Latin"}),
    stem=snowball("lithuanian"),
    libraries=("PyStemmer",),
)

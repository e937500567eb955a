"""Polish: words between spaces; Snowball strips the endings of seven cases."""

from analyzers.profile import LanguageProfile
from analyzers.stemming import snowball

PROFILE = LanguageProfile(
    code="pl",
    name="Polish",
    endonym="polski",
    scripts=frozenset({"Latin"}),
    stem=snowball("polish"),
    libraries=("PyStemmer",),
)

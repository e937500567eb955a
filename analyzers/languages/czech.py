"""Czech: words between spaces; Snowball strips the endings of seven cases."""

from analyzers.profile import LanguageProfile
from analyzers.stemming import snowball

PROFILE = LanguageProfile(
    code="cs",
    name="Czech",
    endonym="čeština",
    scripts=frozenset({"Latin"}),
    stem=snowball("czech"),
    libraries=("PyStemmer",),
)

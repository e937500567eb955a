"""Estonian: words between spaces; Snowball strips the endings of fourteen cases."""

from analyzers.profile import LanguageProfile
from analyzers.stemming import snowball

PROFILE = LanguageProfile(
    code="et",
    name="Estonian",
    endonym="eesti",
    scripts=frozenset({"Latin"}),
    stem=snowball("estonian"),
    libraries=("PyStemmer",),
)

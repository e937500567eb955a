"""Tamil: words between spaces; vowel signs are letters, and Snowball strips the cases joined to a noun."""

from analyzers.profile import LanguageProfile
from analyzers.stemming import snowball

PROFILE = LanguageProfile(
    code="ta",
    name="Tamil",
    endonym="தமிழ்",
    scripts=frozenset({"Tamil"}),
    stem=snowball("tamil"),
    libraries=("PyStemmer",),
)

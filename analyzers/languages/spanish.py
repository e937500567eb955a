"""Spanish: words between spaces; Snowball strips plurals, genders, and pronouns on verbs (dámelo)."""

from analyzers.profile import LanguageProfile
from analyzers.stemming import snowball

PROFILE = LanguageProfile(
    code="es",
    name="Spanish",
    endonym="español",
    scripts=frozenset({"Latin"}),
    stem=snowball("spanish"),
    libraries=("PyStemmer",),
)

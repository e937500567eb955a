"""Indonesian: words between spaces; Snowball strips prefixes as well (membaca and bacaan are baca)."""

from analyzers.profile import LanguageProfile
from analyzers.stemming import snowball

PROFILE = LanguageProfile(
    code="id",
    name="Indonesian",
    endonym="Bahasa Indonesia",
    scripts=frozenset({"Latin"}),
    stem=snowball("indonesian"),
    libraries=("PyStemmer",),
)

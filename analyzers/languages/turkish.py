"""Turkish: words between spaces; ı and i stay apart until Snowball has followed the harmony of vowels."""

from analyzers.profile import LanguageProfile
from analyzers.stemming import snowball

PROFILE = LanguageProfile(
    code="tr",
    name="Turkish",
    endonym="Türkçe",
    scripts=frozenset({"Latin"}),
    stem=snowball("turkish"),
    libraries=("PyStemmer",),
)

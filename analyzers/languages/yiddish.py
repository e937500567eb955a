"""Yiddish: words between spaces; points are optional, and the stems of Snowball know them from letters."""

from analyzers.profile import LanguageProfile
from analyzers.stemming import snowball

PROFILE = LanguageProfile(
    code="yi",
    name="Yiddish",
    endonym="ייִדיש",
    scripts=frozenset({"Hebrew"}),
    stem=snowball("yiddish"),
    libraries=("PyStemmer",),
)

"""Armenian: words between spaces; Snowball strips cases and the article that ends a noun (գիրքը)."""

from analyzers.profile import LanguageProfile
from analyzers.stemming import snowball

PROFILE = LanguageProfile(
    code="hy",
    name="Armenian",
    endonym="հայերեն",
    scripts=frozenset({"Armenian"}),
    stem=snowball("armenian"),
    libraries=("PyStemmer",),
)

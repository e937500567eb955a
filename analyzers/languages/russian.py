"""Russian: words between spaces; ё is е to Snowball and to the index, й is no и."""

from analyzers.profile import LanguageProfile
from analyzers.stemming import snowball

PROFILE = LanguageProfile(
    code="ru",
    name="Russian",
    endonym="русский",
    scripts=frozenset({"Cyrillic"}),
    stem=snowball("russian"),
    libraries=("PyStemmer",),
)

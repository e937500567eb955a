"""Irish: words between spaces; Snowball undoes the changes of a word's beginning (bhfear, t-uisce)."""

from analyzers.profile import LanguageProfile
from analyzers.stemming import snowball

PROFILE = LanguageProfile(
    code="ga",
    name="Irish",
    endonym="Gaeilge",
    scripts=frozenset({"Latin"}),
    stem=snowball("irish"),
    libraries=("PyStemmer",),
)

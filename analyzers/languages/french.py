"""French: words between spaces; apostrophes part articles from their word (l'eau)."""

from analyzers.profile import LanguageProfile
from analyzers.stemming import snowball

PROFILE = LanguageProfile(
    code="fr",
    name="French",
    endonym="français",
    scripts=frozenset({"Latin"}),
    stem=snowball("french"),
    libraries=("PyStemmer",),
)

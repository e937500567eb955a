"""Serbian: words between spaces; Snowball writes Cyrillic in Latin, so that each script finds the other."""

from analyzers.profile import LanguageProfile
from analyzers.stemming import snowball

PROFILE = LanguageProfile(
    code="sr",
    name="Serbian",
    endonym="српски",
    scripts=frozenset({"Cyrillic"}),
    stem=snowball("serbian"),
    libraries=("PyStemmer",),
)

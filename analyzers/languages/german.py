"""German: words between spaces; Snowball's stemmer reads ae, oe and ue as ä, ö and ü."""

from analyzers.profile import LanguageProfile
from analyzers.stemming import snowball

PROFILE = LanguageProfile(
    code="de",
    name="German",
    endonym="Deutsch",
    scripts=frozenset({"Latin"}),
    stem=snowball("german"),
    libraries=("PyStemmer",),
)

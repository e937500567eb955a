"""Hindi: words between spaces; vowel signs are letters, and the stemmer strips case endings."""

from analyzers.profile import LanguageProfile
from analyzers.stemming import snowball

PROFILE = LanguageProfile(
    code="hi",
    name="Hindi",
    endonym="हिन्दी",
    scripts=frozenset({"Devanagari"}),
    stem=snowball("hindi"),
    libraries=("PyStemmer",),
)

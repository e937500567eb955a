"""Esperanto: words between spaces; every ending is regular, and Snowball strips them all."""

from analyzers.profile import LanguageProfile
from analyzers.stemming import snowball

PROFILE = LanguageProfile(
    code="eo",
    name="Esperanto",
    endonym="Esperanto",
    scripts=frozenset({"Latin"}),
    stem=snowball("esperanto"),
    libraries=("PyStemmer",),
)

"""Any language without a profile of its own: Unicode words, and pieces of unsegmented scripts."""

from analyzers.profile import LanguageProfile

PROFILE = LanguageProfile(
    code="und",
    name="Undetermined",
    endonym="und",
    scripts=frozenset(),
    version="2",
)

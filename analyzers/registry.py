"""Every language on one screen, and the profile and analyzer of a language tag."""

from collections.abc import Iterable
from functools import cache

from analyzers.analyzer import Analyzer
from analyzers.languages import chinese, english, general, german, hindi, japanese, korean, thai
from analyzers.profile import LanguageProfile

#: One line a language.
LANGUAGES: tuple[LanguageProfile, ...] = (
    chinese.PROFILE,
    english.PROFILE,
    german.PROFILE,
    hindi.PROFILE,
    japanese.PROFILE,
    korean.PROFILE,
    thai.PROFILE,
)

GENERAL = general.PROFILE

_BY_CODE = {profile.code: profile for profile in LANGUAGES}
#: Who knows the words of a script, whatever the language of the document: Han by itself is read as Chinese,
#: and beside kana as Japanese (`Runs.japanese`).
_BY_SCRIPT = {
    **{script: profile for profile in LANGUAGES if profile.segment for script in profile.scripts},
    "Han": chinese.PROFILE,
    "Hangul": korean.PROFILE,
}


def profile_for(tag: str) -> LanguageProfile:
    """The profile of a BCP 47 tag: its own, its language's (``zh-Hant`` -> ``zh``), or the general one."""
    while tag:
        if tag in _BY_CODE:
            return _BY_CODE[tag]
        tag = tag.rpartition("-")[0]
    return GENERAL


@cache
def _analyzer(code: str) -> Analyzer:
    return Analyzer(profile_for(code), _BY_SCRIPT)


def analyzer_for(tag: str) -> Analyzer:
    """The analyzer of a BCP 47 tag; one instance a profile, since analyzers remember."""
    return _analyzer(profile_for(tag).code)


def segmenting(script: str) -> LanguageProfile | None:
    """The profile that knows the words of a script, if one does for all languages."""
    return _BY_SCRIPT.get(script)


def load(tags: Iterable[str]) -> None:
    """Read the dictionaries of these languages, so that no search has to wait for them."""
    for profile in {profile_for(tag).code: profile_for(tag) for tag in tags}.values():
        profile.load()
        _analyzer(profile.code)("")

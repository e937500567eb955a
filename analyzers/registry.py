"""Every language on one screen, and the profile and analyzer of a language tag."""

from collections.abc import Iterable
from functools import cache

from analyzers.analyzer import Analyzer
from analyzers.languages import chinese, english, general, german, hindi, japanese, thai
from analyzers.profile import LanguageProfile

#: One line a language.
LANGUAGES: tuple[LanguageProfile, ...] = (
    chinese.PROFILE,
    english.PROFILE,
    german.PROFILE,
    hindi.PROFILE,
    japanese.PROFILE,
    thai.PROFILE,
)

GENERAL = general.PROFILE

_BY_CODE = {profile.code: profile for profile in LANGUAGES}
#: Who cuts a script that is written without spaces when the document's language does not say: Han by itself
#: is read as Chinese, and beside kana as Japanese (`Runs.japanese`).
_BY_SCRIPT = {
    **{script: profile for profile in LANGUAGES if profile.segment for script in profile.scripts},
    "Han": chinese.PROFILE,
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
    """The profile that cuts runs of an unsegmented script, if one does."""
    return _BY_SCRIPT.get(script)


def load(tags: Iterable[str]) -> None:
    """Read the dictionaries of these languages, so that no search has to wait for them."""
    for profile in {profile_for(tag).code: profile_for(tag) for tag in tags}.values():
        profile.load()
        _analyzer(profile.code)("")

"""Every language on one screen, and the profile and analyzer of a language tag."""

from collections.abc import Iterable
from functools import cache, lru_cache

from analyzers import characters
from analyzers.analyzer import Analyzer
from analyzers.languages import (
    arabic,
    armenian,
    basque,
    catalan,
    chinese,
    czech,
    danish,
    dutch,
    english,
    esperanto,
    estonian,
    finnish,
    french,
    general,
    german,
    greek,
    hebrew,
    hindi,
    hungarian,
    indonesian,
    irish,
    italian,
    japanese,
    korean,
    lithuanian,
    nepali,
    norwegian,
    persian,
    polish,
    portuguese,
    romanian,
    russian,
    serbian,
    sesotho,
    spanish,
    swedish,
    tamil,
    thai,
    turkish,
    urdu,
    vietnamese,
    yiddish,
)
from analyzers.profile import LanguageProfile

#: One line a language.
LANGUAGES: tuple[LanguageProfile, ...] = (
    arabic.PROFILE,
    armenian.PROFILE,
    basque.PROFILE,
    catalan.PROFILE,
    chinese.PROFILE,
    czech.PROFILE,
    danish.PROFILE,
    dutch.PROFILE,
    english.PROFILE,
    esperanto.PROFILE,
    estonian.PROFILE,
    finnish.PROFILE,
    french.PROFILE,
    german.PROFILE,
    greek.PROFILE,
    hebrew.PROFILE,
    hindi.PROFILE,
    hungarian.PROFILE,
    indonesian.PROFILE,
    irish.PROFILE,
    italian.PROFILE,
    japanese.PROFILE,
    korean.PROFILE,
    lithuanian.PROFILE,
    nepali.PROFILE,
    norwegian.PROFILE,
    persian.PROFILE,
    polish.PROFILE,
    portuguese.PROFILE,
    romanian.PROFILE,
    russian.PROFILE,
    serbian.PROFILE,
    sesotho.PROFILE,
    spanish.PROFILE,
    swedish.PROFILE,
    tamil.PROFILE,
    thai.PROFILE,
    turkish.PROFILE,
    urdu.PROFILE,
    vietnamese.PROFILE,
    yiddish.PROFILE,
)

GENERAL = general.PROFILE

_BY_CODE = {profile.code: profile for profile in LANGUAGES}
#: Tags that mean a language above: its two standards, and codes that BCP 47 has retired. Malay inflects as
#: Indonesian does, and short texts do not tell one from the other.
_OTHERWISE = {"nb": "no", "nn": "no", "iw": "he", "in": "id", "ji": "yi", "ms": "id"}
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
        if profile := _BY_CODE.get(_OTHERWISE.get(tag, tag)):
            return profile
        tag = tag.rpartition("-")[0]
    return GENERAL


@cache
def _analyzer(code: str) -> Analyzer:
    return Analyzer(profile_for(code), _BY_SCRIPT)


@lru_cache(maxsize=1_024)
def analyzer_for(tag: str) -> Analyzer:
    """The analyzer of a BCP 47 tag; one instance a profile, since analyzers remember."""
    return _analyzer(profile_for(tag).code)


def segmenting(script: str) -> LanguageProfile | None:
    """The profile that knows the words of a script, if one does for all languages."""
    return _BY_SCRIPT.get(script)


def sounds_of(word: str) -> list[tuple[str, tuple[str, ...]]]:
    """The readings of a folded word, each with its language; none, where a word goes by its letters."""
    number = characters.class_of(word[0]) if word else characters.OTHER
    profile = _BY_SCRIPT.get(characters.UNSEGMENTED.get(number, ""))
    if profile is None or profile.sounds is None:
        return []
    return [(profile.code, reading) for reading in profile.sounds(word)]


def load(tags: Iterable[str]) -> None:
    """Read the dictionaries of these languages, so that no search has to wait for them."""
    for profile in {profile_for(tag).code: profile_for(tag) for tag in tags}.values():
        profile.load()
        _analyzer(profile.code)("")

"""What a language is called, and which way it is written."""

from functools import lru_cache

import langcodes
from babel import Locale, UnknownLocaleError

from indexer.document import UNDETERMINED

#: Scripts that run from right to left, as ISO 15924 spells them.
RIGHT_TO_LEFT = frozenset(
    ["Adlm", "Arab", "Aran", "Hebr", "Mand", "Mend", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa", "Yezi"]
)


@lru_cache(maxsize=1024)
def language_name(code: str, reader: str = "en") -> str:
    """The language's name in the reader's language; the code itself when it has none (``th`` -> ``Thai``).

    ``reader`` is a locale as CLDR names it (``zh_Hant``). CLDR has a name for ``und`` too.
    """
    names = Locale.parse(reader).languages
    locale = None if code == UNDETERMINED else _locale(code)
    return (locale and _name(locale, reader)) or names.get(code) or code


@lru_cache(maxsize=1024)
def endonym(code: str) -> str:
    """The language's name for itself (``th`` -> ``ไทย``); empty when it is not known."""
    locale = None if code == UNDETERMINED else _locale(code)
    return (locale and _name(locale, str(locale))) or ""


@lru_cache(maxsize=1024)
def direction(code: str) -> str:
    """``rtl`` or ``ltr`` by the language's usual script; ``auto`` (the text decides) when it is not known."""
    if not langcodes.tag_is_valid(code) or language_name(code) in (code, language_name(UNDETERMINED)):
        return "auto"
    script = langcodes.Language.get(code).maximize().script
    return "rtl" if script in RIGHT_TO_LEFT else "ltr"


def _name(locale: Locale, reader: str) -> str | None:
    """A name of its own (``Simplified Chinese``) before one put together (``Chinese (Simplified)``)."""
    return Locale.parse(reader).languages.get(str(locale)) or locale.get_display_name(reader)


def _locale(code: str) -> Locale | None:
    try:
        return Locale.parse(code, sep="-", resolve_likely_subtags=False)
    except (UnknownLocaleError, ValueError):
        return None

"""What the page says, in each language that it speaks: gettext's catalogues."""

from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

#: The languages of the page, as BCP 47 spells them; messages are written in the first.
INTERFACES = ("en", "de", "th", "hi", "zh-Hans", "zh-Hant", "ja", "ar")
WRITTEN = INTERFACES[0]

TRANSLATIONS = Path(__file__).with_name("translations")
DOMAIN = "serai"


def locale_of(code: str) -> str:
    """A language of the page as CLDR and gettext name it (``zh-Hant`` -> ``zh_Hant``)."""
    return code.replace("-", "_")


def catalogue_file(code: str) -> Path:
    """Where the messages of a language stand; the one they are written in has no such file."""
    return TRANSLATIONS / locale_of(code) / "LC_MESSAGES" / f"{DOMAIN}.po"


@cache
def catalogue(code: str) -> NullTranslations:
    """The messages of a language.

    Compiled in memory when they are first asked for (10 ms): no compiled file has to be built with an
    installation, or could be older than its source.
    """
    if code == WRITTEN:
        return NullTranslations()
    with catalogue_file(code).open("rb") as file:
        messages = read_po(file, locale=locale_of(code), domain=DOMAIN)
    compiled = BytesIO()
    write_mo(compiled, messages)
    compiled.seek(0)
    return GNUTranslations(compiled)


def msgid(message: str) -> str:
    """The message itself: marks one for the catalogues that is looked up later, through a variable."""
    return message

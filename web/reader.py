"""The reader of a page: the language they chose or their browser asks for, and how it says things."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from datetime import date as Date
from functools import lru_cache
from typing import Any

import langcodes
from babel.dates import format_date, format_timedelta
from babel.numbers import format_decimal
from flask import Flask, Response, g, has_request_context, request

from web.catalogue import INTERFACES, WRITTEN, catalogue, locale_of
from web.languages import direction, language_name
from web.params import chosen_interface

#: Where the choice is kept, once somebody has made one.
COOKIE = "ui"
YEAR = 365 * 24 * 60 * 60
#: How far two languages may be apart (CLDR's distance) for readers of one to be served the other:
#: regions and scripts of a language are within 5, Swiss German is 8 from German.
NEAR = 9


@dataclass(frozen=True, slots=True)
class Reader:
    """Says numbers, days and messages in one language of the page."""

    code: str

    @property
    def locale(self) -> str:
        """The language as CLDR names it."""
        return locale_of(self.code)

    @property
    def direction(self) -> str:
        """Which way the page runs: ``ltr`` or ``rtl``."""
        return direction(self.code)

    def number(self, value: float) -> str:
        """A count (``12,480``), or another number (``1.5``)."""
        return format_decimal(value, locale=self.locale)

    def day(self, value: str) -> str:
        """An ISO 8601 day (``Jun 20, 2024``); whatever else it is, as it is."""
        try:
            return format_date(Date.fromisoformat(value), format="medium", locale=self.locale)
        except ValueError:
            return value

    def age(self, moment: str) -> str:
        """How long ago this ISO 8601 moment was (``3 hours ago``)."""
        then = datetime.fromisoformat(moment)
        if then.tzinfo is None:
            then = then.replace(tzinfo=UTC)
        return format_timedelta(then - datetime.now(UTC), add_direction=True, locale=self.locale)

    def language_name(self, code: str) -> str:
        """The name of a language (``th`` -> ``Thai``)."""
        return language_name(code, self.locale)

    def gettext(self, message: str, /, **values: Any) -> str:
        """The message, with ``%(name)s`` replaced by the value of that name."""
        said = catalogue(self.code).gettext(message)
        return said % values if values else said

    def ngettext(self, one: str, many: str, count: int, /, **values: Any) -> str:
        """The message in the form that goes with a count, which stands in it as ``%(count)s``."""
        said = catalogue(self.code).ngettext(one, many, count)
        return said % {"count": self.number(count), **values}


def reader() -> Reader:
    """Who reads the page that is being made."""
    if not has_request_context():
        return Reader(WRITTEN)
    found: Reader | None = g.get("reader")
    if found is None:
        found = g.reader = Reader(_language())
    return found


def gettext(message: str, /, **values: Any) -> str:
    """The message in the reader's language."""
    return reader().gettext(message, **values)


def ngettext(one: str, many: str, count: int, /, **values: Any) -> str:
    """The message in the reader's language, in the form that goes with a count."""
    return reader().ngettext(one, many, count, **values)


def init_app(app: Flask) -> None:
    """Let templates speak the reader's language."""
    environment = app.jinja_env
    environment.add_extension("jinja2.ext.i18n")
    environment.install_gettext_callables(  # type: ignore[attr-defined]
        lambda message: catalogue(reader().code).gettext(message),
        lambda one, many, count: catalogue(reader().code).ngettext(one, many, count),
        newstyle=True,
    )


def addressed(response: Response) -> Response:
    """The page as an answer to this reader: in their language, remembered when they have just chosen it."""
    response.content_language.add(reader().code)
    response.vary.update(["Accept-Language", "Cookie"])
    if chosen_interface(request.args) in INTERFACES:
        response.set_cookie(COOKIE, reader().code, max_age=YEAR, httponly=True, samesite="Lax")
    return response


def _language() -> str:
    """What was chosen with this request, what was chosen before, or what the browser asks for."""
    for choice in (chosen_interface(request.args), request.cookies.get(COOKIE)):
        if choice in INTERFACES:
            return choice
    wanted = (_nearest(tag) for tag, quality in request.accept_languages if quality > 0)
    return next(filter(None, wanted), WRITTEN)


@lru_cache(maxsize=1024)
def _nearest(tag: str) -> str | None:
    """The language of the page for readers of this one (``zh-HK`` -> ``zh-Hant``), if there is one."""
    with suppress(ValueError):
        nearest, distance = langcodes.closest_match(tag, INTERFACES, max_distance=NEAR)
        return nearest if distance <= NEAR else None
    return None

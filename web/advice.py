"""What a reader is told of an error: what happened, and what to do about it, in their language."""

from http import HTTPStatus
from typing import NamedTuple

from web.catalogue import msgid
from web.reader import gettext


class Advice(NamedTuple):
    """An error, as a page says it: a heading, what happened, what to do."""

    title: str
    message: str
    hint: str


NO_DOCUMENT = Advice(
    msgid("Not found"),
    msgid("There is no document at this address."),
    msgid("It may have been renamed or removed since. Search for its words instead."),
)
ADVICE = {
    HTTPStatus.BAD_REQUEST: Advice(
        msgid("This cannot be searched for"),
        msgid("Something in the search or in its address is longer, or other, than it may be."),
        msgid("Shorten the search, or take out the part that is named here."),
    ),
    HTTPStatus.NOT_FOUND: Advice(
        msgid("Not found"),
        msgid("There is nothing at this address."),
        msgid("Search for what you were looking for instead."),
    ),
    HTTPStatus.METHOD_NOT_ALLOWED: Advice(
        msgid("Not allowed"),
        msgid("This address is only read, never written to."),
        msgid("Open it as a page instead."),
    ),
    HTTPStatus.REQUEST_URI_TOO_LONG: Advice(
        msgid("The address is too long"),
        msgid("No page has an address as long as this one."),
        msgid("Search for fewer words."),
    ),
    HTTPStatus.SERVICE_UNAVAILABLE: Advice(
        msgid("There is no index to search"),
        msgid("It has not been built yet, or it was built by another version."),
        msgid("Build it with this command, then load the page again:"),
    ),
}
BUSY = Advice(
    msgid("Too many searches at once"),
    msgid("So many wait to be answered that yours would have waited too long."),
    msgid("Load the page again in a few seconds."),
)
AWAY = Advice(
    msgid("The index cannot be reached"),
    msgid("It is kept on other machines, and they do not answer at the moment."),
    msgid("Load the page again in a few seconds."),
)
UNFORESEEN = Advice(
    msgid("Something went wrong"),
    msgid("This could not be answered, and it is not your fault."),
    msgid("The server's log says why. Other searches may well work."),
)


def advice_for(
    status: HTTPStatus,
    path: str,
    refusal: tuple[str, str] | None = None,
    *,
    busy: bool = False,
    away: bool = False,
) -> Advice:
    """What is said of a status at an address, in the reader's language.

    ``refusal`` is why, and what to do about it, where that can be said; ``busy`` is whether too many wait,
    ``away`` whether whoever keeps the index does not answer.
    """
    if busy or away:
        return Advice(*map(gettext, BUSY if busy else AWAY))
    if refusal:
        return Advice(gettext(ADVICE[status].title), *refusal)
    missing = status == HTTPStatus.NOT_FOUND and path.startswith("/documents/")
    said = NO_DOCUMENT if missing else ADVICE.get(status, UNFORESEEN)
    return Advice(*map(gettext, said))

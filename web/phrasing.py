"""Where sentences end, and what the search has to say to the reader."""

from collections.abc import Mapping

from markupsafe import Markup, escape

from indexer.page import Notice
from web.catalogue import msgid
from web.reader import gettext, reader

SENTENCE_END = (".", "!", "?", "…", "。", "！", "？", "।", "॥", "؟", "۔", "។", "။", "።")
CLOSING = "\"'”’»«“）)」』】]*"

#: The notices of the search, by their keys; a test compares them with those that it has.
NOTICES = {
    "absent-language": msgid("No document is in the language %(language)s."),
    "no-words": msgid("There is no word in “%(query)s” to search for."),
    "too-deep": msgid("Brackets nest more than %(limit)s deep; what is in the deeper ones was left out."),
    "too-many-widened": msgid(
        "More than %(limit)s words have a * or a ~; the others were searched for as they stand."
    ),
    "time-up": msgid("Time was up after %(seconds)s s: there may be more to find, and in another order."),
    "time-up-marks": msgid("Time was up after %(seconds)s s: not everything that was found is marked."),
    "time-up-places": msgid(
        "Time was up after %(seconds)s s: matches were not looked for up to the end of the document."
    ),
}

_IN_THE_ADDRESS = msgid("Put %(name)s right in the address, or leave it out there.")
#: Why a search is refused and what to do about it, by the keys of `BadRequest`; a test compares these too.
REFUSALS = {
    "long-query": (
        msgid("The search has %(length)s characters, and %(limit)s are allowed."),
        msgid("Search for its most telling words instead."),
    ),
    "too-far": (
        msgid("Only the first %(limit)s results can be paged through."),
        msgid("Narrow the search by a word or a filter instead of paging further."),
    ),
    "page-number": (msgid("The page must be a whole number from 1, not %(value)s."), _IN_THE_ADDRESS),
    "part-number": (msgid("The part must be a whole number from 1, not %(value)s."), _IN_THE_ADDRESS),
    "no-part": (msgid("The document has %(parts)s parts, and no part %(value)s."), _IN_THE_ADDRESS),
    "page-size": (
        msgid("A page holds 1 to %(most)s results, and cannot hold %(value)s."),
        _IN_THE_ADDRESS,
    ),
    "day": (msgid("A day is written like %(example)s, not like %(value)s."), _IN_THE_ADDRESS),
    "order": (msgid("The order must be one of %(choices)s, not %(value)s."), _IN_THE_ADDRESS),
    "language-tag": (
        msgid("A language is written like %(example)s, not like %(value)s."),
        _IN_THE_ADDRESS,
    ),
    "repeated": (
        msgid("%(name)s stands in the address more than once, with different values."),
        msgid("Leave it there once."),
    ),
}


def ends_whole(text: str) -> bool:
    """Whether a snippet ends where a sentence does, in the punctuation of any script."""
    return text.rstrip().rstrip(CLOSING).endswith(SENTENCE_END)


def notice(said: Notice) -> str:
    """A notice of the search in the reader's language."""
    if said.key not in NOTICES:
        return str(said)
    values = dict(said.values)
    if "language" in values:
        values["language"] = reader().language_name(values["language"])
    if "seconds" in values:
        values["seconds"] = reader().number(float(values["seconds"]))
    return gettext(NOTICES[said.key], **values)


def refusal(key: str, values: Mapping[str, str | int]) -> tuple[Markup, Markup] | None:
    """Why a search was refused and what to do about it, in the reader's language, where the key is known."""
    if key not in REFUSALS:
        return None
    shown = {name: Markup("<bdi>{}</bdi>").format(_said(value)) for name, value in values.items()}
    why, hint = (escape(gettext(message)) % shown for message in REFUSALS[key])
    return why, hint


def _said(value: str | int) -> str:
    return reader().number(value) if isinstance(value, int) else value

"""Where sentences end, and what the search has to say to the reader."""

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

"""A document, as it is indexed, stored and shown."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Self

import langcodes

from indexer.errors import CorpusError

#: Detected when a document does not say; BCP 47 for "undetermined".
UNDETERMINED = "und"


@dataclass(frozen=True, slots=True)
class Document:
    """One document: what is searched (``title`` and ``text``) and what is known about it.

    ``title`` and ``text`` are NFC and are never altered after this: every offset and mark
    of the product, in Unicode code points, points into them. ``language`` is a BCP 47 tag,
    or empty until it has been detected. ``date`` is ISO 8601 (``2024-06-20``).
    """

    id: str
    title: str
    text: str
    source: str
    language: str = ""
    url: str | None = None
    date: str | None = None
    tags: tuple[str, ...] = field(default=())

    def __post_init__(self) -> None:
        for name in ("id", "title", "text", "source"):
            value = getattr(self, name)
            if not unicodedata.is_normalized("NFC", value):
                object.__setattr__(self, name, unicodedata.normalize("NFC", value))

    @classmethod
    def restored(cls, values: Mapping[str, Any]) -> Self:
        """A document from the values of its fields as they were kept; what was NFC is not checked anew."""
        document = object.__new__(cls)
        for name, value in values.items():
            object.__setattr__(document, name, value)
        return document

    def in_language(self, language: str) -> "Document":
        """The same document with its language settled."""
        # Not `replace`, which would normalize all that is normal already, nor `copy`, which takes as long.
        values = {name: getattr(self, name) for name in Document.__slots__}
        return Document.restored({**values, "language": language})


def language_tag(tag: str) -> str:
    """The canonical spelling of a BCP 47 tag (``zh-hant`` -> ``zh-Hant``).

    Raises:
        CorpusError: the tag is not well formed.
    """
    well_formed = tag == UNDETERMINED or langcodes.tag_is_valid(tag)
    if not well_formed:
        raise CorpusError(
            f'"language" is {tag!r}, which is no language tag',
            hint='Write it as BCP 47, for example "th"; leave it out and it is detected.',
        )
    return langcodes.standardize_tag(tag)


def iso_date(value: str) -> str:
    """The day of an ISO 8601 date or date-time (``2024-06-20T10:00:00Z`` -> ``2024-06-20``).

    Raises:
        CorpusError: the value does not begin with an ISO 8601 date.
    """
    try:
        return datetime.fromisoformat(value).date().isoformat()
    except ValueError:
        raise CorpusError(
            f'"date" is {value!r}, which is no date',
            hint='Write it as ISO 8601, for example "2024-06-20", or leave it out.',
        ) from None


def well_formed(text: str) -> str:
    """The text in NFC, lone surrogates replaced: they can be typed into a URL, never stored."""
    replaced = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return unicodedata.normalize("NFC", replaced)

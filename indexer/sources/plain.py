"""Plain text: the text as it stands, entitled by its first line."""

from indexer.sources.records import Parsed
from indexer.sources.titles import title_of


def parsed(text: str) -> Parsed:
    """A plain text, not a character altered."""
    return Parsed(title_of(text), text)

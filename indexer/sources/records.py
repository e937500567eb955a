"""What the sources speak of: a file to read, and a remark about what was read."""

from dataclasses import dataclass
from enum import StrEnum
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from indexer.document import Document


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file of the corpus, by the name that its documents carry; ``size`` is in bytes on the disk."""

    source: str
    path: Path
    size: int

    @property
    def name(self) -> str:
        """The last name of the source: a document's title when nothing better is known."""
        return self.source.rpartition("/")[2]


class Row(NamedTuple):
    """A part of a file of many documents, not parsed yet: its number, and its bytes."""

    number: int
    content: bytes


class Unit(NamedTuple):
    """What is parsed at a time, in any process: a row of a file, or, without one, the file whole.

    ``size`` is in bytes; of a whole file, on the disk.
    """

    file: SourceFile
    row: Row | None
    size: int


class Read(NamedTuple):
    """A document, and the digest of the bytes that it was read from."""

    document: Document
    digest: bytes


def digest_of(content: bytes) -> bytes:
    """What tells one content from another, 16 bytes."""
    return blake2b(content, digest_size=16).digest()


class Kind(StrEnum):
    """What became of the file or the line that a remark is about."""

    REJECTED = "rejected"  #: it is wrong and was left out; ``--strict`` fails on it
    SKIPPED = "skipped"  #: files of a type that Serai does not read
    REPLACED = "replaced"  #: a later line of the same file has the same id and stands in its place
    NOTED = "noted"  #: it is read, and the reader should know how


@dataclass(frozen=True, slots=True)
class Remark:
    """Something the run should tell about ``source``: a file, or ``file:line``.

    ``reason`` is one sentence without its full stop; ``hint``, where there is one, says what to do.
    ``count`` is how many files or lines it is about.
    """

    kind: Kind
    source: str
    reason: str
    hint: str = ""
    count: int = 1


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a format makes of the text of one file; an empty ``title`` is for the file name to fill."""

    title: str
    text: str
    language: str = ""
    date: str | None = None
    tags: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

"""What a generation was made of: the paths, and of each document the bytes that it was read from.

It stands beside whatever the engine keeps, so that an update finds what has changed on every engine.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib import metadata
from itertools import islice
from pathlib import Path
from unicodedata import unidata_version

import numpy as np

from indexer.errors import IndexUnavailable
from indexer.tables import TableReader, TableWriter

NAME = "ledger"
#: Raised when a file becomes another text or another title than before.
_READING = "2"
#: What turns files into texts.
_LIBRARIES = ("chardet", "lxml", "markdown-it-py")
_DIGEST = 16

#: The documents of one file by their ids, in order, each with the digest of its bytes.
Origins = Mapping[str, bytes]


def reading() -> str:
    """The version of what turns files into documents."""
    libraries = (f"{name} {metadata.version(name)}" for name in _LIBRARIES)
    return "; ".join([_READING, f"Unicode {unidata_version}", *libraries])


@dataclass(frozen=True, slots=True)
class Ledger:
    """The record of what was read.

    ``roots`` maps the paths that were given, from the root of the file system on, to what their sources
    begin with; ``sources`` maps each source, in order, to its documents. ``read_by`` is the version of
    what read them.
    """

    roots: Mapping[Path, str]
    sources: Mapping[str, Origins]
    read_by: str

    def ids(self) -> list[str]:
        """The ids of all documents, in the order in which a rebuild would come upon them."""
        return [one for origins in self.sources.values() for one in origins]

    def write(self, directory: Path) -> None:
        """Write it into the folder of a generation."""
        counts = np.array([len(origins) for origins in self.sources.values()], np.int64)
        # An id begins with its source.
        names = [one[len(source) :] for source, origins in self.sources.items() for one in origins]
        with TableWriter(directory / NAME) as table:
            table.put_strings("read_by", [self.read_by])
            table.put_strings("roots", [str(root) for root in self.roots])
            table.put_strings("labels", list(self.roots.values()))
            table.put_strings("sources", list(self.sources))
            table.put("documents", counts)
            table.put_strings("names", names)
            digests = (digest for origins in self.sources.values() for digest in origins.values())
            table.put_bytes("digests", b"".join(digests))


def ledger_of(origins: Iterable[tuple[str, str, bytes]], roots: Mapping[Path, str]) -> Ledger:
    """The ledger of documents that were just read: source, id and digest of each."""
    sources: dict[str, dict[str, bytes]] = {}
    for source, one, digest in origins:
        sources.setdefault(source, {})[one] = digest
    return Ledger(roots, sources, reading())


def read(directory: Path) -> Ledger:
    """The ledger of a generation.

    Raises:
        IndexUnavailable: it is missing or damaged.
    """
    table = TableReader(directory / NAME)
    try:
        names = iter(table.strings("names"))
        digests = _cut(table.bytes("digests"))
        counts = table.numbers("documents").tolist()
        sources = {
            source: {source + name: next(digests) for name in islice(names, count)}
            for source, count in zip(table.strings("sources"), counts, strict=True)
        }
        roots = map(Path, table.strings("roots"))
        (read_by,) = table.strings("read_by")
        return Ledger(dict(zip(roots, table.strings("labels"), strict=True)), sources, read_by)
    except (ValueError, LookupError, StopIteration) as error:
        raise IndexUnavailable(f"the index in {directory.parent} is damaged: see {NAME}") from error


def _cut(digests: bytes) -> Iterator[bytes]:
    return (digests[start : start + _DIGEST] for start in range(0, len(digests), _DIGEST))

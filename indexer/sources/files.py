"""Opening the files of a corpus, plain or compressed, within limits."""

import gzip
import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO, cast

from indexer.errors import CorpusError
from indexer.sources.records import SourceFile

MAX_BYTES = 64 << 20  #: bytes of a file that is one document, or of one line of a file of many
MAX_EXPANSION = 200  #: times its size that a compressed file may grow to; text seldom exceeds 20
GZIP = ".gz"
BUFFER = 1 << 18  #: bytes


@contextmanager
def opened(file: SourceFile) -> Iterator[BinaryIO]:
    """The content of a file as a stream of bytes, unpacked if its name ends in ``.gz``.

    Raises:
        CorpusError: it cannot be opened or, while it is open, read or unpacked.
    """
    try:
        if file.source.lower().endswith(GZIP):
            # Python 3.11 unpacks 8 KiB at a time; a larger buffer makes it a quarter faster.
            with gzip.open(file.path) as packed:
                yield io.BufferedReader(cast(io.RawIOBase, packed), BUFFER)
        else:
            with file.path.open("rb") as stream:
                yield stream
    except (gzip.BadGzipFile, EOFError, zlib.error):
        raise CorpusError("it is broken gzip", hint="Unpack it, or make it anew with: gzip") from None
    except OSError as error:
        raise CorpusError(
            f"it cannot be read: {error.strerror or error}",
            hint="Check that it is there and that you may read it.",
        ) from error


def content_of(file: SourceFile) -> bytes:
    """All bytes of a file that is one document.

    Raises:
        CorpusError: it is empty, larger than 64 MiB (it is then not read to its end), or unreadable.
    """
    if file.size > MAX_BYTES:
        raise _too_large()
    with opened(file) as stream:
        content = stream.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise _too_large()
    if not content:
        raise empty()
    return content


def empty() -> CorpusError:
    """The error for a file without content."""
    return CorpusError("it is empty", hint="Remove it, or fill it and run the command again.")


def _too_large() -> CorpusError:
    return CorpusError(
        f"it is larger than {MAX_BYTES >> 20} MiB",
        hint="Split it, or write its parts as the lines of a .jsonl file.",
    )


def most_bytes(file: SourceFile) -> float:
    """How many bytes the content of a file may come to: without bound, unless it is compressed."""
    if file.source.lower().endswith(GZIP):
        return max(MAX_BYTES, file.size * MAX_EXPANSION)
    return float("inf")

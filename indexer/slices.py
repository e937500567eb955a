"""Reads slices of a file that somebody may harm meanwhile: what is not there any more ends in an error.

A memory map of a file that is cut short, or lies on a disk that fails, ends the process that looks at it
(SIGBUS), and asks no code of ours. So an index that is there already is read: one call of the operating
system a slice, of a microsecond, and without a position, which threads would share.
"""

import os
from pathlib import Path
from weakref import finalize

from indexer.errors import IndexUnavailable

#: How much is looked through at a time, first and at most, in bytes: what is sought is near, or may be far.
_NEAR, _FAR = 1 << 13, 1 << 20


class SlicedFile:
    """A file of an index; safe to use from several threads."""

    def __init__(self, path: Path) -> None:
        """Open it.

        Raises:
            OSError: it is not there, or cannot be read.
        """
        self._path = path
        #: The number of the open file, -1 when it is closed.
        self.descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        self.size = os.fstat(self.descriptor).st_size
        self._let_go = finalize(self, os.close, self.descriptor)

    def get(self, start: int, length: int) -> bytes:
        """So many bytes at a place.

        Raises:
            IndexUnavailable: they are not there, or not any more.
        """
        if not 0 <= start <= start + length <= self.size:
            raise self._harmed()
        try:
            found = os.pread(self.descriptor, length, start)
            while len(found) < length:  # a call reads 2 GiB at the most
                more = os.pread(self.descriptor, length - len(found), start + len(found))
                if not more:
                    raise self._harmed()
                found += more
        except OSError as error:
            raise self._harmed() from error
        return found

    def find(self, sought: bytes, start: int, stop: int) -> int:
        """The first place from ``start`` on where bytes stand, all of them before ``stop``; -1 for none."""
        ahead = _NEAR
        while start + len(sought) <= stop:
            piece = self.get(start, min(ahead + len(sought), stop - start))
            place = piece.find(sought)
            if place >= 0:
                return start + place
            start += len(piece) - len(sought) + 1
            ahead = min(2 * ahead, _FAR)
        return -1

    def close(self) -> None:
        """Let go of it."""
        self.descriptor = -1
        self._let_go()

    def _harmed(self) -> IndexUnavailable:
        return IndexUnavailable(
            f"the index in {self._path.parent} is damaged or half-written: see {self._path.name}",
            hint="Build it anew with: serai rebuild",
        )

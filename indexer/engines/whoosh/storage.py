"""A Whoosh storage that reads its files by slices.

Whoosh seeks and reads, two calls of the operating system for every look, and a file position that
threads would share; or it maps a file, and whoever reads one that is cut short then is ended.
"""

from io import RawIOBase
from pathlib import Path
from typing import Any

from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.structfile import StructFile

from indexer.slices import SlicedFile


class ReadFile(StructFile):
    """A file whose `get` is a slice of it; sequential reading is for opening only."""

    def __init__(self, path: Path) -> None:
        self._slices = SlicedFile(path)
        whole: Any = _Stream(self._slices)
        super().__init__(whole, name=path.name)
        self.is_real = False  # arrays are read from slices too, never from a descriptor

    def get(self, position: int, length: int) -> bytes:
        """The bytes at a position."""
        return self._slices.get(position, length)


class _Stream(RawIOBase):
    """A file from its beginning to its end."""

    def __init__(self, slices: SlicedFile) -> None:
        self._slices = slices
        self._place = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._place

    def seek(self, offset: int, whence: int = 0) -> int:
        self._place = offset + (0, self._place, self._slices.size)[whence]
        return self._place

    def readinto(self, buffer: Any) -> int:
        length = max(0, min(len(buffer), self._slices.size - self._place))
        buffer[:length] = self._slices.get(self._place, length)
        self._place += length
        return length

    def close(self) -> None:
        if not self.closed:
            self._slices.close()
        super().close()


class ReadStorage(FileStorage):
    """A folder of files; what is opened for reading is read by slices."""

    def open_file(self, name: str, **_kwargs: Any) -> ReadFile:
        """Open an existing file."""
        return ReadFile(Path(self.folder) / name)

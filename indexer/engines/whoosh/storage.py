"""A Whoosh storage that reads its files through memory maps.

Whoosh seeks and reads, two calls of the operating system for every look, and a file position that
threads would share. A mapped file is read by slices, which have no position.
"""

import mmap
from io import BytesIO
from pathlib import Path
from typing import Any

from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.structfile import StructFile


class MappedFile(StructFile):
    """A file whose `get` is a slice of its memory map; sequential reading is for opening only."""

    def __init__(self, path: Path) -> None:
        with path.open("rb") as stream:
            # An empty file cannot be mapped, and has nothing to slice.
            self._whole: mmap.mmap | bytes = (
                mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) if path.stat().st_size else b""
            )
        whole: Any = BytesIO() if isinstance(self._whole, bytes) else self._whole
        super().__init__(whole, name=path.name)
        self.is_real = False  # arrays are read from slices too, never from a descriptor

    def get(self, position: int, length: int) -> bytes:
        """The bytes at a position."""
        return self._whole[position : position + length]


class MappedStorage(FileStorage):
    """A folder of files; what is opened for reading is mapped."""

    def open_file(self, name: str, **_kwargs: Any) -> MappedFile:
        """Map an existing file."""
        return MappedFile(Path(self.folder) / name)

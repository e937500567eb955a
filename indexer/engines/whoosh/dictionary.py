"""Whoosh's ordered hash file, written a field at a time and read without a generator.

The format is Whoosh's own (`whoosh.filedb.filetables`): a constant database with an index of its keys
in order. Whoosh adds a key in seven calls and fills its hash tables a slot at a time; here both
are done for all keys together.
"""

import struct
from array import array
from collections.abc import Sequence
from zlib import crc32

import numpy as np
from numpy.typing import NDArray
from whoosh.filedb.filetables import OrderedHashReader, OrderedHashWriter
from whoosh.filedb.structfile import StructFile

from indexer.engines.whoosh.storage import MappedFile

_CRC32 = 1  #: Whoosh's number for the hash function: ten times as fast as MD5, its default
_LENGTHS = struct.Struct("!ii")
_POINTER = struct.Struct("!Iq")
_SLOT = np.dtype([("hash", ">u4"), ("position", ">i8")])
_BUCKETS = 256


class DictionaryWriter(OrderedHashWriter):
    """Writes keys, in order, with their values."""

    def __init__(self, file: StructFile) -> None:
        super().__init__(file)
        # The header that Whoosh wrote names MD5.
        self.hashtype = _CRC32
        self._position: int = file.tell()
        file.seek(self.startoffset + len(b"HSH3"))
        file.write_byte(_CRC32)
        file.seek(self._position)
        self._last = b""
        self._positions: list[NDArray[np.int64]] = []
        self._hashes: list[NDArray[np.uint32]] = []

    def add_sorted(self, keys: Sequence[bytes], values: Sequence[bytes]) -> None:
        """Add keys, which ascend and follow all that were added before, with their values.

        Raises:
            ValueError: the keys do not ascend.
        """
        if not keys:
            return
        if any(map(bytes.__ge__, [self._last, *keys], keys)):
            raise ValueError("keys must ascend")
        pack = _LENGTHS.pack
        entries = [pack(len(key), len(value)) + key + value for key, value in zip(keys, values, strict=True)]
        lengths = np.fromiter(map(len, entries), np.int64, len(entries))
        self.dbfile.write(b"".join(entries))
        self._positions.append(self._position + np.cumsum(lengths) - lengths)
        self._hashes.append(np.fromiter(map(crc32, keys), np.uint32, len(keys)))
        self._position += int(lengths.sum())
        self._last = keys[-1]

    def _write_hashes(self) -> None:
        positions = np.concatenate([np.zeros(0, np.int64), *self._positions])
        hashes = np.concatenate([np.zeros(0, np.uint32), *self._hashes])
        buckets = hashes & 0xFF
        order = np.argsort(buckets, kind="stable")
        bounds = np.searchsorted(buckets[order], np.arange(_BUCKETS + 1))
        place = self._position
        for start, stop in zip(bounds[:-1].tolist(), bounds[1:].tolist(), strict=True):
            table = _table(hashes[order[start:stop]], positions[order[start:stop]])
            self.directory.append((place, len(table)))
            self.dbfile.write(table.tobytes())
            place += table.nbytes
        # Whoosh reads the index by its type: "I" is half of "q", and enough for four gigabytes of terms.
        self.index.array = array("I" if self._position < 1 << 32 else "q", positions.tolist())


def _table(hashes: NDArray[np.uint32], positions: NDArray[np.int64]) -> NDArray[np.void]:
    """One hash table: each entry in its slot, or in the first free one behind it."""
    # Whoosh leaves half of a table empty; a look takes half a step more with a fifth of it empty.
    table = np.zeros(len(hashes) * 5 // 4 + 1, _SLOT)
    slots = (hashes >> 8).astype(np.int64) % len(table)
    order = np.argsort(slots, kind="stable")
    steps = np.arange(len(order))
    # Entries in order of their slots: each goes to its own, or behind the one before it.
    places = steps + np.maximum.accumulate(slots[order] - steps)
    inside = places < len(table)
    table["hash"][places[inside]] = hashes[order[inside]]
    table["position"][places[inside]] = positions[order[inside]]
    # Those pushed past the end begin again at the front, in whatever is free there.
    free = np.flatnonzero(table["position"] == 0)
    beyond = order[~inside]
    table["hash"][free[: len(beyond)]] = hashes[beyond]
    table["position"][free[: len(beyond)]] = positions[beyond]
    return table


class DictionaryReader(OrderedHashReader):
    """Reads a mapped dictionary."""

    def __init__(self, file: MappedFile, length: int) -> None:
        super().__init__(file, length)
        self._file = file

    def value(self, key: bytes) -> bytes | None:
        """The value of a key; None, if it is not there."""
        read, hashed = self._file.get, crc32(key)
        start, slots = self.tables[hashed & 0xFF]
        if not slots:
            return None
        slot = (hashed >> 8) % slots
        for _ in range(slots):
            found, position = _POINTER.unpack(read(start + slot * _POINTER.size, _POINTER.size))
            if not position:
                return None
            if found == hashed:
                key_length, length = _LENGTHS.unpack(read(position, _LENGTHS.size))
                at = position + _LENGTHS.size
                if key_length == len(key) and read(at, key_length) == key:
                    return read(at + key_length, length)
            slot = slot + 1 if slot + 1 < slots else 0
        return None

"""Segments of an earlier index as parts of a new one: their files are linked, or they are read back."""

import errno
import os
import shutil
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from whoosh.filedb.filestore import FileStorage

from indexer.engines.whoosh import layout
from indexer.engines.whoosh.merging import Stretch
from indexer.engines.whoosh.packing import Numbers
from indexer.engines.whoosh.parts import Lists
from indexer.engines.whoosh.postings import decode_lists
from indexer.engines.whoosh.segment import Segment
from indexer.engines.whoosh.storage import ReadStorage

#: What a file system says that has no links, or not from here to there.
_NO_LINK = {
    errno.EXDEV,
    errno.EPERM,
    errno.EACCES,
    errno.EMLINK,
    errno.ENOTSUP,
    errno.EOPNOTSUPP,
    errno.ENOSYS,
}


class Kept(NamedTuple):
    """A segment of an earlier index: the folder that its files are in, and Whoosh's object for it.

    That object holds the numbers of its deleted documents, and the table of contents holds these objects:
    so deleting a document touches no file of its segment, which several indexes may share.
    """

    folder: Path
    segment: Any

    @property
    def documents(self) -> int:
        """How many documents are not deleted."""
        return int(self.segment.doc_count())

    @property
    def size(self) -> int:
        """How many bytes its files take, what is deleted included."""
        return sum(path.stat().st_size for path in self._files())

    def opened(self) -> "KeptReader":
        """What reads its living documents."""
        return KeptReader(Segment(self._storage(), self.segment))

    def delete(self, ids: Collection[bytes]) -> None:
        """Mark the documents that have these ids."""
        segment = Segment(self._storage(), self.segment)
        for one in ids:
            found = segment.terms.postings(layout.ID, one)
            for number in () if found is None else found.documents.tolist():
                self.segment.delete_document(number)
        segment.close()

    def bring(self, directory: Path) -> None:
        """Link its files into a folder, or copy them where that cannot be.

        Raises:
            OSError: they can be neither.
        """
        for path in self._files():
            try:
                os.link(path, directory / path.name)
            except OSError as error:
                if error.errno not in _NO_LINK:
                    raise
                shutil.copyfile(path, directory / path.name)

    def _storage(self) -> ReadStorage:
        return ReadStorage(str(self.folder), readonly=True)

    def _files(self) -> list[Path]:
        return [self.folder / name for name in self.segment.list_files(FileStorage(str(self.folder)))]


class KeptReader:
    """Reads the living documents of a segment, numbered anew in their order."""

    def __init__(self, segment: Segment) -> None:
        self._segment = segment
        self._alive = segment.alive

    def numbers(self, name: str) -> NDArray[Any]:
        """A column of numbers, or how many bytes each stored document takes; shape (documents,)."""
        stored = name == layout.STORED_NAME
        every = self._segment.stored_sizes() if stored else self._segment.numbers(name)
        return every[self._alive]

    def values(self, name: str) -> tuple[NDArray[Any], Sequence[str]]:
        """A column of few values: each document's number of its value, and the values."""
        codes, values = self._segment.categories(name)
        used, firsts, numbers = np.unique(codes[self._alive], return_index=True, return_inverse=True)
        # In the order in which they come, as a batch has them: so a merge writes what a build would.
        order = np.argsort(firsts)
        return np.argsort(order)[numbers], [values[code] for code in used[order].tolist()]

    def stored(self) -> Iterator[bytes]:
        """The stored documents end to end, as they lie there, a piece at a time."""
        return self._segment.stored(self._alive)

    def lists(self, field: str, base: int) -> "KeptLists":
        """The posting lists of a field; the living documents are numbered from ``base`` on."""
        return KeptLists(self._segment, field, np.cumsum(self._alive) - 1 + base)

    def volume(self, field: str) -> int:
        """How many bytes the posting lists of a field take."""
        return self._segment.terms.field(field).volume

    def close(self) -> None:
        """Let go of files."""
        self._segment.close()


class KeptLists(Lists):
    """The posting lists of one field of a segment, without the deleted documents."""

    def __init__(self, segment: Segment, field: str, numbers: Numbers) -> None:
        """``numbers``, shape (segment.count,), are the new numbers of its documents."""
        self._dictionary = segment.terms.field(field)
        frequencies, sizes = self._dictionary.frequencies()
        super().__init__(np.concatenate([[0], np.cumsum(frequencies)]))
        # Where each block begins, counted in terms.
        self._begins = np.concatenate([[0], np.cumsum(sizes)])
        self._blocks = segment.terms.blocks
        self._positions = layout.POSITIONS[field]
        self._alive = segment.alive
        self._numbers = numbers.astype(np.int32)

    def __getitem__(self, index: int) -> bytes:
        block = int(np.searchsorted(self._begins, index, side="right")) - 1
        return self._dictionary.listing(block, block + 1).terms[index - int(self._begins[block])]

    def stretch(self, start: int, stop: int) -> Stretch:
        """The lists of some terms, at least one; a term that no living document holds is left out."""
        first = int(np.searchsorted(self._begins, start, side="right")) - 1
        listing = self._dictionary.listing(first, int(np.searchsorted(self._begins, stop)))
        some = slice(start - int(self._begins[first]), stop - int(self._begins[first]))
        sizes, frequencies = listing.lengths[some], listing.documents[some]
        offset = listing.offset + int(listing.lengths[: some.start].sum())
        found = decode_lists(
            self._blocks(offset, int(sizes.sum())),
            np.cumsum(sizes) - sizes,
            frequencies,
            listing.occurrences[some],
            positions=self._positions,
        )
        alive = self._alive[found.documents]
        living = np.add.reduceat(alive, np.cumsum(frequencies) - frequencies, dtype=np.int64)
        positions = None if found.positions is None else found.positions[np.repeat(alive, found.counts)]
        return Stretch(
            [term for term, left in zip(listing.terms[some], living.tolist(), strict=True) if left],
            living[living > 0],
            self._numbers[found.documents[alive]],
            found.counts[alive].astype(np.int32),
            None if positions is None else positions.astype(np.int32),
        )

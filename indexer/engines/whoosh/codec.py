"""Serai's Whoosh codec: Whoosh's segments, dictionary, columns and stored fields; our postings.

Whoosh's own codec makes a Python call a posting, to write and to read. Here a term's postings are
one block (see `postings`), written from columns and decoded at once.
"""

import struct
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.codec.whoosh3 import W3Codec, W3FieldWriter, W3TermsReader
from whoosh.matching import ListMatcher
from whoosh.reading import TermInfo, TermNotFound
from whoosh.system import pack_ushort

from indexer.engines.whoosh.postings import Postings, decode, decode_within

_INFO = struct.Struct("<IIQI")  # documents, occurrences, offset and length of the block


class BlockInfo(TermInfo):
    """What the dictionary says of a term: how common it is, and where its block lies, in bytes."""

    def __init__(self, documents: int, occurrences: int, offset: int, length: int) -> None:
        super().__init__(
            weight=occurrences,
            df=documents,
            minlength=1,
            maxlength=2**31,
            maxweight=occurrences,
            minid=0,
            maxid=0,
        )
        self.occurrences = occurrences
        self.offset = offset
        self.length = length

    def to_bytes(self) -> bytes:
        """The entry of the dictionary."""
        return _INFO.pack(self.doc_frequency(), self.occurrences, self.offset, self.length)

    @classmethod
    def from_bytes(cls, data: bytes) -> "BlockInfo":
        """Read an entry of the dictionary."""
        return cls(*_INFO.unpack(data))


class FieldWriter(W3FieldWriter):
    """Writes a field's terms with ready blocks; fields and terms come in order."""

    def add_block(self, term: bytes, documents: int, occurrences: int, block: bytes) -> None:
        """Add one term of the field that `start_field` named."""
        offset = self._postfile.tell()
        self._postfile.write(block)
        key = pack_ushort(self._fieldid) + term
        self._tindex.add(key, _INFO.pack(documents, occurrences, offset, len(block)))


class TermsReader(W3TermsReader):
    """Reads terms and their blocks."""

    def term_info(self, fieldname: str, tbytes: bytes) -> BlockInfo:
        """What the dictionary says of a term; ``KeyError`` when it does not hold it."""
        start, length = self._range_for_key(fieldname, tbytes)
        return BlockInfo.from_bytes(self._dbfile.get(start, length))

    def doc_frequency(self, fieldname: str, tbytes: bytes) -> int:
        """In how many documents a term stands."""
        return int(self.term_info(fieldname, tbytes).doc_frequency())

    def frequency(self, fieldname: str, tbytes: bytes) -> float:
        """How often a term stands in all documents."""
        return float(self.term_info(fieldname, tbytes).occurrences)

    def postings(self, fieldname: str, term: bytes) -> Postings | None:
        """The documents and counts of a term; None when the field does not hold it."""
        block = self._block(fieldname, term)
        return None if block is None else decode(*block, positions=False)

    def places(self, fieldname: str, term: bytes, wanted: NDArray[np.bool_]) -> Postings | None:
        """The postings of a term, with positions, in the documents that ``wanted`` is true of."""
        block = self._block(fieldname, term)
        return None if block is None else decode_within(*block, wanted)

    def _block(self, fieldname: str, term: bytes) -> tuple[bytes, int, int] | None:
        """A term's block, and in how many documents and how often the term stands."""
        try:
            start, length = self._range_for_key(fieldname, term)
        except (KeyError, TermNotFound):
            return None
        documents, occurrences, offset, size = _INFO.unpack(self._dbfile.get(start, length))
        return self._postfile.get(offset, size), documents, occurrences


class SeraiCodec(W3Codec):
    """Whoosh's third codec with postings in blocks."""

    def field_writer(self, storage: Any, segment: Any) -> FieldWriter:
        """What writes a segment's terms."""
        return FieldWriter(self, storage, segment)

    def terms_reader(self, storage: Any, segment: Any) -> TermsReader:
        """What reads a segment's terms."""
        name = segment.make_filename(self.TERMS_EXT)
        postings = segment.open_file(storage, self.POSTS_EXT)
        return TermsReader(self, storage.open_file(name), storage.file_length(name), postings)

    def postings_reader(
        self, dbfile: Any, terminfo: BlockInfo, format_: Any, term: Any = None, scorer: Any = None
    ) -> ListMatcher:
        """A matcher of Whoosh's own over one block, for Whoosh's own queries."""
        data = dbfile.get(terminfo.offset, terminfo.length)
        postings = decode(data, int(terminfo.doc_frequency()), terminfo.occurrences, positions=False)
        counts = [float(count) for count in postings.counts]
        return ListMatcher(
            postings.documents.tolist(), counts, format=format_, scorer=scorer, term=term, terminfo=terminfo
        )

"""Serai's Whoosh codec: Whoosh's segments, dictionary, columns and stored fields; our postings.

Whoosh's own codec makes a Python call a posting, to write and to read. Here a term's postings are
one block (see `postings`), written from columns and decoded at once.
"""

import struct
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.codec.whoosh3 import W3Codec, W3FieldWriter, W3PerDocWriter, W3TermsReader
from whoosh.matching import ListMatcher
from whoosh.reading import TermInfo, TermNotFound
from whoosh.system import pack_ushort

from indexer.engines.whoosh import layout
from indexer.engines.whoosh.dictionary import DictionaryReader, DictionaryWriter
from indexer.engines.whoosh.postings import Postings, decode, decode_within
from indexer.engines.whoosh.storage import MappedFile

# What the dictionary says of a term: documents, occurrences, offset and length of the block. Most terms
# are rare, and a third of the room does for them; an entry's length tells which it is.
_RARE, _COMMON = struct.Struct("<BBIB"), struct.Struct("<IIQI")


def _entry(documents: int, occurrences: int, offset: int, length: int) -> bytes:
    rare = max(documents, occurrences, length) < 1 << 8 and offset < 1 << 32
    return (_RARE if rare else _COMMON).pack(documents, occurrences, offset, length)


def _info(entry: bytes) -> tuple[int, int, int, int]:
    documents, occurrences, offset, length = (_RARE if len(entry) == _RARE.size else _COMMON).unpack(entry)
    return documents, occurrences, offset, length


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
        return _entry(int(self.doc_frequency()), self.occurrences, self.offset, self.length)

    @classmethod
    def from_bytes(cls, data: bytes) -> "BlockInfo":
        """Read an entry of the dictionary."""
        return cls(*_info(data))


class DocumentWriter(W3PerDocWriter):
    """Writes stored fields and columns, the stored fields in a column of ours."""

    def _create_column(self, fieldname: str, column: Any) -> None:
        super()._create_column(fieldname, layout.STORED if fieldname == layout.STORED_NAME else column)


class FieldWriter(W3FieldWriter):
    """Writes a field's terms with ready blocks; fields and terms come in order."""

    def __init__(self, codec: "SeraiCodec", storage: Any, segment: Any) -> None:
        super().__init__(codec, storage, segment)
        self._tindex.dbfile.seek(0)  # Whoosh has begun a dictionary of its own here
        self._tindex = self._dictionary = DictionaryWriter(self._tindex.dbfile)
        self._fieldmap = self._tindex.extras["fieldmap"] = {}
        self._offset = 0

    def add_blocks(
        self,
        terms: Sequence[bytes],
        documents: Sequence[int],
        occurrences: Sequence[int],
        blocks: Sequence[bytes],
    ) -> None:
        """Add terms of the field that `start_field` named: how common each is, and its block."""
        field = pack_ushort(self._fieldid)
        lengths = list(map(len, blocks))
        ends = list(accumulate(lengths, initial=self._offset))
        infos = zip(documents, occurrences, ends[:-1], lengths, strict=True)
        self._postfile.write(b"".join(blocks))
        self._dictionary.add_sorted([field + term for term in terms], [_entry(*info) for info in infos])
        self._offset = ends[-1]


class TermsReader(W3TermsReader):
    """Reads terms and their blocks."""

    def __init__(self, codec: "SeraiCodec", terms: MappedFile, length: int, postings: MappedFile) -> None:
        super().__init__(codec, terms, length, postings)
        self._dictionary = DictionaryReader(terms, length)

    def items(self) -> Iterator[tuple[tuple[str, bytes], BlockInfo]]:
        """Every term of every field, in order, and what the dictionary says of it."""
        for key, value in self._tindex.items():
            yield self._keydecoder(key), BlockInfo.from_bytes(value)

    def items_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[tuple[str, bytes], BlockInfo]]:
        """The terms from one on, in order, and what the dictionary says of them."""
        for key, value in self._tindex.items_from(self._keycoder(fieldname, prefix)):
            yield self._keydecoder(key), BlockInfo.from_bytes(value)

    def term_info(self, fieldname: str, tbytes: bytes) -> BlockInfo:
        """What the dictionary says of a term.

        Raises:
            TermNotFound: the field does not hold it.
        """
        value = self._dictionary.value(self._keycoder(fieldname, tbytes))
        if value is None:
            raise TermNotFound(f"no term {fieldname}:{tbytes!r}")
        return BlockInfo.from_bytes(value)

    def doc_frequency(self, fieldname: str, tbytes: bytes) -> int:
        """In how many documents a term stands."""
        value = self._dictionary.value(self._keycoder(fieldname, tbytes))
        return 0 if value is None else _info(value)[0]

    def frequency(self, fieldname: str, tbytes: bytes) -> float:
        """How often a term stands in all documents."""
        value = self._dictionary.value(self._keycoder(fieldname, tbytes))
        return 0.0 if value is None else float(_info(value)[1])

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
        value = self._dictionary.value(self._keycoder(fieldname, term))
        if value is None:
            return None
        documents, occurrences, offset, size = _info(value)
        return self._postfile.get(offset, size), documents, occurrences


class SeraiCodec(W3Codec):
    """Whoosh's third codec with postings in blocks."""

    def per_document_writer(self, storage: Any, segment: Any) -> DocumentWriter:
        """What writes a segment's documents."""
        return DocumentWriter(self, storage, segment)

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

"""Serai's Whoosh codec: Whoosh's segments, columns and stored fields; our dictionary and postings.

Whoosh's own codec makes a Python call a posting, to write and to read. Here a term's postings are
one block (see `postings`), written from columns and decoded at once.
"""

from collections.abc import Iterator, Sequence
from typing import Any, NoReturn

import numpy as np
from numpy.typing import NDArray
from whoosh.codec.base import FieldCursor
from whoosh.codec.base import TermsReader as WhooshTermsReader
from whoosh.codec.whoosh3 import W3Codec
from whoosh.matching import ListMatcher
from whoosh.query.spans import Span
from whoosh.reading import TermInfo, TermNotFound

from indexer.engines.whoosh.dictionary import Entry, FieldDictionary, dictionaries
from indexer.engines.whoosh.postings import Postings, decode, decode_lists, decode_within
from indexer.engines.whoosh.storage import ReadFile

#: From so many lists on, a few calls for all of them take less time than a few for each.
_TOGETHER = 12
#: A list of more documents is read by itself: to gather its bytes among others takes longer than a call.
_LONG = 1_000


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


class Cursor(FieldCursor):
    """Goes through the terms of a field, in order."""

    def __init__(self, terms: FieldDictionary | None, field: Any) -> None:
        self._terms = terms
        self._field = field
        self._text: str | None = None
        self._entry: Entry | None = None
        self.find(b"")

    def first(self) -> str | None:
        """Go to the first term."""
        return self.find(b"")

    def find(self, term: bytes | str) -> str | None:
        """Go to a term, or to the first one behind it."""
        start = term if isinstance(term, bytes) else self._field.to_bytes(term)
        self._rest = self._terms.entries_from(start) if self._terms else iter(())
        return self.next()

    def next(self) -> str | None:
        """Go to the next term; None behind the last."""
        found, self._entry = next(self._rest, (None, None))
        self._text = None if found is None else self._field.from_bytes(found)
        return self._text

    def text(self) -> str | None:
        """The term."""
        return self._text

    def term_info(self) -> BlockInfo | None:
        """What the dictionary says of the term."""
        return None if self._entry is None else BlockInfo(*self._entry)

    def is_valid(self) -> bool:
        """Whether there is a term here."""
        return self._entry is not None


class TermsReader(WhooshTermsReader):
    """Reads terms and their blocks."""

    def __init__(
        self, codec: "SeraiCodec", terms: ReadFile, length: int, postings: ReadFile, documents: int
    ) -> None:
        """``documents`` is how many the segment has."""
        self._codec = codec
        self._terms = terms
        self._postfile = postings
        self._fields = dictionaries(terms, length, documents)

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        return self._entry(*term) is not None

    def indexed_field_names(self) -> Iterator[str]:
        """The fields that a segment has terms of, or might have."""
        return iter(self._fields)

    def cursor(self, fieldname: str, fieldobj: Any) -> Cursor:
        """A cursor at the first term of a field."""
        return Cursor(self._fields.get(fieldname), fieldobj)

    def terms(self) -> Iterator[tuple[str, bytes]]:
        """Every term of every field, in order."""
        return (key for key, _ in self.items())

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        """The terms from one of a field on, in order."""
        return (key for key, _ in self.items_from(fieldname, prefix))

    def items(self) -> Iterator[tuple[tuple[str, bytes], BlockInfo]]:
        """Every term of every field, in order, and what the dictionary says of it."""
        for name, terms in self._fields.items():
            for term, entry in terms.entries_from(b""):
                yield (name, term), BlockInfo(*entry)

    def items_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[tuple[str, bytes], BlockInfo]]:
        """The terms from one on, in order, and what the dictionary says of them."""
        for name, terms in self._fields.items():
            if name >= fieldname:
                for term, entry in terms.entries_from(prefix if name == fieldname else b""):
                    yield (name, term), BlockInfo(*entry)

    def term_info(self, fieldname: str, tbytes: bytes) -> BlockInfo:
        """What the dictionary says of a term.

        Raises:
            TermNotFound: the field does not hold it.
        """
        entry = self._entry(fieldname, tbytes)
        if entry is None:
            raise TermNotFound(f"no term {fieldname}:{tbytes!r}")
        return BlockInfo(*entry)

    def doc_frequency(self, fieldname: str, tbytes: bytes) -> int:
        """In how many documents a term stands."""
        entry = self._entry(fieldname, tbytes)
        return 0 if entry is None else entry.documents

    def frequency(self, fieldname: str, tbytes: bytes) -> float:
        """How often a term stands in all documents."""
        entry = self._entry(fieldname, tbytes)
        return 0.0 if entry is None else float(entry.occurrences)

    def matcher(self, fieldname: str, tbytes: bytes, format_: Any, scorer: Any = None) -> "BlockMatcher":
        """A matcher of Whoosh's own over a term."""
        return self._codec.postings_reader(
            self._postfile, self.term_info(fieldname, tbytes), format_, (fieldname, tbytes), scorer
        )

    def postings(self, fieldname: str, term: bytes) -> Postings | None:
        """The documents and counts of a term; None when the field does not hold it."""
        entry = self._entry(fieldname, term)
        return None if entry is None else self._decoded(entry)

    def lists(self, terms: Sequence[tuple[str, bytes]]) -> Iterator[tuple[int, Postings]]:
        """The documents and counts of those of some terms that their fields hold, each with its number."""
        short: list[tuple[int, Entry]] = []
        for number, term in enumerate(terms):
            entry = self._entry(*term)
            if entry is not None and entry.documents > _LONG:
                yield number, self._decoded(entry)
            elif entry is not None:
                short.append((number, entry))
        if short and len(short) >= _TOGETHER:
            yield from self._decoded_together(short)
        else:
            for number, entry in short:
                yield number, self._decoded(entry)

    def _decoded(self, entry: Entry) -> Postings:
        block = self._postfile.get(entry.offset, entry.length)
        return decode(block, entry.documents, entry.occurrences, positions=False)

    def _decoded_together(self, found: Sequence[tuple[int, Entry]]) -> Iterator[tuple[int, Postings]]:
        blocks = [self._postfile.get(entry.offset, entry.length) for _, entry in found]
        lengths = np.fromiter(map(len, blocks), np.int64, len(blocks))
        frequencies = np.array([entry.documents for _, entry in found])
        totals = np.array([entry.occurrences for _, entry in found])
        every = decode_lists(
            b"".join(blocks), np.cumsum(lengths) - lengths, frequencies, totals, positions=False
        )
        start = 0
        for (number, _), stop in zip(found, np.cumsum(frequencies).tolist(), strict=True):
            # Copies: a view of one list would keep all of them in memory.
            yield number, Postings(every.documents[start:stop].copy(), every.counts[start:stop].copy())
            start = stop

    def places(self, fieldname: str, term: bytes, wanted: NDArray[np.bool_]) -> Postings | None:
        """The postings of a term, with positions, in the documents that ``wanted`` is true of."""
        entry = self._entry(fieldname, term)
        if entry is None:
            return None
        block = self._postfile.get(entry.offset, entry.length)
        return decode_within(block, entry.documents, entry.occurrences, wanted)

    def field(self, fieldname: str) -> FieldDictionary:
        """The dictionary of a field."""
        return self._fields[fieldname]

    def blocks(self, offset: int, length: int) -> bytes:
        """Posting lists as they lie in the file, end to end."""
        return self._postfile.get(offset, length)

    def close(self) -> None:
        """Let go of files."""
        self._terms.close()
        self._postfile.close()

    def _entry(self, fieldname: str, term: bytes) -> Entry | None:
        terms = self._fields.get(fieldname)
        return None if terms is None else terms.entry(term)


class BlockMatcher(ListMatcher):
    """Whoosh's matcher of a list, which tells where a term stands as well: phrases ask for that."""

    def spans(self) -> list[Span]:
        """The places of the term in the document it is at."""
        return [Span(position) for position in self.value_as("positions")]


class SeraiCodec(W3Codec):
    """Whoosh's third codec with a dictionary of ours, and postings in blocks."""

    def per_document_writer(self, storage: Any, segment: Any) -> NoReturn:  # noqa: ARG002
        """Refuse: documents are written by columns, never one at a time."""
        raise TypeError("documents are written by columns, never one at a time")

    def field_writer(self, storage: Any, segment: Any) -> NoReturn:  # noqa: ARG002
        """Refuse: terms are written by columns, never one at a time."""
        raise TypeError("terms are written by columns, never one at a time")

    def terms_reader(self, storage: Any, segment: Any) -> TermsReader:
        """What reads a segment's terms."""
        name = segment.make_filename(self.TERMS_EXT)
        postings = segment.open_file(storage, self.POSTS_EXT)
        length, documents = storage.file_length(name), segment.doc_count_all()
        return TermsReader(self, storage.open_file(name), length, postings, documents)

    def postings_reader(
        self, dbfile: Any, terminfo: BlockInfo, format_: Any, term: Any = None, scorer: Any = None
    ) -> BlockMatcher:
        """A matcher of Whoosh's own over one block, for Whoosh's own queries."""
        data = dbfile.get(terminfo.offset, terminfo.length)
        placed = format_.supports("positions")
        found = decode(data, int(terminfo.doc_frequency()), terminfo.occurrences, positions=placed)
        values = None
        if found.positions is not None:
            lists = np.split(found.positions, np.cumsum(found.counts)[:-1])
            values = [format_.encode(positions.tolist()) for positions in lists]
        counts = [float(count) for count in found.counts]
        return BlockMatcher(
            found.documents.tolist(), counts, values, format_, scorer, term=term, terminfo=terminfo
        )

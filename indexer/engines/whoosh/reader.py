"""Reads an index: its segments as one run of document numbers, their columns as arrays."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from whoosh.index import TOC

from indexer import ranking
from indexer.document import Document
from indexer.engines.recent import Recent
from indexer.engines.whoosh import layout
from indexer.engines.whoosh.facets import Category, years_of
from indexer.engines.whoosh.order import order_of
from indexer.engines.whoosh.packing import Numbers
from indexer.engines.whoosh.postings import NOTHING, Joined, Postings
from indexer.engines.whoosh.segment import Segment
from indexer.engines.whoosh.storage import MappedStorage
from indexer.engines.whoosh.writer import INDEX_NAME
from indexer.schema import FIELDS, Field

#: How many bytes of posting lists are remembered.
_REMEMBERED = 64 << 20


class Listed:
    """A posting list ready to be added up: documents, and what each occurrence is worth.

    ``frequencies``, shape (languages,), count the documents of each language.
    """

    __slots__ = ("_counts", "_impacts", "_mask", "_norms", "documents", "frequencies")

    def __init__(
        self, postings: Postings | Joined, norms: NDArray[np.float64], frequencies: NDArray[np.int64]
    ) -> None:
        """``norms``, shape (all documents,), are the length norms of the field."""
        self.documents = postings.documents
        self.frequencies = frequencies
        # Whole counts fit into half the room.
        whole = isinstance(postings, Postings)
        self._counts = postings.counts.astype(np.float32 if whole else np.float64)
        self._norms = norms
        self._impacts: NDArray[np.float64] | None = None
        self._mask: NDArray[np.bool_] | None = None

    @property
    def impacts(self) -> NDArray[np.float64]:
        """The saturated counts (`ranking.saturation`), shape (documents,)."""
        # Common words are looked up in a few documents only: what they are worth in the others is not asked.
        if self._impacts is None:
            self._impacts = ranking.saturation(self._counts, self._norms[self.documents])
        return self._impacts

    def light(self, mask: NDArray[np.bool_]) -> None:
        """Make a mask over all documents true of these."""
        if len(self.documents) * _DENSE < len(mask):
            mask[self.documents] = True
            return
        # To lay one mask over another is quicker than to set a thirtieth of its places.
        if self._mask is None:
            lit = np.zeros(len(mask), np.bool_)
            lit[self.documents] = True
            self._mask = lit
        np.logical_or(mask, self._mask, out=mask)

    def at(self, numbers: Numbers) -> tuple[NDArray[np.bool_], NDArray[np.float64]]:
        """Whether each of these documents is listed, and what it is worth if so; shape (numbers,)."""
        places = self._places(numbers)
        here = self.documents[places] == numbers
        if self._impacts is not None:
            return here, self._impacts[places] * here
        return here, ranking.saturation(self._counts[places], self._norms[numbers]) * here

    def count(self, number: int) -> float:
        """How often the list stands in one document."""
        (place,) = self._places(np.array([number])).tolist()
        return float(self._counts[place]) if len(self.documents) and self.documents[place] == number else 0.0

    def holds(self, numbers: Numbers) -> NDArray[np.bool_]:
        """Whether each of these documents is listed, shape (numbers,)."""
        return np.asarray(self.documents[self._places(numbers)] == numbers)

    def _places(self, numbers: Numbers) -> Numbers:
        places = self.documents.searchsorted(numbers)
        # Past the end stands what is not the last.
        places[places == len(self.documents)] = -1
        return places

    @property
    def size(self) -> int:
        """What it takes of memory at most, in bytes."""
        most = 20 * len(self.documents) + 300
        return most + len(self._norms) if len(self.documents) * _DENSE >= len(self._norms) else most


#: A list of one document in so many is laid over a mask as a mask.
_DENSE = 30


class Reader:
    """All segments of an index. ``count`` includes deleted documents, whose numbers stay taken."""

    def __init__(self, directory: Path) -> None:
        storage = MappedStorage(str(directory), readonly=True)
        self._schema = layout.schema()
        toc = TOC.read(storage, INDEX_NAME, schema=self._schema)
        self.segments = [Segment(storage, segment) for segment in toc.segments]
        self.bases = [0, *np.cumsum([segment.count for segment in self.segments]).tolist()]
        self.count: int = self.bases.pop()
        #: The place of each document among all, shape (count,); None where that is its number.
        self.order = order_of(directory, self.count)
        self._norms: dict[Field, NDArray[np.float64]] = {}
        self._lists: Recent[tuple[Field, str], Listed] = Recent(_REMEMBERED)

    @cached_property
    def whole(self) -> bool:
        """Whether no document is deleted."""
        return not any(len(segment.deleted) for segment in self.segments)

    @cached_property
    def alive(self) -> NDArray[np.bool_]:
        """Whether each document is not deleted, shape (count,)."""
        alive = np.ones(self.count, np.bool_)
        for base, segment in zip(self.bases, self.segments, strict=True):
            alive[base : base + segment.count] = segment.alive
        return alive

    def postings(self, name: str, term: str) -> Postings:
        """The living documents and counts of a term, in document numbers of the whole index."""
        encoded = term.encode("utf-8", "surrogatepass")
        lists = []
        for base, segment in zip(self.bases, self.segments, strict=True):
            found = segment.terms.postings(name, encoded)
            if found is not None:
                lists.append(self._living(segment, base, found))
        return _joined(lists)

    def places(self, name: str, term: str, wanted: NDArray[np.bool_]) -> Postings:
        """The postings of a term, with positions, in the documents that ``wanted`` is true of."""
        encoded = term.encode("utf-8", "surrogatepass")
        lists = []
        for base, segment in zip(self.bases, self.segments, strict=True):
            found = segment.terms.places(name, encoded, wanted[base : base + segment.count])
            if found is not None:
                lists.append(self._living(segment, base, found))
        return _joined(lists)

    def listed(self, field: Field, term: str) -> Listed:
        """The postings of a term with what each is worth; remembered, since queries repeat words."""
        key = (field, term)
        found = self._lists.get(key)
        if found is None:
            found = (
                self.worth(field, self.postings(field.name, term)) if field in self.filled else self._nowhere
            )
            self._lists.put(key, found, found.size)
        return found

    def worth(self, field: Field, postings: Postings | Joined) -> Listed:
        """What each posting of a list is worth, and how common the list is in each language."""
        if not len(postings.documents):
            return self._nowhere
        codes, names = self.languages.codes, self.languages.values
        frequencies = np.bincount(codes[postings.documents], minlength=len(names))
        return Listed(postings, self.norms(field), frequencies)

    @cached_property
    def _nowhere(self) -> Listed:
        return Listed(NOTHING, np.zeros(0), np.zeros(len(self.languages.values), np.int64))

    @cached_property
    def filled(self) -> frozenset[Field]:
        """The fields that any document has terms in."""
        return frozenset(field for field in FIELDS if self._lengths(field).any())

    def terms_from(self, name: str, prefix: str) -> Iterator[str]:
        """The terms of a field that begin with a prefix, in order within each segment."""
        start = prefix.encode("utf-8", "surrogatepass")
        for segment in self.segments:
            cursor = segment.terms.cursor(name, self._schema[name])
            term = cursor.find(start)
            while term is not None and term.startswith(prefix):
                yield term
                term = cursor.next()

    def document(self, number: int) -> Document:
        """The stored document."""
        index = bisect_right(self.bases, number) - 1
        return self.segments[index].document(number - self.bases[index])

    @cached_property
    def languages(self) -> Category:
        """Each document's language."""
        return self._categories(layout.LANGUAGE)

    @cached_property
    def folders(self) -> Category:
        """Each document's first folder."""
        return self._categories(layout.FOLDER)

    @cached_property
    def years(self) -> Category:
        """Each document's year."""
        return years_of(self.days)

    @cached_property
    def days(self) -> NDArray[np.int64]:
        """Each document's day number, shape (count,)."""
        return self._numbers(layout.DAY)

    @cached_property
    def tags(self) -> tuple[NDArray[np.int64], NDArray[np.int64], Sequence[str]]:
        """Every tag of every document: document numbers, tag numbers, and the tags."""
        names = sorted(set(self.terms_from(layout.TAG, "")))
        lists = [self.postings(layout.TAG, name).documents for name in names]
        owners = np.repeat(np.arange(len(names)), [len(documents) for documents in lists])
        return np.concatenate([np.zeros(0, np.int64), *lists]), owners, names

    @cached_property
    def language_numbers(self) -> Mapping[str, int]:
        """The number of each language."""
        return {name: number for number, name in enumerate(self.languages.values)}

    @cached_property
    def language_counts(self) -> Sequence[int]:
        """Living documents of each language, in the order of `languages`."""
        codes, names = self.languages.codes, self.languages.values
        counts: list[int] = np.bincount(codes[self.alive], minlength=len(names)).tolist()
        return counts

    def norms(self, field: Field) -> NDArray[np.float64]:
        """BM25's length norm of each document in a field, against its language's average; shape (count,)."""
        if field not in self._norms:
            lengths = self._lengths(field)
            codes, names = self.languages.codes, self.languages.values
            totals = np.bincount(codes, lengths * self.alive, minlength=len(names))
            averages = totals / np.maximum(np.array(self.language_counts), 1)
            averages[averages == 0] = 1.0
            self._norms[field] = ranking.norm(lengths.astype(np.float64), averages[codes])
        return self._norms[field]

    def _lengths(self, field: Field) -> NDArray[np.int64]:
        return self._numbers(layout.length_column(field.name))

    def _living(self, segment: Segment, base: int, found: Postings) -> Postings:
        if len(segment.deleted):
            alive = self.alive[base + found.documents]
            kept = None if found.positions is None else found.positions[np.repeat(alive, found.counts)]
            found = Postings(found.documents[alive], found.counts[alive], kept)
        return found._replace(documents=found.documents + base) if base else found

    def close(self) -> None:
        """Let go of files."""
        for segment in self.segments:
            segment.close()

    def _numbers(self, name: str) -> NDArray[np.int64]:
        parts = [segment.numbers(name) for segment in self.segments]
        return np.concatenate([np.zeros(0, np.int64), *parts])

    def _categories(self, name: str) -> Category:
        numbers: dict[str, int] = {}
        parts = [np.zeros(0, np.int64)]
        for segment in self.segments:
            codes, values = segment.categories(name)
            known = np.array([numbers.setdefault(value, len(numbers)) for value in values], np.int64)
            parts.append(known[codes])
        return Category(np.concatenate(parts), list(numbers))


def _joined(lists: Sequence[Postings]) -> Postings:
    """Lists of several segments, one after another."""
    if len(lists) < 2:
        return lists[0] if lists else NOTHING
    positions = [found.positions for found in lists if found.positions is not None]
    return Postings(
        np.concatenate([found.documents for found in lists]),
        np.concatenate([found.counts for found in lists]),
        np.concatenate(positions) if positions else None,
    )

"""Reads an index: its segments as one run of document numbers, their columns as arrays."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
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
from indexer.engines.whoosh.listed import Listed
from indexer.engines.whoosh.order import order_of
from indexer.engines.whoosh.postings import NOTHING, Joined, Postings
from indexer.engines.whoosh.segment import Segment
from indexer.engines.whoosh.storage import ReadStorage
from indexer.engines.whoosh.writer import INDEX_NAME
from indexer.schema import FIELDS, Field
from indexer.termquery import Source, Term

#: How many bytes of posting lists are remembered, and how many more for each document of the index.
_REMEMBERED, _REMEMBERED_EACH = 96 << 20, 320


class Reader:
    """All segments of an index. ``count`` includes deleted documents, whose numbers stay taken."""

    def __init__(self, directory: Path) -> None:
        storage = ReadStorage(str(directory), readonly=True)
        self._schema = layout.schema()
        toc = TOC.read(storage, INDEX_NAME, schema=self._schema)
        self.segments = [Segment(storage, segment) for segment in toc.segments]
        self.bases = [0, *np.cumsum([segment.count for segment in self.segments]).tolist()]
        self.count: int = self.bases.pop()
        #: The place of each document among all, shape (count,); None where that is its number.
        self.order = order_of(directory, self.count)
        self._norms: dict[Field, NDArray[np.float64]] = {}
        self._lists: Recent[Term, Listed] = Recent(_REMEMBERED + _REMEMBERED_EACH * self.count)

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

    def listed(self, terms: Iterable[Term]) -> dict[Source, Listed]:
        """The posting lists of terms; remembered, since queries repeat words."""
        found: dict[Source, Listed] = {}
        missing: list[Term] = []
        for term in dict.fromkeys(terms):
            if (known := self._lists.get(term)) is not None:
                found[term] = known
            elif term.field in self.filled:
                missing.append(term)
            else:
                found[term] = self._nowhere
        for term, listed in zip(missing, self._read(missing), strict=True):
            found[term] = listed
            self._lists.put(term, listed, listed.size)
        return found

    def _read(self, terms: Sequence[Term]) -> list[Listed]:
        """The posting lists of terms, read together: many of a few documents take a few calls."""
        if not terms:
            return []
        keys = [(term.field.name, term.text.encode("utf-8", "surrogatepass")) for term in terms]
        parts: list[list[Postings]] = [[] for _ in terms]
        for base, segment in zip(self.bases, self.segments, strict=True):
            for number, found in segment.terms.lists(keys):
                parts[number].append(self._living(segment, base, found))
        return [self.worth(term.field, _joined(lists)) for term, lists in zip(terms, parts, strict=True)]

    def worth(self, field: Field, postings: Postings | Joined) -> Listed:
        """What each posting of a list is worth, and how common the list is in each language."""
        if not len(postings.documents):
            return self._nowhere
        codes, names = self.languages.codes, self.languages.values
        frequencies = np.bincount(codes[postings.documents], minlength=len(names))
        return Listed(postings, self.norms(field), frequencies.tolist())

    @cached_property
    def _nowhere(self) -> Listed:
        return Listed(NOTHING, np.zeros(0), [0] * len(self.languages.values))

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
        codes = np.concatenate(parts)
        return Category(codes.astype(np.min_scalar_type(len(numbers))), list(numbers))


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

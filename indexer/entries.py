"""Documents with their terms, in columns: what an engine is given to build an index from."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from analyzers import analysis
from analyzers.detection import detections
from analyzers.registry import analyzer_for
from indexer.document import Document
from indexer.inversion import Inversion, inverted
from indexer.schema import FIELDS, Field, Zone

Column = NDArray[np.int32]


@dataclass(frozen=True)
class FieldTerms:
    """Every occurrence of every term of one field, in document and text order.

    ``terms`` holds the distinct terms; the columns have shape (occurrences,): ``ids`` index
    ``terms``, ``documents`` index the batch, ``positions`` are the analysis's. ``lengths``, shape
    (documents,), counts each document's terms.
    """

    terms: Sequence[str]
    ids: Column
    documents: Column
    positions: Column
    lengths: Column

    @cached_property
    def inversion(self) -> Inversion:
        """The same by term, worked out once for all who ask."""
        return inverted(self.terms, self.ids, self.documents)


@dataclass(frozen=True, slots=True)
class Entries:
    """A batch of documents, their languages settled, with their terms by field."""

    documents: Sequence[Document]
    fields: dict[Field, FieldTerms]
    #: Words written otherwise than folded, as (written, folded word, occurrences); one may come twice.
    spellings: Sequence[tuple[str, str, int]] = ()


def entries_of(documents: Iterable[Document]) -> Entries:
    """Analyze a batch: the one place where a document becomes terms."""
    settled = _settled(list(documents))
    languages: dict[str, list[int]] = {}
    for number, document in enumerate(settled):
        languages.setdefault(document.language, []).append(number)
    builders = {field: _Builder(len(settled)) for field in FIELDS}
    spellings: list[tuple[str, str, int]] = []
    for language, numbers in languages.items():
        # Titles and texts are cut together: most words of a title stand in the texts as well.
        each = [settled[number] for number in numbers]
        zones = [*(document.title for document in each), *(document.text for document in each)]
        for tier, column in analyzer_for(language).columns(zones).items():
            spellings += _spellings(column)
            for zone, part in zip((Zone.TITLE, Zone.TEXT), column.parted(len(each)), strict=True):
                builders[Field(zone, tier)].add(part, np.array(numbers, np.int32))
    return Entries(settled, {field: builder.built() for field, builder in builders.items()}, spellings)


def _spellings(column: analysis.Column) -> list[tuple[str, str, int]]:
    """How often each word is written otherwise than folded."""
    pairs = zip(column.vocabulary, column.surfaces, strict=bool(column.surfaces))
    differing = [number for number, (word, written) in enumerate(pairs) if word != written]
    counts = np.bincount(column.ids, minlength=len(column.vocabulary))[differing].tolist()
    return [
        (column.surfaces[number], column.vocabulary[number], count)
        for number, count in zip(differing, counts, strict=True)
        if count
    ]


def _settled(documents: Sequence[Document]) -> list[Document]:
    """The documents, each in the language that it tells or that its text (or its title alone) is in."""
    silent = [document for document in documents if not document.language]
    found = iter(detections([document.text.strip() or document.title for document in silent]))
    return [document if document.language else document.in_language(next(found)[0]) for document in documents]


class _Builder:
    """Gathers one field of a batch, a language at a time."""

    def __init__(self, documents: int) -> None:
        self._count = documents
        self._ids = analysis.Numbering()
        self._parts: list[tuple[Column, Column, Column]] = []

    def add(self, column: analysis.Column, numbers: Column) -> None:
        """Add the terms of some documents; ``numbers`` are theirs, ascending."""
        occurs = np.zeros(len(column.vocabulary), np.bool_)
        occurs[column.ids] = True
        used = np.flatnonzero(occurs)
        known = np.zeros(len(column.vocabulary), np.int32)
        known[used] = self._ids.of([column.vocabulary[index] for index in used.tolist()])
        self._parts.append((numbers[column.texts], known[column.ids], column.positions.astype(np.int32)))

    def built(self) -> FieldTerms:
        """All of them, in document order."""
        empty = np.zeros(0, np.int32)
        documents, ids, positions = (
            np.concatenate([empty, *(part[index] for part in self._parts)]) for index in range(3)
        )
        if len(self._parts) > 1:
            order = np.argsort(documents, kind="stable")
            documents, ids, positions = documents[order], ids[order], positions[order]
        lengths = np.bincount(documents, minlength=self._count).astype(np.int32)
        return FieldTerms(list(self._ids), ids, documents, positions, lengths)

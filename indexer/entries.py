"""Documents with their terms, in columns: what an engine is given to build an index from."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analyzers.analysis import Analysis
from analyzers.detection import detected
from analyzers.registry import analyzer_for
from indexer.document import Document
from indexer.schema import FIELDS, Field, Zone

Column = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
class Entries:
    """A batch of documents, their languages settled, with their terms by field."""

    documents: Sequence[Document]
    fields: dict[Field, FieldTerms]


def entries_of(documents: Iterable[Document]) -> Entries:
    """Analyze a batch: the one place where a document becomes terms."""
    settled = [
        document if document.language else document.in_language(language_of(document))
        for document in documents
    ]
    builders = {field: _Builder() for field in FIELDS}
    for document in settled:
        analyze = analyzer_for(document.language)
        for zone in Zone:
            analysis = analyze(document.title if zone is Zone.TITLE else document.text)
            for field in FIELDS:
                if field.zone is zone:
                    builders[field].add(analysis, field)
    return Entries(settled, {field: builder.built() for field, builder in builders.items()})


def language_of(document: Document) -> str:
    """The detected language of a document's text, or of its title when it has none."""
    return detected(document.text.strip() or document.title)


class _Ids(dict[str, int]):
    def __missing__(self, term: str) -> int:
        number = self[term] = len(self)
        return number


class _Builder:
    def __init__(self) -> None:
        self._ids = _Ids()
        self._columns: list[tuple[Column, Column]] = []
        self._lengths: list[int] = []

    def add(self, analysis: Analysis, field: Field) -> None:
        stream = analysis[field.tier]
        ids = np.fromiter(map(self._ids.__getitem__, stream.terms), np.int32, len(stream))
        self._columns.append((ids, stream.positions.astype(np.int32)))
        self._lengths.append(len(stream))

    def built(self) -> FieldTerms:
        lengths = np.array(self._lengths, np.int32)
        empty = np.zeros(0, np.int32)
        return FieldTerms(
            list(self._ids),
            np.concatenate([empty, *(ids for ids, _ in self._columns)]),
            np.repeat(np.arange(len(lengths), dtype=np.int32), lengths),
            np.concatenate([empty, *(positions for _, positions in self._columns)]),
            lengths,
        )

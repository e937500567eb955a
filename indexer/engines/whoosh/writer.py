"""Writes a Whoosh segment of parts: of runs, which batches are laid down as, and of earlier segments."""

import pickle
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import ExitStack, closing
from dataclasses import replace
from datetime import date as Date
from itertools import chain
from pathlib import Path
from shutil import copyfileobj
from typing import Any

import numpy as np
from isal import isal_zlib
from whoosh.filedb.filestore import FileStorage

from indexer.document import Document
from indexer.engine import ForEach
from indexer.engines.whoosh import columns, layout
from indexer.engines.whoosh.codec import SeraiCodec
from indexer.engines.whoosh.dictionary import FieldPart, write_directory
from indexer.engines.whoosh.fields import Merge, write_field
from indexer.engines.whoosh.parts import Part, PartReader
from indexer.engines.whoosh.runs import Run, RunWriter
from indexer.entries import Entries, FieldTerms

INDEX_NAME = "serai"
#: What a posting and its positions take of memory while they are merged and encoded, in bytes, about.
_POSTING = 800
# As many postings as stay in the processor's cache are merged at a time; or more, since each part has to be
# asked for its share of every range.
_NEAR, _WORTHWHILE = 1 << 18, 1 << 11
_STORED = ("id", "title", "text", "source", "language", "url", "date", "tags")
# On passages of a kilobyte: as small as zlib's own level 3 makes them, in two fifths of its time.
_LEVEL = 1
#: Pickles that Whoosh reads, of the version that it writes.
_PICKLED = 2


def scratch(directory: Path) -> Path:
    """Where runs are laid down; it goes when they have been merged."""
    return directory / f"{INDEX_NAME}.tmp"


def laid_down(entries: Entries, directory: Path, number: int) -> Run:
    """Lay down a batch as a run, with its documents ready to be stored."""
    folder = scratch(directory)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{number}.run"
    writer = RunWriter(path)
    documents = entries.documents
    terms = {field.name: terms for field, terms in entries.fields.items()}
    terms[layout.ID] = _single([document.id for document in documents])
    terms[layout.SOURCE] = _single([document.source for document in documents])
    terms[layout.TAG] = _listed([document.tags for document in documents])
    lists = {name: writer.put_lists(terms[name], positions=kept) for name, kept in layout.POSITIONS.items()}
    blobs = [_stored(document) for document in documents]
    path.with_suffix(".stored").write_bytes(b"".join(blobs))
    days = [day_number(Date.fromisoformat(d.date)) if d.date else layout.NO_DAY for d in documents]
    values = {
        layout.LANGUAGE: _single([document.language for document in documents]),
        layout.FOLDER: _single([folder_of(document.source) for document in documents]),
    }
    places = {name: writer.put(listed.ids) for name, listed in values.items()}
    places[layout.STORED_NAME] = writer.put(np.array(list(map(len, blobs)), np.int64))
    places[layout.DAY] = writer.put(np.array(days, np.int64))
    for field, terms_of in entries.fields.items():
        places[layout.length_column(field.name)] = writer.put(terms_of.lengths)
    writer.close()
    return Run(
        path, len(documents), lists, places, {name: list(listed.terms) for name, listed in values.items()}
    )


def write_segment(parts: Sequence[Part], directory: Path, number: int, memory: int, for_each: ForEach) -> Any:
    """Write the documents of all parts as segment ``number`` of a folder; Whoosh's object for it.

    ``memory``, in bytes, is about what each process may take for merging.
    """
    storage = FileStorage(str(directory))
    codec = SeraiCodec()
    segment = codec.new_segment(storage, INDEX_NAME)
    segment.segid = f"{number:04d}"  # not Whoosh's random name: a rebuild repeats itself
    segment.set_doc_count(sum(part.documents for part in parts))
    sizes: Counter[str] = Counter()
    with ExitStack() as files:
        readers = [files.enter_context(closing(part.opened())) for part in parts]
        _write_columns(readers, lambda name: storage.create_file(codec.column_filename(segment, name)))
        for reader in readers:
            sizes.update({name: reader.volume(name) for name in layout.POSITIONS})
    postings = max(1, min(memory // _POSTING, max(_NEAR, _WORTHWHILE * len(parts))))
    merges = [Merge(name, parts, scratch(directory) / name, postings) for name in sorted(layout.POSITIONS)]
    # The largest first, so that all processes are done at about one time.
    largest = sorted(merges, key=lambda merge: -sizes[merge.field])
    written = dict(zip((merge.field for merge in largest), for_each(write_field, largest), strict=True))
    _write_terms(
        directory / segment.make_filename(codec.TERMS_EXT),
        directory / segment.make_filename(codec.POSTS_EXT),
        merges,
        written,
    )
    return segment


def _write_columns(readers: Sequence[PartReader], created: Callable[[str], Any]) -> None:
    columns.write_blobs(
        created(layout.STORED_NAME),
        chain.from_iterable(reader.stored() for reader in readers),
        [reader.numbers(layout.STORED_NAME) for reader in readers],
    )
    for name in layout.NUMBERS:
        columns.write_numbers(created(name), [reader.numbers(name) for reader in readers])
    for name in layout.VALUES:
        columns.write_values(created(name), [reader.values(name) for reader in readers])


def _write_terms(
    terms: Path, blocks: Path, merges: Sequence[Merge], written: dict[str, tuple[int, int, int]]
) -> None:
    """Put the fields together, one behind the other."""
    parts = {}
    with terms.open("wb") as dictionary, blocks.open("wb") as postings:
        for merge in merges:
            parts[merge.field] = FieldPart(dictionary.tell(), written[merge.field], postings.tell())
            for path, whole in ((merge.terms, dictionary), (merge.blocks, postings)):
                with path.open("rb") as part:
                    copyfileobj(part, whole, 1 << 20)
                path.unlink()
        write_directory(dictionary, dictionary.tell(), parts)


def _single(values: Sequence[str]) -> FieldTerms:
    """One value of each document, as the terms of a field."""
    distinct = dict.fromkeys(values)
    number = dict(zip(distinct, range(len(distinct)), strict=True))
    ids = np.fromiter(map(number.__getitem__, values), np.int32, len(values))
    documents = np.arange(len(values), dtype=np.int32)
    return FieldTerms(list(distinct), ids, documents, np.zeros_like(documents), np.ones_like(documents))


def _listed(values: Sequence[Sequence[str]]) -> FieldTerms:
    """Some values of each document, as the terms of a field."""
    rows = [list(dict.fromkeys(row)) for row in values]
    single = _single([value for row in rows for value in row])
    lengths = np.array([len(row) for row in rows], np.int32)
    documents = np.repeat(np.arange(len(rows), dtype=np.int32), lengths)
    return replace(single, documents=documents, lengths=lengths)


def _stored(document: Document) -> bytes:
    """A document as it is stored, in the form of `layout.STORED`."""
    values = pickle.dumps({name: getattr(document, name) for name in _STORED}, _PICKLED)
    return isal_zlib.compress(values, _LEVEL)


def folder_of(source: str) -> str:
    """The first folder of a source, or the source itself when it is a file alone."""
    return source.partition("/")[0]


def day_number(day: Date) -> int:
    """A date as the day column holds it; ascending, never `layout.NO_DAY`."""
    return day.toordinal() + layout.DAY_SHIFT

"""Files and folders -> documents.

``walk`` finds the files, ``formats`` says which are read and by what, ``decoding`` turns bytes into text,
and each format has a file of its own: ``plain``, ``markdown``, ``html``, ``jsonl``.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

from indexer.document import Document
from indexer.sources.formats import digested, origin, parsed, read, units
from indexer.sources.records import Kind, Read, Remark, SourceFile, Unit
from indexer.sources.scope import Scope, scope_of
from indexer.sources.walk import Corpus, corpus_in

__all__ = [
    "Corpus",
    "Kind",
    "Read",
    "Remark",
    "Scope",
    "SourceFile",
    "Unit",
    "corpus_in",
    "digested",
    "documents_in",
    "origin",
    "parsed",
    "read",
    "scope_of",
    "units",
    "units_in",
]


def documents_in(paths: Sequence[Path]) -> Iterator[Document | Remark]:
    """The documents of these files and folders, sorted by source, and remarks on whatever is none.

    Documents come one at a time: a file of many is never held whole.

    Raises:
        CorpusError: a path leads nowhere; at once, before the first document.
    """
    return parsed(units_in(corpus_in(paths)))


def units_in(corpus: Corpus) -> Iterator[Unit | Remark]:
    """What is to be parsed, sorted by source, and remarks on whatever is not."""
    yield from corpus.remarks
    for file in corpus.files:
        yield from units(file)

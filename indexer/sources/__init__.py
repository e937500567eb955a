"""Files and folders -> documents.

``walk`` finds the files, ``formats`` says which are read and by what, ``decoding`` turns bytes into text,
and each format has a file of its own: ``plain``, ``markdown``, ``html``, ``jsonl``.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

from indexer.document import Document
from indexer.sources.formats import read
from indexer.sources.records import Kind, Remark, SourceFile
from indexer.sources.walk import Corpus, corpus_in

__all__ = ["Corpus", "Kind", "Remark", "SourceFile", "corpus_in", "documents_in", "read"]


def documents_in(paths: Sequence[Path]) -> Iterator[Document | Remark]:
    """The documents of these files and folders, sorted by source, and remarks on whatever is none.

    Documents come one at a time: a file of many is never held whole.

    Raises:
        CorpusError: a path leads nowhere; at once, before the first document.
    """
    corpus = corpus_in(paths)
    return _streamed(corpus)


def _streamed(corpus: Corpus) -> Iterator[Document | Remark]:
    yield from corpus.remarks
    for file in corpus.files:
        yield from read(file)

"""Indexes to ask, made from documents that a test writes down."""

import json
from pathlib import Path

import pytest

from indexer.document import Document
from indexer.engines.memory import MemoryEngine
from indexer.entries import entries_of
from indexer.lexicon import Lexicon, gather, lay_down
from indexer.rebuild import rebuild
from indexer.service import SearchService
from indexer.settings import Settings


@pytest.fixture
def searcher_over(tmp_path):
    """A searcher of the reference engine over texts, or over documents."""

    def searcher(*documents):
        documents = [
            Document(str(number), "", document, "x") if isinstance(document, str) else document
            for number, document in enumerate(documents)
        ]
        MemoryEngine().build([entries_of(documents)], tmp_path / "reference")
        return MemoryEngine().open(tmp_path / "reference")

    return searcher


@pytest.fixture
def lexicon_over(tmp_path):
    """The words of documents, as a rebuild gathers them."""

    def lexicon(*documents):
        gather([lay_down(entries_of(documents), tmp_path, 0)], tmp_path)
        return Lexicon(tmp_path)

    return lexicon


@pytest.fixture
def index(tmp_path):
    """The settings of an index in a folder of its own, which is not there yet."""
    return Settings(index=tmp_path / "index", jobs=1)


@pytest.fixture
def corpus(tmp_path):
    """Write documents into a folder: texts by file name, or rows of a ``.jsonl`` file."""

    def write(files) -> Path:
        folder = tmp_path / "corpus"
        for name, content in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if isinstance(content, bytes):
                path.write_bytes(content)
            else:
                rows = isinstance(content, list)
                text = "\n".join(json.dumps(row, ensure_ascii=False) for row in content) if rows else content
                path.write_text(text, encoding="utf-8")
        return folder

    return write


@pytest.fixture
def service_over(corpus, index):
    """A search service over files; see `corpus`."""
    opened = []

    def service(files):
        rebuild([corpus(files)], index, strict=True)
        opened.append(SearchService.open(index))
        return opened[-1]

    yield service
    for each in opened:
        each.close()

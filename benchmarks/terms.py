"""The terms that engines are compared on: those of Serai's words, cut once, the same for all.

One line a passage: its language, a tab, its terms with a space between each two.
"""

import json
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from time import process_time

from analyzers.analysis import Tier
from benchmarks.corpus import Corpus
from indexer import manifest
from indexer.document import Document
from indexer.entries import entries_of
from indexer.schema import Field, Zone

WORDS = Field(Zone.TEXT, Tier.WORD)
_BATCH = 400


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of a corpus on disk; ``seconds`` is what cutting took, of processor time."""

    path: Path
    count: int
    seconds: float


def terms_of(corpus: Corpus, jobs: int) -> Terms:
    """The terms of a corpus, written beside it the first time, and again when the analyzers change."""
    path = corpus.passages.with_suffix(".terms")
    facts = path.with_suffix(".terms.json")
    analyzers = manifest.analyzers()
    known = json.loads(facts.read_text(encoding="utf-8")) if facts.exists() else {}
    if known.pop("analyzers", None) != analyzers:
        known = _write(path, corpus, jobs)
        facts.write_text(json.dumps({"analyzers": analyzers, **known}), encoding="utf-8")
    return Terms(path, **known)


def documents_of(passages: Path) -> Iterator[Document]:
    """The passages as documents that nothing is known about but their text."""
    with passages.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            yield Document(id=row["id"], title="", text=row["text"], source=passages.name)


def _write(path: Path, corpus: Corpus, jobs: int) -> dict[str, float]:
    part = path.with_suffix(".part")
    count = 0
    seconds = 0.0
    documents = documents_of(corpus.passages)
    batches = iter(lambda: list(islice(documents, _BATCH)), [])
    with (
        part.open("w", encoding="utf-8", newline="\n") as lines,
        ProcessPoolExecutor(jobs, get_context("forkserver")) as pool,
    ):
        while group := list(islice(batches, 8 * jobs)):
            for written, taken in pool.map(_cut, group):
                lines.writelines(written)
                count += sum(line.count(" ") + 1 for line in written)
                seconds += taken
    part.rename(path)
    return {"count": count, "seconds": seconds}


def _cut(batch: list[Document]) -> tuple[list[str], float]:
    started = process_time()
    entries = entries_of(batch)
    seconds = process_time() - started
    words = entries.fields[WORDS]
    if any(len(term.split()) != 1 for term in words.terms):
        raise ValueError("a term holds white space, so a line of terms could not be cut again")
    ids, lengths = words.ids.tolist(), words.lengths.tolist()
    rows = iter(ids)
    return [
        f"{document.language}\t{' '.join(words.terms[number] for number in islice(rows, length))}\n"
        for document, length in zip(entries.documents, lengths, strict=True)
    ], seconds

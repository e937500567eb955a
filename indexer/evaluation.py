"""Measures the ranking over judged collections, each in an index of its own or all in one."""

import gzip
import json
import zlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from indexer import metrics
from indexer.document import Document, well_formed
from indexer.engine import Searcher
from indexer.engines import engine_for
from indexer.entries import Entries, entries_of
from indexer.errors import CorpusError
from indexer.lexicon import Lexicon, gather, lay_down
from indexer.query import parse
from indexer.request import Sort
from indexer.settings import Settings
from indexer.terms import query_of

_DOCUMENTS, _QUERIES, _JUDGEMENTS = "docs.jsonl", "queries.jsonl", "qrels.tsv"
_BATCH = 200


@dataclass(frozen=True, slots=True)
class JudgedSet:
    """One collection: documents, queries by id, and the grades of documents by query."""

    name: str
    documents: Sequence[Document]
    queries: Mapping[str, str]
    grades: Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Measured:
    """The mean figures of one set over its judged queries."""

    documents: int
    queries: int
    figures: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The figures of every set, by name; ``pooled`` if one index held them all."""

    pooled: bool
    sets: Mapping[str, Measured]


def evaluate(directory: Path, settings: Settings, *, titles: bool = True, pooled: bool = False) -> Evaluation:
    """Index the collections of a folder for the time being, and rank every judged query.

    Languages are detected, not told. The user's own index is not touched.

    Raises:
        CorpusError: the folder holds no collection, or one that cannot be read.
    """
    sets = [_judged_set(folder, name, titles) for name, folder in _folders(directory)]
    measured: dict[str, Measured] = {}
    for group in [sets] if pooled else [[judged] for judged in sets]:
        with indexed(group, settings) as collection:
            measured |= {judged.name: figures_of(judged, collection) for judged in group}
    return Evaluation(pooled, measured)


class Collection(NamedTuple):
    """What a search asks of a generation: its engine's reader, and its words."""

    searcher: Searcher
    lexicon: Lexicon


@contextmanager
def indexed(sets: Sequence[JudgedSet], settings: Settings) -> Iterator[Collection]:
    """One index of these sets with its lexicon, as a rebuild makes them, while the context lasts."""
    engine = engine_for(settings)
    with TemporaryDirectory(prefix="serai-evaluate-") as folder:
        home = Path(folder) / "index"
        home.mkdir()
        words: list[Path] = []

        def batches() -> Iterator[Entries]:
            for entries in chain.from_iterable(map(_entries, sets)):
                words.append(lay_down(entries, home, len(words)))
                yield entries

        try:
            engine.build(batches(), home)
            gather(words, home)
            with closing(engine.open(home)) as searcher:
                yield Collection(searcher, Lexicon(home))
        finally:
            rmtree(home)
            engine.settle(home.parent)


def figures_of(judged: JudgedSet, collection: Collection) -> Measured:
    """The mean figures of a set over an index that holds it."""
    searcher = collection.searcher
    rows = []
    for query_id, text in judged.queries.items():
        if query_id in judged.grades:
            query = query_of(parse(text), searcher, lexicon=collection.lexicon)
            matches = searcher.search(query.node, Sort.RELEVANCE, 0, metrics.DEPTH, facets=False)
            ranked = [searcher.document(found.number).id for found in matches.found]
            rows.append(metrics.figures(ranked, judged.grades[query_id]))
    figures = {name: round(value, 4) for name, value in metrics.mean(rows).items()}
    return Measured(len(judged.documents), len(rows), figures)


def _entries(judged: JudgedSet) -> Iterator[Entries]:
    for start in range(0, len(judged.documents), _BATCH):
        yield entries_of(judged.documents[start : start + _BATCH])


def _folders(directory: Path) -> list[tuple[str, Path]]:
    """The set in a folder, called ``.``, or those in its subfolders, by their names."""
    if not directory.is_dir():
        raise CorpusError(
            f"there is no folder {directory}", hint="Name a folder that holds docs.jsonl, or sets of it."
        )
    if _file(directory, _DOCUMENTS) is not None:
        return [(".", directory)]
    found = [
        (folder.name, folder)
        for folder in sorted(directory.iterdir())
        if _file(folder, _DOCUMENTS) is not None
    ]
    if not found:
        raise CorpusError(
            f"neither {directory} nor a folder in it holds {_DOCUMENTS}",
            hint=f"A judged collection is {_DOCUMENTS}, {_QUERIES} and {_JUDGEMENTS}, plain or .gz.",
        )
    return found


def _file(folder: Path, name: str) -> Path | None:
    return next((path for path in (folder / name, folder / f"{name}.gz") if path.is_file()), None)


def _judged_set(folder: Path, name: str, titles: bool) -> JudgedSet:
    # Sets that are pooled may use one id for different documents: the set's name keeps them apart.
    documents = [
        Document(
            id=f"{name}/{_text(row, 'id')}",
            title=_text(row, "title") if titles and row.get("title") else "",
            text=_text(row, "text"),
            source=name,
        )
        for row in _rows(folder, _DOCUMENTS)
    ]
    queries = {_text(row, "id"): well_formed(_text(row, "text")) for row in _rows(folder, _QUERIES)}
    grades: dict[str, dict[str, int]] = defaultdict(dict)
    for number, line in _lines(folder, _JUDGEMENTS):
        fields = line.split()
        if len(fields) != 4 or not fields[3].removeprefix("-").isdecimal():
            raise CorpusError(
                f"{folder / _JUDGEMENTS}:{number}: {line!r} is no judgement",
                hint="Write a query, 0, a document and a whole grade, apart by tabs.",
            )
        grades[fields[0]][f"{name}/{fields[2]}"] = int(fields[3])
    return JudgedSet(name, documents, queries, grades)


def _text(row: Mapping[str, Any], key: str) -> str:
    value = row.get(key)
    if not isinstance(value, str | int):
        raise CorpusError(
            f"a line of the judged collection has no {key!r}", hint=f"It holds: {', '.join(row)}."
        )
    return str(value)


def _rows(folder: Path, name: str) -> Iterator[Mapping[str, Any]]:
    for number, line in _lines(folder, name):
        try:
            row = json.loads(line)
        except ValueError as error:
            raise CorpusError(f"{folder / name}:{number}: it is not valid JSON: {error}") from None
        if not isinstance(row, dict):
            raise CorpusError(f"{folder / name}:{number}: it is no JSON object")
        yield row


def _lines(folder: Path, name: str) -> Iterator[tuple[int, str]]:
    path = _file(folder, name)
    if path is None:
        raise CorpusError(
            f"{folder} holds no {name}", hint="A judged collection needs all three of its files."
        )
    opening = gzip.open if path.suffix == ".gz" else open
    try:
        with opening(path, "rt", encoding="utf-8") as stream:
            for number, line in enumerate(stream, 1):
                if line.strip():
                    yield number, line.rstrip("\n")
    except (OSError, EOFError, UnicodeDecodeError, zlib.error) as error:
        raise CorpusError(f"{path} cannot be read: {error}", hint="It must be UTF-8, plain or .gz.") from None

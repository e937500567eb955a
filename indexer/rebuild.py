"""Builds a new generation from files and folders; the served one stays until it is done."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path
from time import perf_counter
from typing import Any, NamedTuple, Self

from indexer import generations, manifest, schema
from indexer.document import Document
from indexer.engine import Engine
from indexer.engines import engine_for
from indexer.entries import entries_of
from indexer.errors import CorpusError, IndexUnavailable
from indexer.lexicon import Gathering, Words, words_of
from indexer.pool import Pool
from indexer.settings import Settings
from indexer.sources import Corpus, Kind, Remark, Unit, corpus_in, parsed, units_in

#: How much is analyzed at a time, in bytes; small enough to keep every core busy to the end.
_BATCH = 1_600_000
#: Below this much other processes cost more to start than they save, in bytes.
_ALONE = 4 * _BATCH


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What a rebuild did. ``seconds`` is wall-clock time, ``size`` is in bytes of text, as UTF-8."""

    generation: str
    documents: int
    remarks: Sequence[Remark]
    seconds: float
    size: int


class Step(NamedTuple):
    """A batch that has been analyzed: its documents, and their text and what was read for it, in bytes.

    ``total`` is what will have been read of all batches, None where nobody knows.
    """

    documents: int
    size: int
    read: int
    total: int | None


#: Called with every batch that has been analyzed.
Progress = Callable[[Step], None]


def rebuild(
    paths: Sequence[Path], settings: Settings, *, strict: bool = False, progress: Progress | None = None
) -> Rebuilt:
    """Index these files and folders from scratch and publish the result.

    Raises:
        CorpusError: a path leads nowhere; or ``strict``, and a file or line was rejected.
        IndexBusy: another process is writing.
    """
    started = perf_counter()
    engine = engine_for(settings)
    corpus = corpus_in(paths)
    telling = _Telling(progress, corpus.to_read)
    with generations.writing(settings.index) as building:
        try:
            alone = settings.jobs == 1 or corpus.size < _ALONE
            pool = Pool(0 if alone else settings.jobs)
            work = (_Work(engine, building, *job) for job in enumerate(_batches(corpus)))
            with closing(pool.stream(_analyzed, work)) as batches, _Lexicon(building) as lexicon:
                done = map(telling.note, lexicon.gathered(batches))
                count = engine.assembled(done, building, pool.for_each)
            if strict:
                _refuse_rejected(telling.remarks)
            name = _seal(building, engine.name, count, telling)
            engine.open(building).close()
            generations.publish(settings.index, building, name)
        except OSError as error:
            raise IndexUnavailable(
                f"the index in {settings.index} could not be written: {error.strerror or error}",
                hint="The index is as it was before. Make room, or choose another folder with --index.",
            ) from error
    return Rebuilt(name, count, telling.remarks, perf_counter() - started, telling.size)


def _refuse_rejected(remarks: Sequence[Remark]) -> None:
    rejected = [remark for remark in remarks if remark.kind is Kind.REJECTED]
    if rejected:
        raise CorpusError(
            f"{len(rejected)} files or lines could not be read; "
            f"the first is {rejected[0].source}: {rejected[0].reason}",
            hint="Mend or remove them, or leave out --strict. The index is as it was before.",
        )


def _batches(corpus: Corpus) -> Iterator[list[Unit | Remark]]:
    """What is to be parsed, about `_BATCH` at a time, whoever parses it: so a rebuild repeats itself."""
    batch: list[Unit | Remark] = []
    size = 0
    for unit in units_in(corpus):
        batch.append(unit)
        size += 0 if isinstance(unit, Remark) else unit.size
        if size >= _BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


class _Work(NamedTuple):
    """A batch for a process to parse and to analyze."""

    engine: Engine
    directory: Path
    number: int
    units: Sequence[Unit | Remark]


class _Batch(NamedTuple):
    """A batch that was analyzed: what the engine made of it, and what there is to tell about it."""

    prepared: Any
    words: Words
    documents: int
    size: int
    read: int
    remarks: Sequence[Remark]
    languages: Counter[str]
    folders: Counter[str]
    digest: bytes


def _analyzed(work: _Work) -> _Batch:
    """Parse and analyze a batch, in whatever process."""
    records = list(parsed(work.units))
    entries = entries_of(record for record in records if isinstance(record, Document))
    fingerprint = blake2b(digest_size=16)
    size = 0
    for document in entries.documents:
        text = document.text.encode()
        size += len(text)
        fingerprint.update(f"{document.id}\0{document.title}\0".encode() + text + b"\0")
    return _Batch(
        work.engine.prepared(entries, work.directory, work.number),
        words_of(entries),
        len(entries.documents),
        size,
        sum(unit.size for unit in work.units if isinstance(unit, Unit)),
        [record for record in records if isinstance(record, Remark)],
        Counter(document.language for document in entries.documents),
        Counter(document.source.partition("/")[0] for document in entries.documents),
        fingerprint.digest(),
    )


class _Lexicon:
    """Gathers the words of batches as they pass, and writes them while the engine puts its index together."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._aside = ThreadPoolExecutor(1)
        self._written: Future[None] | None = None

    def gathered(self, batches: Iterable[_Batch]) -> Iterator[_Batch]:
        """The batches; after the last one, writing begins."""
        gathering = Gathering()
        for batch in batches:
            gathering.add(batch.words)
            yield batch
        self._written = self._aside.submit(gathering.write, self._directory)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self._aside.shutdown()
        if kind is None and self._written is not None:
            self._written.result()


class _Telling:
    """What is to be told about the documents, gathered as they come."""

    def __init__(self, progress: Progress | None, total: int | None) -> None:
        self._progress = progress
        self._total = total
        self.remarks: list[Remark] = []
        self.size = 0
        self.languages: Counter[str] = Counter()
        self.folders: Counter[str] = Counter()
        self.fingerprint = blake2b(digest_size=4)

    def note(self, batch: _Batch) -> Any:
        """Take note of a batch; what the engine made of it."""
        self.remarks += batch.remarks
        self.size += batch.size
        self.languages += batch.languages
        self.folders += batch.folders
        self.fingerprint.update(batch.digest)
        if self._progress is not None:
            self._progress(Step(batch.documents, batch.size, batch.read, self._total))
        return batch.prepared


def _seal(building: Path, engine: str, count: int, telling: _Telling) -> str:
    """Write the manifest; the name under which the generation is to be published."""
    built = datetime.now(UTC)
    manifest.Manifest(
        engine=engine,
        schema=schema.VERSION,
        analyzers=manifest.analyzers(),
        built=built.isoformat(timespec="seconds"),
        version=version("serai"),
        documents=count,
        languages=dict(sorted(telling.languages.items())),
        sources=dict(sorted(telling.folders.items())),
        files=manifest.digests(building),
    ).write(building)
    return f"gen-{built:%Y%m%dT%H%M%S%f}-{telling.fingerprint.hexdigest()}"

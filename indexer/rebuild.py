"""Builds a new generation from files and folders; the served one stays until it is done."""

import os
import threading
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import blake2b
from importlib.metadata import version
from itertools import islice
from multiprocessing import connection, get_context, parent_process
from pathlib import Path
from time import perf_counter

from indexer import generations, manifest, schema
from indexer.document import Document
from indexer.engines import engine_for
from indexer.entries import Entries, entries_of
from indexer.errors import CorpusError, IndexUnavailable, SearchError
from indexer.settings import Settings
from indexer.sources import Kind, Remark, documents_in

#: How much text is analyzed at a time, in code points; small enough to keep every core busy.
_BATCH = 800_000
#: Below this much text other processes cost more to start than they save, in code points.
_ALONE = 4 * _BATCH


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What a rebuild did. ``seconds`` is wall-clock time, ``size`` code points of text."""

    generation: str
    documents: int
    remarks: Sequence[Remark]
    seconds: float
    size: int


#: Called with the documents and code points of every batch that has been indexed.
Progress = Callable[[int, int], None]


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
    reading = _Reading(documents_in(paths))
    with generations.writing(settings.index) as building:
        try:
            count = engine.build(_analyzed(reading, settings.jobs, progress), building)
            rejected = [remark for remark in reading.remarks if remark.kind is Kind.REJECTED]
            if strict and rejected:
                raise CorpusError(
                    f"{len(rejected)} files or lines could not be read; "
                    f"the first is {rejected[0].source}: {rejected[0].reason}",
                    hint="Mend or remove them, or leave out --strict. The index is as it was before.",
                )
            name = _seal(building, engine.name, count, reading)
            engine.open(building).close()
            generations.publish(settings.index, building, name)
        except OSError as error:
            raise IndexUnavailable(
                f"the index in {settings.index} could not be written: {error.strerror or error}",
                hint="The index is as it was before. Make room, or choose another folder with --index.",
            ) from error
    return Rebuilt(name, count, reading.remarks, perf_counter() - started, reading.size)


class _Reading:
    """The documents as they are read, with what is to be told about them."""

    def __init__(self, records: Iterable[Document | Remark]) -> None:
        self._records = records
        self.remarks: list[Remark] = []
        self.size = 0
        self.languages: Counter[str] = Counter()
        self.folders: Counter[str] = Counter()
        self.fingerprint = blake2b(digest_size=4)

    def batches(self) -> Iterator[list[Document]]:
        batch: list[Document] = []
        size = 0
        for record in self._records:
            if isinstance(record, Remark):
                self.remarks.append(record)
                continue
            batch.append(record)
            size += len(record.text)
            if size >= _BATCH:
                yield batch
                batch, size = [], 0
        if batch:
            yield batch

    def note(self, entries: Entries) -> None:
        for document in entries.documents:
            self.languages[document.language] += 1
            self.folders[document.source.partition("/")[0]] += 1
            self.fingerprint.update(f"{document.id}\0{document.title}\0{document.text}\0".encode())
            self.size += len(document.text)


def _analyzed(reading: _Reading, jobs: int, progress: Progress | None) -> Iterator[Entries]:
    for entries in _in_processes(reading.batches(), jobs):
        reading.note(entries)
        if progress is not None:
            progress(len(entries.documents), sum(len(document.text) for document in entries.documents))
        yield entries


def _in_processes(batches: Iterator[list[Document]], jobs: int) -> Iterator[Entries]:
    """Each batch analyzed, in order; in other processes, if there is more than a little to do."""
    first = list(islice(batches, _ALONE // _BATCH))
    if jobs == 1 or len(first) < _ALONE // _BATCH:
        yield from map(entries_of, first)
        yield from map(entries_of, batches)
        return
    context = get_context("forkserver")
    context.set_forkserver_preload(["indexer.entries"])
    waiting: deque[Future[Entries]] = deque()
    try:
        with ProcessPoolExecutor(jobs, context, _end_with_parent) as pool:
            for batch in _chained(first, batches):
                waiting.append(pool.submit(entries_of, batch))
                if len(waiting) > 2 * jobs:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
    except BrokenProcessPool as error:
        raise SearchError(
            "a process that analyzed documents was ended from outside, perhaps for want of memory",
            hint="Run the command again with --jobs 1. The index is as it was before.",
        ) from error


def _chained(first: list[list[Document]], rest: Iterator[list[Document]]) -> Iterator[list[Document]]:
    yield from first
    yield from rest


def _end_with_parent() -> None:
    """Leave when the process that asked is killed: a pool's workers would wait for work for ever."""
    parent = parent_process()
    if parent is not None:
        threading.Thread(target=_await_end, args=(parent.sentinel,), daemon=True).start()


def _await_end(sentinel: int) -> None:
    connection.wait([sentinel])
    os._exit(1)


def _seal(building: Path, engine: str, count: int, reading: _Reading) -> str:
    """Write the manifest; the name under which the generation is to be published."""
    built = datetime.now(UTC)
    manifest.Manifest(
        engine=engine,
        schema=schema.VERSION,
        analyzers=manifest.analyzers(),
        built=built.isoformat(timespec="seconds"),
        version=version("serai"),
        documents=count,
        languages=dict(sorted(reading.languages.items())),
        sources=dict(sorted(reading.folders.items())),
        files=manifest.digests(building),
    ).write(building)
    return f"gen-{built:%Y%m%dT%H%M%S%f}-{reading.fingerprint.hexdigest()}"

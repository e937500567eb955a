"""What a rebuild and an update do alike: batches are analyzed, words gathered, a generation is sealed."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from hashlib import blake2b
from importlib.metadata import version
from itertools import chain, islice
from pathlib import Path
from shutil import rmtree
from time import perf_counter
from types import MappingProxyType
from typing import Any, NamedTuple, Self, TypeVar

from indexer import generations, manifest, schema
from indexer.engine import Engine
from indexer.entries import entries_of
from indexer.errors import CorpusError, IndexUnavailable, SearchError
from indexer.ledger import Ledger
from indexer.lexicon import gather, lay_down
from indexer.pool import Pool
from indexer.settings import Settings
from indexer.sources import Kind, Read, Remark, Unit, digested

Value = TypeVar("Value")

# How much is analyzed at a time, in bytes. Each batch brings most of the words of those before it once more,
# to be sorted and merged, so they are large; the last ones are small, so that all cores are busy to the end.
_LARGEST, _SMALLEST = 4_800_000, 400_000
#: A batch is at most this part of what is still to be read.
_SHARE = 6
#: How much is analyzed at a time where nobody knows how much there is, in bytes.
_MEDIUM = 1_600_000
#: For less than this other processes cost more to start than they save, in bytes.
_ALONE = 6_400_000


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


class Work(NamedTuple):
    """A batch for a process to parse and to analyze."""

    engine: Engine
    directory: Path
    number: int
    units: Sequence[Unit | Remark]

    @property
    def size(self) -> int:
        """How many bytes there are to be read."""
        return sum(unit.size for unit in self.units if isinstance(unit, Unit))


class Batch(NamedTuple):
    """A batch that was analyzed: what the engine made of it, and what there is to tell about it.

    ``origins`` are the source, the id and the digest of each document.
    """

    prepared: Any
    words: Path
    origins: Sequence[tuple[str, str, bytes]]
    size: int
    read: int
    remarks: Sequence[Remark]
    languages: Counter[str]


def pooled(
    engine: Engine, directory: Path, units: Iterable[Unit | Remark], jobs: int, total: int | None = None
) -> tuple[Pool, Iterator[Work]]:
    """Who is to analyze these, and in which batches; ``total`` is their size in bytes, where it is known."""
    work = (Work(engine, directory, *job) for job in enumerate(_batches(units, total)))
    if total is not None:
        return Pool(jobs if jobs > 1 and total >= _ALONE else 0), work
    return pool_for(jobs, work, lambda batch: batch.size)


def pool_for(jobs: int, work: Iterator[Value], size: Callable[[Value], int]) -> tuple[Pool, Iterator[Value]]:
    """Who is to do some work: no other processes, if it is little; and the work."""
    first: list[Value] = []
    drawn = 0
    while drawn < _ALONE and (following := list(islice(work, 1))):
        first += following
        drawn += size(following[0])
    return Pool(jobs if jobs > 1 and drawn >= _ALONE else 0), chain(first, work)


def _batches(units: Iterable[Unit | Remark], total: int | None) -> Iterator[list[Unit | Remark]]:
    """What is to be parsed, in batches that do not depend on who parses them: so a rebuild repeats itself."""
    batch: list[Unit | Remark] = []
    size = 0
    left, enough = total, _enough(total)
    for unit in units:
        batch.append(unit)
        size += 0 if isinstance(unit, Remark) else unit.size
        if size >= enough:
            yield batch
            left = None if left is None else left - size
            batch, size, enough = [], 0, _enough(left)
    if batch:
        yield batch


def _enough(left: int | None) -> int:
    """How much a batch takes, in bytes, of what is left to be read."""
    return _MEDIUM if left is None else max(_SMALLEST, min(_LARGEST, left // _SHARE))


def analyzed(work: Work) -> Batch:
    """Parse and analyze a batch, in whatever process."""
    records = list(digested(work.units))
    read = [record for record in records if isinstance(record, Read)]
    entries = entries_of(record.document for record in read)
    return Batch(
        work.engine.prepared(entries, work.directory, work.number),
        lay_down(entries, work.directory, work.number),
        [(record.document.source, record.document.id, record.digest) for record in read],
        sum(len(document.text.encode()) for document in entries.documents),
        work.size,
        [record for record in records if isinstance(record, Remark)],
        Counter(document.language for document in entries.documents),
    )


class LexiconAside:
    """Notes where the words of batches lie, and gathers them while the engine puts its index together."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._aside = ThreadPoolExecutor(1)
        self._written: Future[None] | None = None

    def gathered(self, batches: Iterable[Batch]) -> Iterator[Batch]:
        """The batches; after the last one, gathering begins."""
        words = []
        for batch in batches:
            words.append(batch.words)
            yield batch
        self.begin(words)

    def begin(self, added: Sequence[Path], taken: Sequence[Path] = ()) -> None:
        """Write the lexicon; `indexer.lexicon.gather` says of what."""
        self._written = self._aside.submit(gather, added, self._directory, taken)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self._aside.shutdown()
        if kind is None and self._written is not None:
            self._written.result()


class Telling:
    """What is to be told about the documents, gathered as they come."""

    def __init__(self, progress: Progress | None, total: int | None) -> None:
        self._progress = progress
        self._total = total
        self.remarks: list[Remark] = []
        self.origins: list[tuple[str, str, bytes]] = []
        self.size = 0
        self.languages: Counter[str] = Counter()

    def note(self, batch: Batch) -> Any:
        """Take note of a batch; what the engine made of it."""
        self.remarks += batch.remarks
        self.origins += batch.origins
        self.size += batch.size
        self.languages += batch.languages
        self._tell(Step(len(batch.origins), batch.size, batch.read, self._total))
        return batch.prepared

    def passed(self, size: int) -> None:
        """Take note of so many bytes that were read, and of which nothing is to be made."""
        self._tell(Step(0, 0, size, self._total))

    def _tell(self, step: Step) -> None:
        if self._progress is not None:
            self._progress(step)

    def count(self, kind: Kind) -> int:
        """How many files or lines there are remarks of a kind about."""
        return sum(remark.count for remark in self.remarks if remark.kind is kind)

    def refuse_rejected(self) -> None:
        """Fail if anything could not be read.

        Raises:
            CorpusError: something could not.
        """
        rejected = [remark for remark in self.remarks if remark.kind is Kind.REJECTED]
        if rejected:
            raise CorpusError(
                f"{len(rejected)} files or lines could not be read; "
                f"the first is {rejected[0].source}: {rejected[0].reason}",
                hint="Mend or remove them, or leave out --strict. The index is as it was before.",
            )


@contextmanager
def undone(engine: Engine, index: Path, building: Path) -> Iterator[None]:
    """Take back what was begun, in the folder and elsewhere, if it comes to nothing."""
    try:
        yield
    except BaseException:
        rmtree(building, ignore_errors=True)
        with suppress(SearchError):  # the next that is begun takes back what is left
            engine.settle(index)
        raise


class Making(NamedTuple):
    """A ``rebuild`` or an ``update``: when it began (`perf_counter`), and what there is to tell of it."""

    kind: str
    started: float
    telling: Telling


def published(
    settings: Settings,
    engine: Engine,
    building: Path,
    ledger: Ledger,
    *,
    documents: int,
    languages: Mapping[str, int],
    making: Making,
    earlier: manifest.Digests = MappingProxyType({}),
) -> str:
    """Write what was made of what, see that the index can be read, and publish it; its name.

    ``earlier`` are the digests of the generation that files were linked from.
    """
    ledger.write(building)
    built = datetime.now(UTC)
    fingerprint = blake2b(digest_size=4)
    folders: Counter[str] = Counter()
    for source, origins in ledger.sources.items():
        folders[source.partition("/")[0]] += len(origins)
        for one, digest in origins.items():
            fingerprint.update(one.encode("utf-8", "surrogatepass") + b"\0" + digest)
    manifest.Manifest(
        engine=engine.name,
        schema=schema.VERSION,
        analyzers=manifest.analyzers(),
        built=built.isoformat(timespec="seconds"),
        version=version("serai"),
        documents=documents,
        languages=dict(sorted(languages.items())),
        sources=dict(sorted(folders.items())),
        files=manifest.digests(building, earlier),
        kind=making.kind,
        seconds=round(perf_counter() - making.started, 3),
        rejected=making.telling.count(Kind.REJECTED),
        skipped=making.telling.count(Kind.SKIPPED),
        elsewhere=engine.elsewhere(building),
    ).write(building)
    engine.open(building).close()
    name = f"gen-{built:%Y%m%dT%H%M%S%f}-{fingerprint.hexdigest()}"
    folder = generations.publish(settings.index, building, name)
    engine.settle(settings.index, folder)
    return name


def unwritten(settings: Settings, error: OSError) -> IndexUnavailable:
    """The error for an index that could not be written."""
    return IndexUnavailable(
        f"the index in {settings.index} could not be written: {error.strerror or error}",
        hint="The index is as it was before. Make room, or choose another folder with --index.",
    )

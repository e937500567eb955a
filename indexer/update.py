"""Brings the index up to date: a new generation of what stays, and of what was added and changed since.

What has changed is told by content: the ledger has a digest of the bytes that each document was read from.
What stays is neither parsed nor analyzed again; what goes is analyzed once more, from the index, to take its
words out of the lexicon. The new index answers as one that was built from scratch.
"""

import shlex
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any, NamedTuple

from indexer import generations, ledger, manifest
from indexer.building import (
    LexiconAside,
    Making,
    Progress,
    Telling,
    analyzed,
    pool_for,
    pooled,
    published,
    undone,
    unwritten,
)
from indexer.document import Document
from indexer.engine import Earlier, Engine
from indexer.engines import engine_for
from indexer.entries import entries_of
from indexer.errors import CorpusError, IndexOutdated, IndexUnavailable
from indexer.ledger import Ledger, Origins
from indexer.lexicon import NAME, lay_down
from indexer.pool import Pool
from indexer.settings import Settings
from indexer.sources import Remark, Scope, Unit, origin, scope_of, units

#: How much text is taken out of the lexicon at a time, and how much is read between two signs of progress.
_PIECE = 1_600_000


@dataclass(frozen=True, slots=True)
class Updated:
    """What an update did. ``seconds`` is wall-clock time, ``size`` is in bytes of new text, as UTF-8.

    ``generation`` is the one that is served now: the one before, if there was nothing to do.
    """

    generation: str
    documents: int
    added: int
    changed: int
    deleted: int
    remarks: Sequence[Remark]
    seconds: float
    size: int
    anew: bool


def update(
    paths: Sequence[Path], settings: Settings, *, strict: bool = False, progress: Progress | None = None
) -> Updated:
    """Bring the index up to date with these files and folders, or with all that it was made of.

    `indexer.sources.scope` says what paths mean that the index was not made of, or that are gone.

    Raises:
        CorpusError: a path leads nowhere; or ``strict``, and a file or line was rejected.
        IndexBusy: another process is writing.
        IndexUnavailable: there is no index, or it is damaged, or other analyzers built it.
    """
    started = perf_counter()
    generations.current(settings.index)
    with generations.writing(settings.index, "update") as building:
        before = _Before(settings, paths)
        scope = scope_of(paths, before.ledger.roots)
        telling = Telling(progress, scope.corpus.to_read)
        try:
            with undone(before.engine, settings.index, building):
                update = _Update(settings, before, scope, telling, building)
                update.read()
                if strict:
                    telling.refuse_rejected()
                making = Making("update", started, telling)
                name = update.publish(making) if update.needed else before.folder.name
        except OSError as error:
            raise unwritten(settings, error) from error
    made = update.made_ids()
    return Updated(
        generation=name,
        documents=len(update.ledger.ids()),
        added=len(made.difference(update.gone)),
        changed=len(made.intersection(update.gone)),
        deleted=len(update.gone) - len(made.intersection(update.gone)),
        remarks=telling.remarks,
        seconds=perf_counter() - started,
        size=telling.size,
        anew=update.needed,
    )


class _Before:
    """The generation that is to be brought up to date."""

    def __init__(self, settings: Settings, paths: Sequence[Path]) -> None:
        self.engine = engine_for(settings)
        self.folder = generations.current(settings.index)
        self._again = shlex.join(map(str, paths)) or "PATH ..."
        try:
            self.record = manifest.read(self.folder)
            manifest.check_file(self.record, self.folder, ledger.NAME)
            self.ledger = ledger.read(self.folder)
            self._again = shlex.join(map(str, self.ledger.roots))
            manifest.check(self.record, self.engine.name)
            if self.ledger.read_by != ledger.reading():
                raise IndexOutdated("other libraries read the files of the index")
        except IndexUnavailable as error:
            raise self._explained(error) from error

    def check(self) -> None:
        """See that every byte of it is as it was: what stays is not looked at again.

        Raises:
            IndexUnavailable: one is not.
        """
        faults = manifest.harm(self.record, self.folder)
        if faults:
            raise self._explained(IndexUnavailable(f"the index is damaged: {'; '.join(faults[:3])}"))

    def _explained(self, error: IndexUnavailable) -> IndexUnavailable:
        hint = f"Nothing was changed. Build it anew with: serai rebuild {self._again}"
        return type(error)(str(error), hint=hint)


class _Update:
    """One update, in the order of its methods."""

    def __init__(
        self, settings: Settings, before: _Before, scope: Scope, telling: Telling, building: Path
    ) -> None:
        self._settings = settings
        self._before = before
        self._scope = scope
        self._telling = telling
        self._building = building
        self._prepared: list[Any] = []
        self._words: list[Path] = []
        self._pool = Pool(0)
        self.ledger = before.ledger
        self.gone: list[str] = []

    def read(self) -> None:
        """Analyze what was added and changed; work out the new ledger, and which documents go."""
        before = self._before
        survey = _Survey(before.ledger, self._scope, self._telling, moves=before.engine.moves)
        self._pool, work = pooled(before.engine, self._building, survey.changed(), self._settings.jobs)
        with closing(self._pool.stream(analyzed, work)) as batches:
            for batch in batches:
                self._words.append(batch.words)
                self._prepared.append(self._telling.note(batch))
        made = ledger.ledger_of(self._telling.origins, self._scope.corpus.roots)
        self.ledger = Ledger(made.roots, survey.sources(made.sources), made.read_by)
        self.gone = list(_gone(before.ledger.sources, self.ledger.sources, made.sources))

    @property
    def needed(self) -> bool:
        """Whether anything is not as it was: documents, their order, or the paths."""
        old, new = self._before.ledger, self.ledger
        return old.roots != new.roots or _in_order(old) != _in_order(new)

    def publish(self, making: Making) -> str:
        """Make the new generation; its name.

        Raises:
            IndexUnavailable: a byte of the one before is not as it was.
        """
        self._before.check()
        try:
            count, languages = self._assembled()
        finally:
            # What is read of a file that was harmed meanwhile may end in any error at all, or in none.
            self._before.check()
        return published(
            self._settings,
            self._before.engine,
            self._building,
            self.ledger,
            documents=count,
            languages=+languages,
            making=making,
            earlier=self._before.record.files,
        )

    def _assembled(self) -> tuple[int, Counter[str]]:
        """Put the new index and its lexicon together; how many documents there are, also by language."""
        before, engine = self._before, self._before.engine
        languages = Counter(before.record.languages)
        languages.update(self._telling.languages)
        pieces = enumerate(_documents(engine, before.folder, self.gone), len(self._words))
        work = (_Forgotten(self._building, *piece) for piece in pieces)
        pool, lost_documents = pool_for(self._settings.jobs, work, lambda piece: piece.size)
        taken = []
        with closing(pool.stream(_forgotten, lost_documents)) as found:
            for words, lost in found:
                taken.append(words)
                languages.subtract(lost)
        earlier = Earlier(before.folder, self.gone, self.ledger.ids())
        with LexiconAside(self._building) as lexicon:
            lexicon.begin([before.folder / NAME, *self._words], taken)
            count = engine.assembled(self._prepared, self._building, self._pool.for_each, earlier)
        return count, languages

    def made_ids(self) -> set[str]:
        """The documents that were added or changed."""
        return {one for _, one, _ in self._telling.origins}


class _Survey:
    """Compares the files in the scope with the ledger."""

    def __init__(self, ledger: Ledger, scope: Scope, telling: Telling, *, moves: bool) -> None:
        """``moves``: a document that is as it was may stand elsewhere in its file; else it is made anew."""
        self._moves = moves
        self._known = ledger.sources
        self._scope = scope
        self._telling = telling
        #: Of each file the documents that it should have: a digest where it is as it was, else None.
        self._plans: dict[str, dict[str, bytes | None]] = {}

    def changed(self) -> Iterator[Unit | Remark]:
        """What is to be parsed: what is not as it was, and what was no document and is tried again."""
        yield from self._scope.corpus.remarks
        passed = 0
        for file in self._scope.corpus.files:
            known = self._known.get(file.source, {})
            plan = self._plans[file.source] = {}
            places = {one: place for place, one in enumerate(known)}
            last = -1
            for unit in units(file):
                if isinstance(unit, Remark):
                    yield unit
                    continue
                one, digest = _origin(unit)
                if digest and known.get(one) == digest and (self._moves or places[one] > last):
                    last = places[one]
                    plan[one] = digest
                    passed += unit.size
                else:
                    plan.setdefault(one, None)
                    yield unit
                if passed >= _PIECE:
                    self._telling.passed(passed)
                    passed = 0

    def sources(self, made: Mapping[str, Origins]) -> dict[str, Origins]:
        """The documents of every file from now on, given those that were made; in order."""
        after = {source: known for source, known in self._known.items() if source not in self._scope}
        for source, plan in self._plans.items():
            new = made.get(source, {})
            names = dict.fromkeys((*plan, *new))
            origins = {one: digest for one in names if (digest := new.get(one, plan.get(one)))}
            if origins:
                after[source] = origins
        return {source: after[source] for source in sorted(after)}


def _origin(unit: Unit) -> tuple[str, bytes]:
    """As `sources.origin`, without a digest for what cannot be read: who parses it says what is wrong."""
    try:
        return origin(unit)
    except CorpusError:
        return unit.file.source, b""


def _gone(
    before: Mapping[str, Origins], after: Mapping[str, Origins], made: Mapping[str, Origins]
) -> Iterator[str]:
    """The documents of before that are there no more, or are made anew."""
    for source, origins in before.items():
        left, new = after.get(source, {}), made.get(source, {})
        if left is not origins:
            yield from (one for one in origins if one not in left or one in new)


def _in_order(ledger: Ledger) -> list[tuple[str, list[tuple[str, bytes]]]]:
    return [(source, list(origins.items())) for source, origins in ledger.sources.items()]


def _documents(engine: Engine, folder: Path, ids: Iterable[str]) -> Iterator[list[Document]]:
    """Documents of an index, about `_PIECE` of text at a time."""
    piece: list[Document] = []
    size = 0
    with closing(engine.open(folder)) as searcher:
        for one in ids:
            number = searcher.number(one)
            if number is not None:
                piece.append(searcher.document(number))
                size += len(piece[-1].text)
            if size >= _PIECE:
                yield piece
                piece, size = [], 0
    yield piece


class _Forgotten(NamedTuple):
    """Documents that go, for a process to analyze once more."""

    directory: Path
    number: int
    documents: Sequence[Document]

    @property
    def size(self) -> int:
        """How much text they have, in code points."""
        return sum(len(document.text) for document in self.documents)


def _forgotten(work: _Forgotten) -> tuple[Path, Counter[str]]:
    """The words of documents that go, and how many are of each language."""
    words = lay_down(entries_of(work.documents), work.directory, work.number)
    return words, Counter(document.language for document in work.documents)

"""Builds a new generation from files and folders; the served one stays until it is done."""

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from indexer import generations
from indexer.building import (
    LexiconAside,
    Making,
    Progress,
    Telling,
    analyzed,
    pooled,
    published,
    undone,
    unwritten,
)
from indexer.engines import engine_for
from indexer.ledger import ledger_of
from indexer.settings import Settings
from indexer.sources import Remark, corpus_in, units_in


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What a rebuild did. ``seconds`` is wall-clock time, ``size`` is in bytes of text, as UTF-8."""

    generation: str
    documents: int
    remarks: Sequence[Remark]
    seconds: float
    size: int


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
    telling = Telling(progress, corpus.to_read)
    with generations.writing(settings.index) as building, undone(engine, settings.index, building):
        try:
            engine.begin(building)
            pool, work = pooled(engine, building, units_in(corpus), settings.jobs, corpus.to_read)
            with closing(pool.stream(analyzed, work)) as batches, LexiconAside(building) as lexicon:
                done = map(telling.note, lexicon.gathered(batches))
                count = engine.assembled(done, building, pool.for_each)
            if strict:
                telling.refuse_rejected()
            ledger = ledger_of(telling.origins, corpus.roots)
            making = Making("rebuild", started, telling)
            name = published(
                settings,
                engine,
                building,
                ledger,
                documents=count,
                languages=telling.languages,
                making=making,
            )
        except OSError as error:
            raise unwritten(settings, error) from error
    return Rebuilt(name, count, telling.remarks, perf_counter() - started, telling.size)

"""Goes back to the generation before the one that is served, or forth to that one again."""

from dataclasses import dataclass

from indexer import generations, manifest
from indexer.engines import engine_for
from indexer.settings import Settings


@dataclass(frozen=True, slots=True)
class RolledBack:
    """What is served now, and what was before."""

    generation: str
    built: str
    documents: int
    before: str


def rollback(settings: Settings) -> RolledBack:
    """Serve the other generation that is kept; whoever does so twice is where they were.

    Nothing is built or removed, and what is searched meanwhile finds the one or the other, whole.

    Raises:
        IndexBusy: another process is writing.
        IndexUnavailable: there is no other generation, or it cannot be read.
        IndexOutdated: another engine built it, or other analyzers.
    """
    engine = engine_for(settings)
    before = generations.current(settings.index)
    with generations.locked(settings.index):
        folder = generations.other(settings.index)
        record = manifest.read(folder)
        manifest.check(record, engine.name)
        manifest.check_small(record, folder)
        engine.open(folder).close()
        generations.go_to(settings.index, folder)
        engine.settle(settings.index, folder)
    return RolledBack(folder.name, record.built, record.documents, before.name)

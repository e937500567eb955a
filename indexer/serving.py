"""The generation that is current, whichever that is by now, and what is said where its files were harmed."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from analyzers.registry import load
from indexer import generations, manifest
from indexer.engine import Searcher
from indexer.engines import engine_for
from indexer.errors import IndexUnavailable
from indexer.lexicon import Lexicon
from indexer.settings import Settings


@dataclass(frozen=True, slots=True)
class Served:
    """An open generation, and the state of CURRENT that named it."""

    stamp: tuple[int, int]
    folder: Path
    record: manifest.Manifest
    searcher: Searcher
    lexicon: Lexicon

    def load(self) -> None:
        """Read what the first search would otherwise wait for."""
        load(self.searcher.languages())
        self.lexicon.load()


class Serving:
    """Opens the current generation of an index folder, and the next when there is one.

    Safe to use from several threads.
    """

    def __init__(self, settings: Settings, *, loaded: bool) -> None:
        """``loaded``: what is opened is loaded as well, so that no search waits for it."""
        self._settings = settings
        self._loaded = loaded
        self._engine = engine_for(settings)
        self._served: Served | None = None
        self._opening = threading.Lock()
        # The generation that was found harmed last, and what is wrong with it.
        self._harmed: tuple[str, list[str]] = "", []

    @contextmanager
    def reading(self) -> Iterator[Served]:
        """The current generation.

        Raises:
            IndexUnavailable: there is nothing to search, or it was harmed.
        """
        served = self._current()
        with manifest.harm_said(partial(self._faults, served)):
            yield served

    def close(self) -> None:
        """Let go of the index."""
        served, self._served = self._served, None
        if served is not None:
            served.searcher.close()

    def _current(self) -> Served:
        stamp = _stamp(self._settings.index)
        served = self._served
        if served is None or served.stamp != stamp:
            with self._opening:
                served = self._served
                if served is None or served.stamp != stamp:
                    # The one before is not closed: another thread may be reading it still.
                    served = self._served = self._opened(stamp)
        return served

    def _opened(self, stamp: tuple[int, int]) -> Served:
        """The current generation, or a newer one, if it went while it was being opened."""
        while True:
            try:
                return self._open(stamp)
            except IndexUnavailable:
                before, stamp = stamp, _stamp(self._settings.index)
                if stamp == before:
                    raise

    def _open(self, stamp: tuple[int, int]) -> Served:
        folder = generations.current(self._settings.index)
        record = manifest.read(folder)
        manifest.check(record, self._engine.name)
        manifest.check_small(record, folder)
        served = Served(stamp, folder, record, self._engine.open(folder), Lexicon(folder))
        if self._loaded:
            with manifest.harm_said(partial(self._faults, served)):
                served.load()
        return served

    def _faults(self, served: Served) -> list[str]:
        """What is not as it was built; what was found harmed once is not read through again."""
        name, faults = self._harmed
        if name == served.folder.name:
            return faults
        if faults := manifest.harm(served.record, served.folder):
            self._harmed = served.folder.name, faults
        return faults


def _stamp(index: Path) -> tuple[int, int]:
    """What changes about CURRENT when a generation is published."""
    try:
        state = (index / generations.CURRENT).stat()
    except OSError:
        raise IndexUnavailable(f"there is no index in {index}") from None
    return state.st_mtime_ns, state.st_ino

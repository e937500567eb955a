"""Tells a person how far a rebuild is: a bar on a terminal, plain lines elsewhere."""

import sys
from time import perf_counter
from types import TracebackType
from typing import Never, Self, TextIO

from tqdm import tqdm

#: Seconds between two plain lines.
_PAUSE = 5.0


class Progress:
    """Counts documents and text, and says so on a stream; silent when ``quiet``."""

    def __init__(self, *, quiet: bool = False, stream: TextIO | None = None) -> None:
        self._stream = stream if stream is not None else sys.stderr
        self._quiet = quiet
        self._documents = 0
        self._size = 0
        self._started = self._said = perf_counter()
        self._bar = self._new_bar() if not quiet and self._stream.isatty() else None

    def _new_bar(self) -> "tqdm[Never]":
        # tqdm's monitor is a thread, and processes are forked while the bar runs.
        tqdm.monitor_interval = 0
        return tqdm(file=self._stream, unit=" documents", desc="indexing", dynamic_ncols=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.close()

    def __call__(self, documents: int, size: int) -> None:
        """Count a batch: its documents, and its text in code points."""
        self._documents += documents
        self._size += size
        if self._bar is not None:
            self._bar.set_postfix_str(f"{self._rate():.1f} M characters/s", refresh=False)
            self._bar.update(documents)
        elif not self._quiet and perf_counter() - self._said > _PAUSE:
            self._said = perf_counter()
            self._stream.write(f"{self._documents:,} documents, {self._rate():.1f} M characters/s\n")
            self._stream.flush()

    def _rate(self) -> float:
        return self._size / 1e6 / max(1e-9, perf_counter() - self._started)

"""Tells a person how far a rebuild or a check is: a bar on a terminal, plain lines elsewhere."""

import sys
from time import perf_counter
from types import TracebackType
from typing import TYPE_CHECKING, Never, Self, TextIO

from tqdm import tqdm

if TYPE_CHECKING:
    from indexer.building import Step

#: Seconds between two plain lines.
_PAUSE = 5.0
#: Seconds between two changes of a line on a terminal.
_BLINK = 0.1
#: Until so much has been read, nobody knows how fast it goes: processes are still starting. Seconds.
_EARLY = 2.0


class Watch:
    """Says what is being done, how much of it has been and how much there is; silent when ``quiet``."""

    def __init__(self, *, quiet: bool = False, stream: TextIO | None = None) -> None:
        self._stream = stream if stream is not None else sys.stderr
        self._quiet = quiet
        self._terminal = self._stream.isatty()
        self._said = perf_counter()

    def __call__(self, doing: str, done: int, total: int) -> None:
        """Tell it: on a terminal ten times a second, over the line before; elsewhere as plain lines."""
        now = perf_counter()
        if self._quiet or (now - self._said < (_BLINK if self._terminal else _PAUSE) and done < total):
            return
        self._said = now
        line = f"{doing}: {done:,} of {total:,}"
        if self._terminal:
            end = "\n" if done == total else ""
            self._stream.write(f"\r\x1b[K{line}{end}")
        else:
            self._stream.write(f"{line}\n")
        self._stream.flush()


class Progress:
    """Counts documents and text, and says so on a stream; silent when ``quiet``."""

    def __init__(self, *, quiet: bool = False, stream: TextIO | None = None) -> None:
        self._stream = stream if stream is not None else sys.stderr
        self._quiet = quiet
        self._documents = self._size = self._read = 0
        self._started = self._said = perf_counter()
        self._bar = self._new_bar() if not quiet and self._stream.isatty() else None

    def _new_bar(self) -> "tqdm[Never]":
        # tqdm's monitor is a thread, and processes are forked while the bar runs.
        tqdm.monitor_interval = 0
        return tqdm(file=self._stream, bar_format="{desc}", dynamic_ncols=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.close()

    def __call__(self, step: "Step") -> None:
        """Count a batch."""
        self._documents += step.documents
        self._size += step.size
        self._read += step.read
        if self._bar is not None:
            self._bar.set_description_str(self._told(step.total))
        elif not self._quiet and perf_counter() - self._said > _PAUSE:
            self._said = perf_counter()
            self._stream.write(f"{self._told(step.total)}\n")
            self._stream.flush()

    def _told(self, total: int | None) -> str:
        seconds = max(1e-9, perf_counter() - self._started)
        rate = self._size / 1e6 / seconds
        return f"{self._documents:,} documents, {rate:.1f} MB/s, {self._left(total, seconds)}"

    def _left(self, total: int | None, seconds: float) -> str:
        """The time left, as far as anybody can tell."""
        if total is not None and self._read >= total:
            return "all read, merging"
        if total is None or seconds < _EARLY:
            return "time left unknown"
        minutes, rest = divmod(round((total - self._read) * seconds / self._read), 60)
        return f"{minutes}:{rest:02d} left, then merging" if self._read else "time left unknown"

"""Processes that are measured: their memory, and talking to one in lines of JSON."""

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Self

from benchmarks.corpus import ROOT

#: Seconds between two looks at the memory of a process and of those it started.
LOOK = 0.2


def serai(*arguments: object) -> list[str]:
    """The command of this environment, with its arguments."""
    return [str(Path(sys.executable).with_name("serai")), *map(str, arguments)]


class EngineFailed(Exception):
    """An engine could not do what it was told, and why."""


class Conversation:
    """A worker process, told one thing at a time."""

    def __init__(self, engine: str) -> None:
        self.engine = engine
        self._process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.worker", engine],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )
        self.pid = self._process.pid

    def tell(self, do: str, **told: object) -> dict[str, Any]:
        """Have something done and wait for it.

        Raises:
            EngineFailed: it did not work.
        """
        asking, answering = self._process.stdin, self._process.stdout
        assert asking is not None
        assert answering is not None
        with suppress(BrokenPipeError):
            asking.write(json.dumps({"do": do, **told}, default=str) + "\n")
            asking.flush()
        line = answering.readline()
        if not line:
            raise EngineFailed(f"its process ended with {self._process.wait()}")
        reply: dict[str, Any] = json.loads(line)
        if "error" in reply:
            raise EngineFailed(reply["error"])
        return reply

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate()


class Memory:
    """The most memory that a process and those it started have held; bytes.

    A process's own peak (VmHWM) is exact. What several held together is seen from time to time, pages that
    they share counted once (PSS). What ``getrusage`` says begins with the size of whoever started the
    process, and so would count that too.
    """

    def __init__(self) -> None:
        self._alone: dict[int, int] = {}
        self._together = 0

    def look(self, pid: int) -> None:
        """Look at a process and its descendants now."""
        together = 0
        for member in family(pid):
            with suppress(OSError):
                self._alone[member] = _kilobytes(member, "status", "VmHWM:")
                together += _kilobytes(member, "smaps_rollup", "Pss:")
        self._together = max(self._together, together)

    @property
    def most(self) -> int:
        """All of them together, or one alone where that was more."""
        return 1024 * max([self._together, *self._alone.values()])


@contextmanager
def watched(pid: int) -> Iterator[Memory]:
    """Look at the memory of a process and its descendants from time to time, and once at the end."""
    memory, done = Memory(), threading.Event()

    def watch() -> None:
        while not done.wait(LOOK):
            memory.look(pid)

    watching = threading.Thread(target=watch, daemon=True)
    watching.start()
    try:
        yield memory
    finally:
        done.set()
        watching.join()
        memory.look(pid)


def family(pid: int) -> Iterator[int]:
    """A process and its descendants."""
    yield pid
    with suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            with suppress(OSError):
                for child in (task / "children").read_text().split():
                    yield from family(int(child))


def _kilobytes(pid: int, file: str, label: str) -> int:
    for line in Path(f"/proc/{pid}/{file}").read_text().splitlines():
        if line.startswith(label):
            return int(line.split()[1])
    return 0


def end(process: subprocess.Popen[str]) -> None:
    """Have a server stop, and wait until it has."""
    process.terminate()
    with suppress(subprocess.TimeoutExpired):
        process.wait(30)
        return
    process.kill()
    process.wait()

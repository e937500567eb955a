"""The last rebuild or update that was tried, and what became of it, in the file of the lock.

There it takes room once: who runs out of disk can still write over it that it failed. One that was killed
goes on being ``running``, since it could not say otherwise.
"""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

#: Bytes that a record takes, filled up with spaces.
_ROOM = 256


class State(StrEnum):
    """What became of an attempt."""

    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Attempt:
    """A ``rebuild`` or an ``update``; ``began`` and ``ended`` (empty before that) are ISO 8601."""

    kind: str
    state: State
    began: str
    ended: str = ""


@contextmanager
def noted(lock: int, kind: str) -> Iterator[None]:
    """Note in the file of the lock, by its descriptor, what becomes of what is done meanwhile."""
    attempt = Attempt(kind, State.RUNNING, _now())
    _write(lock, attempt)
    state = State.FAILED
    try:
        yield
        state = State.DONE
    finally:
        _write(lock, replace(attempt, state=state, ended=_now()))


def read(lock: Path) -> Attempt | None:
    """What the file of the lock says; None, where it says nothing that is understood."""
    try:
        record = json.loads(lock.read_text(encoding="utf-8"))
        return Attempt(**record | {"state": State(record["state"])})
    except (OSError, ValueError, TypeError, LookupError, RecursionError):
        return None


def _write(lock: int, attempt: Attempt) -> None:
    text = json.dumps(asdict(attempt)).encode()
    # An index is not lost for what is told of it.
    with suppress(OSError):
        os.pwrite(lock, text.ljust(_ROOM - 1) + b"\n", 0)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")

"""The generations of an index: built aside, published by one rename, two kept.

<index>/CURRENT                     the name of the generation that is served
<index>/gen-<time>-<digest>/        one built index, with its manifest
<index>/building-<pid>/             one being built, or left by a process that was killed
<index>/lock                        held by the one process that may write; what became of its work
"""

import fcntl
import os
import shutil
import stat
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from indexer import attempts
from indexer.attempts import Attempt
from indexer.errors import IndexBusy, IndexUnavailable

CURRENT = "CURRENT"
_LOCK = "lock"
_BUILDING = "building-"
_BUILT = "gen-"
#: The generation that is served, and the one before it, to go back to.
_KEPT = 2


def current(index: Path) -> Path:
    """The folder of the generation that is served.

    Raises:
        IndexUnavailable: there is none; or others may have written it.
    """
    _check_owner(index)
    name, there = _named(index)
    while not there:
        # Others may have been published since the pointer was read, and this one removed.
        missing = name
        name, there = _named(index)
        if name == missing and not there:
            raise IndexUnavailable(f"the index in {index} is incomplete: {name!r} is not there")
    return index / name


def _check_owner(index: Path) -> None:
    """See that nobody else could have put the index there: Whoosh unpickles it, and a pickle can run code.

    Raises:
        IndexUnavailable: another user owns the folder (root may), or anybody may write in it.
    """
    try:
        state = index.stat()
    except OSError:
        return  # who looks into it says what is wrong
    if state.st_uid not in (0, os.geteuid()):
        raise IndexUnavailable(
            f"the index folder {index} belongs to another user",
            hint="Reading an index can run code, so its owner alone reads it. Run the command as that user.",
        )
    if state.st_mode & stat.S_IWOTH:
        raise IndexUnavailable(
            f"anybody may write in the index folder {index}",
            hint=f"Reading an index can run code. If all of it is yours: chmod o-w {index}",
        )


def _named(index: Path) -> tuple[str, bool]:
    """What the pointer names, and whether it is there."""
    try:
        name = (index / CURRENT).read_text(encoding="utf-8").strip()
        return name, name.startswith(_BUILT) and "/" not in name and (index / name).is_dir()
    except FileNotFoundError:
        raise IndexUnavailable(f"there is no index in {index}") from None
    except (OSError, UnicodeDecodeError) as error:
        raise IndexUnavailable(f"the index in {index} cannot be read: {error}") from None


@contextmanager
def locked(index: Path) -> Iterator[int]:
    """Let no other process write meanwhile; the descriptor of the lock.

    It is the operating system's, so one that a killed process held is free again.

    Raises:
        IndexBusy: another process is writing.
        IndexUnavailable: the folder cannot be written.
    """
    try:
        if not index.is_dir():
            index.mkdir(parents=True, exist_ok=True)
            _flush(index.parent)
        lock = os.fdopen(os.open(index / _LOCK, os.O_RDWR | os.O_CREAT, 0o666), "rb+", buffering=0)
    except OSError as error:
        raise IndexUnavailable(
            f"the index folder {index} cannot be written: {error.strerror}",
            hint="Choose another with --index, or mend its permissions.",
        ) from None
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise IndexBusy(f"another process is writing the index in {index}") from None
        yield lock.fileno()


@contextmanager
def writing(index: Path, kind: str = "rebuild") -> Iterator[Path]:
    """A new folder to build in, while no other process may; it is removed unless it was published.

    What becomes of it is noted as an attempt at a rebuild or an update. What a process that was killed left
    behind is removed first.

    Raises:
        IndexBusy: another process is writing.
        IndexUnavailable: the folder cannot be written.
    """
    with locked(index) as lock:
        for left in _left_behind(index):
            shutil.rmtree(left, ignore_errors=True)
        building = index / f"{_BUILDING}{os.getpid()}"
        building.mkdir()
        try:
            with attempts.noted(lock, kind):
                yield building
        finally:
            if building.exists():
                shutil.rmtree(building, ignore_errors=True)


def attempt(index: Path) -> Attempt | None:
    """The last rebuild or update that was tried; None, where nothing is known of one."""
    return attempts.read(index / _LOCK)


def _left_behind(index: Path) -> list[Path]:
    """What writers that were killed left: half an index, or a whole one that was never published."""
    half = list(index.glob(f"{_BUILDING}*"))
    try:
        served = current(index).name
    except IndexUnavailable:
        return half
    # Names begin with the time, so later ones than the one that is served came after it.
    return half + [built for built in index.glob(f"{_BUILT}*") if built.name > served]


def publish(index: Path, building: Path, name: str) -> Path:
    """Make a built folder the generation that is served, and remove all but the last one before it.

    Everything is flushed to disk before the one rename that counts.
    """
    with ThreadPoolExecutor() as threads:
        list(threads.map(_flush, building.iterdir()))
    _flush(building)
    folder = index / name
    try:
        before = current(index).name
    except IndexUnavailable:
        before = ""
    building.rename(folder)
    _flush(index)
    _point(index, name)
    kept = [name, before][:_KEPT]
    for old in index.glob(f"{_BUILT}*"):
        if old.name not in kept:
            shutil.rmtree(old, ignore_errors=True)
    return folder


def other(index: Path) -> Path:
    """The generation that is kept beside the one that is served: the one before it, or after going back, the
    one after it.

    Raises:
        IndexUnavailable: there is none.
    """
    served = current(index)
    others = [path for path in index.glob(f"{_BUILT}*") if path.name != served.name]
    if not others:
        raise IndexUnavailable(
            f"there is no earlier index in {index} to go back to",
            hint="One is kept from the second rebuild or update on.",
        )
    return max(others)


def go_to(index: Path, folder: Path) -> None:
    """Serve another generation that is kept."""
    _point(index, folder.name)


def _point(index: Path, name: str) -> None:
    """Let CURRENT name a generation: the one rename that counts."""
    pointer = index / f"{CURRENT}.new"
    pointer.write_text(f"{name}\n", encoding="utf-8")
    _flush(pointer)
    pointer.replace(index / CURRENT)
    _flush(index)


def _flush(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

"""What built an index, written beside it; a mismatch is an error with the command that mends it."""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import partial
from importlib import metadata
from pathlib import Path
from types import MappingProxyType
from typing import Any

from analyzers import detection
from analyzers.registry import GENERAL, LANGUAGES
from indexer import schema
from indexer.errors import IndexOutdated, IndexUnavailable, SearchError

NAME = "manifest.json"

_DIGEST = "digest"
#: Files of so many bytes are looked through when an index is opened, which takes milliseconds.
_SMALL = 1 << 18
_OTHER_VERSION = "the index was built by another version of Serai"

#: Of files by their names: the size in bytes, and the BLAKE2 digest.
Digests = Mapping[str, tuple[int, str]]


@dataclass(frozen=True, slots=True)
class Manifest:
    """The record of one build.

    ``analyzers`` maps each language to the version of its profile and of the libraries that its terms
    depend on; ``files`` maps each file to its size in bytes and its BLAKE2 digest; ``built`` is ISO 8601.
    ``kind`` is what made it, ``rebuild`` or ``update``, in so many seconds; ``rejected`` are the files and
    lines that could not be read then, ``skipped`` the files of types that are not. None is not known, as of
    an index that was built before these were kept. ``elsewhere`` are bytes that the engine keeps elsewhere.
    """

    engine: str
    schema: str
    analyzers: Mapping[str, str]
    built: str
    version: str
    documents: int
    languages: Mapping[str, int]
    sources: Mapping[str, int]
    files: Digests
    kind: str | None = None
    seconds: float | None = None
    rejected: int | None = None
    skipped: int | None = None
    elsewhere: int = 0

    @property
    def bytes(self) -> int:
        """The size of the index: of its files, and of what the engine keeps elsewhere."""
        return sum(size for size, _ in self.files.values()) + self.elsewhere

    def write(self, folder: Path) -> None:
        """Write it into the folder of the generation, and its own digest with it."""
        text = _text({**asdict(self), _DIGEST: _digest(asdict(self))})
        (folder / NAME).write_text(text, encoding="utf-8")


def _text(record: Mapping[str, Any]) -> str:
    return json.dumps(record, ensure_ascii=False, indent=1) + "\n"


def _digest(record: Mapping[str, Any]) -> str:
    return hashlib.blake2b(_text(record).encode(), digest_size=16).hexdigest()


def read(folder: Path) -> Manifest:
    """The manifest of a generation.

    Raises:
        IndexUnavailable: it is missing, or one byte of it is not as it was.
        IndexOutdated: it is of another version of Serai.
    """
    try:
        text = (folder / NAME).read_text(encoding="utf-8")
        record = json.loads(text)
        if record["schema"] != schema.VERSION:
            raise IndexOutdated(_OTHER_VERSION)
        if text != _text(record) or record.pop(_DIGEST) != _digest(record):
            raise ValueError
        files = {name: (int(size), str(digest)) for name, (size, digest) in record.pop("files").items()}
        record |= {name: dict(record[name]) for name in ("analyzers", "languages", "sources")}
        return Manifest(**record, files=files)
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise IndexUnavailable(
            f"the index in {folder.parent} is damaged or half-written: its manifest cannot be read"
        ) from error


def analyzers() -> dict[str, str]:
    """The version of every language's terms: of its profile and of the libraries that make them.

    What language a document is taken to be in decides about its terms too, as ``detection``.
    """
    versions = {"detection": f"{detection.VERSION}; pycld2 {metadata.version('pycld2')}"}
    for profile in (GENERAL, *LANGUAGES):
        libraries = (f"{name} {metadata.version(name)}" for name in sorted(profile.libraries))
        versions[profile.code] = "; ".join([profile.version, *libraries])
    return versions


def check(manifest: Manifest, engine: str) -> None:
    """See that this program can search an index.

    Raises:
        IndexOutdated: another engine, form or analyzer built it.
    """
    if manifest.engine != engine:
        raise IndexOutdated(
            f"the index was built by the engine {manifest.engine!r}, not by {engine!r}",
            hint=f"Search it with SERAI_ENGINE={manifest.engine}, or rebuild it with: serai rebuild",
        )
    if manifest.schema != schema.VERSION:
        raise IndexOutdated(_OTHER_VERSION)
    here = analyzers()
    changed = sorted(
        code
        for code in here.keys() | manifest.analyzers.keys()
        if here.get(code) != manifest.analyzers.get(code)
    )
    if changed:
        raise IndexOutdated(f"the index was built with other analyzers for: {', '.join(changed)}")


def check_small(manifest: Manifest, folder: Path) -> None:
    """See that every file of a generation is as long as it was, and small ones as they were, to the last bit.

    To look through the others would take too long. Small files say how many documents there are, and memory
    is taken for so many.

    Raises:
        IndexUnavailable: one is not.
    """
    for name, (size, _) in manifest.files.items():
        if size <= _SMALL:
            check_file(manifest, folder, name)
        elif _size(folder / name) != size:
            raise _harmed(folder, name)


def faults(manifest: Manifest, folder: Path) -> list[str]:
    """What is not as it was, of all bytes of a generation's files: a sentence each."""
    here = digests(folder)
    there = manifest.files
    found = [f"{name} is missing" for name in there.keys() - here.keys()]
    found += [f"{name} is not of this index" for name in here.keys() - there.keys()]
    found += [f"{name} is damaged" for name, state in here.items() if there.get(name, state) != state]
    return sorted(found)


@contextmanager
def harm_said(harm: Callable[[], Sequence[str]]) -> Iterator[None]:
    """Tell an error that a harmed file led to as what it is; ``harm`` says what is wrong with the files.

    Raises:
        IndexUnavailable: a file is not as it was.
    """
    # The sizes of an index's files are checked when it is opened, and it is trusted from then on. What is
    # read of a harmed one ends in any error at all: so all bytes are looked through then, and no sooner.
    try:
        yield
    except SearchError:
        raise
    except Exception as error:
        if found := harm():
            raise IndexUnavailable(f"the index is damaged: {'; '.join(found[:3])}") from error
        raise


def harm(manifest: Manifest, folder: Path) -> list[str]:
    """As `faults`, of files that may be harmed or go while they are looked through."""
    try:
        return faults(manifest, folder)
    except OSError as error:
        return [f"it cannot be read: {error.strerror}"]


def check_file(manifest: Manifest, folder: Path, name: str) -> None:
    """See that one file of a generation is as it was.

    Raises:
        IndexUnavailable: it is not.
    """
    try:
        state = _state(folder / name)
    except OSError as error:
        raise _harmed(folder, name) from error
    if state != manifest.files.get(name):
        raise _harmed(folder, name)


def _harmed(folder: Path, name: str) -> IndexUnavailable:
    return IndexUnavailable(f"the index in {folder.parent} is damaged or half-written: see {name}")


def _size(path: Path) -> int:
    """The size of a file in bytes, -1 for none."""
    try:
        return path.stat().st_size
    except OSError:
        return -1


def digests(folder: Path, linked: Digests = MappingProxyType({})) -> dict[str, tuple[int, str]]:
    """Size in bytes and BLAKE2 digest of each file of a generation but the manifest; a folder has neither.

    ``linked`` are known ones; files that have several names and one of these are not read again.
    """

    def state(path: Path) -> tuple[int, str]:
        known = linked.get(path.name) if path.stat().st_nlink > 1 else None
        return known or _state(path)

    paths = [path for path in sorted(folder.iterdir()) if path.name != NAME]
    # No thread of Python's waits for another while it works out a digest.
    with ThreadPoolExecutor() as threads:
        return dict(zip([path.name for path in paths], threads.map(state, paths), strict=True))


def _state(path: Path) -> tuple[int, str]:
    if path.is_dir():
        return 0, ""
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, partial(hashlib.blake2b, digest_size=16))
    return path.stat().st_size, digest.hexdigest()

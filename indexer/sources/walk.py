"""Paths -> the files to read, each once, by names that survive a rebuild."""

import os
import stat
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from indexer.errors import CorpusError
from indexer.sources.files import GZIP
from indexer.sources.formats import PARSERS, READERS, format_of, is_read
from indexer.sources.records import Kind, Remark, SourceFile


@dataclass(frozen=True, slots=True)
class Corpus:
    """The files of some paths, sorted by source, and remarks on those that are not among them.

    ``roots`` are the paths, from the root of the file system on, and what the sources below each begin with.
    """

    files: tuple[SourceFile, ...]
    remarks: tuple[Remark, ...]
    roots: Mapping[Path, str]

    @property
    def size(self) -> int:
        """Bytes on the disk of all files."""
        return sum(file.size for file in self.files)

    @property
    def to_read(self) -> int | None:
        """The sizes of all units together; None where nobody knows what a file of rows unpacks to."""
        packed = any(
            file.source.lower().endswith(GZIP) and format_of(file.source) in READERS for file in self.files
        )
        return None if packed else self.size


def corpus_in(paths: Sequence[Path]) -> Corpus:
    """The files that these files and folders hold, without reading them.

    A path that is given twice, or lies within another, adds no file twice; the outer path names it.

    Raises:
        CorpusError: a path leads nowhere.
    """
    return corpus_of(labels_of(sorted({absolute(path) for path in paths})))


def corpus_of(roots: Mapping[Path, str]) -> Corpus:
    """The files of paths that are there, each with what its sources begin with."""
    survey = _Survey()
    for root in sorted(roots, key=lambda root: (len(root.parts), root)):
        survey.add(root, roots[root])
    files, remarks = survey.found()
    return Corpus(files, remarks, dict(roots))


def absolute(path: Path) -> Path:
    """The path from the root on, without "." and "..", links left as they are.

    Raises:
        CorpusError: there is no such file or folder.
    """
    full = Path(os.path.abspath(path))  # noqa: PTH100 - resolve() would rename a link
    mode = mode_of(full)
    if not mode:
        raise CorpusError(
            f"there is no file or folder {str(path)!r} that can be read",
            hint=f"Relative paths start from {Path.cwd()}; check the spelling.",
        )
    if not stat.S_ISDIR(mode) and not stat.S_ISREG(mode):
        raise CorpusError(f"{str(path)!r} is neither a file nor a folder", hint="Save its content as a file.")
    return full


def labels_of(roots: Collection[Path]) -> dict[Path, str]:
    """The names that sources begin with: of each path the last name, and more where two would agree.

    Two agree as well when one begins with the other ("a" and "a/b"), for so might the sources below them.
    """
    taken = dict.fromkeys(roots, 1)
    while True:
        labels = {root: "/".join(root.parts[1:][-taken[root] :]) for root in roots}
        clashing = _clashing(labels.values())
        agreeing = [root for root in roots if labels[root] in clashing and taken[root] < len(root.parts) - 1]
        if not agreeing:
            return labels
        for root in agreeing:
            taken[root] += 1


def _clashing(labels: Iterable[str]) -> set[str]:
    counts = Counter(labels)
    clashing = {label for label, count in counts.items() if count > 1}
    for label in counts:
        parts = label.split("/")
        shorter = {"/".join(parts[:length]) for length in range(1, len(parts))} & counts.keys()
        if shorter:
            clashing |= shorter | {label}
    return clashing


class _Survey:
    """The files found so far, across paths."""

    def __init__(self) -> None:
        self._files: dict[str, SourceFile] = {}
        self._seen: set[str] = set()  # real paths of files
        self._remarks: list[Remark] = []
        self._passed: Counter[str] = Counter()

    def add(self, root: Path, label: str) -> None:
        """Take in one path, which exists."""
        if root.is_dir():
            for path, real in self._walk(root):
                self._take(path, real, "/".join((label, *path.relative_to(root).parts)).lstrip("/"))
        elif is_read(root.name):
            self._take(root, os.path.realpath(root), label)
        else:
            self._reject(label, "its type is not one that Serai reads", TYPES)

    def found(self) -> tuple[tuple[SourceFile, ...], tuple[Remark, ...]]:
        """The files and the remarks, in order."""
        passed = [
            Remark(Kind.SKIPPED, ending or "no ending", f"{counted(count)} passed over", TYPES, count)
            for ending, count in sorted(self._passed.items())
        ]
        return (
            tuple(self._files[source] for source in sorted(self._files)),
            (*sorted(self._remarks, key=lambda remark: remark.source), *passed),
        )

    def _walk(self, root: Path) -> Iterator[tuple[Path, str]]:
        """The files below a folder and their real paths.

        Real files come before links, which may only lead to what lies within the folder.
        """
        inside = os.path.realpath(root)
        waiting, entered = [root], set()
        links: list[Path] = []
        while waiting or links:
            folder = waiting.pop() if waiting else links.pop(0)
            real = os.path.realpath(folder)
            if not stat.S_ISDIR(mode_of(folder)):
                yield folder, real
                continue
            if real in entered:
                continue
            entered.add(real)
            for entry in self._entries(folder):
                path = folder / entry.name
                if entry.is_symlink():
                    if _lies_in(inside, os.path.realpath(path)):
                        links.append(path)
                elif entry.is_dir():
                    waiting.append(path)
                elif entry.is_file():
                    yield path, os.path.join(real, entry.name)  # noqa: PTH118 - a Path for each costs more

    def _entries(self, folder: Path) -> list[os.DirEntry[str]]:
        try:
            with os.scandir(folder) as entries:
                return sorted((e for e in entries if not e.name.startswith(".")), key=lambda e: e.name)
        except OSError as error:
            self._reject(written(str(folder)), f"the folder cannot be read: {error.strerror}", READABLE)
            return []

    def _take(self, path: Path, real: str, name: str) -> None:
        if real in self._seen:
            return
        self._seen.add(real)
        if not is_read(path.name):
            self._passed[format_of(path.name)] += 1
            return
        source = written(name)
        try:
            status = path.stat()
        except OSError as error:
            self._reject(source, f"it cannot be read: {error.strerror}", READABLE)
            return
        if source in self._files:
            self._reject(source, "another file has the same name once both are written alike", ALIKE)
        elif stat.S_ISREG(status.st_mode):
            self._files[source] = SourceFile(source, path, status.st_size)

    def _reject(self, source: str, reason: str, hint: str) -> None:
        self._remarks.append(Remark(Kind.REJECTED, source, reason, hint))


TYPES = f"Serai reads {', '.join((*PARSERS, *READERS))}, and each of them with .gz."
READABLE = "Check that it is there and that you may read it."
ALIKE = "Rename one of them; names are compared in Unicode's composed form (NFC)."


def written(name: str) -> str:
    """A file's name as text in NFC; bytes that are no UTF-8 become U+FFFD."""
    return unicodedata.normalize("NFC", os.fsencode(name).decode("utf-8", "replace"))


def mode_of(path: Path) -> int:
    """What a path leads to, as ``stat`` has it; 0 for nothing that can be reached."""
    try:
        return path.stat().st_mode
    except OSError:
        return 0


def counted(count: int) -> str:
    """A number of files as the subject of a sentence."""
    return "1 such file was" if count == 1 else f"{count:,} such files were"


def _lies_in(folder: str, path: str) -> bool:
    return os.path.commonpath((folder, path)) == folder

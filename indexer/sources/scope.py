"""What the paths of an update mean, given those that the index was made of.

An update leaves an index as a rebuild of all its paths would, old and new, and looks only where it was told
to: below one of the index's own paths, at one of these, at what lies above them, or at a new path, which
becomes one of the index's own. Without paths it looks at all of the index's. What is outside stays as it is
indexed, whatever has become of its files.

A path that is gone takes its documents along if it is named. If it is not, it may be a disk that is
not mounted, and nothing is done.
"""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from indexer.errors import CorpusError
from indexer.sources.records import Kind, Remark
from indexer.sources.walk import Corpus, absolute, corpus_of, labels_of, mode_of, written


@dataclass(frozen=True, slots=True)
class Scope:
    """What an update looks at.

    ``corpus`` has the files that are there, and the paths and labels that the index is made of from now on.
    A source that lies in the scope and is no file of the corpus is gone.
    """

    corpus: Corpus
    everything: bool
    places: frozenset[str]

    def __contains__(self, source: str) -> bool:
        return self.everything or any(place in self.places for place in _upward(source))


def scope_of(paths: Sequence[Path], roots: Mapping[Path, str]) -> Scope:
    """What an update of these paths looks at, in an index that was made of ``roots``.

    Raises:
        CorpusError: a path leads nowhere; or none is given, and one of the index's own is gone.
    """
    given = [Path(os.path.abspath(path)) for path in paths]  # noqa: PTH100 - resolve() would rename a link
    new = {absolute(path) for path in given if mode_of(path) and not _reached(path, roots)}
    for path in given:
        if not mode_of(path) and not any(_related(path, root) for root in roots):
            absolute(path)  # says what is wrong
    gone = {root for root in roots if not mode_of(root) and any(_within(root, [path]) for path in given)}
    labels = labels_of(sorted((roots.keys() | new) - gone))
    moved = {root for root, label in labels.items() if roots.get(root, label) != label}
    looked_at = set(labels) if not given else moved | new
    looked_at |= {root for root in labels if any(_related(path, root) for path in given)}
    # Of two paths, one within the other, the outer one names the files.
    looked_at |= {outer for outer in labels if any(_within(root, [outer]) for root in looked_at)}
    for root in sorted(looked_at):
        if not mode_of(root):
            raise _missing(root)
    found = corpus_of({root: label for root, label in labels.items() if root in looked_at})
    places = {written(place) for path in given for place in _places(path, labels)}
    places |= {written(label) for root in moved for label in (roots[root], labels[root])}
    places |= {written(roots[root]) for root in gone}
    scope = Scope(Corpus((), (), labels), not given, frozenset(places))
    files = tuple(file for file in found.files if file.source in scope)
    remarks = tuple(one for one in found.remarks if not given or _concerns(one, scope))
    return Scope(Corpus(files, remarks, labels), not given, frozenset(places))


def _concerns(remark: Remark, scope: Scope) -> bool:
    # A folder that cannot be read is named by its path. Files of other types are counted over whole paths.
    return remark.kind is not Kind.SKIPPED and (remark.source in scope or remark.source.startswith("/"))


def _within(path: Path, roots: Iterable[Path]) -> bool:
    """Whether a path is one of these, or lies below one."""
    return any(root == path or root in path.parents for root in roots)


def _reached(path: Path, roots: Iterable[Path]) -> bool:
    """Whether a path is one of these, or lies below one and is not hidden there."""
    return any(
        _within(path, [root]) and not any(part.startswith(".") for part in path.relative_to(root).parts)
        for root in roots
    )


def _related(path: Path, root: Path) -> bool:
    return _within(path, [root]) or _within(root, [path])


def _places(path: Path, labels: Mapping[Path, str]) -> Iterator[str]:
    """What the sources begin with, or are, that lie at a path or below."""
    for root, label in labels.items():
        if _within(root, [path]):
            yield label
        elif _within(path, [root]):
            yield "/".join((label, *path.relative_to(root).parts)).lstrip("/")


def _upward(source: str) -> Iterator[str]:
    """A source, and the folders above it."""
    yield source
    while source:
        source = source.rpartition("/")[0]
        yield source


def _missing(root: Path) -> CorpusError:
    return CorpusError(
        f"{str(root)!r}, which the index was made of, is not there",
        hint="If a disk is not mounted, mount it. If it is gone for good, its documents go with: "
        f"serai update {root}",
    )

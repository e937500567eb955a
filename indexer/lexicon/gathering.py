"""Gathers a generation's words from what batches laid down and an earlier lexicon, a range at a time.

What is written depends on what is left alone: not on how many processes found it, in which order or how.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import compress
from pathlib import Path
from shutil import rmtree
from typing import Any, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from analyzers.characters import HAN, classes, codes
from analyzers.registry import sounds_of
from indexer.columns import Columns, MappedColumns, ReadColumns
from indexer.inversion import Ids, united
from indexer.lexicon.batches import scratch
from indexer.lexicon.letters import lengths_of, signatures_of
from indexer.tables import MARK, TableReader, TableWriter, all_encoded

NAME = "lexicon"
#: A word of more syllables is not looked for by its sound.
_SYLLABLES = 8
#: The columns of numbers that tell of words.
_COLUMNS = (
    *("documents", "occurrences", "signatures", "lengths"),
    *("written.words", "written.times", "written.commonest"),
)
# As many strings as stay in the processor's cache are merged at a time; or more, since each part is asked for
# its share of every range. Of so many strings of a part one is looked at to choose the ranges.
_NEAR, _WORTHWHILE, _STEP = 1 << 15, 1 << 8, 1 << 8

Counts = NDArray[np.int64]


def gather(added: Sequence[Path], directory: Path, taken: Sequence[Path] = ()) -> None:
    """Write the lexicon into the folder of a generation.

    It is made of what batches laid down, perhaps of an earlier lexicon too, less what was laid down of
    documents that are to go.

    Raises:
        IndexUnavailable: a file is missing or damaged.
    """
    signs = [1] * len(added) + [-1] * len(taken)
    tables = [TableReader(path, _opened_in(directory, path)) for path in [*added, *taken]]
    parts = [_Part(table, sign) for table, sign in zip(tables, signs, strict=True)]
    with TableWriter(directory / NAME) as writer:
        _write_words(writer, parts)
        _write_titles(writer, parts)
    rmtree(scratch(directory), ignore_errors=True)


def _opened_in(directory: Path, path: Path) -> Callable[[Path], Columns]:
    """How a file is opened: nobody harms what was just laid down, and all of it may not fit into memory."""
    return MappedColumns if path.is_relative_to(scratch(directory)) else ReadColumns


class _Part:
    """What one batch laid down, or an earlier lexicon; ``sign`` is -1 if it is to be taken away."""

    def __init__(self, table: TableReader, sign: int) -> None:
        self.sign = sign
        self.words = table.strings("words")
        self.documents = table.numbers("documents")
        self.occurrences = table.numbers("occurrences")
        self.written = table.strings("written")
        self.written_words = table.numbers("written.words")
        self.written_times = table.numbers("written.times")
        self.titles = _Titles(table)
        self.titles_documents = table.numbers("titles.documents")


class _Titles:
    """Titles in order, each behind its folded form and a mark."""

    def __init__(self, table: TableReader) -> None:
        self._folded = table.strings("folded_titles")
        self._titles = table.strings("titles")

    def __len__(self) -> int:
        return len(self._titles)

    def between(self, start: int, stop: int) -> list[bytes]:
        """Some of them."""
        rows = zip(self._folded.between(start, stop), self._titles.between(start, stop), strict=True)
        return [folded + MARK + title for folded, title in rows]

    def before(self, limit: bytes) -> int:
        """How many of them come before one."""
        return bisect_left(range(len(self)), limit, key=lambda row: self.between(row, row + 1)[0])


class _Stretch(NamedTuple):
    """Some words, or some titles, of a part."""

    part: _Part
    start: int
    stop: int


class _Ascending(Protocol):
    """Strings in order."""

    def __len__(self) -> int: ...

    def between(self, start: int, stop: int) -> list[bytes]: ...

    def before(self, limit: bytes) -> int: ...


def _ranges(parts: Sequence[_Part], columns: Sequence[_Ascending]) -> Iterator[list[_Stretch]]:
    """The parts, one range after another of the strings in these columns of theirs."""
    apart = max(_NEAR, _WORTHWHILE * len(columns)) // _STEP
    samples = (column.between(row, row + 1)[0] for column in columns for row in range(0, len(column), _STEP))
    starts = [0] * len(columns)
    for limit in (*sorted(samples)[apart::apart], None):
        stops = [len(column) if limit is None else column.before(limit) for column in columns]
        yield list(map(_Stretch, parts, starts, stops))
        starts = stops


def _write_words(writer: TableWriter, parts: Sequence[_Part]) -> None:
    words = _Words()
    writer.put_pieces("words", map(words.merged, _ranges(parts, [part.words for part in parts])))
    for name, columns in words.columns.items():
        writer.put(name, np.concatenate(columns) if columns else np.zeros(0, np.int64))
    writer.put_pieces("written", [words.written])
    for name, rows in (("sounds", words.sounds), ("initials", words.initials)):
        rows = sorted(set(rows))
        writer.put_pieces(name, [all_encoded([key for key, _ in rows])])
        writer.put(f"{name}.words", np.array([number for _, number in rows], np.int64))


class _Words:
    """What there is to write about words, gathered a range at a time.

    ``columns`` are numbers, of each word or of each way in which one is written otherwise than folded; of a
    word that is mostly written so, one way is the commonest.
    """

    def __init__(self) -> None:
        self.columns: dict[str, list[NDArray[np.integer[Any]]]] = {name: [] for name in _COLUMNS}
        self.written: list[bytes] = []
        self.sounds: list[tuple[str, int]] = []
        self.initials: list[tuple[str, int]] = []
        self._count = 0

    def merged(self, some: Sequence[_Stretch]) -> list[bytes]:
        """The words of the next range, in order; those that no document holds any more are left out."""
        every, places = united([part.words.between(start, stop) for part, start, stop in some])
        documents = _totals("documents", some, places, len(every))
        held = documents > 0
        words = list(compress(every, held.tolist()))
        if not words:
            return []
        occurrences = _totals("occurrences", some, places, len(every))[held]
        texts = MARK.join(words).decode("utf-8", "surrogatepass").split("\n")
        self._put("documents", documents[held])
        self._put("occurrences", occurrences)
        self._put("signatures", signatures_of(texts))
        self._put("lengths", lengths_of(texts))
        number = np.where(held, np.cumsum(held) - 1, -1)
        self._spell(_written(some, number[places]), occurrences)
        self._hear(texts)
        self._count += len(words)
        return words

    def _put(self, name: str, column: NDArray[np.integer[Any]]) -> None:
        self.columns[name].append(column)

    def _spell(self, rows: Sequence[tuple[int, bytes, int]], occurrences: Counts) -> None:
        """Note how words are written otherwise than folded; for each mostly so written, the commonest way."""
        words = np.array([word for word, _, _ in rows], np.int64)
        times = np.array([times for _, _, times in rows], np.int64)
        self.written += [written for _, written, _ in rows]
        self._put("written.words", self._count + words)
        self._put("written.times", times)
        plain = occurrences - np.bincount(words, times, len(occurrences)).astype(np.int64)
        # Of each word the commonest, of equals the first in order.
        order = np.lexsort((-times, words))
        best = order[np.diff(words[order], prepend=-1) > 0]
        best = best[times[best] > plain[words[best]]]
        commonest = np.zeros(len(rows), np.int64)
        commonest[best] = 1
        self._put("written.commonest", commonest)

    def _hear(self, words: Sequence[str]) -> None:
        """Note words by how they sound, and those of several syllables by their initials."""
        for place in _sounding(words):
            number = self._count + place
            for code, reading in sounds_of(words[place]):
                if len(reading) <= _SYLLABLES:
                    self.sounds.append((f"{code}:{''.join(reading)}", number))
                    if len(reading) > 1:
                        initials = "".join([syllable[0] for syllable in reading])
                        self.initials.append((f"{code}:{initials}", number))


def _totals(name: str, some: Sequence[_Stretch], places: Ids, size: int) -> Counts:
    """The sums of a column of numbers over all stretches, by the places of their strings; shape (size,)."""
    columns = [part.sign * getattr(part, name)[start:stop].astype(np.int64) for part, start, stop in some]
    return np.bincount(places, np.concatenate([np.zeros(0, np.int64), *columns]), size).astype(np.int64)


def _written(some: Sequence[_Stretch], numbers: Counts) -> list[tuple[int, bytes, int]]:
    """How words are written otherwise than folded, and how often, in order; each word by its number.

    ``numbers`` are those of the words of all stretches, one after another, -1 for what is left out.
    """
    rows: dict[tuple[int, bytes], int] = {}
    first = 0
    for part, start, stop in some:
        low, high = np.searchsorted(part.written_words, [start, stop]).tolist()
        words = numbers[part.written_words[low:high].astype(np.int64) + (first - start)].tolist()
        times = (part.sign * part.written_times[low:high].astype(np.int64)).tolist()
        for word, written, count in zip(words, part.written.between(low, high), times, strict=True):
            rows[word, written] = rows.get((word, written), 0) + count
        first += stop - start
    kept = ((word, written, times) for (word, written), times in rows.items() if word >= 0 and times > 0)
    return sorted(kept)


def _sounding(words: Sequence[str]) -> Iterable[int]:
    """Which words begin in an unsegmented script: the only ones that any profile knows the sound of."""
    firsts = codes("".join([word[0] for word in words]))
    return np.flatnonzero(classes()[firsts] >= HAN).tolist()


def _write_titles(writer: TableWriter, parts: Sequence[_Part]) -> None:
    documents: list[Counts] = []
    # End to end: a million strings take three times the room of their letters.
    titles: list[bytes] = []

    def folded() -> Iterator[list[bytes]]:
        for some in _ranges(parts, [part.titles for part in parts]):
            every, owners = united([part.titles.between(start, stop) for part, start, stop in some])
            counts = _totals("titles_documents", some, owners, len(every))
            kept = [title.split(MARK) for title in compress(every, (counts > 0).tolist())]
            documents.append(counts[counts > 0])
            titles.append(MARK.join([title for _, title in kept]))
            yield [form for form, _ in kept]

    writer.put_pieces("folded_titles", folded())
    writer.put_pieces("titles", (some.split(MARK) for some in titles if some))
    writer.put("titles.documents", np.concatenate([np.zeros(0, np.int64), *documents]))

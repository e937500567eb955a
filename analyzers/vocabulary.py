"""The words that have been met, numbered, and in columns what each of them becomes.

A corpus holds few distinct words, many times. What a word becomes is worked out when it is first met; a batch
of texts is a column of numbers then, and what its words become is gathered from these columns.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from threading import Lock
from typing import Any

import numpy as np
import regex
from numpy.typing import NDArray

from analyzers.analysis import EMPTY, Stream, Tier
from analyzers.forms import Forms, Inside

#: With so many words a vocabulary is done with, and another one begins: rare words cannot fill memory.
LIMIT = 500_000

_HAS_WORD = regex.compile(r"[\p{L}\p{N}]")

Numbers = NDArray[np.int64]


class Vocabulary:
    """Every distinct word so far, by number. Safe to use from several threads; what is there never changes.

    A word between spaces and a segmenter's are two words, though spelled alike: their stems may differ.
    """

    def __init__(self, forms: Forms) -> None:
        self._forms = forms
        self._lock = Lock()
        self._spaced = _Numbering(lambda word: self._add(word, spaced=True))
        self._pieces = _Numbering(lambda word: self._add(word, spaced=False))
        self._written: list[str] = []
        self._folded: list[str] = []
        self._stems: list[str] = []
        # What most words are not, so that most rows stay 0.
        self._stemless = _Column(np.bool_)
        self._wordless = _Column(np.bool_)
        self._cut = _Column(np.int32)
        self._inside = {tier: _Inside() for tier in (Tier.INNER, Tier.EXACT, Tier.COMPOUND)}

    def __len__(self) -> int:
        return len(self._written)

    def spaced(self, words: Sequence[str]) -> Numbers:
        """The numbers of words that stand between spaces."""
        return self._spaced.of(words)

    def pieces(self, words: Sequence[str]) -> Numbers:
        """The numbers of words of a segmenter."""
        return self._pieces.of(words)

    def wordlike(self, numbers: Numbers) -> NDArray[np.bool_]:
        """Which of these words hold a letter or a digit."""
        return ~self._wordless.of(numbers)

    def streams(self, numbers: Numbers, starts: Numbers, ends: Numbers) -> dict[Tier, Stream]:
        """The streams of a flat cut, from its words' numbers and places; without those that hold nothing."""
        distinct, ids = _distinct(numbers, len(self))
        chosen = distinct.tolist()
        words = Stream(
            [self._folded[number] for number in chosen],
            ids,
            starts,
            ends,
            np.arange(len(ids)),
            [self._written[number] for number in chosen],
        )
        streams = {Tier.WORD: words, Tier.STEM: self._stem_stream(words, distinct)}
        streams |= {tier: inside.stream(words, distinct) for tier, inside in self._inside.items()}
        return {tier: stream for tier, stream in streams.items() if len(stream) or tier is Tier.WORD}

    def _stem_stream(self, words: Stream, distinct: Numbers) -> Stream:
        """Every word between spaces by its stem, and those of a segmenter whose stem is another word."""
        stems = [self._stems[number] for number in distinct.tolist()]
        stream = replace(words, vocabulary=stems, surfaces=())
        cut = self._cut.of(distinct)
        if cut.any():
            stream = replace(stream, ends=words.ends - cut[words.ids])
        stemless = self._stemless.of(distinct)
        return stream.chosen(~stemless[words.ids]) if stemless.any() else stream

    def _add(self, word: str, *, spaced: bool) -> int:
        form = self._forms.of(word, spaced=spaced)
        with self._lock:
            number = len(self._written)
            self._written.append(word)
            self._folded.append(form.folded)
            self._stems.append(form.stem)
            if not form.stem:
                self._stemless[number] = True
            if form.bare < len(word):
                self._cut[number] = len(word) - form.bare
            if not spaced and not _HAS_WORD.search(word):
                self._wordless[number] = True
            for tier, found in form.inside.items():
                self._inside[tier].add(number, found)
            # Readers know only numbers that are given out, so this comes last.
            return number


class _Numbering(dict[str, int]):
    """Words and their numbers, each asked for when the word is first met."""

    def __init__(self, add: Callable[[str], int]) -> None:
        super().__init__()
        self._add = add

    def __missing__(self, word: str) -> int:
        # Two threads may both add a word: it has two numbers then, and both say the same.
        number = self[word] = self._add(word)
        return number

    def of(self, words: Sequence[str]) -> Numbers:
        return np.fromiter(map(self.__getitem__, words), np.int64, len(words))


class _Column:
    """A number for each word, 0 unless it was set."""

    def __init__(self, dtype: type[np.generic]) -> None:
        self._room: NDArray[Any] = np.zeros(1, dtype)

    def of(self, words: Numbers) -> NDArray[Any]:
        """The numbers of these words."""
        room = self._room
        last = int(words.max(initial=0))
        return room[words] if last < len(room) else np.append(room, np.zeros(last, room.dtype))[words]

    def __setitem__(self, word: int, value: int) -> None:
        if word >= len(self._room):
            room = np.zeros(2 * word, self._room.dtype)
            room[: len(self._room)] = self._room
            self._room = room
        self._room[word] = value


class _Inside:
    """The terms that stand in words: for each word how many, and for each term where in its word."""

    def __init__(self) -> None:
        self._terms: list[str] = []
        self._starts, self._ends = _Column(np.int32), _Column(np.int32)
        self._first, self._counts = _Column(np.int32), _Column(np.int32)

    def add(self, word: int, found: Sequence[Inside]) -> None:
        """Say what stands in a word."""
        first = len(self._terms)
        for number, (term, start, end) in enumerate(found, first):
            self._terms.append(term)
            self._starts[number], self._ends[number] = start, end
        self._first[word], self._counts[word] = first, len(found)

    def stream(self, words: Stream, distinct: Numbers) -> Stream:
        """What stands in each word of a stream, whose vocabulary are these distinct words."""
        if not len(self._terms):
            return EMPTY
        counts = self._counts.of(distinct).astype(np.int64)
        holding = np.flatnonzero(counts[words.ids])
        if not len(holding):
            return EMPTY
        terms = _stretches(self._first.of(distinct), counts)
        ids = words.ids[holding]
        parents = np.repeat(holding, counts[ids])
        ids = _stretches((np.cumsum(counts) - counts)[ids], counts[ids])
        begins = words.starts[parents]
        return Stream(
            [self._terms[number] for number in terms.tolist()],
            ids,
            begins + self._starts.of(terms)[ids],
            begins + self._ends.of(terms)[ids],
            parents,
        )


def _stretches(first: NDArray[Any], counts: Numbers) -> Numbers:
    """Numbers that go up: from each of these firsts on, so many."""
    before = np.cumsum(counts) - counts
    return np.repeat(first - before, counts) + np.arange(int(counts.sum()))


def _distinct(numbers: Numbers, size: int) -> tuple[Numbers, Numbers]:
    """The distinct ones of numbers below a size, ascending, and for each number which of them it is."""
    if len(numbers) < size >> 4:
        return np.unique(numbers, return_inverse=True)
    # Marking beats sorting, unless there are few.
    occurs = np.zeros(size, np.bool_)
    occurs[numbers] = True
    return np.flatnonzero(occurs), (np.cumsum(occurs) - 1)[numbers]

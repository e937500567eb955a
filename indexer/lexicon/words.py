"""Reads a lexicon: words by their beginning, by their letters, by their sound."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from analyzers.pinyin import alike, every_reading
from analyzers.registry import sounds_of
from indexer.lexicon import letters
from indexer.lexicon.gathering import NAME
from indexer.tables import Strings, TableReader


class Neighbour(NamedTuple):
    """A word that may have been meant: how many edits away it is, in how many documents it stands."""

    word: str
    edits: int
    documents: int
    #: Whether it sounds like what was typed.
    alike: bool = False


class Lexicon:
    """The words of one generation, read when they are asked for; safe to use from several threads."""

    def __init__(self, folder: Path) -> None:
        """The lexicon in the folder of a generation."""
        self._path = folder / NAME

    def documents(self, word: str) -> int:
        """In how many documents a folded word stands."""
        place = self._words.find(word)
        return 0 if place is None else int(self._documents[place])

    def spelling(self, word: str) -> str:
        """How a folded word is written most often."""
        place = self._words.find(word)
        if place is None:
            return word
        row = bisect_left(self._written_words, place)
        while row < len(self._written_words) and self._written_words[row] == place:
            if self._commonest[row]:
                return self._written[row] or word.capitalize()
            row += 1
        return word

    def completions(self, prefix: str, most: int) -> list[tuple[str, int]]:
        """The most frequent words that begin so, with their documents."""
        found = self._words.beginning(prefix)
        counts = self._documents[found.start : found.stop].astype(np.int64)
        return [(self._word(found.start + place), int(counts[place])) for place in _largest(counts, most)]

    def neighbours(self, word: str, edits: int) -> list[Neighbour]:
        """The words within so many edits (Damerau-Levenshtein) of a folded one, itself excepted."""
        places = letters.likely(word, edits, self._signatures, self._lengths).tolist()
        words = [self._word(place) for place in places]
        near = process.extract(
            word, words, scorer=DamerauLevenshtein.distance, score_cutoff=edits, limit=None
        )
        return [
            Neighbour(found, int(distance), int(self._documents[places[index]]))
            for found, distance, index in near
            if distance
        ]

    def sounding_like(self, word: str) -> list[Neighbour]:
        """The words that are read, or nearly read, as a word of Chinese or Thai is."""
        found: dict[str, Neighbour] = {}
        readings = sounds_of(word)
        if any(language == "zh" for language, _ in readings):
            readings = [("zh", reading) for reading in every_reading(word)]
        for language, reading in readings:
            # Only syllables are mistaken for one another; a Thai code has that in it.
            for rank, other in enumerate(alike(reading) if language == "zh" else [reading]):
                for near, documents in self.read_as("".join(other), language):
                    if near != word:
                        edits = DamerauLevenshtein.distance(word, near) + (rank > 0)
                        found.setdefault(near, Neighbour(near, edits, documents, alike=True))
        return list(found.values())

    def read_as(self, sound: str, language: str = "zh") -> list[tuple[str, int]]:
        """The words with exactly this reading, and their documents, the most frequent first."""
        return self._by_key(self._sounds, self._sound_words, f"{language}:{sound}", exact=True)

    def read_from(self, beginning: str, most: int) -> list[tuple[str, int]]:
        """The most frequent Chinese words whose pinyin begins so."""
        return self._by_key(self._sounds, self._sound_words, f"zh:{beginning}")[:most]

    def with_initials(self, initials: str, most: int) -> list[tuple[str, int]]:
        """The most frequent Chinese words whose syllables begin with these letters."""
        return self._by_key(self._initials, self._initial_words, f"zh:{initials}")[:most]

    def titles(self, part: str, most: int) -> list[tuple[str, str]]:
        """The first titles that hold a folded text: folded, and as written."""
        places = self._folded_titles.holding(part, most)
        return [(self._folded_titles[place], self._titles[place]) for place in places]

    def every(self) -> Iterator[tuple[str, int]]:
        """Every word, in order, with its documents."""
        for place, documents in enumerate(self._documents.tolist()):
            yield self._word(place), documents

    def load(self) -> None:
        """Read what the first typo would otherwise wait for."""
        self.neighbours("load", 1)

    def _by_key(
        self, keys: Strings, words: NDArray[Any], key: str, *, exact: bool = False
    ) -> list[tuple[str, int]]:
        found = keys.equal(key) if exact else keys.beginning(key)
        places = np.unique(words[found.start : found.stop])
        counts = self._documents[places].astype(np.int64)
        return [(self._word(int(places[row])), int(counts[row])) for row in _largest(counts, _MOST)]

    def _word(self, place: int) -> str:
        return self._words[place]

    @cached_property
    def _columns(self) -> TableReader:
        return TableReader(self._path)

    @cached_property
    def _words(self) -> Strings:
        return self._columns.strings("words", held=True)

    @cached_property
    def _documents(self) -> NDArray[Any]:
        return self._columns.numbers("documents")

    @cached_property
    def _signatures(self) -> NDArray[Any]:
        return self._columns.numbers("signatures")

    @cached_property
    def _lengths(self) -> NDArray[Any]:
        return self._columns.numbers("lengths")

    @cached_property
    def _written_words(self) -> Sequence[int]:
        return self._columns.numbers("written.words").data

    @cached_property
    def _commonest(self) -> NDArray[Any]:
        return self._columns.numbers("written.commonest")

    @cached_property
    def _written(self) -> Strings:
        return self._columns.strings("written")

    @cached_property
    def _sounds(self) -> Strings:
        return self._columns.strings("sounds", held=True)

    @cached_property
    def _sound_words(self) -> NDArray[Any]:
        return self._columns.numbers("sounds.words")

    @cached_property
    def _initials(self) -> Strings:
        return self._columns.strings("initials", held=True)

    @cached_property
    def _initial_words(self) -> NDArray[Any]:
        return self._columns.numbers("initials.words")

    @cached_property
    def _folded_titles(self) -> Strings:
        return self._columns.strings("folded_titles")

    @cached_property
    def _titles(self) -> Strings:
        return self._columns.strings("titles")


#: Of words that share a sound, or begin alike in it, the most frequent are considered.
_MOST = 64


def _largest(counts: NDArray[np.int64], most: int) -> Sequence[int]:
    """Where the largest counts are, the largest first, equal ones as they stand."""
    if len(counts) > most:
        least = np.partition(counts, -most)[-most]
        places = np.flatnonzero(counts >= least)
    else:
        places = np.arange(len(counts))
    chosen: Iterable[int] = places[np.argsort(-counts[places], kind="stable")][:most].tolist()
    return list(chosen)

"""Gathers a generation's words while it is built: a batch at a time, then all of them into one file."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from analyzers.analysis import Numbering, Tier
from analyzers.characters import HAN, classes
from analyzers.folding import Memo, fold
from analyzers.han import simplified
from analyzers.normal import normalize
from analyzers.registry import sounds_of
from indexer.entries import Entries
from indexer.lexicon.letters import lengths_of, signatures_of
from indexer.lexicon.storage import MARK, ColumnWriter
from indexer.schema import Field, Zone

NAME = "lexicon"
#: Words longer than this are no words that anyone types: addresses, tables, noise. In code points.
LONGEST = 64
#: A word of more syllables is not looked for by its sound.
_SYLLABLES = 8

Counts = NDArray[np.int64]


class Words(NamedTuple):
    """The distinct words of a batch: in how many documents each stands, and how often.

    ``spellings`` are those that differ from the folded word, as (number of the word, count, spelling);
    ``titles`` are the distinct titles, folded and as written.
    """

    words: Sequence[str]
    documents: Counts
    occurrences: Counts
    spellings: Sequence[tuple[int, int, str]]
    titles: Sequence[tuple[str, str]]


def words_of(entries: Entries) -> Words:
    """The words of a batch, in whatever process."""
    numbering = Numbering()
    keys, every = [], []
    for zone in Zone:
        terms = entries.fields[Field(zone, Tier.WORD)]
        ids = numbering.of(terms.terms)[terms.ids] if len(terms.ids) else np.zeros(0, np.int64)
        every.append(ids)
        keys.append(ids * np.int64(max(1, len(entries.documents))) + terms.documents)
    together = np.sort(np.concatenate(keys))
    first = np.ones(len(together), np.bool_)
    first[1:] = together[1:] != together[:-1]
    size = len(numbering)
    owners = together[first] // max(1, len(entries.documents))
    titles = dict.fromkeys(document.title for document in entries.documents)
    return Words(
        list(numbering),
        np.bincount(owners, minlength=size),
        np.bincount(np.concatenate(every), minlength=size),
        [(numbering[word], count, written) for (word, written), count in entries.spellings.items()],
        [(form, title) for title in titles if (form := folded_text(title)) and "\n" not in title],
    )


_folded_word = Memo(lambda word: fold(simplified(word)))


def folded_text(text: str) -> str:
    """A text folded as words are, a piece between spaces at a time."""
    return " ".join(map(_folded_word.__getitem__, normalize(text).text.split()))


class Gathering:
    """The words of all batches; what is written does not depend on how many processes found them."""

    def __init__(self) -> None:
        self._numbers = Numbering()
        self._documents = np.zeros(1 << 16, np.int64)
        self._occurrences = np.zeros(1 << 16, np.int64)
        self._spellings: dict[tuple[int, str], int] = {}
        self._titles: dict[str, str] = {}

    def add(self, batch: Words) -> None:
        """Take in the words of a batch."""
        ids = self._numbers.of(batch.words)
        while len(self._numbers) > len(self._documents):
            self._documents = np.concatenate([self._documents, np.zeros_like(self._documents)])
            self._occurrences = np.concatenate([self._occurrences, np.zeros_like(self._occurrences)])
        # No word is twice in a batch.
        self._documents[ids] += batch.documents
        self._occurrences[ids] += batch.occurrences
        known = ids.tolist()
        for word, count, written in batch.spellings:
            key = known[word], written
            self._spellings[key] = self._spellings.get(key, 0) + count
        for folded, title in batch.titles:
            self._titles.setdefault(title, folded)

    def write(self, directory: Path) -> None:
        """Write the lexicon into the folder of a generation."""
        kept = [word for word in self._numbers if len(word) <= LONGEST and "\n" not in word]
        kept.sort()
        numbers = np.fromiter(map(self._numbers.__getitem__, kept), np.int64, len(kept))
        writer = ColumnWriter(directory / NAME)
        writer.put_strings("words", [_encoded(word) for word in kept])
        writer.put("documents", self._documents[numbers])
        writer.put("signatures", signatures_of(kept))
        writer.put("lengths", lengths_of(kept))
        self._write_spellings(writer, numbers)
        _write_sounds(writer, kept)
        writer.put_strings("folded_titles", [_encoded(folded) for folded in self._titles.values()])
        writer.put_strings("titles", [_encoded(title) for title in self._titles])
        writer.close()

    def _write_spellings(self, writer: ColumnWriter, numbers: Counts) -> None:
        """For each word that is mostly written in another way than folded, the commonest."""
        plain = self._occurrences.copy()
        for (word, _), count in self._spellings.items():
            plain[word] -= count
        best: dict[int, tuple[int, str]] = {}
        for (word, written), count in sorted(self._spellings.items(), key=lambda row: (row[0][1], row[0][0])):
            if count > best.get(word, (int(plain[word]), ""))[0]:
                best[word] = count, written
        # Numbers as they were met become places in the sorted list.
        place = np.full(len(self._numbers) + 1, -1)
        place[numbers] = np.arange(len(numbers))
        rows = sorted((int(place[word]), written) for word, (_, written) in best.items() if place[word] >= 0)
        writer.put("spelled", np.array([word for word, _ in rows], np.int64))
        writer.put_strings("spellings", [_encoded(written) for _, written in rows])


def _write_sounds(writer: ColumnWriter, words: Sequence[str]) -> None:
    """Words by how they sound, and those of several syllables by their initials."""
    sounds: list[tuple[str, int]] = []
    initials: list[tuple[str, int]] = []
    for number in _sounding(words):
        for code, reading in sounds_of(words[number]):
            if len(reading) <= _SYLLABLES:
                sounds.append((f"{code}:{''.join(reading)}", number))
                if len(reading) > 1:
                    initials.append((f"{code}:{''.join(syllable[0] for syllable in reading)}", number))
    for name, rows in (("sounds", sounds), ("initials", initials)):
        rows = sorted(set(rows))
        writer.put_strings(name, [_encoded(key) for key, _ in rows])
        writer.put(f"{name}.words", np.array([number for _, number in rows], np.int64))


def _sounding(words: Sequence[str]) -> Iterable[int]:
    """Which words begin in an unsegmented script: the only ones that any profile knows the sound of."""
    firsts = np.frombuffer("".join(word[0] for word in words).encode("utf-32-le", "surrogatepass"), np.uint32)
    return np.flatnonzero(classes()[firsts] >= HAN).tolist()


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass").replace(MARK, b" ")

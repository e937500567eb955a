"""Gathers a generation's words while it is built: a batch at a time, then all of them into one file."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from analyzers.analysis import Tier
from analyzers.characters import HAN, classes
from analyzers.folding import Memo, fold
from analyzers.han import simplified
from analyzers.normal import normalize
from analyzers.registry import sounds_of
from indexer.entries import Entries, FieldTerms
from indexer.lexicon.letters import lengths_of, signatures_of
from indexer.schema import Field, Zone
from indexer.tables import TableReader, TableWriter

NAME = "lexicon"
#: Words longer than this are no words that anyone types: addresses, tables, noise. In code points.
LONGEST = 64
#: A word of more syllables is not looked for by its sound.
_SYLLABLES = 8

Counts = NDArray[np.int64]


class Words(NamedTuple):
    """The distinct words of a batch, a line each: in how many documents each stands, and how often.

    ``spellings`` are those that differ from the folded word, a line each: as written, a tab, the word;
    ``spelled`` is how often; one may come twice. ``titles`` are the distinct titles, folded and as written,
    and how many documents have each.
    """

    words: str
    documents: Counts
    occurrences: Counts
    spellings: str
    spelled: Counts
    titles: Sequence[tuple[str, str, int]]


def words_of(entries: Entries) -> Words:
    """The words of a batch, in whatever process."""
    text, title = (entries.fields[Field(zone, Tier.WORD)] for zone in (Zone.TEXT, Zone.TITLE))
    # The words of the texts are distinct already: those of the titles follow them.
    numbers = dict(zip(text.terms, range(len(text.terms)), strict=True))
    known = [numbers.setdefault(word, len(numbers)) for word in title.terms]
    in_titles = np.array(known, np.int32)[title.ids]
    titles = Counter(document.title for document in entries.documents)
    return Words(
        "\n".join(numbers),
        _documents(text, replace(title, ids=in_titles), len(numbers)),
        np.bincount(text.ids, minlength=len(numbers)) + np.bincount(in_titles, minlength=len(numbers)),
        "\n".join([f"{written}\t{word}" for written, word, _ in entries.spellings]),
        np.array([count for _, _, count in entries.spellings], np.int64),
        [
            (form, title, documents)
            for title, documents in titles.items()
            if (form := folded_text(title)) and "\n" not in title
        ],
    )


def _documents(texts: FieldTerms, titles: FieldTerms, size: int) -> Counts:
    """In how many documents each word stands, shape (size,)."""
    documents = np.zeros(size, np.int64)
    ends = zip(np.cumsum(texts.lengths).tolist(), np.cumsum(titles.lengths).tolist(), strict=True)
    start = title_start = 0
    for end, title_end in ends:
        words = texts.ids[start:end]
        if title_end > title_start:
            words = np.concatenate((words, titles.ids[title_start:title_end]))
        # A word is counted once, however often it is among these: numpy adds before it assigns.
        documents[words] += 1
        start, title_start = end, title_end
    return documents


_folded_word = Memo(lambda word: fold(simplified(word)))


def folded_text(text: str) -> str:
    """A text folded as words are, a piece between spaces at a time."""
    return " ".join(map(_folded_word.__getitem__, normalize(text).text.split()))


class Gathering:
    """The words of all batches, added and taken away.

    What is written depends on what is left alone: not on how many processes found it, in which order or how.
    """

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._documents = np.zeros(1 << 16, np.int64)
        self._occurrences = np.zeros(1 << 16, np.int64)
        self._spellings: dict[str, int] = {}
        self._spelled = np.zeros(1 << 16, np.int64)
        self._titles: dict[tuple[str, str], int] = {}

    @classmethod
    def of(cls, directory: Path) -> Self:
        """What the generation in a folder was gathered from.

        Raises:
            IndexUnavailable: its lexicon is missing or damaged.
        """
        table = TableReader(directory / NAME)
        words = list(table.strings("words"))
        written = zip(table.strings("written"), table.numbers("written.words").tolist(), strict=True)
        titles = zip(table.strings("folded_titles"), table.strings("titles"), strict=True)
        gathering = cls()
        gathering.add(
            Words(
                "\n".join(words),
                table.numbers("documents").astype(np.int64),
                table.numbers("occurrences").astype(np.int64),
                "\n".join([f"{spelling}\t{words[place]}" for spelling, place in written]),
                table.numbers("written.times").astype(np.int64),
                [
                    (folded, title, documents)
                    for (folded, title), documents in zip(
                        titles, table.numbers("titles.documents").tolist(), strict=True
                    )
                ],
            )
        )
        return gathering

    def add(self, batch: Words) -> None:
        """Take in the words of a batch."""
        self._count(batch, 1)

    def take(self, batch: Words) -> None:
        """Take away the words of documents that were added once."""
        self._count(batch, -1)

    def _count(self, batch: Words, sign: int) -> None:
        ids = _numbered(self._numbers, batch.words)
        self._documents = _widened(self._documents, len(self._numbers))
        self._occurrences = _widened(self._occurrences, len(self._numbers))
        # No word is twice in a batch.
        self._documents[ids] += sign * batch.documents
        self._occurrences[ids] += sign * batch.occurrences
        spellings = _numbered(self._spellings, batch.spellings)
        self._spelled = _widened(self._spelled, len(self._spellings))
        np.add.at(self._spelled, spellings, sign * batch.spelled)
        for folded, title, documents in batch.titles:
            self._titles[folded, title] = self._titles.get((folded, title), 0) + sign * documents

    def write(self, directory: Path) -> None:
        """Write the lexicon into the folder of a generation."""
        held = (self._documents > 0).tolist()
        kept = sorted(word for word, number in self._numbers.items() if held[number] and len(word) <= LONGEST)
        numbers = np.fromiter(map(self._numbers.__getitem__, kept), np.int64, len(kept))
        writer = TableWriter(directory / NAME)
        writer.put_strings("words", kept)
        writer.put("documents", self._documents[numbers])
        writer.put("occurrences", self._occurrences[numbers])
        writer.put("signatures", signatures_of(kept))
        writer.put("lengths", lengths_of(kept))
        self._write_spellings(writer, numbers)
        _write_sounds(writer, kept)
        titles = sorted(title for title, documents in self._titles.items() if documents > 0)
        writer.put_strings("folded_titles", [folded for folded, _ in titles])
        writer.put_strings("titles", [title for _, title in titles])
        writer.put("titles.documents", np.array([self._titles[title] for title in titles], np.int64))
        writer.close()

    def _write_spellings(self, writer: TableWriter, numbers: Counts) -> None:
        """How words are written otherwise than folded; and for each mostly so written, the commonest way."""
        # Numbers as they were met become places in the sorted list; words that are left out have none.
        place = np.full(len(self._numbers), -1)
        place[numbers] = np.arange(len(numbers))
        rows = [
            (int(place[self._numbers[word]]), written, number)
            for number, (written, word) in enumerate(row.split("\t") for row in self._spellings)
        ]
        rows = sorted(row for row in rows if row[0] >= 0 and self._spelled[row[2]] > 0)
        words = np.array([word for word, _, _ in rows], np.int64)
        counts = self._spelled[np.array([number for _, _, number in rows], np.int64)]
        writer.put_strings("written", [written for _, written, _ in rows])
        writer.put("written.words", words)
        writer.put("written.times", counts)
        plain = self._occurrences[numbers]
        np.subtract.at(plain, words, counts)
        # Of each word the commonest, of equals the first in order.
        order = np.lexsort((-counts, words))
        best = order[np.diff(words[order], prepend=-1) > 0]
        best = best[counts[best] > plain[words[best]]]
        writer.put("spelled", words[best])
        writer.put_strings("spellings", [rows[row][1] for row in best.tolist()])


def _numbered(numbers: dict[str, int], lines: str) -> Counts:
    """The numbers of strings, a line each; new ones are numbered as they come."""
    strings = lines.split("\n") if lines else []
    new = dict.fromkeys(string for string in strings if string not in numbers)
    numbers.update(zip(new, range(len(numbers), len(numbers) + len(new)), strict=True))
    return np.fromiter(map(numbers.__getitem__, strings), np.int64, len(strings))


def _widened(counts: Counts, size: int) -> Counts:
    """The counts, with room for so many."""
    while len(counts) < size:
        counts = np.concatenate([counts, np.zeros_like(counts)])
    return counts


def _write_sounds(writer: TableWriter, words: Sequence[str]) -> None:
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
        writer.put_strings(name, [key for key, _ in rows])
        writer.put(f"{name}.words", np.array([number for _, number in rows], np.int64))


def _sounding(words: Sequence[str]) -> Iterable[int]:
    """Which words begin in an unsegmented script: the only ones that any profile knows the sound of."""
    firsts = np.frombuffer("".join(word[0] for word in words).encode("utf-32-le", "surrogatepass"), np.uint32)
    return np.flatnonzero(classes()[firsts] >= HAN).tolist()

"""Gathers a generation's words while it is built: a batch at a time, then all of them into one file."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

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
from indexer.lexicon.storage import LexiconWriter
from indexer.schema import Field, Zone

NAME = "lexicon"
#: Words longer than this are no words that anyone types: addresses, tables, noise. In code points.
LONGEST = 64
#: A word of more syllables is not looked for by its sound.
_SYLLABLES = 8

Counts = NDArray[np.int64]


class Words(NamedTuple):
    """The distinct words of a batch, a line each: in how many documents each stands, and how often.

    ``spellings`` are those that differ from the folded word, a line each: as written, a tab, the word;
    ``spelled`` is how often; one may come twice. ``titles`` are the distinct titles, folded and as written.
    """

    words: str
    documents: Counts
    occurrences: Counts
    spellings: str
    spelled: Counts
    titles: Sequence[tuple[str, str]]


def words_of(entries: Entries) -> Words:
    """The words of a batch, in whatever process."""
    text, title = (entries.fields[Field(zone, Tier.WORD)] for zone in (Zone.TEXT, Zone.TITLE))
    # The words of the texts are distinct already: those of the titles follow them.
    numbers = dict(zip(text.terms, range(len(text.terms)), strict=True))
    known = [numbers.setdefault(word, len(numbers)) for word in title.terms]
    in_titles = np.array(known, np.int32)[title.ids]
    titles = dict.fromkeys(document.title for document in entries.documents)
    return Words(
        "\n".join(numbers),
        _documents(text, replace(title, ids=in_titles), len(numbers)),
        np.bincount(text.ids, minlength=len(numbers)) + np.bincount(in_titles, minlength=len(numbers)),
        "\n".join([f"{written}\t{word}" for written, word, _ in entries.spellings]),
        np.array([count for _, _, count in entries.spellings], np.int64),
        [(form, title) for title in titles if (form := folded_text(title)) and "\n" not in title],
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
    """The words of all batches; what is written does not depend on how many processes found them."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._documents = np.zeros(1 << 16, np.int64)
        self._occurrences = np.zeros(1 << 16, np.int64)
        self._spellings: dict[str, int] = {}
        self._spelled = np.zeros(1 << 16, np.int64)
        self._titles: dict[str, str] = {}

    def add(self, batch: Words) -> None:
        """Take in the words of a batch."""
        ids = _numbered(self._numbers, batch.words)
        self._documents = _widened(self._documents, len(self._numbers))
        self._occurrences = _widened(self._occurrences, len(self._numbers))
        # No word is twice in a batch.
        self._documents[ids] += batch.documents
        self._occurrences[ids] += batch.occurrences
        spellings = _numbered(self._spellings, batch.spellings)
        self._spelled = _widened(self._spelled, len(self._spellings))
        np.add.at(self._spelled, spellings, batch.spelled)
        for folded, title in batch.titles:
            self._titles.setdefault(title, folded)

    def write(self, directory: Path) -> None:
        """Write the lexicon into the folder of a generation."""
        kept = sorted(word for word in self._numbers if len(word) <= LONGEST)
        numbers = np.fromiter(map(self._numbers.__getitem__, kept), np.int64, len(kept))
        writer = LexiconWriter(directory / NAME)
        writer.put_strings("words", kept)
        writer.put("documents", self._documents[numbers])
        writer.put("signatures", signatures_of(kept))
        writer.put("lengths", lengths_of(kept))
        self._write_spellings(writer, numbers)
        _write_sounds(writer, kept)
        writer.put_strings("folded_titles", list(self._titles.values()))
        writer.put_strings("titles", list(self._titles))
        writer.close()

    def _write_spellings(self, writer: LexiconWriter, numbers: Counts) -> None:
        """For each word that is mostly written in another way than folded, the commonest."""
        rows = [spelling.split("\t") for spelling in self._spellings]
        owners = np.fromiter((self._numbers[word] for _, word in rows), np.int64, len(rows))
        counts = self._spelled[: len(rows)]
        plain = self._occurrences[: len(self._numbers)] - np.bincount(
            owners, counts, minlength=len(self._numbers)
        ).astype(np.int64)
        # Numbers as they were met become places in the sorted list.
        place = np.full(len(self._numbers), -1)
        place[numbers] = np.arange(len(numbers))
        # Of each word the commonest, of equals the one met first.
        order = np.lexsort((-counts, place[owners]))
        words = place[owners][order]
        best = order[np.diff(words, prepend=-1) > 0]
        best = best[counts[best] > plain[owners[best]]]
        writer.put("spelled", place[owners[best]])
        writer.put_strings("spellings", [rows[row][0] for row in best.tolist()])


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


def _write_sounds(writer: LexiconWriter, words: Sequence[str]) -> None:
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

"""From a text to its streams of terms."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from itertools import accumulate, chain

import numpy as np
import regex
from numpy.typing import NDArray

from analyzers import characters, han, parts
from analyzers.analysis import EMPTY, Analysis, Column, Numbering, Stream, Tier
from analyzers.folding import Memo, exact, fold, unaccented
from analyzers.normal import Offsets, normalize
from analyzers.profile import ByScript, LanguageProfile
from analyzers.runs import Runs, runs_of

# Where a word changes from letters to digits, or from one script to another, and where its signs begin. Marks
# with no letter before them are no part of a piece, and a number that is no digit (½, ②) is one of its own:
# so UAX #29 cuts, and who types either finds the word.
_PIECES = regex.compile(
    r"(?:[\p{Nd}\p{Nl}]\p{M}*)+|\p{No}\p{M}*|(?:\p{Latin}\p{M}*)+|(?:\p{Hangul}\p{M}*)+|(?:\p{Cyrillic}\p{M}*)+"
    r"|[\p{Alphabetic}--[\p{M}\p{N}\p{Latin}\p{Hangul}\p{Cyrillic}]]"
    r"[\p{Alphabetic}\p{M}--[\p{N}\p{Latin}\p{Hangul}\p{Cyrillic}]]*",
    regex.V1,
)
_HAS_WORD = regex.compile(r"[\p{L}\p{N}]")

#: A sub-word of a word: its term, and where it stands in the word.
Inner = tuple[str, int, int]


#: The tiers whose positions count units of running text.
_UNITS = frozenset({Tier.CLUSTER, Tier.PAIR})


class Analyzer:
    """Turns a text of one language, and of any scripts, into terms.

    Runs of an unsegmented script go to the language's own segmenter, or to that of the language
    which the script belongs to; all else is words already. What a distinct word becomes is
    remembered: a corpus holds few of them, many times.
    """

    def __init__(self, profile: LanguageProfile, by_script: ByScript) -> None:
        self.profile = profile
        self._owners = {
            number: profile if script in profile.scripts else by_script.get(script)
            for number, script in {**characters.UNSEGMENTED, characters.HANGUL: "Hangul"}.items()
        }
        # Japanese cuts Han and kana together; where one of the two has another owner, each is cut alone.
        self._all_japanese = {"Han", "Kana"} <= profile.scripts
        self._japanese = self._all_japanese or not {"Han", "Kana"} & profile.scripts
        self._fold = Memo(lambda word: fold(han.simplified(word)))
        self._stem = Memo(self._tagged_stem)
        self._inner = Memo(self._subwords)
        self._exact = Memo(self._spellings)
        self._parts = Memo(self._compound_parts)
        self._bare = Memo(self._marked)
        self._is_word = Memo(lambda piece: _HAS_WORD.search(piece) is not None)

    def __call__(self, text: str) -> Analysis:
        """The analysis of a text, which must be NFC."""
        normal = normalize(text)
        runs = runs_of(normal.text)
        return Analysis(normal, self._streams(normal.text, runs, runs))

    def columns(self, texts: Sequence[str]) -> dict[Tier, Column]:
        """The terms of many texts, each as if analyzed alone, at a fraction of the cost for short ones.

        They are laid one a line and cut together: nothing that is cut reaches across a line end, and
        what the texts have in common is done once.
        """
        normals = [normalize(text).text for text in texts]
        together = "\n".join(normals)
        lengths = np.fromiter(map(len, normals), np.int64, len(normals)) + 1
        bounds = np.cumsum(lengths) - lengths
        runs = runs_of(together)
        owners = _owners(bounds, runs.starts)
        # Words are units only in a text that has runs of which pieces are looked up.
        mixed = np.zeros(len(normals), np.bool_)
        pieced = (runs.classes >= characters.FIRST_UNSEGMENTED) | (runs.classes == characters.HANGUL)
        mixed[owners[pieced]] = True
        streams = self._streams(together, runs, runs.chosen(mixed[owners]))
        words, units = streams[Tier.WORD], streams.get(Tier.CLUSTER, EMPTY)
        columns = {}
        for tier, stream in streams.items():
            owners = _owners(bounds, stream.starts)
            first = np.searchsorted((units if tier in _UNITS else words).starts, bounds)
            positions = stream.positions - first[owners]
            columns[tier] = Column(stream.vocabulary, stream.ids, owners, positions, stream.surfaces)
        columns[Tier.WORD] = self._as_written(columns[Tier.WORD], words, together, runs)
        return columns

    def _as_written(self, column: Column, words: Stream, text: str, runs: Runs) -> Column:
        """The column with surfaces from the text, where runs were cut in another form than is written."""
        changes = {
            profile.prepare
            for number in np.unique(runs.classes).tolist()
            if (profile := self._owners.get(number)) is not None and profile.prepare is not None
        }
        written = characters.codes(text)
        changed = [np.flatnonzero(characters.codes(change(text)) != written) for change in changes]
        places = np.concatenate([EMPTY.starts, *changed])
        if not len(places):
            return column
        rows = np.unique(np.searchsorted(words.starts, places, side="right") - 1)
        bounds = zip(words.starts[rows].tolist(), words.ends[rows].tolist(), strict=True)
        pairs = zip(column.ids[rows].tolist(), (text[start:end] for start, end in bounds), strict=True)
        numbers: dict[tuple[int, str], int] = {}
        size = len(column.vocabulary)
        ids = column.ids.copy()
        ids[rows] = [numbers.setdefault(pair, size + len(numbers)) for pair in pairs]
        vocabulary = [*column.vocabulary, *(column.vocabulary[word] for word, _ in numbers)]
        surfaces = [*column.surfaces, *(surface for _, surface in numbers)]
        return replace(column, vocabulary=vocabulary, ids=ids, surfaces=surfaces)

    def _streams(self, text: str, runs: Runs, units: Runs) -> dict[Tier, Stream]:
        """The streams of a normal text; ``units`` are the runs whose pieces count."""
        whole = runs.japanese(every=self._all_japanese) if self._japanese else runs
        words, spaced = self._words(text, whole)
        streams = {
            Tier.WORD: replace(
                words,
                vocabulary=[self._fold[word] for word in words.vocabulary],
                surfaces=words.vocabulary,
            ),
            Tier.INNER: _within(words, [self._inner[word] for word in words.vocabulary]),
            Tier.STEM: self._stem_stream(words, spaced),
            Tier.EXACT: _within(words, [self._exact[word] for word in words.vocabulary]),
        }
        if self.profile.compounds:
            streams[Tier.COMPOUND] = _within(words, [self._parts[word] for word in words.vocabulary])
        if runs.pieced:
            streams[Tier.CLUSTER], streams[Tier.PAIR] = parts.streams_of(parts.units_of(text, units))
        return streams

    def spelling(self, word: str) -> tuple[str, bool]:
        """The term of a word's own spelling in the tier ``exact``, and whether it is the accented one."""
        accented, folded = exact(word), self._fold[word]
        return (accented, True) if accented != folded else (folded, False)

    def stem(self, word: str) -> str:
        """The tagged stem of a word as it is written (``de:haus`` of Häuser); empty where nobody stems it."""
        return self._stem[word]

    def _words(self, text: str, runs: Runs) -> tuple[Stream, NDArray[np.bool_]]:
        """The words as they are written, one flat cut, and which of them stand between spaces."""
        numbering = Numbering()
        if runs.segmented:
            ids = numbering.of(_slices(text, runs))
            stream = Stream(list(numbering), ids, runs.starts, runs.ends, np.arange(len(ids)))
            return stream, np.ones(len(ids), np.bool_)
        between = runs.classes < characters.FIRST_UNSEGMENTED
        surfaces, starts, lengths, counts = self._cut(text, runs.chosen(~between))
        # Words and pieces in text order: a run between spaces is one word, whatever it holds.
        every = np.ones(len(between), np.int64)
        every[~between] = counts
        spaced = np.repeat(between, every)
        ids, begins, ends = (np.empty(len(spaced), np.int64) for _ in range(3))
        words, written, cut = runs.chosen(between), Numbering(), Numbering()
        ids[spaced], pieces = written.of(_slices(text, words)), cut.of(surfaces)
        ids[~spaced] = pieces + len(written)
        begins[spaced], begins[~spaced] = words.starts, starts
        ends[spaced], ends[~spaced] = words.ends, starts + lengths
        # Of an unsegmented run only the pieces that hold a letter or a digit are words.
        wordlike = np.fromiter(map(self._is_word.__getitem__, cut), np.bool_, len(cut))
        kept = spaced.copy()
        kept[~spaced] = wordlike[pieces]
        positions = np.arange(np.count_nonzero(kept))
        return Stream([*written, *cut], ids[kept], begins[kept], ends[kept], positions), spaced[kept]

    def _cut(self, text: str, runs: Runs) -> tuple[list[str], Offsets, Offsets, Offsets]:
        """The pieces of unsegmented runs, their starts and lengths, and how many each run has."""
        pieces = self._segmented(text, runs)
        surfaces = list(chain.from_iterable(pieces))
        lengths = np.fromiter(map(len, surfaces), np.int64, len(surfaces))
        counts = np.fromiter(map(len, pieces), np.int64, len(pieces))
        run = np.repeat(np.arange(len(pieces)), counts)
        # The pieces of a run cover it, so each begins where those before it end.
        before = np.cumsum(lengths) - lengths
        first = np.minimum(np.cumsum(counts) - counts, max(0, len(surfaces) - 1))
        starts = runs.starts[run] + before - before[first][run] if len(surfaces) else before
        # A segmenter may cut inside a cluster (เพียร|์); nothing is marked there.
        inside = characters.extenders()[runs.codes[starts]] & (starts != runs.starts[run])
        if inside.any():
            surfaces, starts, run = _joined(surfaces, inside), starts[~inside], run[~inside]
            lengths = np.fromiter(map(len, surfaces), np.int64, len(surfaces))
            counts = np.bincount(run, minlength=len(pieces))
        return surfaces, starts, lengths, counts

    def _segmented(self, text: str, runs: Runs) -> list[list[str]]:
        """The pieces of unsegmented runs; none, where nobody knows the words of a script."""
        prepared: dict[Callable[[str], str] | None, str] = {None: text}
        pieces: list[list[str]] = []
        columns = zip(runs.starts.tolist(), runs.ends.tolist(), runs.classes.tolist(), strict=True)
        for start, end, number in columns:
            profile = self._owners[number]
            if profile is None or profile.segment is None:
                pieces.append([])
                continue
            if profile.prepare is not None and profile.prepare not in prepared:
                prepared[profile.prepare] = profile.prepare(text)
            pieces.append(profile.segment(prepared[profile.prepare][start:end]))
        return pieces

    def _subwords(self, word: str) -> tuple[Inner, ...]:
        owner, spaced = self._owner(word), _spaced(word)
        places = _pieces(word) if spaced else []
        if owner and owner.subwords and spaced is (owner.segment is None):
            places = sorted({*places, *owner.subwords(word)})
        if not places:
            return ()
        # As in `_words`, nothing begins or ends inside a cluster.
        inside = {at for at in range(1, len(word)) if characters.parts_cluster(word, at)}
        whole = [place for place in places if inside.isdisjoint(place)]
        return tuple((self._fold[word[start:end]], start, end) for start, end in whole)

    def _spellings(self, word: str) -> tuple[Inner, ...]:
        """The two spellings of a word that folding changes.

        The folded one tells where a word stands that is not written so: where cafe is asked for, café.
        """
        accented, folded = exact(word), self._fold[word]
        return ((accented, 0, len(word)), (folded, 0, len(word))) if accented != folded else ()

    def _compound_parts(self, word: str) -> tuple[Inner, ...]:
        """The parts of a compound, by their stems."""
        compounds = self.profile.compounds
        if compounds is None or not _spaced(word):
            return ()
        folded = exact(word)
        parts = compounds(folded)
        if not parts:
            return ()
        places = _places(word, folded)
        return tuple(
            (self._stem[part.word], places[part.start], places[part.end])
            for part in parts
            if part.start in places and part.end in places
        )

    def parts(self, word: str) -> tuple[str, ...]:
        """The tagged stems of the parts of a word (``de:arbeit`` and ``de:markt`` of Arbeitsmarkt)."""
        return tuple(dict.fromkeys(stem for stem, _, _ in self._parts[word]))

    def _owner(self, word: str) -> LanguageProfile | None:
        """Who knows a word: the owner of its script, or for scripts of many languages the text's own."""
        number = int(characters.classes()[ord(word[0])])
        if number not in self._owners:
            return self.profile
        if self._japanese and not self._all_japanese and number in (characters.HAN, characters.KANA):
            number = int(runs_of(word).japanese(every=False).classes[0])
        return self._owners[number]

    def _stem_stream(self, words: Stream, spaced: NDArray[np.bool_]) -> Stream:
        """Every word between spaces by its stem, and those of a segmenter whose stem is another word."""
        needed = np.zeros(len(words.vocabulary), np.bool_)
        needed[words.ids] = True
        between = np.zeros(len(words.vocabulary), np.bool_)
        between[words.ids[spaced]] = True
        columns = zip(words.vocabulary, needed.tolist(), between.tolist(), strict=True)
        stems = [self._stem_in_text(word, spaced=by) if wanted else "" for word, wanted, by in columns]
        kept = np.fromiter(map(bool, stems), np.bool_, len(stems))[words.ids]
        ids, starts, ends = words.ids[kept], words.starts[kept], words.ends[kept]
        bare = np.fromiter(map(self._bare.__getitem__, words.vocabulary), np.int64, len(stems))
        return Stream(stems, ids, starts, np.minimum(ends, starts + bare[ids]), words.positions[kept])

    def _stem_in_text(self, word: str, *, spaced: bool) -> str:
        stem = self._stem[word]
        return stem if spaced or (stem and stem.partition(":")[2] != self._fold[word]) else ""

    def _marked(self, word: str) -> int:
        """How many letters of a word its stem is marked by."""
        owner = self._owner(word)
        if owner is None or owner.bare is None:
            return len(word)
        folded = exact(word)
        length = owner.bare(folded) if len(folded) == len(word) else len(word)
        return len(word) if length < len(word) and characters.parts_cluster(word, length) else length

    def _tagged_stem(self, surface: str) -> str:
        owner = self._owner(surface)
        if not _spaced(surface):
            return f"{owner.code}:{self._fold[owner.stem(surface)]}" if owner and owner.stem else ""
        word, owner = exact(surface), owner or self.profile
        # Without a stemmer words are their own stems, so that a word weighs the same in every language.
        # The stems of a segmenter are those of its own words.
        stem = owner.stem(word) if owner.stem and not owner.segment else word
        # Nothing is left of a tatweel by itself; it is written there all the same.
        return f"{owner.code}:{unaccented(stem or word)}"


def _within(words: Stream, found: Sequence[Sequence[Inner]]) -> Stream:
    """What was found in each word of a vocabulary, wherever the word stands."""
    every = list(chain.from_iterable(found))
    offsets = np.array([(start, end) for _, start, end in every], np.int64).reshape(-1, 2)
    counts = np.fromiter(map(len, found), np.int64, len(found))
    # Each word repeated for each of its finds, and which of them it is.
    parents = np.repeat(np.arange(len(words)), counts[words.ids])
    behind = np.cumsum(counts[words.ids]) - counts[words.ids]
    ids = (np.cumsum(counts) - counts)[words.ids][parents] + np.arange(len(parents)) - behind[parents]
    starts, ends = words.starts[parents] + offsets[ids, 0], words.starts[parents] + offsets[ids, 1]
    return Stream([term for term, _, _ in every], ids, starts, ends, parents)


def _spaced(word: str) -> bool:
    return int(characters.classes()[ord(word[0])]) < characters.FIRST_UNSEGMENTED


def _owners(bounds: Offsets, starts: Offsets) -> NDArray[np.int64]:
    """The number of the text in which each token begins."""
    return np.searchsorted(bounds, starts, side="right") - 1


def _slices(text: str, runs: Runs) -> list[str]:
    return [text[start:end] for start, end in zip(runs.starts.tolist(), runs.ends.tolist(), strict=True)]


def _joined(pieces: Sequence[str], inside: NDArray[np.bool_]) -> list[str]:
    """The pieces, each that begins inside a cluster joined to the one before."""
    joined: list[str] = []
    for piece, belongs in zip(pieces, inside.tolist(), strict=True):
        if belongs:
            joined[-1] += piece
        else:
            joined.append(piece)
    return joined


def _places(word: str, folded: str) -> dict[int, int]:
    """Where each letter of a word begins, by where it begins in the folded word (ß is two letters there)."""
    lengths = [1] * len(word) if len(folded) == len(word) else [len(exact(letter)) for letter in word]
    ends = list(accumulate(lengths, initial=0))
    return {end: at for at, end in enumerate(ends)} if ends[-1] == len(folded) else {}


def _one_script(word: str) -> bool:
    """Whether a word is letters of one kind at first sight: most are, and need no cutting."""
    if _latin().fullmatch(word) is not None:
        return True
    # Marks that no letter carries are no part of the word behind them.
    return not _cut_beside().search(word) and not _mark().match(word)


@cache
def _latin() -> "re.Pattern[str]":
    """Words of Latin letters alone, without marks of their own."""
    return re.compile(characters.any_of(r"[\p{Latin}&&\p{L}]").pattern + "+")


@cache
def _mark() -> "re.Pattern[str]":
    return characters.any_of(r"\p{M}")


@cache
def _cut_beside() -> "re.Pattern[str]":
    """Whatever `_PIECES` may cut a word beside."""
    return characters.any_of(r"[[^\p{L}\p{M}]\p{Latin}\p{Hangul}\p{Cyrillic}]")


def _pieces(word: str) -> list[tuple[int, int]]:
    """The sub-words of a word of letters and digits, if it changes from one to the other."""
    if (word.isascii() and word.isalpha()) or _one_script(word):
        return []
    pieces = [match.span() for match in _PIECES.finditer(word)]
    return pieces if pieces != [(0, len(word))] else []

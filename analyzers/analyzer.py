"""From a text to its streams of terms."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import chain

import numpy as np
import regex
from numpy.typing import NDArray

from analyzers import characters, parts
from analyzers.analysis import EMPTY, Analysis, Column, Numbering, Stream, Tier
from analyzers.folding import Memo
from analyzers.forms import Forms, Inside
from analyzers.normal import Offsets, normalize
from analyzers.owners import Owners
from analyzers.profile import ByScript, LanguageProfile
from analyzers.runs import Runs, runs_of

_HAS_WORD = regex.compile(r"[\p{L}\p{N}]")

#: The tiers whose positions count units of running text.
_UNITS = frozenset({Tier.CLUSTER, Tier.PAIR})


class Analyzer:
    """Turns a text of one language, and of any scripts, into terms.

    Runs of an unsegmented script go to the language's own segmenter, or to that of the language
    which the script belongs to; all else is words already. ``forms`` are what its words become.
    """

    def __init__(self, profile: LanguageProfile, by_script: ByScript) -> None:
        self.profile = profile
        self._owners = Owners(profile, by_script)
        self.forms = Forms(profile, self._owners)
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
            if (profile := self._owners.of_class(number)) is not None and profile.prepare is not None
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
        words, spaced = self._words(text, self._owners.cut(runs))
        forms = self.forms
        streams = {
            Tier.WORD: replace(
                words,
                vocabulary=[forms.folded[word] for word in words.vocabulary],
                surfaces=words.vocabulary,
            ),
            Tier.INNER: _within(words, [forms.subwords[word] for word in words.vocabulary]),
            Tier.STEM: self._stem_stream(words, spaced),
            Tier.EXACT: _within(words, [forms.spellings[word] for word in words.vocabulary]),
        }
        if self.profile.compounds:
            streams[Tier.COMPOUND] = _within(words, [forms.parts[word] for word in words.vocabulary])
        if runs.pieced:
            streams[Tier.CLUSTER], streams[Tier.PAIR] = parts.streams_of(parts.units_of(text, units))
        return streams

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
            profile = self._owners.of_class(number)
            if profile is None or profile.segment is None:
                pieces.append([])
                continue
            if profile.prepare is not None and profile.prepare not in prepared:
                prepared[profile.prepare] = profile.prepare(text)
            pieces.append(profile.segment(prepared[profile.prepare][start:end]))
        return pieces

    def _stem_stream(self, words: Stream, spaced: NDArray[np.bool_]) -> Stream:
        """Every word between spaces by its stem, and those of a segmenter whose stem is another word."""
        needed = np.zeros(len(words.vocabulary), np.bool_)
        needed[words.ids] = True
        between = np.zeros(len(words.vocabulary), np.bool_)
        between[words.ids[spaced]] = True
        columns = zip(words.vocabulary, needed.tolist(), between.tolist(), strict=True)
        stems = [self.forms.stem_in_text(word, spaced=by) if wanted else "" for word, wanted, by in columns]
        kept = np.fromiter(map(bool, stems), np.bool_, len(stems))[words.ids]
        ids, starts, ends = words.ids[kept], words.starts[kept], words.ends[kept]
        bare = np.fromiter(map(self.forms.bare.__getitem__, words.vocabulary), np.int64, len(stems))
        return Stream(stems, ids, starts, np.minimum(ends, starts + bare[ids]), words.positions[kept])


def _within(words: Stream, found: Sequence[Sequence[Inside]]) -> Stream:
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

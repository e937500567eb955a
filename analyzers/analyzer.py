"""From a text to its streams of terms."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from analyzers import characters, parts
from analyzers.analysis import EMPTY, Analysis, Column, Stream, Tier
from analyzers.forms import Forms
from analyzers.normal import Offsets, normal_forms, normalize
from analyzers.owners import Owners
from analyzers.profile import ByScript, LanguageProfile
from analyzers.runs import Runs, runs_of
from analyzers.vocabulary import LIMIT, Vocabulary

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
        self._vocabulary = Vocabulary(self.forms)

    def __call__(self, text: str) -> Analysis:
        """The analysis of a text, which must be NFC."""
        normal = normalize(text)
        whole = _Text(normal.text)
        return Analysis(normal, self._streams(whole, whole.runs))

    def columns(self, texts: Sequence[str]) -> dict[Tier, Column]:
        """The terms of many texts, each as if analyzed alone, at a fraction of the cost for short ones.

        They are laid one a line and cut together: nothing that is cut reaches across a line end, and
        what the texts have in common is done once.
        """
        normals = normal_forms(texts)
        together = _Text("\n".join(normals))
        runs = together.runs
        lengths = np.fromiter(map(len, normals), np.int64, len(normals)) + 1
        bounds = np.cumsum(lengths) - lengths
        owners = _owners(bounds, runs.starts)
        # Words are units only in a text that has runs of which pieces are looked up.
        mixed = np.zeros(len(normals), np.bool_)
        pieced = (runs.classes >= characters.FIRST_UNSEGMENTED) | (runs.classes == characters.HANGUL)
        mixed[owners[pieced]] = True
        streams = self._streams(together, runs.chosen(mixed[owners]))
        words, units = streams[Tier.WORD], streams.get(Tier.CLUSTER, EMPTY)
        columns = {}
        for tier, stream in streams.items():
            owners = _owners(bounds, stream.starts)
            first = np.searchsorted((units if tier in _UNITS else words).starts, bounds)
            positions = stream.positions - first[owners]
            columns[tier] = Column(stream.vocabulary, stream.ids, owners, positions, stream.surfaces)
        columns[Tier.WORD] = self._as_written(columns[Tier.WORD], words, together)
        return columns

    def _as_written(self, column: Column, words: Stream, text: "_Text") -> Column:
        """The column with surfaces from the text, where runs were cut in another form than is written."""
        changed = [np.flatnonzero(characters.codes(form) != text.runs.codes) for form in text.forms]
        places = np.concatenate([EMPTY.starts, *changed])
        if not len(places):
            return column
        rows = np.unique(np.searchsorted(words.starts, places, side="right") - 1)
        bounds = zip(words.starts[rows].tolist(), words.ends[rows].tolist(), strict=True)
        surfaces = [text.text[start:end] for start, end in bounds]
        pairs = zip(column.ids[rows].tolist(), surfaces, strict=True)
        numbers: dict[tuple[int, str], int] = {}
        size = len(column.vocabulary)
        ids = column.ids.copy()
        ids[rows] = [numbers.setdefault(pair, size + len(numbers)) for pair in pairs]
        vocabulary = [*column.vocabulary, *(column.vocabulary[word] for word, _ in numbers)]
        surfaces = [*column.surfaces, *(surface for _, surface in numbers)]
        return replace(column, vocabulary=vocabulary, ids=ids, surfaces=surfaces)

    def _streams(self, text: "_Text", units: Runs) -> dict[Tier, Stream]:
        """The streams of a text; ``units`` are the runs whose pieces count."""
        if len(self._vocabulary) > LIMIT:
            self._vocabulary = Vocabulary(self.forms)
        streams = self._words(text, self._vocabulary)
        if text.runs.pieced:
            streams[Tier.CLUSTER], streams[Tier.PAIR] = parts.streams_of(parts.units_of(text.text, units))
        return streams

    def _words(self, text: "_Text", vocabulary: Vocabulary) -> dict[Tier, Stream]:
        """The words, one flat cut, and what they become."""
        runs = self._owners.cut(text.runs)
        if runs.segmented:
            return vocabulary.streams(vocabulary.spaced(_slices(text.text, runs)), runs.starts, runs.ends)
        between = runs.classes < characters.FIRST_UNSEGMENTED
        spaced = runs.chosen(between)
        pieces, starts, ends = self._cut(text, runs.chosen(~between))
        cut = vocabulary.pieces(pieces)
        # Of an unsegmented run only the pieces that hold a letter or a digit are words.
        kept = vocabulary.wordlike(cut)
        numbers = np.concatenate([vocabulary.spaced(_slices(text.text, spaced)), cut[kept]])
        starts, ends = np.append(spaced.starts, starts[kept]), np.append(spaced.ends, ends[kept])
        order = np.argsort(starts, kind="stable")
        return vocabulary.streams(numbers[order], starts[order], ends[order])

    def _cut(self, text: "_Text", runs: Runs) -> tuple[list[str], Offsets, Offsets]:
        """The pieces of unsegmented runs, and where they start and end; none, where nobody knows the words.

        They are in order for each language that cuts, one language after another.
        """
        every: list[str] = []
        columns = [(EMPTY.starts, EMPTY.starts)]
        profiles = {number: self._owners.of_class(number) for number in np.unique(runs.classes).tolist()}
        for profile in dict.fromkeys(profiles.values()):
            if profile is not None and profile.segment is not None:
                classes = [number for number, owner in profiles.items() if owner is profile]
                chosen = runs.chosen(np.isin(runs.classes, classes))
                pieces = profile.segment(_slices(text.prepared(profile), chosen))
                pieces, starts, ends = _placed(pieces, chosen)
                every += pieces
                columns.append((starts, ends))
        starts, ends = map(np.concatenate, zip(*columns, strict=True))
        return every, starts, ends


class _Text:
    """A normal text with its runs, and the forms in which languages cut it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.runs = runs_of(text)
        self._prepared: dict[Callable[[str], str], str] = {}

    def prepared(self, profile: LanguageProfile) -> str:
        """The text as a language cuts it."""
        if profile.prepare is None:
            return self.text
        if profile.prepare not in self._prepared:
            self._prepared[profile.prepare] = profile.prepare(self.text)
        return self._prepared[profile.prepare]

    @property
    def forms(self) -> list[str]:
        """The forms in which it was cut that are not as it is written."""
        return [form for form in self._prepared.values() if form is not self.text]


def _placed(pieces: list[str], runs: Runs) -> tuple[list[str], Offsets, Offsets]:
    """Pieces that cover these runs, and where each starts and ends; none starts inside a cluster."""
    ends = np.cumsum(np.fromiter(map(len, pieces), np.int64, len(pieces)))
    lengths = runs.ends - runs.starts
    last = np.cumsum(lengths)
    # How far a run is from where it would stand if there were nothing between runs.
    shift = (runs.starts - (last - lengths))[np.searchsorted(last, ends)]
    starts = np.append(0, ends[:-1])[: len(ends)] + shift
    ends = ends + shift
    # A segmenter may cut inside a cluster (เพียร|์); nothing is marked there.
    inside = np.flatnonzero(characters.extenders()[runs.codes[starts]])
    inside = inside[~np.isin(starts[inside], runs.starts)]
    if not len(inside):
        return pieces, starts, ends
    begins = np.ones(len(pieces), np.bool_)
    begins[inside] = False
    first = np.flatnonzero(begins)
    after = np.append(first[1:], len(pieces))
    joined = ["".join(pieces[one:other]) for one, other in zip(first, after, strict=True)]
    return joined, starts[begins], ends[after - 1]


def _owners(bounds: Offsets, starts: Offsets) -> NDArray[np.int64]:
    """The number of the text in which each token begins."""
    return np.searchsorted(bounds, starts, side="right") - 1


def _slices(text: str, runs: Runs) -> list[str]:
    return [text[start:end] for start, end in zip(runs.starts.tolist(), runs.ends.tolist(), strict=True)]

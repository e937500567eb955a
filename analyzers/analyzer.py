"""From a text to its streams of terms."""

from collections.abc import Sequence
from itertools import chain

import numpy as np
import regex

from analyzers import characters, han, parts
from analyzers.analysis import Analysis, Stream, Tier
from analyzers.folding import Memo, exact, fold, unaccented
from analyzers.normal import Offsets, normalize
from analyzers.profile import ByScript, LanguageProfile, Subwords
from analyzers.runs import Runs, runs_of

# Where a word changes from letters to digits, or from one script to another, and where its signs begin.
_PIECES = regex.compile(
    r"\p{N}+|(?:\p{Latin}\p{M}*)+|(?:\p{Hangul}\p{M}*)+|(?:\p{Cyrillic}\p{M}*)+|[\p{L}\p{M}--[\p{Latin}\p{Hangul}\p{Cyrillic}]]+",
    regex.V1,
)
_HAS_WORD = regex.compile(r"[\p{L}\p{N}\p{Extended_Pictographic}]")

#: Where a sub-word stands in its word, and its folded term.
Inner = tuple[str, int, int]


class Analyzer:
    """Turns a text of one language, and of any scripts, into terms.

    Runs of an unsegmented script go to the language's own segmenter, or to that of the language
    which the script belongs to; all else is words already.
    """

    def __init__(self, profile: LanguageProfile, by_script: ByScript) -> None:
        self.profile = profile
        self._segmenters = {
            number: profile if script in profile.scripts else by_script.get(script)
            for number, script in characters.UNSEGMENTED.items()
        }
        self._fold = Memo(lambda word: fold(han.simplified(word)))
        self._stem = Memo(self._tagged_stem)
        self._inner: dict[Subwords, dict[str, tuple[Inner, ...]]] = {}

    def __call__(self, text: str) -> Analysis:
        """The analysis of a text, which must be NFC."""
        normal = normalize(text)
        runs = runs_of(normal.text)
        if runs.segmented:
            surfaces, starts, ends = _slices(normal.text, runs), runs.starts, runs.ends
            sources: list[Subwords] = [_pieces] * len(surfaces)
        else:
            surfaces, starts, ends, sources = self._cut(normal.text, runs)
        words = Stream(list(map(self._fold.__getitem__, surfaces)), starts, ends, np.arange(len(surfaces)))
        streams = {Tier.WORD: words, Tier.INNER: self._inner_stream(words, surfaces, sources)}
        streams[Tier.STEM] = self._stem_stream(words, surfaces, sources)
        if not runs.segmented:
            streams[Tier.CLUSTER], streams[Tier.PAIR] = parts.streams_of(parts.units_of(normal.text, runs))
        return Analysis(normal, streams)

    def stem(self, word: str) -> str:
        """The tagged stem of a word as it is written (``de:haus`` of Häuser)."""
        return self._stem[word]

    def _cut(self, text: str, runs: Runs) -> tuple[list[str], Offsets, Offsets, list[Subwords]]:
        """The words of a text with unsegmented runs: surfaces, starts, ends, whose sub-words."""
        surfaces: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        sources: list[Subwords] = []
        columns = zip(runs.starts.tolist(), runs.ends.tolist(), runs.classes.tolist(), strict=True)
        for start, end, number in columns:
            if number < characters.FIRST_UNSEGMENTED:
                surfaces.append(text[start:end])
                starts.append(start)
                ends.append(end)
                sources.append(_pieces)
                continue
            profile = self._segmenters[number]
            if profile is None or profile.segment is None:
                continue
            for word in profile.segment(text[start:end]):
                stop = start + len(word)
                if _HAS_WORD.search(word):
                    surfaces.append(word)
                    starts.append(start)
                    ends.append(stop)
                    sources.append(profile.subwords or _nothing)
                start = stop
        return surfaces, np.array(starts, np.int64), np.array(ends, np.int64), sources

    def _inner_stream(self, words: Stream, surfaces: Sequence[str], sources: Sequence[Subwords]) -> Stream:
        found = [self._subwords(surface, source) for surface, source in zip(surfaces, sources, strict=True)]
        counts = np.fromiter(map(len, found), np.int64, len(found))
        parents = np.repeat(np.arange(len(found)), counts)
        inner = list(chain.from_iterable(found))
        offsets = np.array([(start, end) for _, start, end in inner], np.int64).reshape(-1, 2)
        origin = words.starts[parents]
        return Stream([term for term, _, _ in inner], origin + offsets[:, 0], origin + offsets[:, 1], parents)

    def _subwords(self, surface: str, source: Subwords) -> tuple[Inner, ...]:
        known = self._inner.setdefault(source, {})
        if surface not in known:
            if len(known) > 500_000:
                known.clear()
            known[surface] = tuple((self._fold[surface[a:b]], a, b) for a, b in source(surface))
        return known[surface]

    def _stem_stream(self, words: Stream, surfaces: Sequence[str], sources: Sequence[Subwords]) -> Stream:
        spaced = np.flatnonzero(
            np.fromiter((source is _pieces for source in sources), np.bool_, len(sources))
        )
        stems = [self._stem[surfaces[index]] for index in spaced.tolist()]
        return Stream(stems, words.starts[spaced], words.ends[spaced], words.positions[spaced])

    def _tagged_stem(self, surface: str) -> str:
        word = exact(surface)
        # Without a stemmer words are their own stems, so that a word weighs the same in every language.
        stem = self.profile.stem(word) if self.profile.stem else word
        return f"{self.profile.code}:{unaccented(stem)}"


def _slices(text: str, runs: Runs) -> list[str]:
    return [text[start:end] for start, end in zip(runs.starts.tolist(), runs.ends.tolist(), strict=True)]


def _pieces(word: str) -> list[tuple[int, int]]:
    """The sub-words of a word of letters and digits, if it changes from one to the other."""
    if word.isascii() and word.isalpha():
        return []
    pieces = [match.span() for match in _PIECES.finditer(word)]
    return pieces if pieces != [(0, len(word))] else []


def _nothing(_word: str) -> list[tuple[int, int]]:
    return []

"""What a text becomes: streams of terms, a stream a tier.

A stream is columns, not objects: a token object costs microseconds, and 100 MB of text is
about twelve million words. `Token` is a view of one row, for people and tests.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import count

import numpy as np
from numpy.typing import NDArray

from analyzers.normal import Normal, Offsets


class Tier(StrEnum):
    """How a term was made, and so how strongly a match of it speaks."""

    WORD = "word"  #: folded surface forms, one flat cut
    INNER = "inner"  #: sub-words of that cut: 马克思 in 马克思主义, iphone in iphone15
    STEM = "stem"  #: stems tagged with their language: ``de:zusammenarbeit``
    EXACT = "exact"  #: a word that folding changes, with its accents, and as folded: both café and cafe
    COMPOUND = "compound"  #: stems of the parts of compounds: ``de:arbeit`` in Arbeitsmarkt
    CLUSTER = "cluster"  #: grapheme clusters of unsegmented scripts, and the words between them
    PAIR = "pair"  #: overlapping pairs of clusters that touch

    # An Enum hashes its name in Python; tiers are keys everywhere, and a str has its hash ready.
    __hash__ = str.__hash__


@dataclass(frozen=True, slots=True)
class Token:
    """One occurrence of a term: ``text[start:end]`` of the stored text, in code points, produced it."""

    term: str
    tier: Tier
    start: int
    end: int
    position: int


@dataclass(frozen=True, slots=True)
class Stream:
    """The terms of one tier, in text order.

    ``ids``, shape (n,), index ``vocabulary``, which holds each term once or more, and may hold more
    than occur: what a word becomes is worked out once a distinct word. ``starts`` and ``ends`` are
    offsets into the *normal* form, shape (n,), mapped to the stored text by `Analysis`. ``positions``,
    shape (n,), count units of running text (``cluster``, ``pair``) or words of the flat cut (all others).
    ``surfaces`` are the vocabulary's words as they were cut, for ``word`` alone.
    """

    vocabulary: Sequence[str]
    ids: NDArray[np.int64]
    starts: Offsets
    ends: Offsets
    positions: NDArray[np.int64]
    surfaces: Sequence[str] = ()

    @property
    def terms(self) -> list[str]:
        """The term of each row."""
        return [self.vocabulary[index] for index in self.ids.tolist()]

    def __len__(self) -> int:
        return len(self.ids)

    def chosen(self, kept: NDArray[np.bool_]) -> "Stream":
        """Some of the rows."""
        starts, ends, positions = self.starts[kept], self.ends[kept], self.positions[kept]
        return Stream(self.vocabulary, self.ids[kept], starts, ends, positions, self.surfaces)


@dataclass(frozen=True, slots=True)
class Column:
    """The terms of one tier of many texts, in text order: ``texts``, shape (n,), counts the texts from 0.

    ``vocabulary`` and ``ids`` are as in `Stream`; ``positions``, shape (n,), begin anew in each text.
    ``surfaces`` are the words of the vocabulary as they are written, for ``word`` alone.
    """

    vocabulary: Sequence[str]
    ids: NDArray[np.int64]
    texts: NDArray[np.int64]
    positions: NDArray[np.int64]
    surfaces: Sequence[str] = ()

    @property
    def terms(self) -> list[str]:
        """The term of each row."""
        return [self.vocabulary[index] for index in self.ids.tolist()]

    def parted(self, count: int) -> tuple["Column", "Column"]:
        """The terms of so many texts, and those of the others, which are counted from 0 again."""
        place = int(np.searchsorted(self.texts, count))
        first = replace(
            self, ids=self.ids[:place], texts=self.texts[:place], positions=self.positions[:place]
        )
        ids, texts, positions = self.ids[place:], self.texts[place:] - count, self.positions[place:]
        return first, replace(self, ids=ids, texts=texts, positions=positions)


class Numbering(dict[str, int]):
    """Distinct strings, numbered as they are met."""

    def of(self, texts: Sequence[str]) -> NDArray[np.int64]:
        """The numbers of these strings, shape (len(texts),)."""
        self.update(zip([text for text in dict.fromkeys(texts) if text not in self], count(len(self))))
        return np.fromiter(map(self.__getitem__, texts), np.int64, len(texts))


_NONE = np.zeros(0, np.int64)
EMPTY = Stream((), _NONE, _NONE, _NONE, _NONE)


@dataclass(frozen=True, slots=True)
class Analysis:
    """A text and its streams."""

    normal: Normal
    streams: dict[Tier, Stream]

    def __getitem__(self, tier: Tier) -> Stream:
        return self.streams.get(tier, EMPTY)

    def spans(self, tier: Tier, rows: Sequence[int] | None = None) -> tuple[Offsets, Offsets]:
        """Where terms of a tier (all, or those of some rows) stand in the stored text, in code points."""
        stream = self[tier]
        chosen = slice(None) if rows is None else rows
        return self.normal.starts(stream.starts[chosen]), self.normal.ends(stream.ends[chosen])

    def tokens(self, *tiers: Tier) -> Iterator[Token]:
        """Every token of these tiers (all, when none is named), tier by tier, in text order."""
        for tier in tiers or tuple(Tier):
            stream, (starts, ends) = self[tier], self.spans(tier)
            columns = zip(
                stream.terms, starts.tolist(), ends.tolist(), stream.positions.tolist(), strict=True
            )
            for term, start, end, position in columns:
                yield Token(term, tier, start, end, position)

"""The exact scores of a few documents, by the formulas of `indexer.ranking`, of what the cluster tells."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer import ranking
from indexer.engine import Contribution, Explained
from indexer.engines.opensearch import mapping
from indexer.engines.opensearch.queries import Single, distances, singles
from indexer.engines.telling import explained, spoken
from indexer.engines.voices import Part, Voice
from indexer.schema import FIELDS, Field
from indexer.termquery import Clue, Match, Near, Node, field_of, graded_leaves

Floats = NDArray[np.float64]
Numbers = NDArray[np.int64]


@dataclass(frozen=True)
class Told:
    """What the cluster tells of some documents: of shape (documents,), and in columns of that shape.

    ``languages`` index ``averages``, whose rows are languages and columns `FIELDS`; ``lengths`` has the same
    columns. ``counts`` has those of each source that is no union.
    """

    numbers: Numbers
    languages: Numbers
    lengths: Numbers
    averages: Floats
    counts: Mapping[Single, Floats]

    @cached_property
    def _norms(self) -> dict[Field, Floats]:
        # Where an average is 0 nothing is counted.
        averages = np.maximum(self.averages, 1e-9)[self.languages]
        return {
            field: ranking.norm(self.lengths[:, column], averages[:, column])
            for column, field in enumerate(FIELDS)
        }

    def count(self, clue: Clue) -> Floats:
        """How often a clue's source stands in each document."""
        none = np.zeros(len(self.numbers))
        return sum((self.counts.get(source, none) for source in singles(clue.source)), none)

    def worth(self, voice: Voice) -> Floats:
        """What a clue adds to each document."""
        return voice.factor * ranking.saturation(
            self.count(voice.clue), self._norms[field_of(voice.clue.source)]
        )


@dataclass(frozen=True)
class Scores:
    """The scores of some documents for one query, each of shape (documents,)."""

    told: Told
    parts: Sequence[Part]
    query: Node

    @cached_property
    def _tiers(self) -> list[Numbers]:
        """The best tier in which each document holds each part."""
        tiers = []
        for part in self.parts:
            best = np.zeros(len(self.told.numbers), np.int64)
            for voice in part.voices:
                if voice.clue.finds:
                    held = self.told.count(voice.clue) > 0
                    np.maximum(best, np.where(held, int(voice.clue.match), 0), out=best)
            tiers.append(best)
        return tiers

    @cached_property
    def coordination(self) -> Floats:
        """The factor for what each document holds of the query."""
        whole = sum(part.share for part in self.parts)
        if not whole:
            return np.ones(len(self.told.numbers))
        held = np.zeros(len(self.told.numbers))
        for part, tiers in zip(self.parts, self._tiers, strict=True):
            held += part.share * (tiers > 0)
        return ranking.coordination(held / whole)

    @cached_property
    def plain(self) -> Floats:
        """The scores before they are graded."""
        sums = np.zeros(len(self.told.numbers))
        for part in self.parts:
            for voice in part.voices:
                if voice.factor:
                    sums += self.told.worth(voice)
        return self.coordination * sums

    @cached_property
    def whole(self) -> Floats:
        """The scores."""
        leaves = graded_leaves(self.query)
        if not leaves:
            return self.plain
        tiers = [tiers for part, tiers in zip(self.parts, self._tiers, strict=True) if part.leaf in leaves]
        return ranking.graded(np.min(tiers, axis=0), self.plain)

    @cached_property
    def matches(self) -> list[Match]:
        """The best tier of each document."""
        best = np.zeros(len(self.told.numbers), np.int64)
        for tiers in self._tiers:
            np.maximum(best, tiers, out=best)
        return [Match(tier) for tier in best.tolist()]

    def explained(self, *, found: bool) -> Explained:
        """Why the first document has its score."""
        parts = []
        for part in self.parts:
            made = [
                Contribution(
                    voice.clue,
                    float(self.told.count(voice.clue)[0]),
                    voice.documents,
                    voice.idf,
                    float(self.told.worth(voice)[0]),
                )
                for voice in part.voices
            ]
            parts.append(spoken(part.leaf, part.share, made))
        return explained(
            graded_leaves(self.query),
            found=found,
            plain=float(self.plain[0]),
            coordination=float(self.coordination[0]),
            parts=parts,
        )


def counted(source: Single, scores: Floats, lengths: Numbers, pivots: Mapping[str, int]) -> Floats:
    """The counts of a source that the cluster scored so (`queries.telling`, 0 for none); shape of the scores.

    ``lengths`` has the columns of `FIELDS`, of the same documents.
    """
    if isinstance(source, Near):
        if source.terms[0] == source.terms[1]:
            return np.asarray((scores > 0) * ranking.closeness(0), np.float64)
        told = distances(source.within)
        which = np.clip(len(told) - np.rint(scores).astype(np.int64), 0, len(told) - 1)
        return np.where(scores > 0, ranking.closeness(np.array(told, np.float64)[which]), 0.0)
    name = mapping.name_of(field_of(source))
    columns = [FIELDS.index(field) for field in mapping.HELD[name]]
    kept = mapping.kept(lengths[:, columns].sum(axis=1))
    damping = mapping.damping(kept, pivots[name])
    # s = M f / (f + n), so f = n s / (M - s): a whole number, which a rounded score still tells.
    counts = damping * scores / np.maximum(ranking.MOST - scores, 1e-9)
    return np.where(scores > 0, np.maximum(np.rint(counts), 1), 0.0)


def told_of(hits: Sequence[Mapping[str, Any]]) -> tuple[Numbers, list[str], Numbers]:
    """The numbers, languages and lengths of hits that were asked for all three as fields."""
    lengths = np.zeros((len(hits), len(FIELDS)), np.int64)
    numbers, languages = np.zeros(len(hits), np.int64), []
    for row, hit in enumerate(hits):
        values = hit["fields"]
        numbers[row] = values["order"][0]
        languages.append(values["language"][0])
        for column, field in enumerate(FIELDS):
            if (length := values.get(f"length.{field.name}")) is not None:
                lengths[row, column] = length[0]
    return numbers, languages, lengths

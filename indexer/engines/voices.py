"""What of a query speaks for a document, the same in every document; engines differ in how they count."""

from collections.abc import Sequence
from typing import NamedTuple

from indexer.termquery import AllOf, AnyOf, Clue, Leaf, Node


class Voice(NamedTuple):
    """A clue, how rare its source is, and in how many documents it stands."""

    clue: Clue
    idf: float
    documents: int

    @property
    def factor(self) -> float:
        """What the worth of a count is multiplied with."""
        return self.clue.weight * self.idf


class Part(NamedTuple):
    """A leaf that speaks, or none for nearness; its voices, and what holding it counts for."""

    leaf: Leaf | None
    voices: Sequence[Voice]
    share: float


def speaking(node: Node) -> list[tuple[Leaf | None, tuple[Clue, ...]]]:
    """The leaves that speak for a document with their clues, and clues of nearness with no leaf."""
    match node:
        case Leaf(clues=clues):
            return [(node, clues)]
        case AnyOf(nodes=nodes, nearness=nearness):
            near: list[tuple[Leaf | None, tuple[Clue, ...]]] = [(None, nearness)] if nearness else []
            return [*near, *(pair for child in nodes for pair in speaking(child))]
        case AllOf(nodes=nodes):
            return [pair for child in nodes for pair in speaking(child)]
        case _:
            return []


def part_of(leaf: Leaf | None, voices: Sequence[Voice]) -> Part:
    """A part with its share: the largest idf of what finds and scores, or of all that finds."""
    weighed = [(voice.clue.weight > 0, voice.idf) for voice in voices if voice.clue.finds]
    counts = leaf is not None and leaf.counts and weighed
    return Part(leaf, voices, max(weighed)[1] if counts else 0.0)

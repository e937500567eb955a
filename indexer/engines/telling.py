"""What every engine tells of one document in the same way: its tiers, its grade and its score of both."""

from collections.abc import Sequence

from indexer import ranking
from indexer.engine import Contribution, Explained, Spoken
from indexer.termquery import Leaf, Match


def spoken(leaf: Leaf | None, share: float, made: Sequence[Contribution]) -> Spoken:
    """What one part adds to one document."""
    tier = max((each.clue.match for each in made if each.often and each.clue.finds), default=Match.NONE)
    return Spoken(leaf, tier, share, made)


def explained(
    graded: Sequence[Leaf], *, found: bool, plain: float, coordination: float, parts: Sequence[Spoken]
) -> Explained:
    """An explanation of one document; ``plain`` is its score before it is graded by these leaves."""
    grade = min((part.tier for part in parts if part.leaf in graded), default=None)
    return Explained(
        found,
        max((part.tier for part in parts), default=Match.NONE),
        plain if grade is None else float(ranking.graded(grade, plain)),
        plain,
        coordination,
        grade,
        parts,
    )

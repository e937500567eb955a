"""How each cost grows with the corpus: a line through its logarithms, and what the slope means in words."""

from collections.abc import Sequence

import numpy as np

#: Up to which slope each phrase holds.
_WORDS = (
    (0.15, "hardly grows"),
    (0.4, "grows much more slowly than the corpus"),
    (0.6, "grows about as the square root of the corpus"),
    (0.9, "grows more slowly than the corpus"),
    (1.1, "grows in proportion to the corpus"),
    (float("inf"), "grows faster than the corpus"),
)


def slope(sizes: Sequence[float], costs: Sequence[float]) -> float:
    """The exponent of the power law that fits best, by least squares on logarithms."""
    return float(np.polyfit(np.log(sizes), np.log(costs), 1)[0])


def told(slope: float) -> str:
    """What a slope means, with what ten times the corpus costs."""
    words = next(words for most, words in _WORDS if slope <= most)
    return f"{words} (exponent {slope:.2f}: ten times the passages cost {10**slope:.1f} times as much)"

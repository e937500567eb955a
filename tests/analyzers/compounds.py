"""Lists of words cut by hand, and how well a cut agrees with them."""

import re
from pathlib import Path
from typing import NamedTuple

_FOLDER = Path(__file__).parent
_PIECE = re.compile(r"([^|~(]+)(?:\((\w+)\))?([|~]?)")


class Agreement(NamedTuple):
    """How many of the parts found are right, and how many of those that must be found are."""

    precision: float
    recall: float


def words_by_hand(name):
    """Each word of a list with the places where a part may begin, those where it may end, and the parts."""
    for line in (_FOLDER / name).read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            yield _read(line)


def _read(line):
    word, begins, ends, needed = "", set(), set(), []
    start = 0
    for letters, link, boundary in _PIECE.findall(line):
        begins.add(len(word))
        word += letters
        plain = len(word)
        word += link
        # A part may be taken with its link: Frauen is a form of Frau.
        ends |= {plain, len(word)}
        if boundary != "~":
            needed.append({(start, plain), (start, len(word))})
            start = len(word)
    return word, begins, ends, needed if len(needed) > 1 else []


def agreement(name, decompounder):
    """How the cuts of a list's words agree with those made by hand."""
    right = found = met = needed = 0
    for word, begins, ends, parts in words_by_hand(name):
        spans = {(part.start, part.end) for part in decompounder(word.lower())}
        found += len(spans)
        right += sum(start in begins and end in ends for start, end in spans)
        needed += len(parts)
        met += sum(bool(part & spans) for part in parts)
    return Agreement(right / found, met / needed)

"""The part of a text that shows best why it was found, with the ranges to mark.

A book is not analyzed again for ten marks: letters that a match probably begins with are looked
for in the raw text, the places where those stand that tell most of the query are analyzed, and what
the analysis confirms is marked. Where folding hides every such place, they are looked for in the text
folded a letter at a time (Traditional characters under a Simplified word, ü under u), and at last
the text is read a block at a time until a match turns up (ß under ss).
"""

import re
from collections import deque
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from analyzers.analysis import Tier
from analyzers.analyzer import Analyzer
from analyzers.characters import OTHER, classes, extenders
from analyzers.folding import fold
from analyzers.han import simplified_characters
from indexer.budget import UNLIMITED, Budget, Left
from indexer.marking import Marker, Matched, marks, once, shifted
from indexer.page import Snippet
from indexer.schema import Zone

#: Length of a snippet, in columns of a terminal: a Han character takes two.
WIDTH = 240
#: How much of a long text is read in search of a match that its raw letters do not show, in code points.
_READ = 200_000
_BLOCK = 2_000
#: How far a slice reaches beyond the snippet, to begin and end between words.
_REACH = 120
#: A text of so many widths is analyzed whole.
_SHORT = 1.5
#: A leaf that tells this much of what the most telling one does is worth a snippet of its own.
_TELLING = 0.3
#: Words that tell less than this part of what the most telling one choose a place only where no other is.
_COMMON = 0.15
#: What letters inside a word speak for, beside those that begin one.
_INSIDE = 0.1
#: At most this part of a width stands before the first match.
_LEAD = 4
#: A letter has no more signs than this; what has is no letter (UAX #15, Stream-Safe Text).
_SIGNS = 30
_DIGITS = 1e-9
#: Behind one of these a snippet may begin.
_ENDING = "。，、！？；：．.!?;।။។…»”）)"
_WIDE = re.compile("[\u2e80-\uffef]")
_PLACES = 64


class _Window(NamedTuple):
    start: int
    end: int


class _Place(NamedTuple):
    """Where a leaf is matched, or probably is, and how much that tells."""

    start: int
    end: int
    leaf: int
    telling: float


class _Letters(dict[int, str]):
    """Each letter's folded form, where that is one letter."""

    def __missing__(self, code: int) -> str:
        folded = fold(simplified_characters(chr(code)))
        letter = self[code] = folded if len(folded) == 1 else chr(code)
        return letter


_LETTERS = _Letters()


def likely_slices(text: str, marker: Marker) -> list[tuple[int, int]]:
    """Where most matches may stand, by the letters that they begin with; all of a short text."""
    width = _width(text)
    if len(text) <= _SHORT * width:
        return [(0, len(text))]
    return _slices(text, text.lower(), width, marker)


def found_in(text: str, marker: Marker, analyze: Analyzer, budget: Budget = UNLIMITED) -> list[Matched]:
    """The matches of a text whose raw letters show none; none, when time is up."""
    if budget.leaves_out(Left.MARKS):
        return []
    found: list[Matched] = []
    for start, end in _slices(text, text.translate(_LETTERS), _width(text), marker):
        found += shifted(marker.found(text[start:end], analyze, Zone.TEXT), start)
    return once(found) or _searched(text, marker, analyze, budget)


def snippets_around(
    text: str, found: Sequence[Matched], telling: Sequence[float], analyze: Analyzer
) -> tuple[Snippet, ...]:
    """One or two slices of a text that hold the matches that tell most; its beginning, when there are none.

    ``telling``, shape (leaves of the query,), says how much each leaf tells.
    """
    width = _width(text)
    if not found:
        end = _boundary_before(text, min(len(text), width))
        return (Snippet(text[:end]),) if text else ()
    best = _best_window(text, found, width, telling, analyze)
    chosen = [best]
    held = {match.leaf for match in found if best.start <= match.start < best.end}
    least = _TELLING * max(telling[match.leaf] for match in found)
    others = [
        match
        for match in found
        if match.leaf not in held
        and telling[match.leaf] >= least
        and (match.end <= best.start or match.start >= best.end)
    ]
    if others:
        second = _best_window(text, others, width, telling, analyze)
        if second.end <= best.start or second.start >= best.end:
            chosen.append(second)
    chosen.sort(key=lambda window: window.start)
    return tuple(_snippet(text, window, found) for window in chosen)


def begun_with(text: str, marker: Marker, *, folded: bool = False) -> bool:
    """Whether letters stand in a text with which a match begins, as they are written or folded."""
    letters = text.translate(_LETTERS) if folded else text.lower()
    return any(needle in letters for needle in marker.needles)


def marked(text: str, marker: Marker, analyze: Analyzer, zone: Zone) -> Snippet:
    """A whole text with every match marked."""
    return Snippet(text, 0, marks(marker.found(text, analyze, zone), text))


def _snippet(text: str, window: _Window, found: Sequence[Matched]) -> Snippet:
    slice_ = text[window.start : window.end]
    inside = [match for match in found if window.start <= match.start and match.end <= window.end]
    return Snippet(slice_, window.start, marks(shifted(inside, -window.start), slice_))


def _slices(text: str, letters: str, width: int, marker: Marker) -> list[tuple[int, int]]:
    """Slices around the likeliest places; ``letters`` is the text in small or in folded letters."""
    if len(letters) != len(text):
        return []
    most = max(marker.telling, default=0.0)
    places = sorted(_places(letters, marker, _COMMON * most)) or sorted(_places(letters, marker, 0.0))
    starts = _likeliest(places, width)
    return [sliced(text, start - width // _LEAD, start + width) for start in starts]


def _places(letters: str, marker: Marker, least: float) -> Iterator[_Place]:
    """Where letters stand with which a match may begin that tells at least so much."""
    for needle, leaf in marker.needles.items():
        telling = marker.telling[leaf]
        if telling < least:
            continue
        place = letters.find(needle)
        for _ in range(_PLACES):
            if place < 0:
                break
            inside = place > 0 and letters[place - 1].isalpha() and letters[place].isascii()
            yield _Place(place, place + len(needle), leaf, telling * _INSIDE if inside else telling)
            place = letters.find(needle, place + 1)


def _likeliest(places: Sequence[_Place], width: int) -> list[int]:
    """Where the window begins that tells most, and the one that tells most of what that one leaves out."""
    if not places:
        return []
    first = _window_of(places, width)
    held = {place.leaf for place in places if first <= place.start and place.end <= first + width}
    least = _TELLING * max(place.telling for place in places)
    others = [place for place in places if place.leaf not in held and place.telling >= least]
    return [first, _window_of(others, width)] if others else [first]


def _window_of(places: Sequence[_Place], width: int) -> int:
    """The start of the window that holds the most telling leaves, then the most places, then comes first."""
    best_told, best_count, best_start = -1.0, -1, 0
    inside: dict[int, deque[float]] = {}
    # By leaf the most that a place inside tells, and the sum of these.
    most: dict[int, float] = {}
    told, last = 0.0, 0
    for index, (start, _, leaf, telling) in enumerate(places):
        # A place longer than the window has one of its own.
        while last < len(places) and (last <= index or places[last].end <= start + width):
            _, _, entering, tells = places[last]
            inside.setdefault(entering, deque()).append(tells)
            if tells > most.get(entering, 0.0):
                told += tells - most.get(entering, 0.0)
                most[entering] = tells
            last += 1
        # Sums that were added to and taken from differ in their last digits.
        better = told - best_told
        if better > _DIGITS or (better > -_DIGITS and last - index > best_count):
            best_told, best_count, best_start = told, last - index, start
        left = inside[leaf]
        left.popleft()
        if telling == most[leaf]:
            most[leaf] = max(left, default=0.0)
            told += most[leaf] - telling
    return best_start


def _searched(text: str, marker: Marker, analyze: Analyzer, budget: Budget) -> list[Matched]:
    """The matches of the first block that has any."""
    start = 0
    while start < min(len(text), _READ) and not budget.leaves_out(Left.MARKS):
        first, last = sliced(text, start, start + _BLOCK)
        matched = marker.found(text[first:last], analyze, Zone.TEXT)
        if matched:
            return shifted(matched, first)
        start = max(last, start + 1)
    return []


def sliced(text: str, start: int, end: int) -> tuple[int, int]:
    """The range, widened to a space or sign where that is near, so that words are cut as in the whole."""
    start, end = max(0, start), min(len(text), end)
    first = next(
        (place for place in range(start, max(0, start - _REACH) - 1, -1) if _gap(text, place)), start
    )
    last = next((place for place in range(end, min(len(text), end + _REACH) + 1) if _gap(text, place)), end)
    return whole(text, first), whole(text, last)


def _gap(text: str, place: int) -> bool:
    """Whether no word can reach across a place, since what stands before it belongs to none."""
    return place in (0, len(text)) or classes()[ord(text[place - 1])] == OTHER


def _best_window(
    text: str, found: Sequence[Matched], width: int, telling: Sequence[float], analyze: Analyzer
) -> _Window:
    """The window of a width that holds the most telling leaves, then most matches, then comes first."""
    places = [_Place(match.start, match.end, match.leaf, telling[match.leaf]) for match in found]
    first = _window_of(places, width)
    ends = [place.end for place in places if first <= place.start < first + width]
    last = max((end for end in ends if end <= first + width), default=min(ends))
    spare = max(0, width - last + first)
    # A match without what stands before it is hard to read.
    lead = min(max(spare // 2, width // 8), width // _LEAD)
    start = _boundary_after(text, max(0, first - lead), first, analyze)
    return _Window(start, _boundary_before(text, min(len(text), start + width), last))


def _boundary_after(text: str, place: int, limit: int, analyze: Analyzer) -> int:
    """The first place from ``place`` on, up to ``limit``, at which a snippet may begin."""
    if place == 0:
        return 0
    for candidate in range(place, limit):
        before, behind = text[candidate - 1], text[candidate]
        # A sign that ends something begins nothing, but for a line (a verse's ।।6।।).
        if (before.isspace() or before in _ENDING) and (behind not in _ENDING or before == "\n"):
            return candidate
    # In a script without spaces at a word; not the first, which the slice may have cut in two.
    starts, _ = analyze(text[place:limit]).spans(Tier.WORD)
    return place + int(starts[1]) if len(starts) > 1 else limit


def _boundary_before(text: str, place: int, least: int = 0) -> int:
    """The last place up to ``place``, down to ``least``, at which a snippet may end."""
    if place == len(text):
        return place
    for candidate in range(place, least, -1):
        if text[candidate].isspace() or text[candidate - 1] in "。，、！？；：।။។":
            return candidate
    return max(least, whole(text, place))


def whole(text: str, place: int) -> int:
    """The place, moved back to where no letter is parted from its sign; a tower of signs may be cut."""
    whole = place
    while 0 < whole < len(text) and extenders()[ord(text[whole])]:
        whole -= 1
        if place - whole > _SIGNS:
            return place
    return whole


def _width(text: str) -> int:
    """How many characters of a text a snippet holds."""
    sample = text[:400]
    if sample.isascii():
        return WIDTH
    return WIDTH // 2 if 3 * len(_WIDE.findall(sample)) > len(sample) else WIDTH

"""Text that was typed on another keyboard's layout than its writer thought: ``ghbdtn`` is привет.

The layouts are data, `keyboards.json`: what each of 47 keys gives, row by row, alone and with shift;
a space where it gives no character.
"""

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from itertools import combinations
from typing import Any

#: How far to the right each row of keys begins, in widths of a key.
_SHIFTED = (0.0, 1.5, 1.75, 2.25)
#: Keys whose middles are no farther apart than this, in widths of a key, touch.
_NEAR = 1.3
_LATIN = "us"
#: Keys of Greek that put an accent on the letter typed next.
_ACCENTS = {"´": "\u0301", "¨": "\u0308"}
_ACCENTED = re.compile("([´¨])(.)")


def retyped(text: str) -> Iterator[str]:
    """What the same keys give on other layouts, where each of them gives something there."""
    for typed in dict.fromkeys((text, text.lower())):
        for there, back in _tables():
            for table in (there, back):
                if any(not character.isspace() and character not in table for character in typed):
                    continue
                found = unicodedata.normalize("NFC", _accented("".join(table.get(c, c) for c in typed)))
                if found != typed:
                    yield found


def touching() -> Iterator[frozenset[str]]:
    """Pairs of letters that are on keys that touch, or on one."""
    places = [
        (row, start + column)
        for row, (count, start) in enumerate(zip(_data()["rows"], _SHIFTED, strict=True))
        for column in range(count)
    ]
    near = [
        (first, second)
        for (first, (row, x)), (second, (other, y)) in combinations(enumerate(places), 2)
        if (row - other) ** 2 + (x - y) ** 2 <= _NEAR**2
    ]
    for layout in _data()["layouts"].values():
        for level in ("plain", "shift"):
            yield from (frozenset((layout[level][first], layout[level][second])) for first, second in near)
        yield from map(frozenset, zip(layout["plain"], layout["shift"], strict=True))


def _accented(text: str) -> str:
    return _ACCENTED.sub(lambda match: match[2] + _ACCENTS[match[1]], text)


@cache
def _tables() -> tuple[tuple[Mapping[str, str], Mapping[str, str]], ...]:
    """For each layout, from the Latin characters of its keys to its own, and back."""
    layouts = _data()["layouts"]
    latin = layouts[_LATIN]["plain"] + layouts[_LATIN]["shift"]
    tables = []
    for name, layout in layouts.items():
        if name != _LATIN:
            own = layout["plain"] + layout["shift"]
            pairs = [pair for pair in zip(latin, own, strict=True) if " " not in pair]
            # A key of Arabic gives two letters at once, as a ligature.
            there = {
                key: unicodedata.normalize("NFKC", given) if given >= "\ufb50" else given
                for key, given in pairs
            }
            # Of two keys that give one character, the one without shift.
            tables.append((there, {given: key for key, given in reversed(pairs)}))
    return tuple(tables)


@cache
def _data() -> dict[str, Any]:
    text = resources.files("indexer.lexicon").joinpath("keyboards.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found

"""Traditional characters to Simplified: by phrase for words, one by one for pieces.

頭髮 is 头发 and 發展 is 发展; 皇后 stays and 以後 is 以后; 乾淨 is 干净 and 乾隆 stays: a character
alone does not tell. OpenCC's phrases do. A piece of a text has no phrase around it, so pieces
are folded character by character on both sides (or a piece of a folded phrase would be lost).
"""

from functools import cache

import numpy as np
import opencc
from numpy.typing import NDArray

from analyzers import characters
from analyzers.normal import Offsets

# Characters that a phrase alone changes: 藉口 is 借口, and 慰藉 stays.
_BY_PHRASE = "俱哩彷沈甦瞭藉衹覆"
#: The first code point that anything is Traditional from.
_FIRST = "\u3400"
#: A text shorter than this is looked at a character at a time: a call of numpy takes longer. In code points.
_SHORT = 64


@cache
def _converter() -> "opencc.OpenCC":
    return opencc.OpenCC("t2s")


@cache
def _characters() -> dict[int, str]:
    """Every Traditional character with the Simplified one that it becomes on its own."""
    blocks = [(0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x323AF)]
    every = [chr(code) for first, last in blocks for code in range(first, last + 1)]
    # One call a block: a line break between characters keeps phrases from forming.
    simple = _converter().convert("\n".join(every)).split("\n")
    return {ord(old): new for old, new in zip(every, simple, strict=True) if old != new and len(new) == 1}


@cache
def _simple_only() -> NDArray[np.bool_]:
    """Which characters Traditional ones become, and stand in no Traditional text; shape (0x110000,)."""
    simple = set(_characters().values())
    back = opencc.OpenCC("s2t").convert("\n".join(simple)).split("\n")
    table = np.zeros(0x110000, np.bool_)
    table[[ord(new) for new, old in zip(simple, back, strict=True) if new != old]] = True
    return table


def is_traditional(text: str) -> bool:
    """Whether more of a text's characters are Traditional only than Simplified only."""
    codes = characters.codes(text)
    return int(_traditional()[codes].sum()) > int(_simple_only()[codes].sum())


@cache
def _alone() -> NDArray[np.uint32]:
    """What each code point becomes on its own, shape (0x110000,)."""
    table = np.arange(0x110000, dtype=np.uint32)
    table[list(_characters())] = [ord(new) for new in _characters().values()]
    return table


def simplified_characters(text: str) -> str:
    """The text, each Traditional character replaced alone; as long as the text."""
    if not len(_places(text)):
        return text
    # `str.translate` asks a dictionary for every character.
    return _alone()[characters.codes(text)].tobytes().decode("utf-32-le", "surrogatepass")


def simplified(text: str) -> str:
    """The text with Traditional phrases made Simplified; as long as the text."""
    places = _places(text)
    if not len(places):
        return text
    pieces, cursor = [], 0
    for start, end in _runs_around(text, places):
        pieces += [text[cursor:start], _phrases(text[start:end])]
        cursor = end
    return "".join([*pieces, text[cursor:]])


def _phrases(run: str) -> str:
    phrases: str = _converter().convert(run)
    return phrases if len(phrases) == len(run) else simplified_characters(run)


def _places(text: str) -> Offsets:
    """Where Traditional characters stand."""
    if text.isascii() or (len(text) < _SHORT and max(text) < _FIRST):
        return np.zeros(0, np.int64)
    # Looking the code points up is twenty times faster than a translation that changes nothing.
    return np.flatnonzero(_traditional()[characters.codes(text)])


def _runs_around(text: str, places: Offsets) -> list[tuple[int, int]]:
    """The runs of Han that these places stand in; most runs of most texts hold none."""
    han = np.zeros(len(text) + 2, np.int8)
    han[1:-1] = characters.classes()[characters.codes(text)] == characters.HAN
    edges = np.diff(han)
    starts, ends = np.flatnonzero(edges == 1), np.flatnonzero(edges == -1)
    chosen = np.unique(np.searchsorted(starts, places, side="right") - 1)
    return list(zip(starts[chosen].tolist(), ends[chosen].tolist(), strict=True))


@cache
def _traditional() -> NDArray[np.bool_]:
    table = np.zeros(0x110000, np.bool_)
    table[[*_characters(), *map(ord, _BY_PHRASE)]] = True
    return table

"""Traditional characters to Simplified: by phrase for words, one by one for pieces.

頭髮 is 头发 and 發展 is 发展; 皇后 stays and 以後 is 以后; 乾淨 is 干净 and 乾隆 stays: a character
alone does not tell. OpenCC's phrases do. A piece of a text has no phrase around it, so pieces
are folded character by character on both sides (or a piece of a folded phrase would be lost).

Characters that Japan alone simplified (発, 駅, 沢) go the same way, by the old form that they stand
for: 発 is 發 is 发. Those that are Chinese characters too (芸, 弁, 缶) stay what they are.
"""

from collections.abc import Iterable, Sequence
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


def _replaced(converter: "opencc.OpenCC", every: Sequence[str]) -> dict[str, str]:
    """What single characters become on their own, as far as they change."""
    # One call for all: a line break between characters keeps phrases from forming.
    new = converter.convert("\n".join(every)).split("\n")
    return {one: other for one, other in zip(every, new, strict=True) if one != other and len(other) == 1}


@cache
def _traditional() -> dict[str, str]:
    """Every Traditional character with the Simplified one that it becomes on its own."""
    blocks = [(0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x323AF)]
    every = [chr(code) for first, last in blocks for code in range(first, last + 1)]
    return _replaced(_converter(), every)


@cache
def _characters() -> dict[int, str]:
    """What every character that is not Simplified becomes on its own."""
    simple = {one: _traditional().get(old, old) for one, old in _old_forms().items()}
    every = _traditional() | simple
    # What one becomes may not stay: 薴 is 苧, and that is 苎. OpenCC takes some variants of 売 and 恵
    # for Traditional ones of these.
    return {ord(one): every.get(other, other) for one, other in every.items()}


_UNIFIED = "".join(map(chr, range(0x4E00, 0xA000)))


@cache
def _standard(encoding: str) -> frozenset[str]:
    """The unified characters of a national standard."""
    return frozenset(_UNIFIED.encode(encoding, "ignore").decode(encoding)) & frozenset(_UNIFIED)


@cache
def _kanji() -> list[str]:
    """The characters that Japanese alone writes: in its standard (JIS X 0208), and in no Chinese one.

    What OpenCC takes for Traditional (説, 裏) is written in Hong Kong too, though Big5 has another form.
    """
    kanji = _standard("shift_jis") - _standard("gb2312") - _standard("big5")
    return sorted(kanji - _traditional().keys())


@cache
def _old_forms() -> dict[str, str]:
    """The characters that Japan alone simplified, with their old forms (OpenCC's table)."""
    return _replaced(opencc.OpenCC("jp2t"), _kanji())


@cache
def _simple_only() -> NDArray[np.bool_]:
    """Which characters Traditional ones become, and stand in no Traditional text."""
    simple = set(_traditional().values())
    back = _replaced(opencc.OpenCC("s2t"), sorted(simple))
    return _table(back)


@cache
def _traditional_only() -> NDArray[np.bool_]:
    return _table([*_traditional(), *_BY_PHRASE])


@cache
def leanings() -> NDArray[np.int8]:
    """1 for what Japanese alone writes, -1 for what no Japanese standard has; shape (0x110000,)."""
    foreign = frozenset(_UNIFIED) - _standard("shift_jis")
    return _table(_kanji()).astype(np.int8) - _table(foreign)


@cache
def _mainland() -> NDArray[np.bool_]:
    """Which characters of Japan's standard are Simplified: in that of the mainland, not in that of Taiwan.

    What OpenCC leaves alone (着) is written in Hong Kong too.
    """
    return _table(_standard("shift_jis") & _standard("gb2312") - _standard("big5")) & _simple_only()


@cache
def _taiwan() -> NDArray[np.bool_]:
    return _table(_standard("shift_jis") & _standard("big5") - _standard("gb2312"))


def _table(those: Iterable[str]) -> NDArray[np.bool_]:
    """Whether a code point is one of those, shape (0x110000,)."""
    table = np.zeros(0x110000, np.bool_)
    table[[ord(one) for one in those]] = True
    return table


@cache
def _hints() -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """What each character says about the language it is written in.

    Each code point has a number, shape (0x110000,), and each number the hints that it stands for, of shape
    (numbers, hints).
    """
    lean = leanings()
    hints = [_traditional_only(), _simple_only(), lean > 0, lean < 0, _mainland(), _taiwan()]
    bits = np.arange(len(hints), dtype=np.uint8)
    table = np.bitwise_or.reduce(
        [hint.astype(np.uint8) << bit for hint, bit in zip(hints, bits, strict=True)]
    )
    return table, (np.arange(1 << len(hints))[:, np.newaxis] >> bits) & 1


def written_in(texts: Sequence[str]) -> list[str]:
    """The language of each of many texts in Han without kana: ``zh``, ``zh-Hant`` or ``ja``.

    Traditional is a text with more characters that are Traditional only than Simplified only. Some are
    Japanese all the same (東京駅, 国際会議): those with more characters that are Japan's alone than China's
    alone, or with both Simplified ones and Traditional, all of them in Japan's standard. Most words tell
    neither.
    """
    table, meanings = _hints()
    counts = characters.counted(texts, table, len(meanings)) @ meanings
    traditional, simple, japan, elsewhere, mainland, taiwan = counts.T
    japanese = (japan > elsewhere) | ((mainland > 0) & (taiwan > 0) & (elsewhere == 0))
    languages = np.where(japanese, "ja", np.where(traditional > simple, "zh-Hant", "zh"))
    return list(map(str, languages))


@cache
def _alone() -> NDArray[np.uint32]:
    """What each code point becomes on its own, shape (0x110000,)."""
    table = np.arange(0x110000, dtype=np.uint32)
    table[list(_characters())] = [ord(new) for new in _characters().values()]
    return table


def simplified_characters(text: str) -> str:
    """The text, each character replaced alone; as long as the text."""
    if not len(_places(text)):
        return text
    # `str.translate` asks a dictionary for every character.
    return _alone()[characters.codes(text)].tobytes().decode("utf-32-le", "surrogatepass")


def simplified(text: str) -> str:
    """The text with Traditional phrases and Japan's characters made Simplified; as long as the text."""
    places = _places(text)
    if not len(places):
        return text
    pieces, cursor = [], 0
    for start, end in _runs_around(text, places):
        pieces += [text[cursor:start], _phrases(text[start:end])]
        cursor = end
    return "".join([*pieces, text[cursor:]])


def _phrases(run: str) -> str:
    phrases: str = _converter().convert("".join([_old_forms().get(one, one) for one in run]))
    return phrases if len(phrases) == len(run) else simplified_characters(run)


def _places(text: str) -> Offsets:
    """Where characters stand that are not Simplified."""
    if text.isascii() or (len(text) < _SHORT and max(text) < _FIRST):
        return np.zeros(0, np.int64)
    # Looking the code points up is twenty times faster than a translation that changes nothing.
    return np.flatnonzero(_changing()[characters.codes(text)])


def _runs_around(text: str, places: Offsets) -> list[tuple[int, int]]:
    """The runs of Han that these places stand in; most runs of most texts hold none."""
    han = np.zeros(len(text) + 2, np.int8)
    han[1:-1] = characters.classes()[characters.codes(text)] == characters.HAN
    edges = np.diff(han)
    starts, ends = np.flatnonzero(edges == 1), np.flatnonzero(edges == -1)
    chosen = np.unique(np.searchsorted(starts, places, side="right") - 1)
    return list(zip(starts[chosen].tolist(), ends[chosen].tolist(), strict=True))


@cache
def _changing() -> NDArray[np.bool_]:
    return _traditional_only() | _table(_old_forms())

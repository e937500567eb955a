"""How Chinese words are read: pinyin without tones, by the phrases and characters of pypinyin's tables.

A character alone may have several readings, and a word has one: 重 is zhong or chong, 重庆 chongqing. So
the longest phrases that the tables know are taken from a word first. pypinyin's own cutting does
the same at twenty times the price, which a rebuild would pay for every distinct word.
"""

import unicodedata
from functools import cache
from itertools import islice, product

from analyzers.folding import Memo

#: No phrase that tells of a reading is longer; longer words are looked at in pieces. In characters.
_LONGEST = 6
#: So many readings of characters side by side are considered.
_MOST = 16
#: The marks of the four tones; the two dots of ü are none.
_TONES = dict.fromkeys(map(ord, "\u0304\u0301\u030c\u0300"))

#: Initials and finals that many speakers do not tell apart, the first for both. Source: what Chinese
#: input methods (Rime, libpinyin) call fuzzy pinyin.
_ALIKE_INITIALS = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("n", "l"), ("f", "h"), ("r", "l"))
_ALIKE_FINALS = (("ang", "an"), ("eng", "en"), ("ing", "in"))


def readings(word: str) -> list[tuple[str, ...]]:
    """The readings of a word of Han characters, syllable by syllable; none, if a character has none.

    ü is v, as it is typed, and u, as it is when its dots are folded away.
    """
    syllables = _syllables(word)
    if not all(syllables):
        return []
    if len(word) > 1:
        return _spelled(tuple(alternatives[0] for alternatives in syllables))
    return [reading for alternative in syllables[0] for reading in _spelled((alternative,))]


def every_reading(word: str) -> list[tuple[str, ...]]:
    """All readings of what is no word: a character mistaken in it, no phrase tells which is meant."""
    several = _syllables(word)
    return [reading for chosen in islice(product(*several), _MOST) for reading in _spelled(chosen)]


def alike(syllables: tuple[str, ...]) -> list[tuple[str, ...]]:
    """The readings that may be mistaken for this one, itself first; a syllable of each may differ."""
    found = {syllables: None}
    for place, syllable in enumerate(syllables):
        for other in _mistaken(syllable):
            found[(*syllables[:place], other, *syllables[place + 1 :])] = None
    return list(found)


def _mistaken(syllable: str) -> list[str]:
    """The syllables that differ from one by an initial, by a final, or by both."""
    starts = [syllable]
    for pair in _ALIKE_INITIALS:
        for old, new in (pair, pair[::-1]):
            if syllable.startswith(old) and not (len(old) == 1 and syllable[1:2] == "h"):
                starts.append(new + syllable[len(old) :])
    every = list(starts)
    for pair, start in product(_ALIKE_FINALS, starts):
        for old, new in (pair, pair[::-1]):
            if start.endswith(old):
                every.append(start.removesuffix(old) + new)
    return every[1:]


def _spelled(reading: tuple[str, ...]) -> list[tuple[str, ...]]:
    if not any("ü" in syllable for syllable in reading):
        return [reading]
    return [tuple(syllable.replace("ü", letter) for syllable in reading) for letter in "vu"]


def _syllables(word: str) -> list[tuple[str, ...]]:
    """The readings of each character in its place, the likeliest first."""
    characters, phrases = _tables()
    found: list[tuple[str, ...]] = []
    while len(found) < len(word):
        start = len(found)
        for end in range(min(len(word), start + _LONGEST), start + 1, -1):
            if (phrase := phrases.get(word[start:end])) is not None:
                found += [tuple(map(_toneless().__getitem__, syllables)) for syllables in phrase]
                break
        else:
            found.append(characters[word[start]])
    return found


@cache
def _toneless() -> Memo[str]:
    return Memo(
        lambda syllable: unicodedata.normalize(
            "NFC", unicodedata.normalize("NFD", syllable).translate(_TONES)
        )
    )


@cache
def _tables() -> tuple[Memo[tuple[str, ...]], dict[str, list[list[str]]]]:
    """The readings of each character, and pypinyin's phrases."""
    from pypinyin.constants import PHRASES_DICT, PINYIN_DICT

    def of_character(character: str) -> tuple[str, ...]:
        listed = PINYIN_DICT.get(ord(character), "")
        return tuple(dict.fromkeys(_toneless()[syllable] for syllable in listed.split(",") if syllable))

    return Memo(of_character), PHRASES_DICT

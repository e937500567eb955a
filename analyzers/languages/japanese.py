"""Japanese: written without spaces, in kanji and kana; words and dictionary forms come from Sudachi.

The flat cut is that of its small dictionary, which holds no names of many words: 関西国際空港 is 関西,
国際 and 空港, each of them found. What Sudachi would cut finer still (打込む) stands inside the word.
"""

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from analyzers.profile import LanguageProfile

if TYPE_CHECKING:
    from sudachipy import Morpheme, Tokenizer

# Sudachi refuses more than 49,149 bytes at once. No real run is this long.
_LONGEST = 2_000

_SHORT = re.compile("[\u3041-\u309f]{1,2}")

_lock = Lock()


@cache
def _sudachi() -> "Tokenizer":
    import sudachidict_small
    from sudachipy import Dictionary, SplitMode

    words = Path(sudachidict_small.__file__).parent / "resources" / "system.dic"
    return Dictionary(dict=str(words)).tokenizer(mode=SplitMode.C)


def _morphemes(text: str) -> list["Morpheme"]:
    # A tokenizer works on one text at a time.
    with _lock:
        return list(_sudachi().tokenize(text))


def load() -> None:
    """Map Sudachi's dictionary into memory."""
    _sudachi()


def segment(runs: Sequence[str]) -> list[str]:
    """Cut runs of kanji and kana into words."""
    parts = (run[start : start + _LONGEST] for run in runs for start in range(0, len(run), _LONGEST))
    return [word for part in parts for morpheme in _morphemes(part) if (word := morpheme.surface())]


def subwords(word: str) -> list[tuple[int, int]]:
    """The shorter units that a compound is made of (打 and 込む in 打込む)."""
    from sudachipy import SplitMode

    morphemes = _morphemes(word)
    if len(morphemes) != 1:
        return []
    units = morphemes[0].split(SplitMode.A)
    return [(unit.begin(), unit.end()) for unit in units] if len(units) > 1 else []


def stem(word: str) -> str:
    """The dictionary form of a word, in its commonest spelling: 食べる of 食べ, 引っ越し of 引越し.

    What is more than one word when it stands alone stays as it is, and so do one or two hiragana, which
    are many words at once (まし of ました is no 増し).
    """
    if _SHORT.fullmatch(word):
        return word
    morphemes = _morphemes(word)
    form: str = morphemes[0].normalized_form() if len(morphemes) == 1 else word
    return form


# Kana are no other kana: hiragana stay, and so do long vowels. Half width folds to full, as everywhere.
PROFILE = LanguageProfile(
    code="ja",
    name="Japanese",
    endonym="日本語",
    scripts=frozenset({"Han", "Kana"}),
    segment=segment,
    subwords=subwords,
    stem=stem,
    load=load,
    libraries=("OpenCC", "SudachiPy", "SudachiDict-small"),
)

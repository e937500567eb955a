"""Chinese: written without spaces; words come from jieba's dictionary."""

import re
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from analyzers import pinyin
from analyzers.han import simplified
from analyzers.profile import LanguageProfile

if TYPE_CHECKING:
    import jieba

# The characters that jieba's dictionary and model know of; each other one is a word to it.
_KNOWN = re.compile("[\u4e00-\u9fd5]+|.")
_UNKNOWN = re.compile("[^\u4e00-\u9fd5\n]")


@cache
def _jieba() -> "jieba.Tokenizer":
    """Jieba itself. Its own loading would talk, and keep a cache in the shared temporary folder."""
    import jieba

    tokenizer = jieba.Tokenizer()
    tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
    tokenizer.initialized = True
    return tokenizer


def _cut_by_jieba(runs: Sequence[str]) -> list[str]:
    return [word for run in runs for word in _jieba().lcut(run)]


def _in_jieba(word: str) -> bool:
    return bool(_jieba().FREQ.get(word))


def _cut_by_rjieba(runs: Sequence[str]) -> list[str]:
    # A call for all runs, since to begin costs more than to cut a short one. No word crosses a line end.
    lines = "\n".join(runs)
    if _UNKNOWN.search(lines):
        # rjieba would glue rare characters together, a thousand of them to one word.
        lines = "\n".join(_KNOWN.findall(lines))
    return [word for word in rjieba.cut(lines) if word != "\n"]


# rjieba is jieba, 70 times faster, where there is a build of it; a test compares the two.
try:
    import rjieba
except ImportError:
    _cut, _knows, _library = _cut_by_jieba, _in_jieba, "jieba"
else:
    _cut, _knows, _library = _cut_by_rjieba, rjieba.has_word, "rjieba"


def segment(runs: Sequence[str]) -> list[str]:
    """Cut runs of Simplified Han characters into words."""
    return _cut(runs)


def load() -> None:
    """Read the dictionaries: that of the words, and those from Traditional to Simplified."""
    segment([simplified("詞典")])


def subwords(word: str) -> list[tuple[int, int]]:
    """The dictionary words inside a word (马克思 in 马克思主义), of two characters or more."""
    length = len(word)
    return [
        (start, end)
        for start in range(length - 1)
        for end in range(start + 2, length + 1)
        if end - start < length and _knows(word[start:end])
    ]


PROFILE = LanguageProfile(
    code="zh",
    name="Chinese",
    endonym="中文",
    scripts=frozenset({"Han"}),
    prepare=simplified,
    segment=segment,
    subwords=subwords,
    sounds=pinyin.readings,
    load=load,
    version="2",
    libraries=(_library, "OpenCC"),
)

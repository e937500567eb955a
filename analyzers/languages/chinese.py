"""Chinese: written without spaces; words come from jieba's dictionary."""

import rjieba

from analyzers.han import simplified
from analyzers.profile import LanguageProfile


def segment(run: str) -> list[str]:
    """Cut a run of Han characters into words, its Traditional phrases made Simplified."""
    return rjieba.cut(simplified(run))


def subwords(word: str) -> list[tuple[int, int]]:
    """The dictionary words inside a word (马克思 in 马克思主义), of two characters or more."""
    length = len(word)
    return [
        (start, end)
        for start in range(length - 1)
        for end in range(start + 2, length + 1)
        if end - start < length and rjieba.has_word(word[start:end])
    ]


PROFILE = LanguageProfile(
    code="zh",
    name="Chinese",
    endonym="中文",
    scripts=frozenset({"Han"}),
    segment=segment,
    subwords=subwords,
    load=lambda: None if rjieba.cut("词典") else None,
    libraries=("rjieba", "OpenCC"),
)

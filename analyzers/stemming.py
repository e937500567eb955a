"""Snowball's stemmers, by the name of the algorithm."""

from functools import cache

import Stemmer

from analyzers.profile import Stemmer as Stem


@cache
def _algorithm(name: str) -> "Stemmer.Stemmer":
    # The stemmer's own cache is off: every caller remembers distinct words already.
    return Stemmer.Stemmer(name, 0)


def snowball(name: str) -> Stem:
    """The stemmer of one Snowball algorithm (``german``), loaded when it is first needed."""

    def stem(word: str) -> str:
        return _algorithm(name).stemWord(word) or word

    return stem

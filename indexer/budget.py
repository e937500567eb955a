"""How long one search may take: what is asked between its steps, and what was left out when time was up.

A search that has no time left stops adding. What it shows is right as far as it goes: what is found matches,
what is marked is what matched, and what is excluded stays out.
"""

from collections.abc import Callable
from enum import StrEnum
from math import inf
from time import perf_counter

#: Tells the seconds since some moment or other.
Clock = Callable[[], float]


class Left(StrEnum):
    """What a search left out, as its time was up."""

    #: Places to look into: more documents may match, and stand elsewhere.
    MATCHES = "matches"
    #: Matches in what is shown of documents that were found.
    MARKS = "marks"
    #: Parts of a long document, in which a match may stand.
    PLACES = "places"
    #: Another query, or a completion, to propose.
    PROPOSALS = "proposals"


class Budget:
    """The time of one search, in seconds; it begins when this is made. Not to be shared by searches."""

    def __init__(self, seconds: float = inf, clock: Clock = perf_counter) -> None:
        self.seconds = seconds
        self.left: set[Left] = set()
        self._clock = clock
        self._end = clock() + seconds

    @property
    def remaining(self) -> float:
        """The seconds that are left; none, or less, when time is up."""
        return self._end - self._clock()

    def leaves_out(self, what: Left) -> bool:
        """Whether time is up, and this is left out therefore; takes note of it."""
        if self._clock() < self._end:
            return False
        self.left.add(what)
        return True


#: For what takes as long as it takes.
UNLIMITED = Budget()

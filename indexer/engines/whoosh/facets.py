"""Counts of the values of a column over what matched."""

from collections.abc import Mapping, Sequence
from datetime import date as Date
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from indexer.engines.whoosh import layout
from indexer.engines.whoosh.packing import Numbers

Mask = NDArray[np.bool_]

#: Up to so many values each has a mask of its own: to count where two masks are true is quicker then.
_MASKED = 16
#: From which numpy counts days; and a year that no date has.
_EPOCH, _NO_YEAR = Date(1970, 1, 1).toordinal(), -1


class Category:
    """A column of few values: ``codes``, shape (documents,), is the number of each document's value."""

    def __init__(self, codes: Numbers, values: Sequence[str]) -> None:
        self.codes = codes
        self.values = values

    def counts(self, matched: Mask) -> Mapping[str, int]:
        """How many of the documents that ``matched`` is true of have each value; the empty value is none."""
        if len(self.values) <= _MASKED:
            found = [int(np.count_nonzero(matched & mask)) for mask in self._masks]
        else:
            found = np.bincount(self.codes[matched], minlength=len(self.values)).tolist()
        return {value: count for value, count in zip(self.values, found, strict=True) if count and value}

    @cached_property
    def _masks(self) -> list[Mask]:
        return [self.codes == code for code in range(len(self.values))]


def years_of(days: Numbers) -> Category:
    """The year of each day of the day column, in four digits; empty where there is none."""
    since_epoch = days - layout.DAY_SHIFT - _EPOCH
    years = since_epoch.astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64) + 1970
    years[days == layout.NO_DAY] = _NO_YEAR
    distinct, codes = np.unique(years, return_inverse=True)
    names = ["" if year == _NO_YEAR else f"{year:04d}" for year in distinct.tolist()]
    return Category(codes.astype(np.int64), names)

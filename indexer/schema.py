"""The fields of an index: a zone of the document times a tier of its analysis."""

from enum import StrEnum
from typing import NamedTuple

from analyzers.analysis import Tier


class Zone(StrEnum):
    """A part of a document that is searched."""

    TITLE = "title"
    TEXT = "text"

    # An Enum hashes its name in Python; fields are keys everywhere, and a str has its hash ready.
    __hash__ = str.__hash__


class Field(NamedTuple):
    """One searched field."""

    zone: Zone
    tier: Tier

    @property
    def name(self) -> str:
        """What an engine calls the field (``text_word``)."""
        return f"{self.zone}_{self.tier}"


FIELDS: tuple[Field, ...] = tuple(Field(zone, tier) for zone in Zone for tier in Tier)

#: The tiers whose positions are kept: phrases and nearness need words, stretches need units.
POSITIONED = frozenset({Tier.WORD, Tier.CLUSTER, Tier.PAIR})

#: Of these both count the same units, and a chain may run through both.
UNITS = (Tier.CLUSTER, Tier.PAIR)

#: Changes when an index of before cannot be read any more.
VERSION = "7"

"""The Whoosh schema of an index: which fields and columns, and how they are kept."""

from collections.abc import Generator
from typing import Any

from whoosh import columns, fields, formats

from indexer.engines.whoosh.columns import NumberColumn
from indexer.schema import FIELDS, POSITIONED

# Facets and filters that are looked up by value, as terms of a document each.
ID, SOURCE, TAG = "id", "source", "tag"

# Columns: one value a document. Days count from 1970-01-01, shifted so that 0 is no date.
LANGUAGE, FOLDER, DAY = "language", "folder", "day"
NO_DAY = 0
DAY_SHIFT = 1_000_000


def length_column(field: str) -> str:
    """The column that holds how many terms of a field each document has."""
    return f"{field}_length"


#: The columns of numbers, and those of few values.
NUMBERS = (DAY, *(length_column(field.name) for field in FIELDS))
VALUES = (LANGUAGE, FOLDER)
COLUMNS: dict[str, columns.Column] = {
    **{name: NumberColumn() for name in NUMBERS},
    **{name: columns.RefBytesColumn() for name in VALUES},
}

#: The fields of an index, and whether the positions of their terms are kept.
POSITIONS = {field.name: field.tier in POSITIONED for field in FIELDS} | dict.fromkeys(
    (ID, SOURCE, TAG), False
)

#: Documents as they are stored: a column in Whoosh's own form.
STORED_NAME = "_stored"
STORED = columns.PickleColumn(columns.CompressedBytesColumn())
#: The same column as bytes that nobody opens: what is kept is copied as it is.
KEPT = columns.VarBytesColumn()


class TermsField(fields.FieldType):
    """A field whose terms come ready made; Whoosh analyzes nothing."""

    analyzer = None

    def __init__(self, *, positions: bool) -> None:
        self.format = formats.Positions() if positions else formats.Frequency()
        self.scorable = True
        self.stored = False
        self.unique = False

    def index(self, value: object, **kwargs: object) -> Generator[tuple[bytes, Any, float | int, bytes]]:
        """Refuse: terms are written by columns, never a value at a time."""
        raise TypeError("terms are written by columns, never a value at a time")


def schema() -> fields.Schema:
    """A new schema; indexes are opened with it, so the pickled one is never read."""
    layout = fields.Schema()
    for name, positions in POSITIONS.items():
        layout.add(name, TermsField(positions=positions))
    return layout

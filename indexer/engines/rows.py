"""What the memory engine keeps: every document with its terms, in one JSON file."""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, NamedTuple

from indexer.document import Document
from indexer.entries import Entries

#: Field name -> term -> its positions, of one document.
Terms = dict[str, dict[str, list[int]]]


class Row(NamedTuple):
    """A document with its terms."""

    document: Document
    terms: Terms


def rows_of(entries: Entries) -> list[Row]:
    """The documents of a batch, in order."""
    terms: list[Terms] = [defaultdict(dict) for _ in entries.documents]
    for field, columns in entries.fields.items():
        rows = zip(columns.ids.tolist(), columns.documents.tolist(), columns.positions.tolist(), strict=True)
        for number, owner, position in rows:
            terms[owner][field.name].setdefault(columns.terms[number], []).append(position)
    return [Row(document, found) for document, found in zip(entries.documents, terms, strict=True)]


def write(rows: Sequence[Row], directory: Path) -> int:
    """Write an index; how many documents it holds."""
    directory.mkdir(parents=True, exist_ok=True)
    stored = [{"document": asdict(row.document), "terms": row.terms} for row in rows]
    (directory / "index.json").write_text(json.dumps(stored), encoding="utf-8")
    return len(rows)


def read(directory: Path) -> list[Row]:
    """Read what was written.

    Raises:
        OSError, ValueError, LookupError, TypeError, AttributeError: it is missing or damaged.
    """
    rows = json.loads((directory / "index.json").read_text(encoding="utf-8"))
    return [Row(_document(row["document"]), row["terms"]) for row in rows]


def _document(stored: Mapping[str, Any]) -> Document:
    return Document(**{**stored, "tags": tuple(stored["tags"])})

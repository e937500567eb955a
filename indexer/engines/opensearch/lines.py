"""Documents as lines for the cluster: what is stored, what filters, and their terms joined by spaces."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.document import Document
from indexer.engines.opensearch import mapping
from indexer.entries import Entries, FieldTerms
from indexer.schema import FIELDS, Field

Numbers = NDArray[np.int64]


class Line(NamedTuple):
    """A document as it is sent; its place in the order of the index goes with it as ``order``."""

    id: str
    body: str

    def sent(self, order: int) -> bytes:
        """The two lines of a bulk request: a document that was sent before is sent over itself."""
        return f'{{"index":{{"_id":"{self.id}"}}}}\n{{"order":{order},{self.body[1:]}\n'.encode()


def lines_of(entries: Entries) -> Iterator[Line]:
    """The documents of a batch, in order."""
    joined = {name: _joined(entries, fields) for name, fields in mapping.HELD.items()}
    lengths = {field: entries.fields[field].lengths.tolist() for field in FIELDS if field in entries.fields}
    for number, document in enumerate(entries.documents):
        row: dict[str, Any] = {
            "language": document.language,
            "source": mapping.keyword(document.source),
            "folder": mapping.keyword(document.source.split("/")[0]),
            "document": _stored(document),
        }
        if document.tags:
            row["tag"] = [mapping.keyword(tag) for tag in document.tags]
        if document.date:
            row |= {"date": document.date, "year": document.date[:4]}
        held = {field.name: each[number] for field, each in lengths.items() if each[number]}
        if held:
            row["length"] = held
        row |= {name: text for name, each in joined.items() if (text := each(number))}
        yield Line(mapping.identity(document.id), json.dumps(row, ensure_ascii=False, separators=(",", ":")))


def _stored(document: Document) -> Mapping[str, Any]:
    """A document as it is kept; what UTF-8 cannot hold (a file's name can be anything) is written out."""
    values = asdict(document)
    if _is_sound(document):
        return values
    return {"written": json.dumps(values)}


def _is_sound(document: Document) -> bool:
    try:
        for value in (document.id, document.title, document.text, document.source, *document.tags):
            value.encode()
        (document.url or "").encode()
    except UnicodeEncodeError:
        return False
    return True


def restored(stored: Mapping[str, Any]) -> Document:
    """The document that was stored."""
    values = json.loads(stored["written"]) if "written" in stored else dict(stored)
    return Document.restored({**values, "tags": tuple(values["tags"])})


def _joined(entries: Entries, fields: Sequence[Field]) -> Callable[[int], str | list[str]]:
    """The terms of a document, by its number in the batch, as the value of a field of the cluster."""
    columns = [(field, entries.fields[field]) for field in fields if field in entries.fields]
    tokens = [mapping.token(field, term) for field, column in columns for term in column.terms]
    ids, documents, places = _together(columns)
    bounds = np.searchsorted(documents, np.arange(len(entries.documents) + 1))
    placed = mapping.is_placed(mapping.name_of(fields[0]))

    def joined(number: int) -> str | list[str]:
        part = slice(bounds[number], bounds[number + 1])
        if placed:
            return _at_places(ids[part], places[part], tokens)
        return " ".join(map(tokens.__getitem__, ids[part].tolist()))

    return joined


def _together(columns: Sequence[tuple[Field, FieldTerms]]) -> tuple[Numbers, Numbers, Numbers]:
    """The occurrences of some fields of ours as those of one, by document and place; each of shape (n,)."""
    none = np.zeros(0, np.int64)
    ids, documents, places, before = [none], [none], [none], 0
    for field, column in columns:
        ids.append(column.ids.astype(np.int64) + before)
        documents.append(column.documents.astype(np.int64))
        step = mapping.place(field, 1) - mapping.place(field, 0)
        places.append(column.positions.astype(np.int64) * step + mapping.place(field, 0))
        before += len(column.terms)
    together = np.concatenate(ids), np.concatenate(documents), np.concatenate(places)
    if len(columns) < 2:
        return together
    order = np.lexsort((together[2], together[1]))
    return together[0][order], together[1][order], together[2][order]


def _at_places(ids: Numbers, places: Numbers, tokens: Sequence[str]) -> str | list[str]:
    """Tokens each at its place, counted from the first; of several values each begins `GAP` further on."""
    if not len(ids):
        return ""
    if int(places[-1] - places[0]) + 1 == len(ids):
        return " ".join(map(tokens.__getitem__, ids.tolist()))
    values: list[str] = []
    value: list[str] = []
    last = int(places[0]) - 1
    for one, where in zip(ids.tolist(), places.tolist(), strict=True):
        if where <= last:
            raise ValueError("two terms stand at one place of a field that keeps places")
        far, holes = divmod(where - last - 1, mapping.GAP)
        if far:
            values += [" ".join(value), *[""] * (far - 1)]
            value = []
        value += [mapping.HOLE] * holes
        value.append(tokens[one])
        last = where
    values.append(" ".join(value))
    return values if len(values) > 1 else values[0]


def averages(batches: Iterable[Entries]) -> dict[Field, float]:
    """How long each field of the documents that have it is on average."""
    totals = dict.fromkeys(FIELDS, 0.0)
    counts = dict.fromkeys(FIELDS, 0)
    for entries in batches:
        for field, column in entries.fields.items():
            totals[field] += float(column.lengths.sum())
            counts[field] += int(np.count_nonzero(column.lengths))
    return {field: totals[field] / counts[field] for field in FIELDS if counts[field]}

"""The dictionary of a segment says of each term what was written, and of no other."""

import io
import random

import numpy as np
import pytest

from indexer.engines.whoosh.dictionary import Entry, FieldPart, FieldWriter, dictionaries, write_directory
from indexer.engines.whoosh.storage import ReadFile

ALPHABET = ("a", "ab", "é", "ก", "马", "\U0010ffff", "\ud800")


def written(tmp_path, fields, *, at_once=100, documents=None):
    """A dictionary file of fields, each a list of (term, documents, occurrences, length).

    It is of a segment of so many documents, or of as many as it takes.
    """
    path = tmp_path / "terms"
    parts = {}
    with path.open("wb") as file:
        for name, rows in fields.items():
            start = file.tell()
            writer = FieldWriter(file)
            for first in range(0, len(rows), at_once):
                terms, *numbers = zip(*rows[first : first + at_once], strict=True)
                writer.add(terms, *(np.array(column, np.int64) for column in numbers))
            parts[name] = FieldPart(start, writer.finish(), 1_000)
        write_directory(file, file.tell(), parts)
    most = max((row[1] for rows in fields.values() for row in rows), default=0)
    return dictionaries(ReadFile(path), path.stat().st_size, most if documents is None else documents)


def rows_of(rng, count, largest):
    words = {"".join(rng.choices(ALPHABET, k=rng.randint(0, 6))) for _ in range(count)}
    for word in sorted(word.encode("utf-8", "surrogatepass") for word in words):
        documents = rng.randint(1, largest)
        yield (
            word,
            documents,
            documents + rng.choice([0, 0, rng.randint(0, largest)]),
            rng.randint(1, largest),
        )


def entries(rows):
    offset = 1_000
    for term, documents, occurrences, length in rows:
        yield term, Entry(documents, occurrences, offset, length)
        offset += length


@pytest.mark.parametrize("largest", [1, 200, 60_000, 4_000_000_000])
def test_every_term_is_found_and_no_other(tmp_path, largest):
    rng = random.Random(largest)
    rows = list(rows_of(rng, 900, largest))
    held, absent = [row for row in rows if rng.random() < 0.7], {row[0] for row in rows}
    terms = written(tmp_path, {"a": held, "b": []})
    for term, entry in entries(held):
        assert terms["a"].entry(term) == entry
        absent.discard(term)
    assert absent
    assert [terms[name].entry(term) for name in terms for term in absent if terms[name].entry(term)] == []
    assert terms["b"].entry(b"") is None


def test_terms_come_in_order_from_any_on(tmp_path):
    rng = random.Random(3)
    rows = list(rows_of(rng, 700, 300))
    found = written(tmp_path, {"a": rows})["a"]
    every = list(entries(rows))
    assert list(found.entries_from(b"")) == every
    for start in (b"a", b"ab", "ก".encode(), b"zzz", b"\xff", every[70][0], every[-1][0]):
        assert list(found.entries_from(start)) == [row for row in every if row[0] >= start]


def test_blocks_are_read_together(tmp_path):
    rows = list(rows_of(random.Random(4), 700, 70_000))
    fields = written(tmp_path, {"a": rows, "b": [], "c": rows[:1]}, at_once=150)
    every = list(entries(rows))
    frequencies, sizes = fields["a"].frequencies()
    assert frequencies.tolist() == [entry.documents for _, entry in every]
    assert len(sizes) > 5
    for first, last in ((0, len(sizes)), (2, 3), (1, len(sizes) - 1)):
        some = every[sum(sizes[:first]) : sum(sizes[:last])]
        found = fields["a"].listing(first, last)
        offsets = found.offset + np.cumsum(found.lengths) - found.lengths
        columns = zip(found.documents, found.occurrences, offsets, found.lengths, strict=True)
        assert list(zip(found.terms, (Entry(*row) for row in columns), strict=True)) == some
    assert [fields[name].volume for name in "abc"] == [sum(row[3] for row in rows), 0, rows[0][3]]
    assert [column.tolist() for column in fields["b"].frequencies()] == [[], []]


def test_common_and_rare_terms_of_a_block_keep_their_numbers(tmp_path):
    rows = [(f"{number:04}".encode(), 1, 1, 3) for number in range(64)]
    rows[10] = (rows[10][0], 1 << 20, 1 << 31, 1 << 31)
    found = written(tmp_path, {"a": rows})["a"]
    assert [found.entry(term) for term, *_ in rows] == [entry for _, entry in entries(rows)]


def test_no_term_stands_in_more_documents_than_there_are(tmp_path):
    rows = [(b"a", 1, 1, 3), (b"b", 500, 500, 3)]
    harmed = written(tmp_path, {"a": rows}, documents=499)["a"]
    assert harmed.entry(b"a") == Entry(1, 1, 1_000, 3)
    for read in (
        lambda: harmed.entry(b"b"),
        lambda: list(harmed.entries_from(b"")),
        harmed.frequencies,
        lambda: harmed.listing(0, 1),
    ):
        with pytest.raises(ValueError, match="more documents than there are"):
            read()


def test_terms_must_ascend():
    one = np.ones(1, np.int64)
    writer = FieldWriter(io.BytesIO())
    writer.add([b"b"], one, one, one)
    for term in (b"a", b"b"):
        with pytest.raises(ValueError, match="ascend"):
            writer.add([term], one, one, one)

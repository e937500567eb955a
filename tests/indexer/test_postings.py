"""A posting list comes back from its bytes as it was."""

import random
import struct
import tracemalloc

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.engines.whoosh import postings
from indexer.engines.whoosh.postings import decode, decode_lists, decode_within

#: Document numbers and positions fit in this.
LARGEST = 2**31 - 1

#: Gaps as they are: most of them small, some beyond a byte, beyond two.
gaps = st.one_of(
    st.just(1),
    st.integers(1, 300),
    st.integers(250, 260),
    st.integers(65_530, 65_540),
    st.integers(1, 5_000_000),
)
#: The positions of a term in one document, as gaps.
places = st.lists(gaps, min_size=1, max_size=6)
#: A posting list: for each document its gap to the one before, and its positions.
posting_lists = st.lists(st.tuples(gaps, places), min_size=1, max_size=80)


def columns(rows):
    """Documents, counts and positions of (gap, gaps between positions) rows; both begin from 0."""
    documents = np.cumsum([gap for gap, _ in rows]) - rows[0][0]
    counts = np.array([len(steps) for _, steps in rows], np.int64)
    positions = np.concatenate([np.cumsum(steps) - steps[0] % 2 for _, steps in rows])
    return documents.astype(np.int64), counts, positions.astype(np.int64)


def encoded(lists, *, positions=True):
    """The blocks of the terms of a field."""
    documents, counts, places = (np.concatenate(column) for column in zip(*lists, strict=True))
    bounds = np.concatenate([[0], np.cumsum([len(documents) for documents, _, _ in lists])])
    blocks, sizes = postings.encoded(documents, counts, places if positions else None, bounds)
    return [block.tobytes() for block in np.split(blocks, np.cumsum(sizes)[:-1])]


def check_round_trip(lists):
    for block, bare, (documents, counts, positions) in zip(
        encoded(lists), encoded(lists, positions=False), lists, strict=True
    ):
        known = (block, len(documents), int(counts.sum()))
        found = decode(*known, positions=True)
        assert found.documents.tolist() == documents.tolist()
        assert found.counts.tolist() == counts.tolist()
        assert found.positions.tolist() == positions.tolist()
        for data in (block, bare):
            unplaced = decode(data, *known[1:], positions=False)
            assert unplaced.documents.tolist() == documents.tolist()
            assert unplaced.counts.tolist() == counts.tolist()
    for positions in (True, False):
        check_read_together(lists, positions=positions)


def check_read_together(lists, *, positions):
    """All lists at once, as a merge reads them."""
    blocks = encoded(lists, positions=positions)
    frequencies = np.array([len(documents) for documents, _, _ in lists])
    totals = np.array([int(counts.sum()) for _, counts, _ in lists])
    offsets = np.cumsum([0, *map(len, blocks[:-1])])
    together = decode_lists(b"".join(blocks), offsets, frequencies, totals, positions=positions)
    documents, counts, places = (np.concatenate(column).tolist() for column in zip(*lists, strict=True))
    assert together.documents.tolist() == documents
    assert together.counts.tolist() == counts
    assert (together.positions.tolist() if positions else None) == (places if positions else None)


@settings(max_examples=150, deadline=None, derandomize=True, database=None)
@given(st.lists(posting_lists, min_size=1, max_size=5))
def test_what_is_written_is_read(lists):
    check_round_trip([columns(rows) for rows in lists])


@settings(max_examples=100, deadline=None, derandomize=True, database=None)
@given(st.lists(posting_lists, min_size=1, max_size=3), st.randoms(use_true_random=False))
def test_positions_of_some_documents_are_those_of_all(lists, rng):
    lists = [columns(rows) for rows in lists]
    for block, (documents, counts, positions) in zip(encoded(lists), lists, strict=True):
        # A mask is as long as the index is large: leave out lists that reach too far.
        if documents[-1] > 1_000_000:
            continue
        wanted = np.zeros(documents[-1] + 1, np.bool_)
        wanted[[number for number in documents.tolist() if rng.random() < 0.5]] = True
        found = decode_within(block, len(documents), int(counts.sum()), wanted)
        kept = wanted[documents]
        assert found.documents.tolist() == documents[kept].tolist()
        assert found.counts.tolist() == counts[kept].tolist()
        assert found.positions.tolist() == positions[np.repeat(kept, counts)].tolist()


@pytest.mark.parametrize("size", [1, 2, 31, 32, 33, 1_000, 100_000])
@pytest.mark.parametrize(
    ("usual", "seldom"),
    [
        pytest.param(1, 1, id="every document"),
        pytest.param(1, 300, id="a few gaps beyond a byte"),
        pytest.param(200, 70_000, id="a few gaps beyond two bytes"),
        pytest.param(1, 20_000, id="a few gaps in a list without any"),
    ],
)
def test_long_lists(size, usual, seldom):
    rng = random.Random(size)
    steps = [seldom if rng.random() < 0.01 else usual for _ in range(size)]
    documents = np.cumsum(steps) - steps[0]
    counts = np.array([500 if rng.random() < 0.001 else 1 + (rng.random() < 0.1) for _ in range(size)])
    starts = np.concatenate(
        [np.cumsum(np.ones(count, np.int64) * rng.choice([1, 2, 90_000])) for count in counts.tolist()]
    )
    short = (np.array([3]), np.array([2]), np.array([0, 4]))
    check_round_trip([short, (documents, counts, starts), short])


def test_the_largest_numbers():
    documents = np.array([0, 1, LARGEST], np.int64)
    counts = np.array([1, 2, 3], np.int64)
    positions = np.array([LARGEST, 0, LARGEST, 0, 1, LARGEST], np.int64)
    check_round_trip([(documents, counts, positions)])
    many = np.append(np.arange(40), LARGEST)
    check_round_trip([(many, np.ones(41, np.int64), np.append(np.zeros(40, np.int64), LARGEST))])


def test_common_lists_are_small():
    """One byte a document is what is paid, not four, and a few large gaps do not change that."""
    documents = np.cumsum(np.where(np.arange(10_000) % 500 == 0, 60_000, 3))
    block = encoded([(documents, np.ones(10_000, np.int64), np.zeros(10_000, np.int64))], positions=False)[0]
    assert len(block) < 10_000 + 20 * 8 + 10
    every = encoded(
        [(np.arange(10_000), np.ones(10_000, np.int64), np.zeros(10_000, np.int64))], positions=False
    )[0]
    assert len(every) < 8


#: What reading bytes that are not as they were may end in.
HARM = (ValueError, IndexError, struct.error)


def test_no_memory_is_taken_for_what_a_harmed_file_says():
    """Wrong bits in lists, wrong numbers in the dictionary: gigabytes of nothing, if they were believed."""
    rng = random.Random(20261126)
    lists = [
        columns([(rng.choice([1, 1, 3, 70_000]), [1] * rng.randrange(1, 9)) for _ in range(40)])
        for _ in range(30)
    ]
    blocks = encoded(lists)
    offsets = np.cumsum([0, *map(len, blocks[:-1])])
    frequencies = np.full(len(lists), 40)
    totals = np.array([int(counts.sum()) for _, counts, _ in lists])
    refused = 0
    tracemalloc.start()
    for _ in range(120):
        harmed = bytearray(b"".join(blocks))
        wrong = totals.copy()
        if rng.random() < 0.5:
            wrong[rng.randrange(len(lists))] ^= 1 << rng.randrange(4, 33)
        else:
            harmed[rng.randrange(len(harmed))] ^= 1 << rng.randrange(8)
        number = rng.randrange(len(lists))
        data = bytes(harmed)
        one = data[offsets[number] : offsets[number] + len(blocks[number])]
        for read in (
            lambda: decode_lists(data, offsets, frequencies, wrong, positions=True),  # noqa: B023
            lambda: decode(one, 40, int(wrong[number]), positions=True),  # noqa: B023
            lambda: decode_within(one, 40, int(wrong[number]), np.ones(3_000_000, np.bool_)),  # noqa: B023
        ):
            try:
                read()
            except HARM:
                refused += 1
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert refused > 60
    assert peak < 64 << 20

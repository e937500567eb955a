"""What an update merges: few segments stay, few deletions, and little is written again."""

from math import log2

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.engines.whoosh.policy import Group, MergePolicy, Weight

KEPT, WRITTEN = False, True
SMALL = MergePolicy(most=8, floor=10, deleted=0.2)


def whole(*sizes):
    return [Weight(size, 100, 100) for size in sizes]


@pytest.mark.parametrize(
    ("segments", "groups"),
    [
        pytest.param([], [], id="nothing"),
        pytest.param(whole(5), [(0, 1, KEPT)], id="one, however small"),
        pytest.param(whole(100, 50), [(0, 1, KEPT), (1, 2, KEPT)], id="half as large"),
        pytest.param(whole(100, 100), [(0, 1, KEPT), (1, 2, KEPT)], id="as large"),
        pytest.param(whole(100, 101), [(0, 2, WRITTEN)], id="larger"),
        pytest.param(whole(100, 60, 50), [(0, 3, WRITTEN)], id="larger together"),
        pytest.param(
            whole(200, 60, 61), [(0, 1, KEPT), (1, 3, WRITTEN)], id="the first is larger than all behind it"
        ),
        pytest.param(whole(100, 9, 1), [(0, 1, KEPT), (1, 3, WRITTEN)], id="tiny ones"),
        pytest.param(whole(9, 1), [(0, 2, WRITTEN)], id="nothing but tiny ones"),
        pytest.param([Weight(100, 100, 80)], [(0, 1, KEPT)], id="a fifth deleted"),
        pytest.param([Weight(100, 100, 79)], [(0, 1, WRITTEN)], id="more than a fifth deleted"),
        pytest.param(
            [Weight(1_000, 100, 50), *whole(100)], [(0, 1, WRITTEN), (1, 2, KEPT)], id="rewritten alone"
        ),
        pytest.param(
            [Weight(150, 100, 50), *whole(76)], [(0, 2, WRITTEN)], id="what is deleted has no weight"
        ),
        pytest.param(
            whole(*(2**n for n in range(14, 4, -1))),
            [*((n, n + 1, KEPT) for n in range(7)), (7, 10, WRITTEN)],
            id="more than eight",
        ),
    ],
)
def test_groups(segments, groups):
    assert SMALL.groups(segments) == [Group(*group) for group in groups]


weights = st.builds(
    lambda size, documents, deleted: Weight(size, documents, documents - deleted % documents),
    st.integers(1, 10_000),
    st.integers(1, 100),
    st.integers(0, 99),
)


@settings(max_examples=300, deadline=None, derandomize=True, database=None)
@given(st.lists(weights, max_size=30), st.integers(1, 8), st.sampled_from([0, 10, 1_000]))
def test_whatever_there_is_becomes_few_segments(segments, most, floor):
    groups = MergePolicy(most, floor, 0.2).groups(segments)
    assert len(groups) <= most
    assert [n for group in groups for n in range(group.start, group.stop)] == list(range(len(segments)))
    for start, stop, written in groups:
        some = segments[start:stop]
        assert written or (len(some) == 1 and some[0].documents - some[0].living <= 0.2 * some[0].documents)


def test_what_is_added_a_little_at_a_time_is_written_again_seldom():
    """As the method promises: about once each time that the index doubles, not once an update."""
    policy, updates = MergePolicy(most=30, floor=0), 2_000
    sizes, written, largest = [], 0, 0
    for _ in range(updates):
        sizes.append(1)
        groups = policy.groups([Weight(size, size, size) for size in sizes])
        sizes = [sum(sizes[group.start : group.stop]) for group in groups]
        written += sum(size for size, group in zip(sizes, groups, strict=True) if group.written)
        largest = max(largest, len(sizes))
    assert sum(sizes) == updates
    assert written <= updates * log2(updates)
    assert largest <= 2 + log2(updates)

"""Where a chain stands, by arrays and by trying every place."""

import random

import numpy as np
import pytest

from analyzers.analysis import Tier
from indexer.chains import beginnings, offsets_of, progressions
from indexer.schema import Field, Zone
from indexer.termquery import Chain, Term

FIELD = Field(Zone.TEXT, Tier.WORD)


@pytest.mark.parametrize(
    ("offsets", "expected"),
    [
        pytest.param([0], [(0, 0, 1)], id="once"),
        pytest.param([3, 4, 5, 6], [(3, 1, 4)], id="again and again"),
        pytest.param([0, 5, 10, 15], [(0, 5, 4)], id="every fifth"),
        pytest.param([0, 1, 2, 7, 9, 11], [(0, 1, 3), (7, 2, 3)], id="in two ways"),
        pytest.param([1, 2, 4, 8], [(1, 1, 2), (4, 4, 2)], id="in no way"),
    ],
)
def test_offsets_at_one_distance_are_one_step(offsets, expected):
    assert list(progressions(offsets)) == expected


@pytest.mark.parametrize("seed", range(200))
def test_a_chain_begins_where_every_term_stands(seed):
    rng = random.Random(seed)
    letters = "ab"[: rng.choice((1, 2))] + "c"
    text = "".join(rng.choices(letters, weights=[9] * (len(letters) - 1) + [1], k=rng.randrange(1, 120)))
    sought = "".join(rng.choices(letters, k=rng.randrange(1, 4))) * rng.randrange(1, 9)
    chain = Chain(tuple(Term(FIELD, letter) for letter in sought), tuple(range(len(sought))))

    def places_of(term):
        return np.array([at for at, letter in enumerate(text) if letter == term.text], np.int64)

    found = beginnings(list(offsets_of(chain).items()), places_of)
    assert found.tolist() == [at for at in range(len(text)) if text.startswith(sought, at)]

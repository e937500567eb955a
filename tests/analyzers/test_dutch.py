"""Dutch: inflections that share a stem, words that do not, and how letters fold."""

import pytest

from tests.analyzers.views import stems, terms

TAG = "nl"


@pytest.mark.parametrize(
    ("stem", "words"),
    [
        pytest.param("nl:huis", ["huis", "huizen"], id="a house"),
        pytest.param("nl:boek", ["boek", "boeken", "boekje"], id="a book"),
        pytest.param("nl:loop", ["lopen", "loopt"], id="to walk"),
        pytest.param("nl:stad", ["stad", "stads"], id="a city"),
        pytest.param("nl:boom", ["boom", "bomen", "boompje"], id="a tree"),
    ],
)
def test_inflections_share_a_stem(stem, words):
    assert stems(TAG, *words) == {stem}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("huis", "boom", id="house, tree"),
    ],
)
def test_other_words_do_not(one, other):
    assert stems(TAG, one) != stems(TAG, other)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("IJsselmeer Ĳsselmeer", ["ijsselmeer", "ijsselmeer"], id="ij is two letters"),
        pytest.param("coördinatie", ["coordinatie"], id="a diaeresis"),
    ],
)
def test_one_form(text, expected):
    assert terms(TAG, text) == expected

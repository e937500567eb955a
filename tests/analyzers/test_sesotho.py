"""Sesotho: inflections that share a stem, words that do not, and how letters fold."""

import pytest

from tests.analyzers.views import stems, terms

TAG = "st"


@pytest.mark.parametrize(
    ("stem", "words"),
    [
        pytest.param("st:thus", ["thusa", "thusang"], id="to help"),
        pytest.param("st:bal", ["bala", "balang"], id="to read"),
        pytest.param("st:rat", ["rata", "ratang"], id="to love"),
        pytest.param("st:bu", ["bua", "buang"], id="to speak"),
        pytest.param("st:tsamay", ["tsamaya", "tsamayang"], id="to walk"),
    ],
)
def test_inflections_share_a_stem(stem, words):
    assert stems(TAG, *words) == {stem}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("bala", "thusa", id="to read, to help"),
    ],
)
def test_other_words_do_not(one, other):
    assert stems(TAG, one) != stems(TAG, other)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("'me", ["me"], id="an apostrophe parts"),
    ],
)
def test_one_form(text, expected):
    assert terms(TAG, text) == expected

"""Yiddish: inflections that share a stem, words that do not, and how letters fold."""

import pytest

from tests.analyzers.views import stems, terms

TAG = "yi"


@pytest.mark.parametrize(
    ("stem", "words"),
    [
        pytest.param("yi:מענטש", ["מענטש", "מענטשן"], id="a man"),
        pytest.param("yi:גאס", ["גאַס", "גאַסן"], id="a street"),
        pytest.param("yi:טיש", ["טיש", "טישן"], id="a table"),
        pytest.param("yi:שול", ["שול", "שולן"], id="a school"),
    ],
)
def test_inflections_share_a_stem(stem, words):
    assert stems(TAG, *words) == {stem}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("מענטש", "גאַס", id="man, street"),
    ],
)
def test_other_words_do_not(one, other):
    assert stems(TAG, one) != stems(TAG, other)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("ייִדיש יידיש", ["יידיש", "יידיש"], id="points are optional"),
        pytest.param("װאָרט ווארט", ["װארט", "ווארט"], id="ligatures of Yiddish"),
    ],
)
def test_one_form(text, expected):
    assert terms(TAG, text) == expected

"""Irish: inflections that share a stem, words that do not, and how letters fold."""

import pytest

from tests.analyzers.views import stems, terms

TAG = "ga"


@pytest.mark.parametrize(
    ("stem", "words"),
    [
        pytest.param("ga:fear", ["fear", "bhfear", "fhear"], id="a man"),
        pytest.param("ga:teach", ["teach", "dteach", "theach"], id="a house"),
        pytest.param("ga:bad", ["bád", "mbád"], id="a boat"),
        pytest.param("ga:bean", ["bean", "bhean"], id="a woman"),
        pytest.param("ga:bothar", ["bóthar", "bhóthar", "mbóthar"], id="a road"),
    ],
)
def test_inflections_share_a_stem(stem, words):
    assert stems(TAG, *words) == {stem}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("fear", "bád", id="man, boat"),
    ],
)
def test_other_words_do_not(one, other):
    assert stems(TAG, one) != stems(TAG, other)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Éire fáilte", ["eire", "failte"], id="long accents"),
    ],
)
def test_one_form(text, expected):
    assert terms(TAG, text) == expected

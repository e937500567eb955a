"""Nepali: inflections that share a stem, words that do not, and how letters fold."""

import pytest

from tests.analyzers.views import stems, terms

TAG = "ne"


@pytest.mark.parametrize(
    ("stem", "words"),
    [
        pytest.param("ne:किताब", ["किताब", "किताबहरू", "किताबको", "किताबमा"], id="a book"),
        pytest.param("ne:विद्यालय", ["विद्यालय", "विद्यालयमा", "विद्यालयको"], id="a school"),
        pytest.param("ne:घर", ["घर", "घरमा", "घरको"], id="a house"),
        pytest.param("ne:गाउं", ["गाउँ", "गाउँमा", "गाउँको"], id="a village"),
        pytest.param("ne:पहाड", ["पहाड", "पहाडमा", "पहाडहरू"], id="a mountain"),
    ],
)
def test_inflections_share_a_stem(stem, words):
    assert stems(TAG, *words) == {stem}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("घर", "गाउँ", id="house, village"),
    ],
)
def test_other_words_do_not(one, other):
    assert stems(TAG, one) != stems(TAG, other)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("हिमाल किताब", ["हिमाल", "किताब"], id="vowel signs stay"),
        pytest.param("२०८१", ["2081"], id="digits"),
    ],
)
def test_one_form(text, expected):
    assert terms(TAG, text) == expected

"""Tamil: inflections that share a stem, words that do not, and how letters fold."""

import pytest

from tests.analyzers.views import stems, terms

TAG = "ta"


@pytest.mark.parametrize(
    ("stem", "words"),
    [
        pytest.param("ta:புத்தகம்", ["புத்தகம்", "புத்தகங்கள்"], id="a book"),
        pytest.param("ta:கடிதம்", ["கடிதம்", "கடிதங்கள்"], id="a letter"),
        pytest.param("ta:வீடு", ["வீடு", "வீடுகள்"], id="a house"),
        pytest.param("ta:பள்ளி", ["பள்ளி", "பள்ளிகள்"], id="a school"),
        pytest.param("ta:கிராமம்", ["கிராமம்", "கிராமங்கள்"], id="a village"),
    ],
)
def test_inflections_share_a_stem(stem, words):
    assert stems(TAG, *words) == {stem}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("மரம்", "கிராமம்", id="tree, village"),
    ],
)
def test_other_words_do_not(one, other):
    assert stems(TAG, one) != stems(TAG, other)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("தமிழ் மொழி", ["தமிழ்", "மொழி"], id="vowel signs stay"),
    ],
)
def test_one_form(text, expected):
    assert terms(TAG, text) == expected

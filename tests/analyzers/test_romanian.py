"""Romanian: inflections that share a stem, words that do not, and how letters fold."""

import pytest

from tests.analyzers.views import stems, terms

TAG = "ro"


@pytest.mark.parametrize(
    ("stem", "words"),
    [
        pytest.param("ro:cart", ["carte", "cărți", "cărţi", "cărților"], id="a book"),
        pytest.param("ro:scoal", ["școală", "şcoală"], id="a school"),
        pytest.param("ro:cop", ["copii", "copiilor"], id="a child"),
        pytest.param("ro:oras", ["oraș", "orașe", "orașul", "oraşul"], id="a city"),
        pytest.param("ro:frumoas", ["frumoasă", "frumoase"], id="beautiful"),
    ],
)
def test_inflections_share_a_stem(stem, words):
    assert stems(TAG, *words) == {stem}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("carte", "râu", id="book, river"),
    ],
)
def test_other_words_do_not(one, other):
    assert stems(TAG, one) != stems(TAG, other)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "Țara Ţara științe ştiinţe", ["tara", "tara", "stiinte", "stiinte"], id="comma and cedilla"
        ),
        pytest.param("pâine găină", ["paine", "gaina"], id="a breve and a hat"),
        pytest.param("sînt", ["sint"], id="the old hat"),
    ],
)
def test_one_form(text, expected):
    assert terms(TAG, text) == expected

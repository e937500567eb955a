"""Danish: inflections that share a stem, words that do not, and how letters fold."""

import pytest

from tests.analyzers.views import stems, terms

TAG = "da"


@pytest.mark.parametrize(
    ("stem", "words"),
    [
        pytest.param("da:hus", ["hus", "huset", "husene"], id="a house"),
        pytest.param("da:bog", ["bog", "bogen"], id="a book"),
        pytest.param("da:skib", ["skib", "skibet", "skibene"], id="a ship"),
        pytest.param("da:fisk", ["fiske", "fisker"], id="to fish"),
    ],
)
def test_inflections_share_a_stem(stem, words):
    assert stems(TAG, *words) == {stem}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("skib", "bog", id="ship, book"),
    ],
)
def test_other_words_do_not(one, other):
    assert stems(TAG, one) != stems(TAG, other)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Ærø Blåvand", ["aero", "blavand"], id="ø, æ and å"),
        pytest.param("Oe", ["oe"], id="ø of two letters"),
    ],
)
def test_one_form(text, expected):
    assert terms(TAG, text) == expected

"""Norwegian: inflections that share a stem, words that do not, and how letters fold."""

import pytest

from tests.analyzers.views import stems, terms

TAG = "no"


@pytest.mark.parametrize(
    ("stem", "words"),
    [
        pytest.param("no:hus", ["hus", "huset", "husene"], id="a house"),
        pytest.param("no:bok", ["bok", "boka", "boken"], id="a book"),
        pytest.param("no:bat", ["båt", "båten", "båtene", "båter"], id="a boat"),
        pytest.param("no:byen", ["byen", "byene"], id="a city"),
        pytest.param("no:fisk", ["fiske", "fisker", "fisket"], id="to fish"),
    ],
)
def test_inflections_share_a_stem(stem, words):
    assert stems(TAG, *words) == {stem}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("båt", "bok", id="boat, book"),
    ],
)
def test_other_words_do_not(one, other):
    assert stems(TAG, one) != stems(TAG, other)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Tromsø Ålesund Æ", ["tromso", "alesund", "ae"], id="ø, æ and å"),
    ],
)
def test_one_form(text, expected):
    assert terms(TAG, text) == expected

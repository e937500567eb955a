"""Swedish: inflections that share a stem, words that do not, and how letters fold."""

import pytest

from tests.analyzers.views import stems, terms

TAG = "sv"


@pytest.mark.parametrize(
    ("stem", "words"),
    [
        pytest.param("sv:hus", ["hus", "huset", "husen"], id="a house"),
        pytest.param("sv:bok", ["bok", "boken"], id="a book"),
        pytest.param("sv:bat", ["båt", "båten", "båtar", "båtarna"], id="a boat"),
        pytest.param("sv:stad", ["stad", "staden"], id="a city"),
        pytest.param("sv:fisk", ["fiska", "fiskade", "fiskar"], id="to fish"),
    ],
)
def test_inflections_share_a_stem(stem, words):
    assert stems(TAG, *words) == {stem}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("båt", "hus", id="boat, house"),
    ],
)
def test_other_words_do_not(one, other):
    assert stems(TAG, one) != stems(TAG, other)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Malmö Ängelholm Åre", ["malmo", "angelholm", "are"], id="å, ä and ö"),
    ],
)
def test_one_form(text, expected):
    assert terms(TAG, text) == expected

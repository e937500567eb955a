"""Hungarian: inflections that share a stem, words that do not, and how letters fold."""

import pytest

from tests.analyzers.views import stems, terms

TAG = "hu"


@pytest.mark.parametrize(
    ("stem", "words"),
    [
        pytest.param("hu:haz", ["ház", "házak", "házban", "házból"], id="a house"),
        pytest.param("hu:konyv", ["könyv", "könyvek", "könyvet", "könyvben"], id="a book"),
        pytest.param("hu:varos", ["város", "városban", "városok"], id="a city"),
        pytest.param("hu:fak", ["fák", "fákat"], id="a tree"),
        pytest.param("hu:bar", ["barát", "baráttal"], id="a friend"),
    ],
)
def test_inflections_share_a_stem(stem, words):
    assert stems(TAG, *words) == {stem}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("ház", "könyv", id="house, book"),
    ],
)
def test_other_words_do_not(one, other):
    assert stems(TAG, one) != stems(TAG, other)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Győr hűvös", ["gyor", "huvos"], id="long accents"),
    ],
)
def test_one_form(text, expected):
    assert terms(TAG, text) == expected

"""Polish: inflections that share a stem, words that do not, and how letters fold."""

import pytest

from tests.analyzers.views import stems, terms

TAG = "pl"


@pytest.mark.parametrize(
    ("stem", "words"),
    [
        pytest.param("pl:ksiazk", ["książka", "książki", "książką", "książkami"], id="a book"),
        pytest.param("pl:miast", ["miasto", "miasta", "miastem"], id="a city"),
        pytest.param("pl:dom", ["domu", "domy", "domem"], id="a house"),
        pytest.param("pl:las", ["las", "lasy", "lasem"], id="a forest"),
        pytest.param("pl:mlod", ["młody", "młodego", "młodym"], id="young"),
    ],
)
def test_inflections_share_a_stem(stem, words):
    assert stems(TAG, *words) == {stem}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("miasto", "las", id="city, forest"),
    ],
)
def test_other_words_do_not(one, other):
    assert stems(TAG, one) != stems(TAG, other)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Łódź żółw", ["lodz", "zolw"], id="ł and ogonek"),
        pytest.param("Kraków KRAKÓW", ["krakow", "krakow"], id="accents"),
    ],
)
def test_one_form(text, expected):
    assert terms(TAG, text) == expected

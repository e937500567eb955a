"""Finnish: inflections that share a stem, words that do not, and how letters fold."""

import pytest

from tests.analyzers.views import stems, terms

TAG = "fi"


@pytest.mark.parametrize(
    ("stem", "words"),
    [
        pytest.param("fi:talo", ["talo", "talossa", "talosta", "taloon", "talot"], id="a house"),
        pytest.param("fi:kirj", ["kirja", "kirjassa", "kirjat", "kirjani"], id="a book"),
        pytest.param("fi:kaupung", ["kaupungissa", "kaupungin"], id="a city"),
        pytest.param("fi:mets", ["metsä", "metsässä", "metsät"], id="a forest"),
    ],
)
def test_inflections_share_a_stem(stem, words):
    assert stems(TAG, *words) == {stem}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("talo", "metsä", id="house, forest"),
    ],
)
def test_other_words_do_not(one, other):
    assert stems(TAG, one) != stems(TAG, other)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Jyväskylä", ["jyvaskyla"], id="ä and ö"),
        pytest.param("Åbo", ["abo"], id="å"),
    ],
)
def test_one_form(text, expected):
    assert terms(TAG, text) == expected

"""Lithuanian: inflections that share a stem, words that do not, and how letters fold."""

import pytest

from tests.analyzers.views import stems, terms

TAG = "lt"


@pytest.mark.parametrize(
    ("stem", "words"),
    [
        pytest.param("lt:nam", ["namas", "namai", "namo", "namuose"], id="a house"),
        pytest.param("lt:knyg", ["knyga", "knygos", "knygų", "knygoje"], id="a book"),
        pytest.param("lt:miest", ["miestas", "miesto", "mieste"], id="a city"),
        pytest.param("lt:misk", ["miškas", "miške", "miško"], id="a forest"),
        pytest.param("lt:draug", ["draugas", "draugai"], id="a friend"),
    ],
)
def test_inflections_share_a_stem(stem, words):
    assert stems(TAG, *words) == {stem}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("miestas", "miškas", id="city, forest"),
    ],
)
def test_other_words_do_not(one, other):
    assert stems(TAG, one) != stems(TAG, other)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Šiauliai ąžuolas ėjo", ["siauliai", "azuolas", "ejo"], id="ogonek and dot"),
    ],
)
def test_one_form(text, expected):
    assert terms(TAG, text) == expected

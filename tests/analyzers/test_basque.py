"""Basque: inflections that share a stem, words that do not, and how letters fold."""

import pytest

from tests.analyzers.views import stems, terms

TAG = "eu"


@pytest.mark.parametrize(
    ("stem", "words"),
    [
        pytest.param("eu:etxe", ["etxe", "etxeak"], id="a house"),
        pytest.param("eu:liburu", ["liburu", "liburuak"], id="a book"),
        pytest.param("eu:hiri", ["hiri", "hirian"], id="a city"),
        pytest.param("eu:ibai", ["ibai", "ibaiak"], id="a river"),
        pytest.param("eu:lagun", ["lagun", "lagunak"], id="a friend"),
    ],
)
def test_inflections_share_a_stem(stem, words):
    assert stems(TAG, *words) == {stem}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("liburu", "ibai", id="book, river"),
    ],
)
def test_other_words_do_not(one, other):
    assert stems(TAG, one) != stems(TAG, other)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Añorga", ["anorga"], id="ñ"),
        pytest.param("Euskal HERRIA", ["euskal", "herria"], id="capitals"),
    ],
)
def test_one_form(text, expected):
    assert terms(TAG, text) == expected

"""Esperanto: inflections that share a stem, words that do not, and how letters fold."""

import pytest

from tests.analyzers.views import stems, terms

TAG = "eo"


@pytest.mark.parametrize(
    ("stem", "words"),
    [
        pytest.param("eo:libr", ["libro", "librojn", "libroj", "libron"], id="a book"),
        pytest.param("eo:urb", ["urbo", "urbon", "urboj"], id="a city"),
        pytest.param("eo:kant", ["kanti", "kantas", "kantis", "kantos"], id="to sing"),
        pytest.param("eo:bel", ["bela", "belan", "belajn", "bele"], id="beautiful"),
        pytest.param("eo:bird", ["birdo", "birdoj"], id="a bird"),
    ],
)
def test_inflections_share_a_stem(stem, words):
    assert stems(TAG, *words) == {stem}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("libro", "birdo", id="book, bird"),
    ],
)
def test_other_words_do_not(one, other):
    assert stems(TAG, one) != stems(TAG, other)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("ŝipo ĉevalo", ["sipo", "cevalo"], id="letters with a hat"),
    ],
)
def test_one_form(text, expected):
    assert terms(TAG, text) == expected

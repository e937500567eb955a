"""Estonian: inflections that share a stem, words that do not, and how letters fold."""

import pytest

from tests.analyzers.views import stems, terms

TAG = "et"


@pytest.mark.parametrize(
    ("stem", "words"),
    [
        pytest.param("et:maja", ["maja", "majad", "majas", "majast"], id="a house"),
        pytest.param("et:raama", ["raamat", "raamatu", "raamatut"], id="a book"),
        pytest.param("et:linna", ["linna", "linnas"], id="a city"),
        pytest.param("et:metsa", ["metsa", "metsas"], id="a forest"),
    ],
)
def test_inflections_share_a_stem(stem, words):
    assert stems(TAG, *words) == {stem}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("maja", "mets", id="house, forest"),
    ],
)
def test_other_words_do_not(one, other):
    assert stems(TAG, one) != stems(TAG, other)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Võru Käsmu", ["voru", "kasmu"], id="õ, ä, ö and ü"),
    ],
)
def test_one_form(text, expected):
    assert terms(TAG, text) == expected

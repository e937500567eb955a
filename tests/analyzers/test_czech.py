"""Czech: inflections that share a stem, words that do not, and how letters fold."""

import pytest

from tests.analyzers.views import stems, terms

TAG = "cs"


@pytest.mark.parametrize(
    ("stem", "words"),
    [
        pytest.param("cs:knihovn", ["knihovna", "knihovny", "knihovně", "knihovnou"], id="a library"),
        pytest.param("cs:mest", ["město", "města", "městu", "městem"], id="a city"),
        pytest.param("cs:dit", ["dítě", "dítěte"], id="a child"),
        pytest.param("cs:most", ["most", "mostu", "mosty", "mostech"], id="a bridge"),
        pytest.param("cs:mlad", ["mladý", "mladého", "mladému"], id="young"),
    ],
)
def test_inflections_share_a_stem(stem, words):
    assert stems(TAG, *words) == {stem}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("most", "město", id="bridge, city"),
    ],
)
def test_other_words_do_not(one, other):
    assert stems(TAG, one) != stems(TAG, other)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Příliš žluťoučký kůň", ["prilis", "zlutoucky", "kun"], id="háčky and čárky"),
    ],
)
def test_one_form(text, expected):
    assert terms(TAG, text) == expected

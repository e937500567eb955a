"""Serbian: inflections that share a stem, words that do not, and how letters fold."""

import pytest

from tests.analyzers.views import stems, terms

TAG = "sr"


@pytest.mark.parametrize(
    ("stem", "words"),
    [
        pytest.param("sr:knjig", ["књига", "књиге", "књигама", "knjiga", "knjigama"], id="a book"),
        pytest.param("sr:grad", ["град", "града", "grad"], id="a city"),
        pytest.param("sr:kuc", ["кућа", "куће", "kuća", "kuće"], id="a house"),
        pytest.param("sr:rek", ["река", "реке", "reka", "reke"], id="a river"),
        pytest.param("sr:mlad", ["млади", "младог", "mladi", "mladog"], id="young"),
    ],
)
def test_inflections_share_a_stem(stem, words):
    assert stems(TAG, *words) == {stem}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("књига", "кућа", id="book, house"),
    ],
)
def test_other_words_do_not(one, other):
    assert stems(TAG, one) != stems(TAG, other)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Љубљана Њујорк", ["љубљана", "њујорк"], id="letters of two"),
        pytest.param("kuća žena", ["kuca", "zena"], id="accents of Latin"),
    ],
)
def test_one_form(text, expected):
    assert terms(TAG, text) == expected

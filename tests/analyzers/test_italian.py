"""Italian: inflections that share a stem, words that do not, and how letters fold."""

import pytest

from tests.analyzers.views import stems, terms

TAG = "it"


@pytest.mark.parametrize(
    ("stem", "words"),
    [
        pytest.param("it:libr", ["libro", "libri"], id="a book"),
        pytest.param("it:cant", ["cantare", "cantavano", "cantava"], id="to sing"),
        pytest.param("it:bambin", ["bambino", "bambini", "bambina"], id="a child"),
        pytest.param("it:citt", ["città", "citta"], id="a city"),
        pytest.param("it:bell", ["bello", "bella", "belle"], id="beautiful"),
    ],
)
def test_inflections_share_a_stem(stem, words):
    assert stems(TAG, *words) == {stem}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("libro", "libertà", id="book, freedom"),
    ],
)
def test_other_words_do_not(one, other):
    assert stems(TAG, one) != stems(TAG, other)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("l’acqua dell'isola", ["l", "acqua", "dell", "isola"], id="an apostrophe parts"),
        pytest.param("perché città", ["perche", "citta"], id="accents"),
    ],
)
def test_one_form(text, expected):
    assert terms(TAG, text) == expected

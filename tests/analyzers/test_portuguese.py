"""Portuguese: inflections that share a stem, words that do not, and how letters fold."""

import pytest

from tests.analyzers.views import stems, terms

TAG = "pt"


@pytest.mark.parametrize(
    ("stem", "words"),
    [
        pytest.param("pt:livr", ["livro", "livros"], id="a book"),
        pytest.param("pt:cant", ["cantar", "cantavam", "cantou"], id="to sing"),
        pytest.param("pt:menin", ["menino", "meninos", "menina", "meninas"], id="a child"),
    ],
)
def test_inflections_share_a_stem(stem, words):
    assert stems(TAG, *words) == {stem}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("livro", "liberdade", id="book, freedom"),
    ],
)
def test_other_words_do_not(one, other):
    assert stems(TAG, one) != stems(TAG, other)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("coração São", ["coracao", "sao"], id="tilde and cedilha"),
        pytest.param("Água avô", ["agua", "avo"], id="accents"),
    ],
)
def test_one_form(text, expected):
    assert terms(TAG, text) == expected

"""Russian: inflections that share a stem, words that do not, and how letters fold."""

import pytest

from tests.analyzers.views import stems, terms

TAG = "ru"


@pytest.mark.parametrize(
    ("stem", "words"),
    [
        pytest.param("ru:книг", ["книга", "книги", "книгами", "книгу"], id="a book"),
        pytest.param("ru:елк", ["ёлка", "елка", "ёлки", "елками"], id="a fir"),
        pytest.param("ru:город", ["город", "городов", "городами"], id="a city"),
        pytest.param("ru:улиц", ["улица", "улицы", "улице"], id="a street"),
        pytest.param("ru:чита", ["читать", "читал", "читали"], id="to read"),
        pytest.param("ru:молод", ["молодой", "молодого", "молодым"], id="young"),
        pytest.param("ru:рек", ["река", "реки", "рекой"], id="a river"),
    ],
)
def test_inflections_share_a_stem(stem, words):
    assert stems(TAG, *words) == {stem}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("город", "гора", id="city, mountain"),
        pytest.param("мой", "мыло", id="my, my (plural)"),
    ],
)
def test_other_words_do_not(one, other):
    assert stems(TAG, one) != stems(TAG, other)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Ёж ЕЖ", ["еж", "еж"], id="ё is е"),
        pytest.param("май маи", ["май", "маи"], id="й is no и"),
        pytest.param("за́мок", ["замок"], id="an accent for learners"),
    ],
)
def test_one_form(text, expected):
    assert terms(TAG, text) == expected

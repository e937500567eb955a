"""Urdu: letters as Arabic keyboards have them, and the endings of nouns and adjectives."""

import pytest

from tests.analyzers.views import stems, terms, written

TAG = "ur"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("کتاب كتاب", ["كتاب", "كتاب"], id="two letters like k"),
        pytest.param("یہ يه", ["يه", "يه"], id="two letters like y, and two like h"),
        pytest.param("پاکستان میں", ["پاكستان", "ميں"], id="words"),
        pytest.param("۲۰۲۴ 2024", ["2024", "2024"], id="digits"),
        pytest.param("اُردو اردو", ["اردو", "اردو"], id="vowel points"),
        pytest.param("ہے۔ کیا؟", ["هے", "كيا"], id="punctuation parts"),
    ],
)
def test_words(text, expected):
    assert terms(TAG, text) == expected


@pytest.mark.parametrize(
    ("stem", "words"),
    [
        pytest.param("ur:لڑك", ["لڑکا", "لڑکے", "لڑکی", "لڑکوں", "لڑکیوں", "لڑکیاں"], id="a boy or girl"),
        pytest.param("ur:كتاب", ["کتاب", "کتابیں", "کتابوں"], id="a book"),
        pytest.param("ur:بچ", ["بچہ", "بچے", "بچوں", "بچی"], id="a baby"),
        pytest.param("ur:بڑ", ["بڑا", "بڑے", "بڑی"], id="big"),
        pytest.param("ur:سڑك", ["سڑک", "سڑکیں", "سڑکوں"], id="a road"),
        pytest.param("ur:كمر", ["کمرہ", "کمرے", "کمروں"], id="a room"),
    ],
)
def test_inflections_share_a_stem(stem, words):
    assert stems(TAG, *words) == {stem}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("کتاب", "سڑک", id="book, road"),
        pytest.param("کا", "کے", id="two letters have no ending"),
        pytest.param("بڑا", "بچہ", id="big, baby"),
    ],
)
def test_other_words_do_not(one, other):
    assert stems(TAG, one) != stems(TAG, other)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("اُردو کتابیں۔", ["اُردو", "کتابیں"], id="points, and no full stop"),
    ],
)
def test_what_is_marked(text, expected):
    assert written(TAG, text) == expected

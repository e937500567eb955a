"""Persian: joined with a non-joiner, with a space or with nothing; plurals, possessives and the present."""

import pytest

from tests.analyzers.views import stems, terms, written

TAG = "fa"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("کتاب\u200cها کتابها", ["كتابها", "كتابها"], id="a non-joiner or nothing"),
        pytest.param("کتاب ها", ["كتاب", "ها"], id="a space"),
        pytest.param("كتابي کتابی", ["كتابي", "كتابي"], id="letters of Arabic keyboards"),
        pytest.param("می\u200cخواهم میخواهم", ["ميخواهم", "ميخواهم"], id="the present"),
        pytest.param("۱۴۰۳ 1403", ["1403", "1403"], id="digits"),
        pytest.param("خانهٔ خانۀ خانه", ["خانه", "خانه", "خانه"], id="a possessive on a vowel"),
        pytest.param("«سلام»، دنیا؟", ["سلام", "دنيا"], id="punctuation parts"),
        pytest.param("آب اب", ["اب", "اب"], id="madda"),
    ],
)
def test_words(text, expected):
    assert terms(TAG, text) == expected


@pytest.mark.parametrize(
    ("stem", "words"),
    [
        pytest.param(
            "fa:كتاب",
            ["کتاب", "کتاب\u200cها", "کتابها", "کتاب\u200cهای", "کتاب\u200cهایشان", "كتاب", "کتاب\u200cهایم"],
            id="a book",
        ),
        pytest.param(
            "fa:خواه", ["می\u200cخواهم", "میخواهم", "نمی\u200cخواهند", "می\u200cخواهیم"], id="to want"
        ),
        pytest.param("fa:رو", ["می\u200cروند", "می\u200cروم", "نمی\u200cروید", "می\u200cروید"], id="to go"),
        pytest.param("fa:بزرگ", ["بزرگ", "بزرگتر", "بزرگترین", "بزرگ\u200cتر"], id="big"),
        pytest.param("fa:درخت", ["درخت", "درخت\u200cها", "درختها", "درخت\u200cهایی"], id="a tree"),
        pytest.param("fa:دانشجو", ["دانشجو", "دانشجویان"], id="a student"),
    ],
)
def test_inflections_share_a_stem(stem, words):
    assert stems(TAG, *words) == {stem}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("کتاب", "درخت", id="book, tree"),
        pytest.param("میدان", "دان", id="a square is no verb"),
        pytest.param("شهر", "شبان", id="city, shepherd"),
    ],
)
def test_other_words_do_not(one, other):
    assert stems(TAG, one) != stems(TAG, other)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("کتاب\u200cهایشان را", ["کتاب\u200cهایشان", "را"], id="a non-joiner inside"),
        pytest.param("خانهٔ ما", ["خانهٔ", "ما"], id="a mark above"),
    ],
)
def test_what_is_marked(text, expected):
    assert written(TAG, text) == expected

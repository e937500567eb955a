"""Arabic: points and letters of other keyboards fold; article, prepositions and endings share a stem."""

import pytest

from tests.analyzers.views import stems, terms, written

TAG = "ar"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("المكتبة القديمة", ["المكتبه", "القديمه"], id="words"),
        pytest.param("كِتَابٌ كـــتاب كتاب", ["كتاب", "كتاب", "كتاب"], id="points and stretches"),
        pytest.param("أحمد إحمد آحمد احمد", ["احمد", "احمد", "احمد", "احمد"], id="hamza and madda"),
        pytest.param("على علي", ["علي", "علي"], id="two letters like i"),
        pytest.param("مدرسة مدرسه", ["مدرسه", "مدرسه"], id="feminine endings"),
        pytest.param("کتاب یکی", ["كتاب", "يكي"], id="letters of Persian keyboards"),
        pytest.param("١٢٣ 123", ["123", "123"], id="digits"),
        pytest.param("ﻻ ﷺ", ["لا", "صلياللهعليهوسلم"], id="ligatures"),
        pytest.param(
            "قال: «نعم»، ثمّ ذهب؛ لماذا؟", ["قال", "نعم", "ثم", "ذهب", "لماذا"], id="punctuation parts"
        ),
    ],
)
def test_words(text, expected):
    assert terms(TAG, text) == expected


def test_a_lone_stretch_is_a_word_of_its_own():
    assert stems(TAG, "ـ") == {"ar:ـ"}


@pytest.mark.parametrize(
    ("stem", "words"),
    [
        pytest.param("ar:كتاب", ["كتاب", "الكتاب", "والكتاب", "فالكتاب", "كتابهم", "كِتَاب"], id="a book"),
        pytest.param("ar:مدرس", ["مدرسة", "المدرسة", "بالمدرسة", "والمدرسة", "مدرستنا"], id="a school"),
        pytest.param("ar:معلم", ["معلم", "المعلم", "المعلمين", "للمعلمين"], id="a teacher"),
        pytest.param("ar:سيار", ["سيارة", "السيارات", "سيارتهم", "والسيارات"], id="a car"),
        pytest.param("ar:صحف", ["صحفي", "الصحفيين", "والصحفيين"], id="a journalist"),
        pytest.param("ar:لاعب", ["لاعب", "اللاعبون", "اللاعبين"], id="a player"),
        pytest.param("ar:مهندس", ["مهندس", "المهندسون", "مهندسة"], id="an engineer"),
    ],
)
def test_inflections_share_a_stem(stem, words):
    assert stems(TAG, *words) == {stem}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("كتاب", "مدرسة", id="book, school"),
        pytest.param("قمر", "قطار", id="moon, train"),
        pytest.param("كتاب", "كتب", id="a broken plural"),
    ],
)
def test_other_words_do_not(one, other):
    assert stems(TAG, one) != stems(TAG, other)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("المَكْتَبَةُ، والكتاب", ["المَكْتَبَةُ", "والكتاب"], id="points belong to their word"),
        pytest.param("كـــتاب نادر", ["كـــتاب", "نادر"], id="stretches too"),
    ],
)
def test_what_is_marked(text, expected):
    assert written(TAG, text) == expected

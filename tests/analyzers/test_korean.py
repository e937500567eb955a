"""Korean: words between spaces without their particles, the words inside compounds, and pieces of both."""

import pytest

from analyzers import Tier, analyzer_for
from tests.analyzers.views import stems, terms, tokens, written

TAG = "ko"

NOTHING = [
    pytest.param("", id="nothing"),
    pytest.param(" \t\n\u3000", id="spaces, one of full width"),
    pytest.param("、。「」·〜…！？", id="punctuation"),
    pytest.param("\u200b\ufeff\u00ad", id="invisible characters"),
]


@pytest.mark.parametrize("text", NOTHING)
def test_nothing_comes_of_nothing(text):
    assert not [token for tier in Tier for token in tokens(TAG, text, tier)], text


WORDS = [
    pytest.param("바다가 아름다웠다.", ["바다가", "아름다웠다"], id="words between spaces"),
    pytest.param("\u1112\u1161\u11ab\u1100\u1173\u11af", ["한글"], id="syllables spelled by letter"),
    pytest.param("韓國語 한국어", ["韩国语", "한국어"], id="Han characters are cut as Chinese"),
    pytest.param("NATO는 삼성galaxy", ["nato는", "삼성galaxy"], id="Latin in a word"),
    pytest.param("３학년", ["3학년"], id="full width digits"),
]


@pytest.mark.parametrize(("text", "expected"), WORDS)
def test_words(text, expected):
    assert terms(TAG, text) == expected


@pytest.mark.parametrize(
    ("stem", "words"),
    [
        pytest.param("ko:서울", ["서울", "서울에서", "서울의", "서울까지", "서울은"], id="a city"),
        pytest.param("ko:학교", ["학교", "학교에서는", "학교가", "학교로"], id="a school"),
        pytest.param("ko:사람", ["사람", "사람들", "사람들에게까지"], id="a plural"),
        pytest.param("ko:선생", ["선생님", "선생님께서"], id="a title of respect"),
        pytest.param("ko:책", ["책", "책을", "책은"], id="one syllable"),
        pytest.param("ko:먹다", ["먹다", "먹는", "먹었습니다", "먹고"], id="a verb"),
        pytest.param("ko:걷다", ["걸어서", "걷다"], id="an irregular verb"),
        pytest.param("ko:돕다", ["도왔다", "도와", "돕다"], id="another"),
        pytest.param("ko:아름답다", ["아름다운", "아름다웠다", "아름답다"], id="an adjective"),
        pytest.param("ko:예쁘다", ["예쁜", "예뻤다"], id="another adjective"),
        pytest.param(
            "ko:연구", ["연구", "연구를", "연구했습니다", "연구하는"], id="a noun that makes a verb"
        ),
        pytest.param("ko:국립중앙도서관", ["국립중앙도서관", "국립중앙도서관에"], id="a compound"),
        pytest.param("ko:nato", ["NATO", "NATO는"], id="a particle on Latin"),
        pytest.param("ko:2024년", ["2024년", "2024년에"], id="a particle on a year"),
    ],
)
def test_inflections_share_a_stem(stem, words):
    assert stems(TAG, *words) == {stem}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("가을", "가다", id="autumn, to go"),
        pytest.param("물", "선물", id="water, present"),
        pytest.param("사과", "사과나무", id="apple, apple tree"),
    ],
)
def test_other_words_do_not(one, other):
    assert stems(TAG, one) != stems(TAG, other)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("사과나무에", ["사과", "나무"], id="two words"),
        pytest.param(
            "부산항만공사가",
            ["부산", "부산항만", "항만", "항만공사", "공사"],
            id="three, and neighbours of them",
        ),
        pytest.param("서울에서", [], id="the stem itself is no sub-word"),
        pytest.param("서울2호선", ["서울", "2", "호선"], id="around a digit"),
        pytest.param("삼성galaxy", ["삼성", "galaxy"], id="beside Latin"),
        pytest.param("먹었습니다", [], id="a verb"),
    ],
)
def test_words_inside_words(text, expected):
    assert terms(TAG, text, Tier.INNER) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("서울에서", ["서울"], id="no particle"),
        pytest.param("사람들에게까지", ["사람"], id="no plural"),
        pytest.param("먹었습니다", ["먹"], id="no ending"),
        pytest.param("걸어서 예뻤다", ["걸어서", "예뻤다"], id="all, where letter and ending are one"),
        pytest.param("국립중앙도서관에", ["국립중앙도서관"], id="a compound whole"),
    ],
)
def test_what_is_marked_of_an_inflected_word(text, expected):
    assert written(TAG, text, Tier.STEM) == expected


def test_any_two_syllables_of_a_word_are_a_piece():
    """And no two of different words: 선물을 is found by 물을, and 책 한 권 by no 책한."""
    assert terms(TAG, "선물을 책 한 권", Tier.PAIR) == ["선물", "물을"]
    assert terms(TAG, "선물 책", Tier.CLUSTER) == ["선", "물", "책"]


def test_korean_in_another_language_is_korean():
    """A name in English, and a query whose language nobody knows."""
    for tag in ("en", "und", "zh", "ja"):
        assert terms(tag, "부산에서", Tier.STEM) == ["ko:부산"]
        assert analyzer_for(tag).forms.stems["부산까지"] == "ko:부산"


def test_a_word_without_end_is_left_alone():
    assert terms(TAG, "가나다" * 10_000, Tier.STEM) == [f"ko:{'가나다' * 10_000}"]

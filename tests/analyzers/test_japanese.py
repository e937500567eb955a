"""Japanese: words of kanji and kana in one cut, dictionary forms, old and new characters, other scripts."""

import pytest

from analyzers import Tier, analyzer_for
from analyzers.languages import japanese
from tests.analyzers.views import terms, tokens, written

TAG = "ja"

NOTHING = [
    pytest.param("", id="nothing"),
    pytest.param(" \t\n\u3000", id="spaces, one of full width"),
    pytest.param("、。「」・〜…！？", id="punctuation"),
    pytest.param("\u200b\ufeff\u00ad", id="invisible characters"),
]


@pytest.mark.parametrize("text", NOTHING)
def test_nothing_comes_of_nothing(text):
    assert not [token for tier in Tier for token in tokens(TAG, text, tier)], text


WORDS = [
    pytest.param("東京都", ["東京", "都"], id="a city and its kind"),
    pytest.param("関西国際空港", ["関西", "国際", "空港"], id="a name of many words"),
    pytest.param("労働者災害補償保険", ["労働", "者", "災害", "補償", "保険"], id="a term of law"),
    pytest.param("お茶を飲みませんか", ["お", "茶", "を", "飲み", "ませ", "ん", "か"], id="kanji and kana"),
    pytest.param(
        "すもももももももものうち", ["すもも", "も", "もも", "も", "もも", "の", "うち"], id="kana alone"
    ),
    pytest.param("スカイツリー", ["スカイ", "ツリー"], id="katakana"),
    pytest.param("人々", ["人々"], id="iteration mark"),
    pytest.param("「はい」・いいえ", ["はい", "いいえ"], id="brackets and a middle dot part"),
    pytest.param("二〇二四年", ["二〇二四", "年"], id="zero as a character"),
    pytest.param("2024年に", ["2024", "年", "に"], id="digits beside"),
    pytest.param("NHKとNATO", ["NHK", "と", "NATO"], id="Latin beside"),
    pytest.param("C++を学ぶ", ["C++", "を", "学ぶ"], id="C++"),
    pytest.param("ー", ["ー"], id="a long vowel alone"),
]


@pytest.mark.parametrize(("text", "expected"), WORDS)
def test_words(text, expected):
    assert written(TAG, text) == expected


FOLDED = [
    pytest.param("ﾗｰﾒﾝ ﾊﾟﾝ", ["ラーメン", "パン"], id="half width"),
    pytest.param("か\u3099き", ["がき"], id="a voiced mark of its own"),
    pytest.param("國學 国学", ["国学", "国学"], id="old and new characters"),
    pytest.param("渡邊 渡辺", ["渡边", "渡边"], id="a surname, old and new"),
    pytest.param("廣島 広島", ["广岛", "广岛"], id="a city, old and new"),
    pytest.param("ひらがな ヒラガナ", ["ひらがな", "ヒラガナ"], id="hiragana is no katakana"),
    pytest.param("ビル ビール", ["ビル", "ビール"], id="a long vowel stays: building, beer"),
    pytest.param("は ば ぱ", ["は", "ば", "ぱ"], id="voiced marks stay"),
]


@pytest.mark.parametrize(("text", "expected"), FOLDED)
def test_one_form(text, expected):
    assert terms(TAG, text) == expected


STEMS = [
    pytest.param("食べました", ["ja:食べる"], id="a polite past"),
    pytest.param("食べられなかった", ["ja:食べる", "ja:无い"], id="a passive, negated"),
    pytest.param("走っている", ["ja:走る"], id="a progressive"),
    pytest.param("泳いだ 書かない", ["ja:泳ぐ", "ja:书く"], id="a past and a negation"),
    pytest.param("美しかった花", ["ja:美しい"], id="an adjective"),
    pytest.param("食べる 美しい 花", [], id="dictionary forms are words already"),
    pytest.param("引越し", ["ja:引っ越し"], id="endings written short"),
    pytest.param("コンピュータ", ["ja:コンピューター"], id="a long vowel left out at the end"),
    pytest.param("子ども こども", ["ja:子供", "ja:子供"], id="kana for kanji"),
    pytest.param("附属", ["ja:付属"], id="another kanji"),
    pytest.param("ました", [], id="short kana are many words at once"),
    pytest.param("the Runners", ["ja:the", "ja:runners"], id="Latin words are their own stems"),
]


@pytest.mark.parametrize(("text", "expected"), STEMS)
def test_dictionary_forms(text, expected):
    assert terms(TAG, text, Tier.STEM) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("打込む", ["打", "込む"], id="a verb of two"),
        pytest.param("持ち運べる", ["持ち", "运べる"], id="another"),
        pytest.param("食べる", [], id="one word"),
    ],
)
def test_words_inside_words(text, expected):
    assert terms(TAG, text, Tier.INNER) == expected


@pytest.mark.parametrize(
    ("tag", "text", "expected"),
    [
        pytest.param("und", "駅で待つ", ["駅", "で", "待つ"], id="a query with kana"),
        pytest.param("und", "図書館", ["図書", "館"], id="a query in kanji of Japan alone"),
        pytest.param("und", "图书馆", ["图书馆"], id="a query in Chinese"),
        pytest.param(
            "en", "the word 食べました", ["the", "word", "食べ", "まし", "た"], id="Japanese in English"
        ),
        pytest.param("zh", "食べる", ["食", "べ", "る"], id="in Chinese Han is Chinese"),
        pytest.param("ja", "東京駅前", ["東京", "駅前"], id="in Japanese Han is Japanese"),
    ],
)
def test_who_cuts_han_and_kana(tag, text, expected):
    assert written(tag, text) == expected


def test_a_query_asks_for_the_dictionary_form_in_any_language():
    """Two words tell no language, so each analyzer knows the stems of words that Japanese cuts."""
    assert {analyzer_for(tag).forms.stems["食べ"] for tag in ("ja", "und", "en")} == {"ja:食べる"}
    assert analyzer_for("zh").forms.stems["普京"] == ""


def test_a_stem_is_one_word_however_often_it_is_taken():
    for word in ("食べる", "引っ越し", "美しい", "行く", "コンピューター"):
        assert japanese.stem(word) == word


@pytest.mark.parametrize("text", ["東京都庁舎", "国立公文書館", "日本国憲法"])
def test_kanji_have_the_same_pieces_in_either_language(text):
    """A Japanese title without kana may be taken for Chinese: its pieces are found all the same."""
    assert terms("ja", text, Tier.PAIR) == terms("zh", text, Tier.PAIR) == terms("und", text, Tier.PAIR)

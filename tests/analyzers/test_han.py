"""Traditional to Simplified: by phrase for words, one by one for pieces, never longer or shorter."""

import random

import pytest

from analyzers.han import simplified, simplified_characters, written_in
from tests.analyzers.texts import UNSPACED, random_texts


@pytest.mark.parametrize(
    ("text", "by_phrase", "one_by_one"),
    [
        pytest.param("", "", "", id="nothing"),
        pytest.param("NATO ปูติน", "NATO ปูติน", "NATO ปูติน", id="other scripts"),
        pytest.param("国际论坛", "国际论坛", "国际论坛", id="Simplified"),
        pytest.param("國際論壇", "国际论坛", "国际论坛", id="Traditional"),
        pytest.param("頭髮", "头发", "头发", id="hair"),
        pytest.param("發展", "发展", "发展", id="development"),
        pytest.param("皇后以後", "皇后以后", "皇后以后", id="empress, afterwards"),
        pytest.param("乾隆", "乾隆", "干隆", id="an emperor"),
        pytest.param("乾淨", "干净", "干净", id="clean"),
        pytest.param("乾坤", "乾坤", "干坤", id="heaven and earth"),
        pytest.param("餅乾", "饼干", "饼干", id="biscuit"),
        pytest.param("裡面公里", "里面公里", "里面公里", id="inside, kilometre"),
        pytest.param("臺灣", "台湾", "台湾", id="Taiwan"),
        pytest.param("藉口 慰藉", "借口 慰藉", "藉口 慰藉", id="excuse, comfort"),
        pytest.param("反覆 颠覆", "反复 颠覆", "反覆 颠覆", id="again, overthrow"),
        pytest.param("沈默 沈从文", "沉默 沈从文", "沈默 沈从文", id="silence, a surname"),
        pytest.param("憑藉", "凭借", "凭藉", id="by means of"),
        pytest.param("用iPhone發訊息", "用iPhone发讯息", "用iPhone发讯息", id="Latin between"),
        pytest.param("𠮷野家", "𠮷野家", "𠮷野家", id="beyond the basic plane"),
        pytest.param("東京タワー", "东京タワー", "东京タワー", id="Japanese"),
        pytest.param("発展 桜 沢", "发展 樱 泽", "发展 樱 泽", id="what Japan simplified"),
        pytest.param("芸術 缶詰", "芸术 缶诘", "芸术 缶诘", id="but not what is Chinese too"),
        pytest.param("乾燥の国広", "干燥の国广", "干燥の国广", id="Japan's, by phrase"),
        pytest.param("\ud800國", "\ud800国", "\ud800国", id="a lone surrogate"),
    ],
)
def test_simplified(text, by_phrase, one_by_one):
    assert simplified(text) == by_phrase
    assert simplified_characters(text) == one_by_one


def test_no_text_gets_longer_or_shorter():
    for text in random_texts(11, 500, {"Han": UNSPACED["Han"], "Thai": UNSPACED["Thai"]}, longest=30):
        assert len(simplified(text)) == len(text), ascii(text)
        assert len(simplified_characters(text)) == len(text), ascii(text)


def test_a_piece_folds_as_it_does_in_its_text():
    """Or a piece cut out of a folded phrase would not be found in it."""
    rng = random.Random(12)
    for text in random_texts(12, 500, {"Han": UNSPACED["Han"]}, longest=12):
        start = rng.randrange(len(text) + 1)
        piece = text[start : start + 4]
        assert simplified_characters(piece) == simplified_characters(text)[start : start + 4], ascii(text)


def test_every_character_is_simplified_at_once():
    every = [
        chr(code) for first, last in [(0x3400, 0x9FFF), (0x20000, 0x323AF)] for code in range(first, last + 1)
    ]
    once = [simplified_characters(character) for character in every]
    assert sum(old != new for old, new in zip(every, once, strict=True)) > 3_000
    assert [simplified_characters(character) for character in once] == once
    # OpenCC has a chain, of two rare plants: 薴 becomes 苧, and 苧 becomes 苎.
    assert simplified_characters("薴苧苎") == "苎苎苎"


@pytest.mark.parametrize(
    ("text", "traditional"),
    [
        pytest.param("習近平訪問莫斯科", True, id="Traditional"),
        pytest.param("习近平访问莫斯科", False, id="Simplified"),
        pytest.param("中文", False, id="both"),
        pytest.param("國家主席习近平访问", False, id="more Simplified"),
        pytest.param("习近平訪問國際論壇", True, id="more Traditional"),
        pytest.param("皇后乾隆", False, id="characters of both"),
        pytest.param("", False, id="nothing"),
        pytest.param("Putin", False, id="another script"),
    ],
)
def test_which_of_the_two(text, traditional):
    assert written_in([text]) == ["zh-Hant" if traditional else "zh"]


@pytest.mark.parametrize(
    ("text", "japanese"),
    [
        pytest.param("東京駅", True, id="a station"),
        pytest.param("気候変動対策", True, id="a term"),
        pytest.param("国際会議場", True, id="Simplified and Traditional in one word"),
        pytest.param("關于国家的說明", False, id="unless one of them is China's alone"),
        pytest.param("关西国际机场", False, id="Simplified"),
        pytest.param("關西國際機場", False, id="Traditional"),
        pytest.param("東京大学", True, id="another"),
        pytest.param("大阪城公園", False, id="characters of both"),
        pytest.param("说明：東京駅的出口在这里", False, id="a Japanese name in Chinese"),
        pytest.param("説明 裏面 産業", False, id="forms of Hong Kong too"),
        pytest.param("", False, id="nothing"),
    ],
)
def test_japanese_without_kana(text, japanese):
    assert (written_in([text]) == ["ja"]) is japanese

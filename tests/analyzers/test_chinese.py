"""Chinese: dictionary words, the words inside them, Traditional as Simplified, other scripts between."""

import pytest

from analyzers import Tier
from tests.analyzers.views import terms, tokens, written

TAG = "zh"

NOTHING = [
    pytest.param("", id="nothing"),
    pytest.param(" \t\n\u3000", id="spaces, one of full width"),
    pytest.param("，。！？「」……——《》", id="punctuation of full width"),
    pytest.param("--- *** ,,,", id="punctuation"),
    pytest.param("\u200b\ufeff\u00ad", id="invisible characters"),
    pytest.param("\u0301 ¥ ＋ ￥", id="a lone accent and signs"),
]


@pytest.mark.parametrize("text", NOTHING)
def test_nothing_comes_of_nothing(text):
    assert not [token for tier in Tier for token in tokens(TAG, text, tier)], text


WORDS = [
    pytest.param("我爱北京天安门", ["我", "爱", "北京", "天安门"], id="words"),
    pytest.param("普京总统", ["普京", "总统"], id="a name and an office"),
    pytest.param("俄罗斯总统普京宣布", ["俄罗斯", "总统", "普京", "宣布"], id="a name between words"),
    pytest.param("小明硕士毕业于中国科学院", ["小明", "硕士", "毕业", "于", "中国科学院"], id="a sentence"),
    pytest.param("京", ["京"], id="one character"),
    pytest.param("蝶 京", ["蝶", "京"], id="one character twice"),
    pytest.param("习近平·普京", ["习近平", "普京"], id="a middle dot parts"),
    pytest.param("会谈，今天。", ["会谈", "今天"], id="punctuation of full width parts"),
    pytest.param("人々", ["人", "々"], id="iteration mark"),
    pytest.param("二〇二四年", ["二", "〇", "二", "四年"], id="zero as a character"),
    pytest.param("𠮷野家", ["𠮷", "野家"], id="beyond the basic plane"),
    pytest.param("𠮷𠮷𠮷", ["𠮷", "𠮷", "𠮷"], id="rare characters stand alone"),
]

FOLDED = [
    pytest.param("國際論壇", ["国际", "论坛"], id="Traditional"),
    pytest.param("国际论坛", ["国际", "论坛"], id="Simplified stays"),
    pytest.param("普京總統宣布", ["普京", "总统", "宣布"], id="a Traditional sentence"),
    pytest.param("頭髮", ["头发"], id="髮 is 发"),
    pytest.param("發展", ["发展"], id="發 is 发 too"),
    pytest.param("皇后", ["皇后"], id="后 of an empress stays"),
    pytest.param("以後", ["以后"], id="後 is 后"),
    pytest.param("乾淨", ["干净"], id="乾 is 干 in 乾淨"),
    pytest.param("乾隆", ["乾隆"], id="乾 stays in 乾隆"),
    pytest.param("裡面", ["里面"], id="裡 is 里"),
    pytest.param("公里", ["公里"], id="里 of a kilometre stays"),
    pytest.param("臺灣大學", ["台湾大学"], id="臺 is 台"),
    pytest.param("中\u200b国", ["中国"], id="zero-width space inside a word"),
    pytest.param("中\ufe00国\u00ad人民", ["中国", "人民"], id="variation selector, soft hyphen"),
    pytest.param("ⅷ世紀", ["viii", "世纪"], id="a Roman numeral in one character"),
]

MIXED = [
    pytest.param("ＮＡＴＯ峰会", ["nato", "峰会"], id="Latin of full width"),
    pytest.param("NATO峰会", ["nato", "峰会"], id="Latin of half width"),
    pytest.param("２０２４年", ["2024", "年"], id="digits of full width"),
    pytest.param("2024年3月", ["2024", "年", "3", "月"], id="a date"),
    pytest.param("北京时间12:30", ["北京", "时间", "12", "30"], id="a time"),
    pytest.param("iPhone15手机", ["iphone15", "手机"], id="letters and digits touch a word"),
    pytest.param("重跑gen-itgc后50条", ["重跑", "gen", "itgc", "后", "50", "条"], id="a name with a hyphen"),
    pytest.param("我喜欢 C++ 编程", ["我", "喜欢", "c++", "编程"], id="C++ between spaces"),
    pytest.param("我喜欢C++编程", ["我", "喜欢", "c++", "编程"], id="C++ without spaces"),
    pytest.param("用C#和F#写", ["用", "c#", "和", "f#", "写"], id="C# and F# without spaces"),
    pytest.param("用C语言写", ["用", "c", "语言", "写"], id="C is not C++"),
    pytest.param("卡拉OK厅", ["卡拉", "ok", "厅"], id="Latin in the middle of a word"),
    pytest.param("普京ปูตินPutin", ["普京", "ปูติน", "putin"], id="three scripts touch"),
    pytest.param("东京タワー", ["东京", "タワー"], id="kana beside Han"),
    pytest.param("我❤️你", ["我", "❤", "你"], id="emoji with a variation selector"),
    pytest.param("加油👍🏽👍", ["加油", "👍", "👍"], id="emoji with and without a skin tone"),
    pytest.param("来自🇨🇳和🇭🇰", ["来自", "🇨🇳", "和", "🇭🇰"], id="flags"),
]


@pytest.mark.parametrize(("text", "expected"), [*WORDS, *FOLDED, *MIXED])
def test_words(text, expected):
    assert terms(TAG, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("马克思主义", ["马克", "马克思", "主义"], id="a doctrine"),
        pytest.param("中国农业发展银行", ["农业", "发展", "银行"], id="a bank"),
        pytest.param("天安门", ["天安"], id="a place"),
        pytest.param("人工智能", ["人工", "智能"], id="two words in one"),
        pytest.param("著名作家", ["著名", "名作", "名作家", "作家"], id="words that overlap"),
        pytest.param("里程碑", ["里程"], id="a milestone"),
        pytest.param("臺灣大學", ["台湾", "大学"], id="Traditional"),
        pytest.param("乾隆皇帝", ["乾隆", "皇帝"], id="a phrase keeps its folding inside"),
        pytest.param("普京", [], id="a word without words"),
        pytest.param("京", [], id="one character"),
        pytest.param("iPhone15手机", ["iphone", "15"], id="letters and digits"),
        pytest.param("C++编程", ["c"], id="the letter of C++"),
    ],
)
def test_words_inside_words(text, expected):
    assert terms(TAG, text, Tier.INNER) == expected


def test_words_inside_words_stand_where_they_are_written():
    found = tokens(TAG, "讀馬克思主義", Tier.INNER)
    assert [(token.term, token.start, token.end, token.position) for token in found] == [
        ("马克", 1, 3, 1),
        ("马克思", 1, 4, 1),
        ("主义", 4, 6, 1),
    ]


@pytest.mark.parametrize(
    ("text", "clusters", "pairs"),
    [
        pytest.param("京", ["京"], [], id="one"),
        pytest.param("段简单", ["段", "简", "单"], ["段简", "简单"], id="three"),
        pytest.param("普京，总统", ["普", "京", "总", "统"], ["普京", "总统"], id="no pair across a comma"),
        pytest.param("普京 总统", ["普", "京", "总", "统"], ["普京", "总统"], id="no pair across a space"),
        pytest.param("2024年3月", ["2024", "年", "3", "月"], [], id="words between are units"),
        pytest.param("以後", ["以", "后"], ["以后"], id="Traditional, one by one"),
        pytest.param("乾隆", ["干", "隆"], ["干隆"], id="no phrase around a piece"),
        pytest.param(
            "东京タワー",
            ["东", "京", "タ", "ワ", "ー"],
            ["东京", "京タ", "タワ", "ワー"],
            id="kana is one run with Han",
        ),
        pytest.param("京ﾀﾜｰ", ["京", "タ", "ワ", "ー"], ["京タ", "タワ", "ワー"], id="kana of half width"),
        pytest.param("京ก", ["京", "ก"], [], id="no pair across scripts"),
        pytest.param("中\u200b国", ["中", "国"], ["中国"], id="invisible characters do not part"),
        pytest.param("𠮷野", ["𠮷", "野"], ["𠮷野"], id="beyond the basic plane"),
        pytest.param("NATO 2024", [], [], id="none in a text with spaces"),
    ],
)
def test_pieces(text, clusters, pairs):
    assert terms(TAG, text, Tier.CLUSTER) == clusters
    assert terms(TAG, text, Tier.PAIR) == pairs


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("我爱北京", [], id="Han has no stems"),
        pytest.param("NATO峰会", ["zh:nato"], id="other words are their own"),
        pytest.param(
            "Putins Straße", ["zh:putins", "zh:strasse"], id="tagged Chinese, whatever their language"
        ),
    ],
)
def test_stems(text, expected):
    assert terms(TAG, text, Tier.STEM) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("普京總統宣布", ["普京", "總統", "宣布"], id="Traditional"),
        pytest.param("我２０２４年", ["我", "２０２４", "年"], id="full width"),
        pytest.param("中\u200b国人", ["中\u200b国", "人"], id="invisible characters inside"),
        pytest.param("\ufeff中国\u200b人民", ["中国", "人民"], id="invisible characters around stay outside"),
        pytest.param("用C++写", ["用", "C++", "写"], id="C++"),
        pytest.param("🇨🇳👍🏽好", ["🇨🇳", "👍🏽", "好"], id="a flag, a skin tone"),
        pytest.param("𠮷野家", ["𠮷", "野家"], id="code points, not UTF-16"),
    ],
)
def test_what_is_marked(text, expected):
    assert written(TAG, text) == expected

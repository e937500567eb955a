"""Hindi: vowel signs are letters, nukta and chandrabindu fold, the danda is no part of a word."""

import pytest

from analyzers import Tier
from tests.analyzers.views import stems, terms, tokens, written

TAG = "hi"

NOTHING = [
    pytest.param("", id="nothing"),
    pytest.param(" \t\n", id="spaces"),
    pytest.param("। ॥ ॥॥", id="dandas"),
    pytest.param("- – … ₹", id="punctuation and a sign"),
    pytest.param("\u200c\u200d\u200b", id="invisible characters"),
]


@pytest.mark.parametrize("text", NOTHING)
def test_nothing_comes_of_nothing(text):
    assert not [token for tier in Tier for token in tokens(TAG, text, tier)], text


WORDS = [
    pytest.param("हिन्दी भाषा", ["हिन्दी", "भाषा"], id="vowel signs and virama stay"),
    pytest.param("यूक्रेन पर हमला।", ["यूक्रेन", "पर", "हमला"], id="a danda ends a word"),
    pytest.param("वार्ता।अध्यक्ष", ["वार्ता", "अध्यक्ष"], id="a danda without a space"),
    pytest.param("क्षत्रिय", ["क्षत्रिय"], id="a conjunct of three"),
    pytest.param("राष्ट्रपति", ["राष्ट्रपति"], id="repha and conjuncts"),
    pytest.param("श्रीमान्", ["श्रीमान्"], id="virama at the end"),
    pytest.param("दुःख", ["दुःख"], id="visarga"),
    pytest.param("ॐ नमः", ["ॐ", "नमः"], id="om"),
    pytest.param("पुतिन-शी वार्ता", ["पुतिन", "शी", "वार्ता"], id="a hyphen parts"),
    pytest.param("‘‘भारत’’", ["भारत"], id="quotation marks"),
    pytest.param("न", ["न"], id="one letter"),
]

FOLDED = [
    pytest.param("लड़का", ["लडका"], id="nukta composed"),
    pytest.param("लड\u093cका", ["लडका"], id="nukta of its own"),
    pytest.param("लडका", ["लडका"], id="nukta left out"),
    pytest.param("ज़िंदगी फ़ैसला क़लम", ["जिंदगी", "फैसला", "कलम"], id="borrowed sounds"),
    pytest.param("हँसना हंसना", ["हंसना", "हंसना"], id="chandrabindu and anusvara"),
    pytest.param("विश्\u200dव", ["विश्व"], id="joiner"),
    pytest.param("विश्\u200cव", ["विश्व"], id="non-joiner"),
    pytest.param("१२३ ९", ["123", "9"], id="digits"),
    pytest.param("५0", ["50"], id="digits of two scripts in one number"),
    pytest.param("২০২৪ ௨௦", ["2024", "20"], id="digits of neighbours"),
]

MIXED = [
    pytest.param("NATO की बैठक", ["nato", "की", "बैठक"], id="Latin between spaces"),
    pytest.param("iPhone15 ख़रीदा", ["iphone15", "खरीदा"], id="letters and digits"),
    pytest.param("C++ और C# भाषा", ["c++", "और", "c#", "भाषा"], id="C++ and C#"),
    pytest.param("शी 习近平 से", ["शी", "习近平", "से"], id="Chinese between"),
    pytest.param("थाई ปูติน शब्द", ["थाई", "ปูติน", "शब्द"], id="Thai between"),
    pytest.param("भारत🇮🇳जय", ["भारत", "🇮🇳", "जय"], id="a flag parts"),
    pytest.param("शाबाश👍🏿", ["शाबाश", "👍"], id="a skin tone"),
    pytest.param("मराठी आहे नेपाली", ["मराठी", "आहे", "नेपाली"], id="neighbours of one script"),
]


@pytest.mark.parametrize(("text", "expected"), [*WORDS, *FOLDED, *MIXED])
def test_words(text, expected):
    assert terms(TAG, text) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("लड़के", "लड़का", id="boys, boy"),
        pytest.param("लड़कियों", "लड़की", id="of girls, girl"),
        pytest.param("किताबें", "किताब", id="books, book"),
        pytest.param("किताबों", "किताबें", id="of books, books"),
        pytest.param("ख़रीदा", "खरीदी", id="bought, with and without nukta"),
        pytest.param("हँसना", "हंसा", id="to laugh, laughed"),
    ],
)
def test_inflections_share_a_stem(one, other):
    (stem,) = stems(TAG, one)
    assert stems(TAG, other) == {stem}
    assert stem.startswith("hi:")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("किताब", "कलम", id="book, pen"),
        pytest.param("पुतिन", "पति", id="Putin, husband"),
        pytest.param("दिन", "दान", id="day, gift: a vowel sign apart"),
    ],
)
def test_other_words_do_not(one, other):
    assert stems(TAG, one) != stems(TAG, other)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("९वीं", ["9", "वीं"], id="a number and its ending"),
        pytest.param("iPhone15", ["iphone", "15"], id="letters and digits"),
        pytest.param("NATOका", ["nato", "का"], id="two scripts in one word"),
        pytest.param("हिन्दी", [], id="none in one script"),
    ],
)
def test_words_inside_words(text, expected):
    assert terms(TAG, text, Tier.INNER) == expected


def test_a_text_with_spaces_has_no_pieces():
    assert terms(TAG, "राष्ट्रपति पुतिन", Tier.CLUSTER) == []
    assert terms(TAG, "राष्ट्रपति पुतिन", Tier.PAIR) == []


def test_beside_another_script_words_are_units():
    assert terms(TAG, "शी 普京", Tier.CLUSTER) == ["शी", "普", "京"]
    assert terms(TAG, "शी 普京", Tier.PAIR) == ["普京"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("यह लड़का।", ["यह", "लड\u093cका"], id="nukta, and no danda"),
        pytest.param("विश्\u200dव में", ["विश्\u200dव", "में"], id="joiner inside"),
        pytest.param("में\u200d विश्व", ["में", "विश्व"], id="joiner after stays outside"),
        pytest.param("वर्ष २०२४", ["वर्ष", "२०२४"], id="digits"),
        pytest.param("😀 दिल्ली", ["😀", "दिल्ली"], id="code points, not UTF-16"),
    ],
)
def test_what_is_marked(text, expected):
    assert written(TAG, text) == expected

"""English: words between spaces, apostrophes, endings; names with digits and signs."""

import pytest

from analyzers import Tier
from tests.analyzers.views import stems, terms, tokens, written

TAG = "en"

NOTHING = [
    pytest.param("", id="nothing"),
    pytest.param(" \t\r\n\v\f\u2003\u2028", id="spaces"),
    pytest.param("... !? — “” ‘’ () [] {}", id="punctuation"),
    pytest.param("\x00\x01\x7f", id="control characters"),
    pytest.param("\ud800\udfff\ue000", id="lone surrogates, private use"),
    pytest.param("++ ## _ +#", id="signs without a letter"),
]


@pytest.mark.parametrize("text", NOTHING)
def test_nothing_comes_of_nothing(text):
    assert not [token for tier in Tier for token in tokens(TAG, text, tier)], ascii(text)


WORDS = [
    pytest.param("to be or not to be", ["to", "be", "or", "not", "to", "be"], id="no stop word is dropped"),
    pytest.param("state-of-the-art", ["state", "of", "the", "art"], id="hyphens part"),
    pytest.param("Putin's Putin’s", ["putin", "s", "putin", "s"], id="both apostrophes part"),
    pytest.param("don't O’Neill", ["don", "t", "o", "neill"], id="in the middle too"),
    pytest.param("U.S.A.", ["u", "s", "a"], id="full stops part"),
    pytest.param("fox_jump", ["fox", "jump"], id="a low line parts"),
    pytest.param("foo@bar.com", ["foo", "bar", "com"], id="an address"),
    pytest.param("3.14 and 1,000", ["3", "14", "and", "1", "000"], id="numbers with a point"),
    pytest.param("AT&T #hashtag", ["at", "t", "hashtag"], id="other signs"),
    pytest.param("a", ["a"], id="one letter"),
]

FOLDED = [
    pytest.param("café naïve façade", ["cafe", "naive", "facade"], id="accents"),
    pytest.param("cafe\u0301", ["cafe"], id="an accent of its own"),
    pytest.param("ＮＡＴＯ ｎａｔｏ", ["nato", "nato"], id="full width"),
    pytest.param("ﬁle ﬀ", ["file", "ff"], id="ligatures"),
    pytest.param("Æsop Œuvre Þór", ["aesop", "oeuvre", "thor"], id="letters of two"),
    pytest.param("𝔘𝔫𝔦𝔠𝔬𝔡𝔢 𝐛𝐨𝐥𝐝", ["unicode", "bold"], id="letters of mathematics"),
    pytest.param("İstanbul ISTANBUL ıstanbul", ["istanbul"] * 3, id="Turkish i"),
    pytest.param("x² Ⅷ", ["x2", "viii"], id="digits above, Roman numerals"),
    pytest.param("zero\u200bwidth", ["zerowidth"], id="zero-width space"),
]

MIXED = [
    pytest.param("C++11 and C#", ["c++", "11", "and", "c#"], id="C++ and C#"),
    pytest.param("c++, F#; J#.", ["c++", "f#", "j#"], id="before punctuation"),
    pytest.param("obj-C++ (c++)", ["obj", "c++", "c++"], id="after punctuation"),
    pytest.param("C+ C+++ C##", ["c", "c++", "c#"], id="one sign too few, one too many"),
    pytest.param("éC++ abc# x#1", ["ec", "abc", "x", "1"], id="only letters that stand alone"),
    pytest.param("iPhone15 MP3 5G", ["iphone15", "mp3", "5g"], id="letters and digits"),
    pytest.param("the Beijing 北京 office", ["the", "beijing", "北京", "office"], id="Chinese between"),
    pytest.param("Bangkok กรุงเทพ", ["bangkok", "กรุงเทพ"], id="Thai between"),
    pytest.param("Putin Путин बैठक", ["putin", "путин", "बैठक"], id="three scripts"),
    pytest.param("ok👍 👍🏽👍🏿", ["ok", "👍", "👍", "👍"], id="emoji, skin tones"),
    pytest.param("👨\u200d👩\u200d👧 family", ["👨", "👩", "👧", "family"], id="emoji that are joined"),
    pytest.param("🇬🇧🇺🇸 🇬", ["🇬🇧", "🇺🇸", "🇬"], id="flags, and half a flag"),
    pytest.param("1\ufe0f\u20e3 first", ["1\u20e3", "first"], id="a keycap"),
    pytest.param("\ud800a\udfffb", ["a", "b"], id="lone surrogates part"),
]


@pytest.mark.parametrize(("text", "expected"), [*WORDS, *FOLDED, *MIXED])
def test_words(text, expected):
    assert terms(TAG, text) == expected


@pytest.mark.parametrize(
    ("stem", "words"),
    [
        pytest.param("en:run", ["run", "runs", "running", "RUNNING"], id="running"),
        pytest.param("en:putin", ["Putin", "Putins"], id="a name"),
        pytest.param("en:strategi", ["strategy", "strategies"], id="strategies"),
        pytest.param("en:sky", ["sky", "skies"], id="skies"),
        pytest.param("en:die", ["die", "dying", "dies"], id="dying"),
        pytest.param("en:cafe", ["café", "cafes"], id="an accent before an ending"),
        pytest.param("en:c++", ["C++"], id="C++ is its own"),
        pytest.param("en:👍", ["👍", "👍🏽"], id="so is an emoji"),
    ],
)
def test_inflections_share_a_stem(stem, words):
    assert stems(TAG, *words) == {stem}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("general", "generous", id="general, generous"),
        pytest.param("news", "new", id="news, new"),
        pytest.param("C++", "C", id="C++, C"),
        pytest.param("c#", "c++", id="C#, C++"),
    ],
)
def test_other_words_do_not(one, other):
    assert stems(TAG, one) != stems(TAG, other)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("iPhone15", ["iphone", "15"], id="letters and digits"),
        pytest.param("4K60", ["4", "k", "60"], id="digits around a letter"),
        pytest.param("1\u20e3", [], id="a keycap is one piece"),
        pytest.param("F#", ["f"], id="the letter of F#"),
        pytest.param("Ⅳx", ["iv", "x"], id="a Roman numeral is a number"),
        pytest.param("running", [], id="letters alone"),
        pytest.param("2024", [], id="digits alone"),
    ],
)
def test_words_inside_words(text, expected):
    assert terms(TAG, text, Tier.INNER) == expected


def test_words_inside_words_stand_where_they_are_written():
    found = tokens(TAG, "an i\u200bPhone15", Tier.INNER)
    assert [(token.term, token.start, token.end, token.position) for token in found] == [
        ("iphone", 3, 10, 1),
        ("15", 10, 12, 1),
    ]


def test_positions_count_words():
    found = tokens(TAG, "Xi -- met; Lavrov")
    assert [(token.term, token.start, token.end, token.position) for token in found] == [
        ("xi", 0, 2, 0),
        ("met", 6, 9, 1),
        ("lavrov", 11, 17, 2),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("(C++)", ["C++"], id="C++ with its signs"),
        pytest.param("cafe\u0301 bar", ["café", "bar"], id="stored composed"),
        pytest.param("\u00adsoft\u00ad hyphen", ["soft", "hyphen"], id="soft hyphens stay outside"),
        pytest.param("e\u0332n", ["e\u0332n"], id="a mark that is never composed"),
        pytest.param("👍🏽👨\u200d👧🇬🇧", ["👍🏽", "👨", "👧", "🇬🇧"], id="emoji"),
        pytest.param("1\ufe0f\u20e3.", ["1\ufe0f\u20e3"], id="a keycap"),
    ],
)
def test_what_is_marked(text, expected):
    assert written(TAG, text) == expected

"""German: umlauts however they are typed, ß, endings; compounds stay one word."""

import pytest

from analyzers import Tier
from tests.analyzers.views import stems, terms, tokens, written

TAG = "de"

NOTHING = [
    pytest.param("", id="nothing"),
    pytest.param(" \t\r\n\u00a0\u2009", id="spaces"),
    pytest.param("„“ ‚‘ – … § % €", id="punctuation and signs"),
    pytest.param("\u00ad\u200b", id="soft hyphen, zero-width space"),
    pytest.param("+ ++ # _", id="signs of C++ without a letter"),
]


@pytest.mark.parametrize("text", NOTHING)
def test_nothing_comes_of_nothing(text):
    assert not [token for tier in Tier for token in tokens(TAG, text, tier)], text


WORDS = [
    pytest.param("die „Ära“ der Nationen", ["die", "ara", "der", "nationen"], id="no stop word is dropped"),
    pytest.param("E-Mail-Adresse", ["e", "mail", "adresse"], id="hyphens part"),
    pytest.param("21. Februar", ["21", "februar"], id="a date"),
    pytest.param("§ 5 Abs. 2", ["5", "abs", "2"], id="a paragraph"),
    pytest.param("z.B.", ["z", "b"], id="full stops part"),
    pytest.param("Putin’s Putin's", ["putin", "s", "putin", "s"], id="apostrophes part"),
    pytest.param("Donaudampfschifffahrt", ["donaudampfschifffahrt"], id="a compound is one word"),
    pytest.param("a", ["a"], id="one letter"),
]

FOLDED = [
    pytest.param("Straße STRASSE Strasse", ["strasse"] * 3, id="ß is ss"),
    pytest.param("GROẞ", ["gross"], id="capital ß"),
    pytest.param("Häuser", ["hauser"], id="umlaut"),
    pytest.param("Ha\u0308user", ["hauser"], id="umlaut of two characters"),
    pytest.param("Café Ñandú", ["cafe", "nandu"], id="accents"),
    pytest.param("Łódź Ørsted Đinđić", ["lodz", "orsted", "dindic"], id="letters with strokes"),
    pytest.param("ﬁnden", ["finden"], id="ligature"),
    pytest.param("Schiff\u00adfahrt", ["schifffahrt"], id="soft hyphen"),
    pytest.param("ＮＡＴＯ", ["nato"], id="full width"),
    pytest.param("m² ①", ["m2", "1"], id="digits above and in circles"),
]

MIXED = [
    pytest.param("C++ und C#", ["c++", "und", "c#"], id="C++ and C#"),
    pytest.param("C, C++17 (F#)", ["c", "c++", "17", "f#"], id="C++ before digits, F# in brackets"),
    pytest.param("C++/C#-Kurs", ["c++", "c#", "kurs"], id="C++ before a slash, C# before a hyphen"),
    pytest.param("Gruppe a#1 abc++", ["gruppe", "a", "1", "abc"], id="no other signs are letters"),
    pytest.param("½C# ①C++", ["1⁄2c", "1c"], id="a letter inside a word has none"),
    pytest.param("B2B-Kunde", ["b2b", "kunde"], id="letters and digits"),
    pytest.param("Putin Путин पुतिन", ["putin", "путин", "पुतिन"], id="three scripts"),
    pytest.param("die Ostsee 波罗的海", ["die", "ostsee", "波罗的海"], id="Chinese between"),
    pytest.param("das Wort ทะเล", ["das", "wort", "ทะเล"], id="Thai between"),
    pytest.param("👍 gut👍🏽", ["👍", "gut", "👍"], id="emoji"),
    pytest.param("🇩🇪🇩🇰 und 🇩🇰", ["🇩🇪", "🇩🇰", "und", "🇩🇰"], id="flags that touch"),
]


@pytest.mark.parametrize(("text", "expected"), [*WORDS, *FOLDED, *MIXED])
def test_words(text, expected):
    assert terms(TAG, text) == expected


@pytest.mark.parametrize(
    ("stem", "words"),
    [
        pytest.param("de:haus", ["Haus", "Häuser", "Haeuser", "Häusern", "HÄUSER"], id="houses"),
        pytest.param("de:zusammenarbeit", ["Zusammenarbeit", "Zusammenarbeiten"], id="collaborations"),
        pytest.param("de:bindung", ["Bindung", "Bindungen"], id="bonds"),
        pytest.param("de:putin", ["Putin", "Putins"], id="a genitive"),
        pytest.param("de:mull", ["Müller", "Mueller", "Muellers"], id="a name, typed without umlaut"),
        pytest.param("de:ol", ["Öl", "Oel"], id="oil"),
        pytest.param("de:nation", ["Nation", "Nationen"], id="nations"),
        pytest.param("de:strass", ["Straße", "Strassen"], id="ß and an ending"),
        pytest.param("de:2024", ["2024", "２０２４"], id="a number is its own"),
        pytest.param("de:пут", ["Пут"], id="so is another script"),
    ],
)
def test_inflections_share_a_stem(stem, words):
    assert stems(TAG, *words) == {stem}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("Bindung", "Bildung", id="bond, education"),
        pytest.param("Becken", "Ecken", id="basin, corners"),
        pytest.param("Haus", "Hass", id="house, hatred"),
    ],
)
def test_other_words_do_not(one, other):
    assert stems(TAG, one) != stems(TAG, other)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("A4", ["a", "4"], id="a letter and a digit"),
        pytest.param("B2B", ["b", "2", "b"], id="letters around a digit"),
        pytest.param("C++", ["c"], id="the letter of C++"),
        pytest.param("5\u0308a", ["5", "a"], id="a mark stays with its digit"),
        pytest.param("Putinа", ["putin", "а"], id="Cyrillic in a Latin word"),
        pytest.param("Häuser", [], id="an umlaut is a letter"),
        pytest.param("Zusammenarbeit", [], id="one script"),
    ],
)
def test_words_inside_words(text, expected):
    assert terms(TAG, text, Tier.INNER) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("die Straße.", ["die", "Straße"], id="ß is one character"),
        pytest.param("im Ha\u0308uschen", ["im", "Häuschen"], id="stored composed"),
        pytest.param("„C++“", ["C++"], id="C++ without its quotation marks"),
        pytest.param("Schiff\u00adfahrt\u00ad heute", ["Schiff\u00adfahrt", "heute"], id="soft hyphens"),
        pytest.param("ein 👍🏽 Ja", ["ein", "👍🏽", "Ja"], id="a skin tone"),
        pytest.param("q\u0303 u.a.", ["q\u0303", "u", "a"], id="a letter with a mark of its own"),
    ],
)
def test_what_is_marked(text, expected):
    assert written(TAG, text) == expected

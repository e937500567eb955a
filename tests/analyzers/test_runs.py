"""A text as runs: a class for each character, marks with their letters, pictographs one by one."""

import unicodedata

import numpy as np
import pytest
import regex

from analyzers import characters
from analyzers.runs import runs_of
from tests.analyzers.texts import random_texts

NAMES = {
    characters.WORD: "word",
    characters.PICTOGRAPH: "picture",
    characters.HANGUL: "Hangul",
    **characters.UNSEGMENTED,
}


def runs(text):
    found = runs_of(text)
    columns = zip(found.starts.tolist(), found.ends.tolist(), found.classes.tolist(), strict=True)
    return [(text[start:end], NAMES[number]) for start, end, number in columns]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("", [], id="nothing"),
        pytest.param(" ,.!\n", [], id="nothing that is searched for"),
        pytest.param("Putin spoke", [("Putin", "word"), ("spoke", "word")], id="words"),
        pytest.param("हिन्दी", [("हिन्दी", "word")], id="vowel signs"),
        pytest.param("q\u0303a", [("q\u0303a", "word")], id="a mark inside a word"),
        pytest.param("Москва2024", [("Москва2024", "word")], id="letters and digits"),
        pytest.param("ΑБaش", [("ΑБaش", "word")], id="scripts with spaces are one class"),
        pytest.param(
            "NATO는 a1", [("NATO는", "Hangul"), ("a1", "word")], id="Hangul and what stands in its word"
        ),
        pytest.param("普京", [("普京", "Han")], id="Han"),
        pytest.param("人々〇", [("人々〇", "Han")], id="々 and 〇 are Han"),
        pytest.param("東京タワー", [("東京", "Han"), ("タワー", "Kana")], id="kana"),
        pytest.param("ﾀﾜｰｶﾞ", [("ﾀﾜｰｶﾞ", "Kana")], id="kana of half width"),
        pytest.param("ไทยລາວ", [("ไทย", "Thai"), ("ລາວ", "Lao")], id="Thai, Lao"),
        pytest.param("ខ្មែរမြန်မာ", [("ខ្មែរ", "Khmer"), ("မြန်မာ", "Myanmar")], id="Khmer, Burmese"),
        pytest.param("ᥖᥭᦑᦺ", [("ᥖᥭ", "Tai_Le"), ("ᦑᦺ", "New_Tai_Lue")], id="Tai Le, New Tai Lue"),
        pytest.param("ᨲᩱꪼꪕ", [("ᨲᩱ", "Tai_Tham"), ("ꪼꪕ", "Tai_Viet")], id="Tai Tham, Tai Viet"),
        pytest.param("ꦗꦮᬩᬮᬶ", [("ꦗꦮ", "Javanese"), ("ᬩᬮᬶ", "Balinese")], id="Javanese, Balinese"),
        pytest.param("𑜒𑜑𑜪", [("𑜒𑜑𑜪", "Ahom")], id="Ahom"),
        pytest.param("๏กรุงเทพฯ๛", [("๏กรุงเทพฯ๛", "Thai")], id="a script's own signs"),
        pytest.param("ปี๒๕", [("ปี๒๕", "Thai")], id="a script's own digits"),
        pytest.param("ปี25", [("ปี", "Thai"), ("25", "word")], id="other digits"),
        pytest.param("฿5", [("5", "word")], id="baht is a sign"),
        pytest.param("NATOขยาย", [("NATO", "word"), ("ขยาย", "Thai")], id="no space between scripts"),
    ],
)
def test_scripts(text, expected):
    assert runs(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("\u0301", [], id="with nothing before it"),
        pytest.param(" \u0301a", [("a", "word")], id="after a space"),
        pytest.param("a\u0301\u0323b", [("a\u0301\u0323b", "word")], id="in a word"),
        pytest.param("か\u3099京", [("か\u3099", "Kana"), ("京", "Han")], id="in kana"),
        pytest.param("京\u0301か", [("京\u0301", "Han"), ("か", "Kana")], id="in Han"),
        pytest.param("ก\u0301ข", [("ก\u0301ข", "Thai")], id="in Thai"),
        pytest.param("☺\u20e3☺", [("☺\u20e3", "picture"), ("☺", "picture")], id="after a picture"),
        pytest.param("1\u20e3", [("1\u20e3", "word")], id="a keycap"),
        pytest.param("a่ข", [("a", "word"), ("่ข", "Thai")], id="a mark of a script is of that script"),
    ],
)
def test_marks_that_belong_to_what_stands_before(text, expected):
    assert runs(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("😀😀", ["😀", "😀"], id="each is one"),
        pytest.param("👍🏽👍🏿👍", ["👍🏽", "👍🏿", "👍"], id="skin tones"),
        pytest.param("🏽", ["🏽"], id="a skin tone alone"),
        pytest.param("a🏽", ["a", "🏽"], id="a skin tone after a letter"),
        pytest.param("🇩🇪", ["🇩🇪"], id="a flag"),
        pytest.param("🇩🇪🇫🇷🇹🇭", ["🇩🇪", "🇫🇷", "🇹🇭"], id="three flags"),
        pytest.param("🇩🇪🇫", ["🇩🇪", "🇫"], id="one and a half"),
        pytest.param("🇩 🇪", ["🇩", "🇪"], id="two halves"),
        pytest.param("🇩a🇪🇫", ["🇩", "a", "🇪🇫"], id="counted anew after a letter"),
        pytest.param("😀🇩🇪", ["😀", "🇩🇪"], id="after another picture"),
        pytest.param("©™", ["©", "™"], id="signs that may be pictures"),
        pytest.param("1#*", ["1"], id="ASCII is none"),
    ],
)
def test_pictures(text, expected):
    assert [run for run, _ in runs(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("C++", ["C++"], id="alone"),
        pytest.param("c++ C#", ["c++", "C#"], id="two"),
        pytest.param("我用C++和C#写", ["我用", "C++", "和", "C#", "写"], id="between Han"),
        pytest.param("ภาษาC++ได้", ["ภาษา", "C++", "ได้"], id="between Thai"),
        pytest.param("C++17 C#7", ["C++", "17", "C", "7"], id="before digits"),
        pytest.param("C#x F#_", ["C", "x", "F"], id="not before letters"),
        pytest.param("abc++ éc# ①C++ ½C# яC++", ["abc", "éc", "①C", "½C", "яC"], id="not inside a word"),
        pytest.param("C+\u0301+ C#\u20e3", ["C", "C"], id="not when its sign has a mark"),
        pytest.param("++ # C", ["C"], id="no letter"),
        pytest.param("C##C++++", ["C#", "C++"], id="more signs"),
        pytest.param("(C++)", ["C++"], id="in brackets"),
    ],
)
def test_names_with_signs(text, expected):
    assert [run for run, _ in runs(text)] == expected


def test_whether_every_run_is_a_word():
    for text in ("", "a b", "한국 हिन्दी 👍", "."):
        assert runs_of(text).segmented, text
    for text in ("普", "a ก", "カ", "ក"):
        assert not runs_of(text).segmented, text


def test_runs_cover_every_character_that_is_searched_for():
    """And only those; each run is of one class, in order, and as long as can be."""
    table = characters.classes()
    for text in random_texts(3, 400):
        found = runs_of(text)
        codes = list(map(ord, text))
        assert found.codes.tolist() == codes, ascii(text)
        covered = np.zeros(len(text), bool)
        cursor = 0
        for start, end, number in zip(found.starts, found.ends, found.classes, strict=True):
            assert cursor <= start < end <= len(text), (ascii(text), start, end)
            inside = {int(table[code]) for code in codes[start:end]} - {characters.INHERITED}
            signs = text[start + 1 : end] in ("++", "#")
            if characters.HANGUL in inside:
                inside.discard(characters.WORD)  # A word may hold both.
            assert inside == {number} or signs, (ascii(text), start, end)
            covered[start:end], cursor = True, end
        for place, code in enumerate(codes):
            if table[code] not in (characters.OTHER, characters.INHERITED):
                assert covered[place], (ascii(text), place)


def test_classes_follow_unicode():
    """Letters, digits and marks are searched for; spaces are not, nor punctuation but of scripts without."""
    table = characters.classes()
    for code in range(0x34000):
        character = chr(code)
        category = unicodedata.category(character)
        if category[0] in "LN" and regex.match(r"\p{L}|\p{N}", character):
            assert table[code] not in (characters.OTHER, characters.INHERITED), ascii(character)
        if category[0] == "M" and regex.match(r"\p{M}", character):
            assert table[code] != characters.OTHER, ascii(character)
        if category[0] == "Z" or category in ("Cc", "Cs", "Co"):
            assert table[code] == characters.OTHER, ascii(character)
        if category[0] == "P" and regex.match(r"[\p{Latin}\p{Common}]", character):
            unspaced = table[code] >= characters.FIRST_UNSEGMENTED
            assert table[code] in (characters.OTHER, characters.PICTOGRAPH) or unspaced, ascii(character)
    assert not table[0x34000:].any()


def test_every_extender_continues_a_cluster():
    """Compared with the library's own clusters: a letter and an extender are one."""
    extenders = characters.extenders()
    for code in range(0x34000):
        if not 0xD800 <= code < 0xE000:
            together = len(regex.findall(r"\X", "a" + chr(code))) == 1
            assert bool(extenders[code]) == together, hex(code)

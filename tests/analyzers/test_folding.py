"""One form for many spellings: pairs that meet, and pairs that must not."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzers import characters
from analyzers.folding import Memo, exact, fold, unaccented
from tests.analyzers.texts import texts


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        pytest.param("", "", id="nothing"),
        pytest.param("NATO", "nato", id="case"),
        pytest.param("ＮＡＴＯ", "nato", id="full width"),
        pytest.param("ﾊﾝｶｸ", "ハンカク", id="half width"),
        pytest.param("ｶﾞ", "ガ", id="half width, voiced"),
        pytest.param("Straße", "strasse", id="ß"),
        pytest.param("GROẞ", "gross", id="capital ß"),
        pytest.param("Café", "cafe", id="accent"),
        pytest.param("Cafe\u0301", "cafe", id="accent of its own"),
        pytest.param("Ørsted", "orsted", id="stroke through o"),
        pytest.param("Łódź", "lodz", id="stroke through l"),
        pytest.param("Đặng", "dang", id="two marks on one letter"),
        pytest.param("Æsop", "aesop", id="ae"),
        pytest.param("Œuvre", "oeuvre", id="oe"),
        pytest.param("ﬁﬀ", "fiff", id="ligatures"),
        pytest.param("İstanbul", "istanbul", id="i with a dot"),
        pytest.param("ıstanbul", "istanbul", id="i without a dot"),
        pytest.param("ΠΟΥΤΙΝΣ", "πουτινσ", id="sigma"),
        pytest.param("Πούτινς", "πουτινσ", id="final sigma, accent"),
        pytest.param("Ёлка", "елка", id="ё"),
        pytest.param("Йод", "йод", id="й is a letter"),
        pytest.param("Їжак", "їжак", id="ї is a letter"),
        pytest.param("كِتَابٌ", "كتاب", id="harakat"),
        pytest.param("كـتـاب", "كتاب", id="tatweel"),
        pytest.param("أحمد", "احمد", id="hamza above"),
        pytest.param("إسلام", "اسلام", id="hamza below"),
        pytest.param("آب", "اب", id="madda"),
        pytest.param("کتابی", "كتابي", id="Persian kaf and yeh"),
        pytest.param("مدرسة", "مدرسه", id="teh marbuta"),
        pytest.param("ﻻ", "لا", id="presentation form"),
        pytest.param("שָׁלוֹם", "שלום", id="points"),
        pytest.param("ﭏ", "אל", id="Hebrew ligature"),
        pytest.param("लड़का", "लडका", id="nukta"),
        pytest.param("हँसना", "हंसना", id="chandrabindu"),
        pytest.param("हिन्दी", "हिन्दी", id="vowel signs and virama stay"),
        pytest.param("ขัน", "ขัน", id="Thai vowel signs stay"),
        pytest.param("น้ำ", "น้ำ", id="sara am stays one"),
        pytest.param("ນ້ຳ", "ນ້ຳ", id="Lao am stays one"),
        pytest.param("தமிழ்", "தமிழ்", id="Tamil marks stay"),
        pytest.param("が", "が", id="voiced kana stays"),
        pytest.param("๒๕๖๗", "2567", id="Thai digits"),
        pytest.param("१२३", "123", id="Devanagari digits"),
        pytest.param("۲۰٢٤", "2024", id="Persian and Arabic digits"),
        pytest.param("２０𝟚𝟜", "2024", id="digits of full width, of mathematics"),
        pytest.param("x²①", "x21", id="digits above, in circles"),
        pytest.param("Ⅷ", "viii", id="Roman numeral"),
        pytest.param("㎏", "kg", id="unit"),
        pytest.param("㍿", "株式会社", id="a word in a square"),
        pytest.param("ﷺ", "صلياللهعليهوسلم", id="a phrase in one character, its spaces gone"),
        pytest.param("한국", "한국", id="Korean"),
        pytest.param("\u1112\u1161\u11ab", "한", id="Korean by its letters"),
        pytest.param("👍🏽", "👍", id="skin tone"),
        pytest.param("❤", "❤", id="emoji"),
    ],
)
def test_folded(written, folded):
    assert fold(written) == folded


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("ขัน", "ขน", id="bowl, hair"),
        pytest.param("ป่า", "ป้า", id="forest, aunt"),
        pytest.param("दिन", "दान", id="day, gift"),
        pytest.param("мой", "мои", id="my, mine"),
        pytest.param("か", "が", id="ka, ga"),
        pytest.param("は", "ば", id="ha, ba"),
        pytest.param("ハ", "は", id="katakana, hiragana"),
        pytest.param("கல்", "கால்", id="stone, leg"),
        pytest.param("국", "군", id="two syllables"),
        pytest.param("🇩🇪", "🇩🇰", id="two flags"),
    ],
)
def test_kept_apart(one, other):
    assert fold(one) != fold(other)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        pytest.param("CAFÉ", "café", id="accent"),
        pytest.param("Häuser", "häuser", id="umlaut"),
        pytest.param("Straße", "strasse", id="ß is no accent"),
        pytest.param("Ёлка", "ёлка", id="ё"),
        pytest.param("कि़", "कि़", id="nukta"),
        pytest.param("１２٣", "123", id="digits fold"),
        pytest.param("น้ำ", "น้ำ", id="sara am"),
    ],
)
def test_exact_keeps_accents(written, kept):
    assert exact(written) == kept
    assert unaccented(exact(written)) == fold(written)


@pytest.mark.parametrize("term", ["ـ", "\u064e", "\u05b8", "\u0301", "\u093c", "🏽"])
def test_a_term_of_marks_alone_stays(term):
    assert fold(term) == term


def searched():
    """Every character that a term may be made of."""
    for code in characters.classes().nonzero()[0].tolist():
        yield unicodedata.normalize("NFC", chr(code))


def test_every_character_folds_to_a_form_that_stays():
    for character in searched():
        folded = fold(character)
        assert folded, f"{character!a} folds to nothing"
        assert not any(map(str.isspace, folded)), (ascii(character), ascii(folded))
        assert fold(folded) == folded, (ascii(character), ascii(folded), ascii(fold(folded)))


def test_every_character_folds_like_its_other_cases():
    for character in searched():
        others = {character.upper(), character.lower(), character.title(), character.casefold()}
        for other in others - {character}:
            assert fold(other) == fold(character), (ascii(character), ascii(other))


def test_every_digit_of_every_script_folds_to_its_value():
    digits = [chr(code) for code in range(0x110000) if unicodedata.category(chr(code)) == "Nd"]
    assert len(digits) > 600
    for digit in digits:
        assert fold(digit) == str(unicodedata.decimal(digit)), ascii(digit)


@settings(derandomize=True, database=None, deadline=None, max_examples=300)
@given(term=texts())
def test_any_form_of_unicode_folds_alike(term):
    forms = [unicodedata.normalize(form, term) for form in ("NFC", "NFD")]
    assert fold(forms[0]) == fold(forms[1]), ascii(term)


@settings(derandomize=True, database=None, deadline=None, max_examples=300)
@given(term=texts())
def test_folding_again_changes_nothing(term):
    assert fold(fold(term)) == fold(term), ascii(term)


@given(st.lists(st.integers(0, 9)))
@settings(derandomize=True, database=None, deadline=None)
def test_a_memo_answers_like_its_function_and_stays_small(numbers):
    memo = Memo(lambda term: term * 2, limit=3)
    for number in numbers:
        assert memo[str(number)] == str(number) * 2
        assert len(memo) <= 3

"""Thai: dictionary words, marks that stay with their letters, one order of marks, other scripts between."""

import pytest

from analyzers import Tier
from analyzers.languages import thai
from tests.analyzers.views import terms, tokens, written

TAG = "th"

NOTHING = [
    pytest.param("", id="nothing"),
    pytest.param(" \t\n\u00a0", id="spaces"),
    pytest.param("... !? “” ()", id="punctuation"),
    pytest.param("\u200b\u200c\u200d\ufeff", id="invisible characters"),
    pytest.param("฿ ★ ±", id="signs"),
]


@pytest.mark.parametrize("text", NOTHING)
def test_nothing_comes_of_nothing(text):
    assert not [token for tier in Tier for token in tokens(TAG, text, tier)], text


def test_signs_of_the_script_are_no_words():
    assert terms(TAG, "๏ ๛") == []
    assert terms(TAG, "๏ ๛", Tier.CLUSTER) == ["๏", "๛"]


WORDS = [
    pytest.param("ภาษาไทยง่ายนิดเดียว", ["ภาษาไทย", "ง่าย", "นิดเดียว"], id="words"),
    pytest.param("ประธานาธิบดีปูตินของรัสเซีย", ["ประธานาธิบดี", "ปูติน", "ของ", "รัสเซีย"], id="a name"),
    pytest.param("นายปูตินกล่าว", ["นาย", "ปูติน", "กล่าว"], id="a name between words"),
    pytest.param("กลุ่มนาโตขยายตัว", ["กลุ่ม", "นาโต", "ขยายตัว"], id="an alliance"),
    pytest.param("นาโตและยูเครน", ["นาโต", "และ", "ยูเครน"], id="and another"),
    pytest.param("ปูตินเดินทางไปกรุงเทพมหานคร", ["ปูติน", "เดินทาง", "ไป", "กรุงเทพมหานคร"], id="a long word"),
    pytest.param("ไม่ใช่", ["ไม่", "ใช่"], id="two short words"),
    pytest.param("ขันน้ำ", ["ขันน้ำ"], id="a vowel sign stays"),
    pytest.param("ขน", ["ขน"], id="no vowel sign is made up"),
    pytest.param("วิทยุ", ["วิทยุ"], id="radio"),
    pytest.param("วิทย์", ["วิทย์"], id="science, thanthakhat stays"),
    pytest.param("กรุงเทพฯ", ["กรุงเทพฯ"], id="abbreviation sign"),
    pytest.param("เด็กๆ", ["เด็ก", "ๆ"], id="repetition sign"),
    pytest.param("พ.ศ.", ["พ", "ศ"], id="full stops part"),
    pytest.param("ก้", ["ก้"], id="one cluster"),
    pytest.param("ตากลม", ["ตากลม"], id="two ways to cut"),
]

FOLDED = [
    pytest.param("น้ำ", ["น้ำ"], id="sara am"),
    pytest.param("นํ้า", ["น้ำ"], id="sara am as nikhahit, tone, aa"),
    pytest.param("น้ํา", ["น้ำ"], id="sara am as tone, nikhahit, aa"),
    pytest.param("นำ้", ["น้ำ"], id="tone after sara am"),
    pytest.param("ทํางาน", ["ทำงาน"], id="sara am in two, no tone"),
    pytest.param("เเมว", ["แมว"], id="sara e twice is sara ae"),
    pytest.param("ที่่", ["ที่"], id="a tone mark twice"),
    pytest.param("ท่ี", ["ที่"], id="tone before vowel"),
    pytest.param("สวัสดี\u200bครับ", ["สวัสดี", "ครับ"], id="zero-width space between words"),
    pytest.param("สวัส\u200bดีครับ", ["สวัสดี", "ครับ"], id="zero-width space inside a word"),
    pytest.param("สวัส\u00adดี\ufeffครับ", ["สวัสดี", "ครับ"], id="soft hyphen, BOM"),
    pytest.param("สวัส\u200cดี\u200dครับ", ["สวัสดี", "ครับ"], id="joiners"),
    pytest.param("๒๕๖๗", ["2567"], id="Thai digits"),
    pytest.param("พ.ศ. ๒๕๖๗", ["พ", "ศ", "2567"], id="a year"),
    pytest.param("ปี๒๕๖๗", ["ปี", "2567"], id="digits touch a word"),
]

MIXED = [
    pytest.param("ปี 2567", ["ปี", "2567"], id="other digits"),
    pytest.param("ใช้ Python เขียน", ["ใช้", "python", "เขียน"], id="Latin between spaces"),
    pytest.param("NATOขยายตัว", ["nato", "ขยายตัว"], id="Latin touches a word"),
    pytest.param("ประชุมＮＡＴＯวันนี้", ["ประชุม", "nato", "วันนี้"], id="full width inside"),
    pytest.param("เขียนภาษาC++ได้", ["เขียน", "ภาษา", "c++", "ได้"], id="C++ without spaces"),
    pytest.param("ภาษา C# และ F#", ["ภาษา", "c#", "และ", "f#"], id="C# and F#"),
    pytest.param("ซื้อiPhone15แล้ว", ["ซื้อ", "iphone15", "แล้ว"], id="letters and digits"),
    pytest.param("ปูติน普京पुतिन", ["ปูติน", "普京", "पुतिन"], id="three scripts touch"),
    pytest.param("習近平ไปมอสโก", ["习近平", "ไป", "มอสโก"], id="Traditional Chinese inside"),
    pytest.param("เธอ😀ไป", ["เธอ", "😀", "ไป"], id="emoji"),
    pytest.param("ธง🇹🇭ไทย", ["ธง", "🇹🇭", "ไทย"], id="a flag"),
    pytest.param("ภาษาລາວ", ["ภาษา"], id="Lao has no dictionary"),
]


@pytest.mark.parametrize(("text", "expected"), [*WORDS, *FOLDED, *MIXED])
def test_words(text, expected):
    assert terms(TAG, text) == expected


def test_a_long_run_is_cut_to_its_end():
    """Longer than the window in which the segmenters look for a place to part a text."""
    sentence = "ประธานาธิบดีปูตินของรัสเซียเดินทางไปกรุงเทพมหานคร"
    once = terms(TAG, sentence)
    assert terms(TAG, sentence * 20) == once * 20
    assert written(TAG, sentence * 20) == once * 20
    assert "".join(written(TAG, sentence * 200)) == sentence * 200


def test_a_run_without_end_reaches_the_segmenter_in_parts(monkeypatch):
    """Its time grows with the square of what it is given at once."""
    given = []
    monkeypatch.setattr(thai, "_cutter", lambda: lambda run: given.append(run) or [run])
    assert "".join(thai.segment(["ด้านหน้า" * 1_000])) == "ด้านหน้า" * 1_000
    assert max(map(len, given)) <= 2_000


@pytest.mark.parametrize(
    ("text", "clusters", "pairs"),
    [
        pytest.param("น้ำ", ["น้ำ"], [], id="a letter, its tone and its vowel"),
        pytest.param("นํ้า", ["น้ำ"], [], id="in another order"),
        pytest.param("ปูติน", ["ปู", "ติ", "น"], ["ปูติ", "ติน"], id="a name"),
        pytest.param("เมือง", ["เ", "มื", "อ", "ง"], ["เมื", "มือ", "อง"], id="a vowel before its letter"),
        pytest.param("ปี๒๕", ["ปี", "2", "5"], ["ปี2", "25"], id="Thai digits are of the script"),
        pytest.param("ปี25ก", ["ปี", "25", "ก"], [], id="other digits end a run"),
        pytest.param("กขะ คง", ["ก", "ข", "ะ", "ค", "ง"], ["กข", "ขะ", "คง"], id="no pair across a space"),
        pytest.param("ก.ข", ["ก", "ข"], [], id="no pair across a full stop"),
        pytest.param("ใช้ Go", ["ใ", "ช้", "go"], ["ใช้"], id="words between are units"),
        pytest.param("ก\u200bข", ["ก", "ข"], ["กข"], id="invisible characters do not part"),
        pytest.param("ກິນ", ["ກິ", "ນ"], ["ກິນ"], id="Lao"),
        pytest.param("กລ", ["ก", "ລ"], [], id="Thai and Lao are two scripts"),
    ],
)
def test_pieces(text, clusters, pairs):
    assert terms(TAG, text, Tier.CLUSTER) == clusters
    assert terms(TAG, text, Tier.PAIR) == pairs


@pytest.mark.parametrize(
    ("text", "inner", "stems"),
    [
        pytest.param("น้ำสะอาด", [], [], id="none in Thai"),
        pytest.param("ใช้ iPhone15", ["iphone", "15"], ["th:iphone15"], id="of other words"),
        pytest.param("Café ใหม่", [], ["th:cafe"], id="folded"),
    ],
)
def test_words_inside_words_and_stems(text, inner, stems):
    assert terms(TAG, text, Tier.INNER) == inner
    assert terms(TAG, text, Tier.STEM) == stems


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("ดื่มนํ้าและ", ["ดื่ม", "นํ้า", "และ"], id="sara am in two"),
        pytest.param("ดื่มนำ้และ", ["ดื่ม", "นำ้", "และ"], id="tone after sara am"),
        pytest.param("เลี้ยงเเมวดำ", ["เลี้ยง", "เเมว", "ดำ"], id="sara e twice"),
        pytest.param("สวัส\u200bดี\u200bครับ", ["สวัส\u200bดี", "ครับ"], id="zero-width spaces"),
        pytest.param("ไม่่กลัว", ["ไม่่", "กลัว"], id="a tone mark twice"),
        pytest.param("ปี ๒๕๖๗", ["ปี", "๒๕๖๗"], id="Thai digits"),
        pytest.param("𝔸ปูติน", ["𝔸", "ปูติน"], id="code points, not UTF-16"),
    ],
)
def test_what_is_marked(text, expected):
    assert written(TAG, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("นํ้า", ["นํ้า"], id="sara am in two"),
        pytest.param("ก่่า", ["ก่่", "า"], id="a tone mark twice, then a letter"),
        pytest.param("ท่ีา", ["ท่ี", "า"], id="marks out of order, then a letter"),
        pytest.param("เเก", ["เเ", "ก"], id="sara e twice"),
    ],
)
def test_what_is_marked_of_a_cluster(text, expected):
    assert written(TAG, text, Tier.CLUSTER) == expected

"""Any other language: words by Unicode's rules, pieces of scripts that are written without spaces."""

import pytest

from analyzers import Tier
from tests.analyzers.views import terms, tokens, written

TAG = "und"

NOTHING = [
    pytest.param("", id="nothing"),
    pytest.param(" \u1680\u2007\u3000", id="spaces"),
    pytest.param("، ؛ ؟ ۔ · ׀ ። ၊", id="punctuation of other scripts"),
    pytest.param("\u200e\u200f\u202e\u2066", id="directions"),
    pytest.param("\u0301", id="a lone accent"),
]


@pytest.mark.parametrize("text", [row for row in NOTHING if row.id != "punctuation of other scripts"])
def test_nothing_comes_of_nothing(text):
    assert not [token for tier in Tier for token in tokens(TAG, text, tier)], ascii(text)


def test_no_word_comes_of_punctuation():
    assert terms(TAG, "، ؛ ؟ ۔ · ׀ ። ၊ ។") == []


WORDS = [
    pytest.param("Русский язык", ["русский", "язык"], id="Russian"),
    pytest.param("Ελλάδα ΕΛΛΑΔΑ", ["ελλαδα", "ελλαδα"], id="Greek, with and without accents"),
    pytest.param("ΠΟΥΤΙΝΣ Πούτινς", ["πουτινσ", "πουτινσ"], id="final sigma"),
    pytest.param("ёлка елка", ["елка", "елка"], id="ё is е"),
    pytest.param("мой мои Київ", ["мой", "мои", "київ"], id="й and ї are letters"),
    pytest.param("اللغة العربية", ["اللغه", "العربيه"], id="Arabic"),
    pytest.param("كِتَاب كتاب كـتاب", ["كتاب"] * 3, id="harakat and tatweel"),
    pytest.param("أحمد احمد", ["احمد", "احمد"], id="hamza"),
    pytest.param("کتاب ی", ["كتاب", "ي"], id="Persian keyboards"),
    pytest.param("می\u200cخواهم", ["ميخواهم"], id="Persian joins with a non-joiner"),
    pytest.param("۲۰۲۴ ٢٠٢٤", ["2024", "2024"], id="Persian and Arabic digits"),
    pytest.param("שָׁלוֹם שלום", ["שלום", "שלום"], id="Hebrew points"),
    pytest.param("한국어 문장", ["한국어", "문장"], id="Korean"),
    pytest.param("\u1112\u1161\u11ab\u1100\u116e\u11a8", ["한국"], id="Korean by its letters"),
    pytest.param("Đặng Thị Ngọc", ["dang", "thi", "ngoc"], id="Vietnamese"),
    pytest.param("தமிழ் மொழி", ["தமிழ்", "மொழி"], id="Tamil keeps its marks"),
    pytest.param("বাংলা ভাষা", ["বাংলা", "ভাষা"], id="Bengali"),
    pytest.param("ქართული Հայերեն አማርኛ", ["ქართული", "հայերեն", "አማርኛ"], id="Georgian, Armenian, Amharic"),
    pytest.param("བོད་སྐད", ["བོད", "སྐད"], id="Tibetan syllables"),
    pytest.param("ᏣᎳᎩ ꮳꮃꭹ", ["ᏣᎳᎩ", "ᏣᎳᎩ"], id="Cherokee folds to capitals"),
    pytest.param("Putin ปูติน 普京", ["putin", "ปูติน", "普京"], id="scripts with a dictionary"),
    pytest.param("日本語を書く", ["日本", "语", "を", "书く"], id="kanji beside kana by the Japanese one"),
    pytest.param("東京駅 东京站", ["东京", "驿", "东京", "站"], id="kanji of Japan alone, and of China"),
    pytest.param("我爱の鲜奶", ["我", "爱", "の", "鲜奶"], id="Chinese with a kana in it"),
    pytest.param("ភាសា ພາສາ မြန်မာ", [], id="no dictionary, no words"),
    pytest.param("ឆ្នាំ២០២៤ ປີ໒໐໒໔ ၂၀၂၄ခုနှစ်", ["2024"] * 3, id="numbers, where nobody knows the words"),
    pytest.param("🏴\U000e0067\U000e0062\U000e007f", ["🏴"], id="a flag of tags"),
    pytest.param("C++ C#", ["c++", "c#"], id="C++ and C#"),
]


@pytest.mark.parametrize(("text", "expected"), WORDS)
def test_words(text, expected):
    assert terms(TAG, text) == expected


@pytest.mark.parametrize(
    ("text", "clusters", "pairs"),
    [
        pytest.param("ひらがな", ["ひ", "ら", "が", "な"], ["ひら", "らが", "がな"], id="hiragana"),
        pytest.param("か\u3099き", ["が", "き"], ["がき"], id="voiced mark of its own"),
        pytest.param("ｶﾞｷ", ["ガ", "キ"], ["ガキ"], id="half width"),
        pytest.param(
            "日本語を", ["日", "本", "语", "を"], ["日本", "本语", "语を"], id="kanji and kana are one run"
        ),
        pytest.param("ភាសាខ្មែរ", ["ភា", "សា", "ខ្", "មែ", "រ"], ["ភាសា", "សាខ្", "ខ្មែ", "មែរ"], id="Khmer"),
        pytest.param("ພາສາ", ["ພ", "າ", "ສ", "າ"], ["ພາ", "າສ", "ສາ"], id="Lao"),
        pytest.param("ນໍ້າ", ["ນ້ຳ"], [], id="Lao am in two"),
        pytest.param("ເເມ", ["ແ", "ມ"], ["ແມ"], id="Lao e twice"),
        pytest.param("မြန်မာ", ["မြ", "န်", "မ", "ာ"], ["မြန်", "န်မ", "မာ"], id="Burmese"),
        pytest.param("ꦗꦮ", ["ꦗ", "ꦮ"], ["ꦗꦮ"], id="Javanese"),
        pytest.param("ᬩᬮᬶ", ["ᬩ", "ᬮᬶ"], ["ᬩᬮᬶ"], id="Balinese"),
        pytest.param("ភាសា។", ["ភា", "សា", "។"], ["ភាសា", "សា។"], id="a script's own punctuation"),
        pytest.param(
            "ភាសា ខ្មែរ2024", ["ភា", "សា", "ខ្", "មែ", "រ", "2024"], ["ភាសា", "ខ្មែ", "មែរ"], id="words between"
        ),
        pytest.param("한국 땅", ["한", "국", "땅"], ["한국"], id="Korean has spaces and pieces"),
        pytest.param(
            "서울2호선abc", ["서", "울", "2", "호", "선", "abc"], ["서울", "호선"], id="words in Korean ones"
        ),
        pytest.param(
            "\u1112\u119e\u11ab글",
            ["\u1112\u119e\u11ab", "글"],
            ["\u1112\u119e\u11ab글"],
            id="old Hangul by letter",
        ),
    ],
)
def test_pieces(text, clusters, pairs):
    assert terms(TAG, text, Tier.CLUSTER) == clusters
    assert terms(TAG, text, Tier.PAIR) == pairs


@pytest.mark.parametrize(
    ("text", "inner"),
    [
        pytest.param("Москва2024", ["москва", "2024"], id="Cyrillic and digits"),
        pytest.param("서울2호선", ["서울", "2", "호선"], id="Korean around a digit"),
        pytest.param("삼성galaxy", ["삼성", "galaxy"], id="Korean and Latin"),
        pytest.param("ΑΒΓ7", ["αβγ", "7"], id="Greek and digits"),
        pytest.param("Москва", [], id="one script"),
        pytest.param("3½", ["3", "1⁄2"], id="a fraction is a number of its own"),
        pytest.param("①②", ["1", "2"], id="circled digits one by one"),
        pytest.param("৷৷", ["৷", "৷"], id="numerators one by one"),
        pytest.param("ंिखगिल", ["खगिल"], id="marks with no letter before them"),
    ],
)
def test_words_inside_words(text, inner):
    assert terms(TAG, text, Tier.INNER) == inner


def test_stems_are_the_words_tagged_undetermined():
    assert terms(TAG, "Running Häuser", Tier.STEM) == ["und:running", "und:hauser"]


@pytest.mark.parametrize(
    ("text", "tier", "expected"),
    [
        pytest.param("كِتَابٌ، قلم", Tier.WORD, ["كِتَابٌ", "قلم"], id="harakat, and no comma"),
        pytest.param("می\u200cخواهم", Tier.WORD, ["می\u200cخواهم"], id="a non-joiner inside"),
        pytest.param("か\u3099き", Tier.CLUSTER, ["が", "き"], id="stored composed"),
        pytest.param("い\u3099き", Tier.CLUSTER, ["い\u3099", "き"], id="a mark that is never composed"),
        pytest.param("ខ្មែរ", Tier.CLUSTER, ["ខ្", "មែ", "រ"], id="Khmer"),
        pytest.param("ខ្\u200bមែរ", Tier.PAIR, ["ខ្\u200bមែ", "មែរ"], id="a pair around an invisible one"),
        pytest.param("ນໍ້າລາວ", Tier.CLUSTER, ["ນໍ້າ", "ລ", "າ", "ວ"], id="Lao am in two"),
    ],
)
def test_what_is_marked(text, tier, expected):
    assert written(TAG, text, tier) == expected

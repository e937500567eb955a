"""Vietnamese: found without tones and accents, and told apart by them in the stem."""

import pytest

from tests.analyzers.views import stems, terms, written

TAG = "vi"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Hà Nội Ha Noi", ["ha", "noi", "ha", "noi"], id="tones fold"),
        pytest.param("Đà Nẵng", ["da", "nang"], id="a letter with a stroke"),
        pytest.param("hoà bình hòa bình", ["hoa", "binh", "hoa", "binh"], id="a tone in either place"),
        pytest.param("nước NƯỚC", ["nuoc", "nuoc"], id="horns and capitals"),
        pytest.param("Tiếng Tiếng", ["tieng", "tieng"], id="marks of their own"),
        pytest.param("Xin chào, thế giới!", ["xin", "chao", "the", "gioi"], id="punctuation parts"),
        pytest.param("TP.HCM", ["tp", "hcm"], id="full stops part"),
    ],
)
def test_words(text, expected):
    assert terms(TAG, text) == expected


@pytest.mark.parametrize(
    ("stem", "words"),
    [
        pytest.param("vi:hoa2", ["hoà", "hòa", "HÒA"], id="peace"),
        pytest.param("vi:nu7o7c1", ["nước", "NƯỚC", "nước"], id="a country"),
        pytest.param("vi:d9u7o7ng2", ["đường", "Đường"], id="a road"),
        pytest.param("vi:la2", ["là", "LÀ"], id="to be"),
        pytest.param("vi:khoa1", ["khoá", "khóa"], id="a lock, its tone on either vowel"),
        pytest.param("vi:thuy3", ["thuỷ", "thủy"], id="water, likewise"),
    ],
)
def test_inflections_share_a_stem(stem, words):
    assert stems(TAG, *words) == {stem}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("ma", "má", id="ghost, mother"),
        pytest.param("má", "mà", id="mother, but"),
        pytest.param("cân", "cần", id="to weigh, need"),
        pytest.param("đường", "duong", id="a road, typed without marks"),
        pytest.param("năm", "nam", id="five, year"),
    ],
)
def test_other_words_do_not(one, other):
    assert stems(TAG, one) != stems(TAG, other)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Đà Nẵng, Huế", ["Đà", "Nẵng", "Huế"], id="syllables"),
    ],
)
def test_what_is_marked(text, expected):
    assert written(TAG, text) == expected

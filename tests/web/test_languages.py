"""Names of languages and the way they are written."""

import pytest

from web.languages import direction, endonym, language_name


@pytest.mark.parametrize(
    ("code", "name", "own", "written"),
    [
        ("th", "Thai", "ไทย", "ltr"),
        ("zh", "Chinese", "中文", "ltr"),
        ("zh-Hant", "Traditional Chinese", "繁體中文", "ltr"),
        ("hi", "Hindi", "हिन्दी", "ltr"),
        ("en", "English", "English", "ltr"),
        ("de", "German", "Deutsch", "ltr"),
        ("ar", "Arabic", "العربية", "rtl"),
        ("he", "Hebrew", "עברית", "rtl"),
        ("fa", "Persian", "فارسی", "rtl"),
        ("ur", "Urdu", "اردو", "rtl"),
        ("ckb", "Central Kurdish", "کوردیی ناوەندی", "rtl"),
        ("und", "Unknown language", "", "auto"),
        ("bo", "Tibetan", "བོད་སྐད་", "ltr"),
        ("qaa", "qaa", "", "auto"),
        ("tlh", "Klingon", "", "ltr"),
        ("<script>", "<script>", "", "auto"),
        ("", "", "", "auto"),
    ],
)
def test_a_language(code, name, own, written):
    assert (language_name(code), endonym(code), direction(code)) == (name, own, written)


def test_a_reader_reads_it_in_their_own_language():
    assert language_name("th", "de") == "Thailändisch"
    assert language_name("de", "zh") == "德语"

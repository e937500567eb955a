"""A first line is a title when it reads like one."""

from pathlib import Path

import pytest

from indexer.sources.titles import only_a_date, title_of

SEEDS = Path(__file__).parents[2] / "seeds"


@pytest.mark.parametrize(
    ("seed", "title"),
    [
        ("000_626ffce08d765c0f.txt", ""),
        ("001_198679287b7c35b7.txt", "习近平访俄甚过当年毛泽东拜会斯大林"),
        (
            "002_e0e9c0f0948ce5f1.txt",
            "व्लादिमीर पुतिन (अध्यक्ष में) ने वीडियोकांफ्रेंसिंग के माध्यम से शी जिनपिंग (स्क्रीन पर) के साथ बातचीत की",
        ),
        ("003_841051a798ffaa10.txt", "Chinese Leader Xi Jinping Met With the Russian Foreign Minister"),
        ("004_0445315181c0e30e.txt", ""),
    ],
)
def test_titles_of_the_seeds(seed, title):
    assert title_of((SEEDS / seed).read_text(encoding="utf-8")) == title


@pytest.mark.parametrize(
    ("text", "title"),
    [
        pytest.param("", "", id="nothing"),
        pytest.param("\n  \n\tVon den Bienen \n\nSie fliegen.", "Von den Bienen", id="trimmed"),
        pytest.param("ทุเรียนไทยในตลาดโลก\nราคาปีนี้", "ทุเรียนไทยในตลาดโลก", id="Thai"),
        pytest.param("東京の地下鉄\n路線は十三ある。", "東京の地下鉄", id="Japanese"),
        pytest.param("Bees and Flowers https://example.org/b", "Bees and Flowers", id="before an address"),
        pytest.param("Bees – www.example.org", "Bees", id="a dash before an address goes too"),
        pytest.param("https://example.org/1\nBees", "Bees", id="an address is none, the next line is tried"),
        pytest.param("* * *\n--------\nBees", "Bees", id="a rule is none"),
        pytest.param("Rice is grown in water.\nBees", "", id="a sentence"),
        pytest.param('He said "Rice is grown in water."\nBees', "", id="a sentence that closes with a quote"),
        pytest.param("水稻长在水里。\n蜜蜂", "", id="a Chinese sentence"),
        pytest.param("धान पानी में उगता है।\nमधुमक्खी", "", id="a Hindi sentence"),
        pytest.param("هل ينمو الأرز في الماء؟\nالنحل", "", id="an Arabic question"),
        pytest.param("چاول پانی میں اگتا ہے۔\nشہد", "", id="an Urdu sentence"),
        pytest.param("ស្រូវដុះក្នុងទឹក។\nឃ្មុំ", "", id="a Khmer sentence"),
        pytest.param("ሩዝ በውሃ ውስጥ ይበቅላል።\nንብ", "", id="an Amharic sentence"),
        pytest.param("ဆန်သည် ရေတွင် ပေါက်သည်။\nပျား", "", id="a Burmese sentence"),
        pytest.param(
            "Rice, which is grown in water and in\nmuch of Asia, is eaten daily.",
            "",
            id="a wrapped paragraph",
        ),
        pytest.param("Dear reader,\nRice", "", id="a salutation"),
        pytest.param("r" * 121 + "\nBees", "", id="too long"),
        pytest.param("r" * 120 + "\nBees", "r" * 120, id="just short enough"),
        pytest.param("5 May 2001\n" * 9 + "Bees", "", id="not looked for beyond five lines"),
        pytest.param("r" * 9_000_000, "", id="a text without line ends"),
    ],
)
def test_titles(text, title):
    assert title_of(text) == title


@pytest.mark.parametrize(
    "line",
    [
        "Freitag, 3. Mai 1996",
        "03/05/1996 14:30",
        "1996-05-03T10:00:00Z",
        "May 3rd, 1996",
        "วันศุกร์ที่ ๓ พฤษภาคม พ.ศ. ๒๕๓๙",
        "1996年5月3日 星期五",
        "शुक्रवार, 3 मई 1996",
        "الجمعة 3 مايو 1996",
        "Thứ Sáu, ngày 3 tháng 5 năm 1996",
    ],
)
def test_dates_in_many_languages_are_no_titles(line):
    assert only_a_date(line)
    assert title_of(f"{line}\n\nBees") == "Bees"


@pytest.mark.parametrize("line", ["Bees", "Report 2019", "The 12 best years", "Chapter 7"])
def test_titles_with_a_number_are_no_dates(line):
    assert not only_a_date(line)

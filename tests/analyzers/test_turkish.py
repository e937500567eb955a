"""Turkish: inflections that share a stem, words that do not, and how letters fold."""

import pytest

from tests.analyzers.views import stems, terms

TAG = "tr"


@pytest.mark.parametrize(
    ("stem", "words"),
    [
        pytest.param("tr:kitap", ["kitap", "kitaplar", "kitapları", "kitapta"], id="a book"),
        pytest.param("tr:ev", ["ev", "evler", "evlerinizden", "evde"], id="a house"),
        pytest.param("tr:sehir", ["şehir", "şehirde", "şehirler"], id="a city"),
        pytest.param("tr:kadi", ["kadın", "kadınların"], id="a woman"),
        pytest.param("tr:yol", ["yol", "yollar", "yolda"], id="a road"),
        pytest.param("tr:cicek", ["çiçek", "çiçekler", "çiçekten"], id="a flower"),
    ],
)
def test_inflections_share_a_stem(stem, words):
    assert stems(TAG, *words) == {stem}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("yol", "ev", id="road, house"),
    ],
)
def test_other_words_do_not(one, other):
    assert stems(TAG, one) != stems(TAG, other)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("İstanbul istanbul", ["istanbul", "istanbul"], id="dotted capital"),
        pytest.param("Isparta ısparta", ["isparta", "isparta"], id="dotless small"),
        pytest.param("Ankara’da Ankara'da", ["ankara", "da", "ankara", "da"], id="an apostrophe parts"),
        pytest.param("ağaç şiş", ["agac", "sis"], id="cedillas and breves"),
    ],
)
def test_one_form(text, expected):
    assert terms(TAG, text) == expected

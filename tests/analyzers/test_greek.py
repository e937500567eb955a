"""Greek: inflections that share a stem, words that do not, and how letters fold."""

import pytest

from tests.analyzers.views import stems, terms

TAG = "el"


@pytest.mark.parametrize(
    ("stem", "words"),
    [
        pytest.param("el:ανθρωπ", ["άνθρωπος", "άνθρωποι", "ανθρώπους", "ΑΝΘΡΩΠΟΣ"], id="a human"),
        pytest.param("el:πολ", ["πόλη", "πόλης", "πόλεις"], id="a city"),
        pytest.param("el:βιβλ", ["βιβλία", "βιβλίων"], id="a book"),
        pytest.param("el:θαλασσ", ["θάλασσα", "θάλασσας", "θάλασσες"], id="the sea"),
        pytest.param("el:δρομ", ["δρόμος", "δρόμοι", "δρόμους"], id="a road"),
        pytest.param("el:πα", ["παιδιά", "παιδιών"], id="a child"),
        pytest.param("el:σχολει", ["σχολείο", "σχολεία"], id="a school"),
    ],
)
def test_inflections_share_a_stem(stem, words):
    assert stems(TAG, *words) == {stem}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("βιβλίο", "πόλη", id="book, city"),
    ],
)
def test_other_words_do_not(one, other):
    assert stems(TAG, one) != stems(TAG, other)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("δρόμος ΔΡΟΜΟΣ", ["δρομοσ", "δρομοσ"], id="a final sigma"),
        pytest.param("προϊόν ΐ", ["προιον", "ι"], id="two accents on a letter"),
        pytest.param("γιατί;", ["γιατι"], id="a question mark is no letter"),
        pytest.param("ἄνθρωπος ᾠδή", ["ανθρωποσ", "ωιδη"], id="old accents"),
    ],
)
def test_one_form(text, expected):
    assert terms(TAG, text) == expected

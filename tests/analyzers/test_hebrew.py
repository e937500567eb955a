"""Hebrew: points are optional, particles leave sub-words, conjunction, article and plural share a stem."""

import pytest

from analyzers import Tier
from tests.analyzers.views import stems, terms, written

TAG = "he"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("שָׁלוֹם שלום", ["שלום", "שלום"], id="points"),
        pytest.param("הַסֵּפֶר הספר", ["הספר", "הספר"], id="a pointed article"),
        pytest.param('צה״ל צה"ל', ["צה", "ל", "צה", "ל"], id="quotation marks in letters part"),
        pytest.param("בית-ספר", ["בית", "ספר"], id="a hyphen parts"),
        pytest.param("בית־ספר", ["בית", "ספר"], id="the hyphen of Hebrew too"),
        pytest.param("מלך מלכים", ["מלך", "מלכים"], id="a final letter stays in its word"),
        pytest.param("ﬠﬥ", ["על"], id="wide letters"),
    ],
)
def test_words(text, expected):
    assert terms(TAG, text) == expected


@pytest.mark.parametrize(
    ("stem", "words"),
    [
        pytest.param("he:ספר", ["ספר", "הספר", "והספר", "ספרים", "והספרים", "סְפָרִים"], id="a book"),
        pytest.param("he:מלכ", ["מלך", "המלך", "מלכים", "והמלכים"], id="a king"),
        pytest.param("he:שוק", ["שוק", "השוק", "הַשּׁוּק"], id="a market"),
        pytest.param("he:שיר", ["שיר", "שירים", "השירים", "ושיר"], id="a song"),
        pytest.param("he:חג", ["חג", "חגים", "החגים"], id="a holiday"),
        pytest.param("he:סירה", ["סירה", "והסירה", "הסירה"], id="a boat"),
        pytest.param("he:נחל", ["נחל", "הנחל", "ונחל"], id="a river, its final letter plain"),
    ],
)
def test_inflections_share_a_stem(stem, words):
    assert stems(TAG, *words) == {stem}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("ספר", "מלך", id="book, king"),
        pytest.param("בית", "ביצה", id="house, egg"),
        pytest.param("הר", "היא", id="mountain, she"),
    ],
)
def test_other_words_do_not(one, other):
    assert stems(TAG, one) != stems(TAG, other)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("ובבית", ["בבית", "בית"], id="each particle may be one"),
        pytest.param("הספר", ["ספר"], id="an article"),
        pytest.param("מהשוק", ["השוק", "שוק"], id="from the"),
        pytest.param("כשהלך", ["הלך", "לך"], id="when"),
        pytest.param("לכשיבוא", ["יבוא"], id="as soon as"),
        pytest.param("שלום", ["לום", "ום"], id="or none is"),
        pytest.param("בַּבַּיִת", ["בַּיִת"], id="points belong to the particle"),
        pytest.param("גן", [], id="no particle"),
        pytest.param("הר", [], id="one letter is no word"),
        pytest.param("ולמדינה", ["למדינה", "מדינה"], id="and to the"),
        pytest.param("שבעיר", ["בעיר", "עיר"], id="that is in the"),
    ],
)
def test_what_is_marked(text, expected):
    assert written(TAG, text, Tier.INNER) == expected

"""Armenian: inflections that share a stem, words that do not, and how letters fold."""

import pytest

from tests.analyzers.views import stems, terms

TAG = "hy"


@pytest.mark.parametrize(
    ("stem", "words"),
    [
        pytest.param("hy:գրադ", ["գրադարան", "գրադարանը"], id="a library"),
        pytest.param("hy:քաղ", ["քաղաք", "քաղաքը", "քաղաքի"], id="a city"),
        pytest.param("hy:ուսուց", ["ուսուցիչ", "ուսուցիչը"], id="a teacher"),
        pytest.param("hy:ուսանող", ["ուսանող", "ուսանողը", "ուսանողի"], id="a student"),
        pytest.param("hy:պատուհ", ["պատուհան", "պատուհանը", "պատուհանի"], id="a window"),
    ],
)
def test_inflections_share_a_stem(stem, words):
    assert stems(TAG, *words) == {stem}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("քաղաք", "լեռներ", id="city, mountain"),
    ],
)
def test_other_words_do_not(one, other):
    assert stems(TAG, one) != stems(TAG, other)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Երևան ԵՐԵՎԱՆ", ["երեւան", "երեվան"], id="capitals"),
        pytest.param("տուն։ դուռ", ["տուն", "դուռ"], id="a full stop of Armenian"),
    ],
)
def test_one_form(text, expected):
    assert terms(TAG, text) == expected

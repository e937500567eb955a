"""Indonesian: inflections that share a stem, words that do not, and how letters fold."""

import pytest

from tests.analyzers.views import stems, terms

TAG = "id"


@pytest.mark.parametrize(
    ("stem", "words"),
    [
        pytest.param("id:baca", ["baca", "membaca", "bacaan", "dibaca"], id="to read"),
        pytest.param("id:tulis", ["tulis", "tulisan"], id="to write"),
        pytest.param("id:rumah", ["rumah", "rumahnya"], id="a house"),
        pytest.param("id:buku", ["buku", "bukunya", "bukuku"], id="a book"),
        pytest.param("id:main", ["main", "bermain", "mainan"], id="to play"),
    ],
)
def test_inflections_share_a_stem(stem, words):
    assert stems(TAG, *words) == {stem}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("baca", "buku", id="to read, a book"),
    ],
)
def test_other_words_do_not(one, other):
    assert stems(TAG, one) != stems(TAG, other)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("anak-anak", ["anak", "anak"], id="a hyphen parts"),
    ],
)
def test_one_form(text, expected):
    assert terms(TAG, text) == expected

"""French: inflections that share a stem, words that do not, and how letters fold."""

import pytest

from tests.analyzers.views import stems, terms

TAG = "fr"


@pytest.mark.parametrize(
    ("stem", "words"),
    [
        pytest.param("fr:livr", ["livre", "livres"], id="a book"),
        pytest.param("fr:chant", ["chanter", "chantait", "chantaient"], id="to sing"),
        pytest.param("fr:national", ["national", "nationale", "nationales"], id="national"),
        pytest.param("fr:cheval", ["cheval", "chevaux"], id="a horse"),
        pytest.param("fr:heureux", ["heureux", "heureuse", "heureuses"], id="happy"),
    ],
)
def test_inflections_share_a_stem(stem, words):
    assert stems(TAG, *words) == {stem}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("livre", "liberté", id="book, freedom"),
    ],
)
def test_other_words_do_not(one, other):
    assert stems(TAG, one) != stems(TAG, other)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("l’école d'été", ["l", "ecole", "d", "ete"], id="an apostrophe parts"),
        pytest.param("cœur Ça", ["coeur", "ca"], id="œ and ç"),
        pytest.param("Noël FORÊT", ["noel", "foret"], id="accents"),
    ],
)
def test_one_form(text, expected):
    assert terms(TAG, text) == expected

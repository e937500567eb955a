"""Catalan: inflections that share a stem, words that do not, and how letters fold."""

import pytest

from tests.analyzers.views import stems, terms

TAG = "ca"


@pytest.mark.parametrize(
    ("stem", "words"),
    [
        pytest.param("ca:carr", ["carrer", "carrers"], id="a street"),
        pytest.param("ca:nen", ["nen", "nens", "nena", "nenes"], id="a child"),
        pytest.param("ca:cant", ["cantar", "cantava", "cantaven"], id="to sing"),
        pytest.param("ca:port", ["port", "ports"], id="a port"),
        pytest.param("ca:felic", ["feliç", "feliços"], id="happy"),
    ],
)
def test_inflections_share_a_stem(stem, words):
    assert stems(TAG, *words) == {stem}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("cantar", "camp", id="to sing, a field"),
    ],
)
def test_other_words_do_not(one, other):
    assert stems(TAG, one) != stems(TAG, other)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("l’aigua d'hivern", ["l", "aigua", "d", "hivern"], id="an apostrophe parts"),
        pytest.param("col·legi", ["col", "legi"], id="ela geminada"),
        pytest.param("Àfrica plaça", ["africa", "placa"], id="accents"),
    ],
)
def test_one_form(text, expected):
    assert terms(TAG, text) == expected

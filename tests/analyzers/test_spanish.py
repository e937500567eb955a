"""Spanish: inflections that share a stem, words that do not, and how letters fold."""

import pytest

from tests.analyzers.views import stems, terms

TAG = "es"


@pytest.mark.parametrize(
    ("stem", "words"),
    [
        pytest.param("es:libr", ["libro", "libros"], id="a book"),
        pytest.param("es:cant", ["cantar", "cantaban", "cantó", "cantando"], id="to sing"),
        pytest.param("es:nin", ["niño", "niños", "niña", "niñas"], id="a child"),
        pytest.param("es:accion", ["acción", "acciones"], id="an action"),
        pytest.param("es:darl", ["darle", "darlo"], id="to give"),
    ],
)
def test_inflections_share_a_stem(stem, words):
    assert stems(TAG, *words) == {stem}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("años", "anual", id="year, anus"),
    ],
)
def test_other_words_do_not(one, other):
    assert stems(TAG, one) != stems(TAG, other)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Ñandú niño", ["nandu", "nino"], id="ñ is n"),
        pytest.param("¿Qué? ¡Sí!", ["que", "si"], id="inverted marks part"),
        pytest.param("canción", ["cancion"], id="accents"),
    ],
)
def test_one_form(text, expected):
    assert terms(TAG, text) == expected

"""The normal form that is cut, and the way back from its offsets to the stored text's."""

import random

import numpy as np
import pytest
import regex
from hypothesis import given, settings

from analyzers.normal import _THAI_LAO, Normal, _regular_marks, normalize
from tests.analyzers.texts import INVISIBLE, random_texts, texts

steady = settings(derandomize=True, database=None, deadline=None, max_examples=300)


@pytest.mark.parametrize(
    ("stored", "normal"),
    [
        pytest.param("", "", id="nothing"),
        pytest.param("plain", "plain", id="ASCII"),
        pytest.param("zero\u200bwidth", "zerowidth", id="zero-width space"),
        pytest.param("\ufeff中\u200c国\u200d", "中国", id="BOM, joiners"),
        pytest.param("Schiff\u00adfahrt", "Schifffahrt", id="soft hyphen"),
        pytest.param("❤\ufe0f葛\U000e0100", "❤葛", id="variation selectors"),
        pytest.param("\u202eabc\u202c\u2066\u2069", "abc", id="directions"),
        pytest.param("ក\u17b4\u17b5", "ក", id="Khmer vowels that are not seen"),
        pytest.param("\u3164\u115f\uffa0", "\u3164\u115f\uffa0", id="Korean fillers are letters"),
        pytest.param("น้ำ", "น้ำ", id="sara am"),
        pytest.param("นํ้า", "น้ำ", id="nikhahit, tone, aa"),
        pytest.param("น้ํา", "น้ำ", id="tone, nikhahit, aa"),
        pytest.param("นำ้", "น้ำ", id="am, tone"),
        pytest.param("นํา้", "น้ำ", id="nikhahit, aa, tone"),
        pytest.param("น\u200bํ\u200b้\u200bา", "น้ำ", id="with zero-width spaces between"),
        pytest.param("นํ", "นํ", id="nikhahit alone"),
        pytest.param("นา้", "นา้", id="a tone after aa belongs nowhere, and stays"),
        pytest.param("นำำู้", "นู้ำำ", id="am twice, the marks of both before them"),
        pytest.param("กํา\u0e34ำ", "กิำำ", id="am as two and as one, with a vowel"),
        pytest.param("ເຳຳ້", "ເ້ຳຳ", id="Lao am twice"),
        pytest.param("เเม เ\u200bเม", "แม แม", id="sara e twice"),
        pytest.param("เเเ", "แเ", id="sara e three times"),
        pytest.param("ที่่", "ที่", id="a tone twice"),
        pytest.param("ท่ี", "ที่", id="tone, vowel"),
        pytest.param("ก์ิ", "กิ์", id="thanthakhat, vowel"),
        pytest.param("ນໍ້າ ນ້ໍາ ນຳ້", "ນ້ຳ ນ້ຳ ນ້ຳ", id="Lao am"),
        pytest.param("ເເມ", "ແມ", id="Lao e twice"),
        pytest.param("\u0e48\u0eb4", "\u0e48\u0eb4", id="marks of two scripts stay"),
        pytest.param("हिन्\u200dदी", "हिन्दी", id="Devanagari joiner"),
        pytest.param("ＡＢé", "ＡＢé", id="width and accents wait"),
    ],
)
def test_normal_form(stored, normal):
    assert normalize(stored).text == normal


def test_what_is_normal_stays_as_it_is():
    thai, lao = (
        "กน\u0e31\u0e34\u0e38\u0e47\u0e48\u0e49\u0e4c\u0e4d\u0e4d\u0e32\u0e33\u0e40",
        "ກ\u0eb1\u0ec8\u0ecd\u0eb2\u0eb3\u0ec0",
    )
    rng = random.Random(20261126)
    for _ in range(20_000):
        stored = "".join(rng.choices(f"{thai}{lao}\u200b", k=rng.randrange(1, 9)))
        normal = normalize(stored).text
        assert normalize(normal).text == normal, (ascii(stored), ascii(normal))


def places(normal):
    indices = np.arange(len(normal.text) + 1)
    return normal.starts(indices[:-1]).tolist(), normal.ends(indices[1:]).tolist()


@pytest.mark.parametrize(
    ("stored", "slices"),
    [
        pytest.param("abc", ["a", "b", "c"], id="nothing changed"),
        pytest.param("\u200ba\u200b\u200bb\u200b", ["a", "b"], id="deleted characters belong to no other"),
        pytest.param("กนํ้าข", ["ก", "น", "ํ้า", "ํ้า", "ข"], id="what is reordered is one"),
        pytest.param("เเม", ["เเ", "ม"], id="two for one"),
        pytest.param("ก่่า", ["ก", "่่", "า"], id="a letter after an edit keeps its place"),
        pytest.param("น\u200bํ้\u200bาx", ["น", "ํ้\u200bา", "ํ้\u200bา", "x"], id="both passes"),
        pytest.param("\ufeffนํ้า\u200bนํ้า", ["น", "ํ้า", "ํ้า", "น", "ํ้า", "ํ้า"], id="edits shift what follows"),
    ],
)
def test_each_character_came_from_somewhere(stored, slices):
    starts, ends = places(normalize(stored))
    assert [stored[start:end] for start, end in zip(starts, ends, strict=True)] == slices


def test_no_offsets_of_nothing():
    for stored in ("", "\u200b", "a"):
        normal = normalize(stored)
        none = np.zeros(0, np.int64)
        assert normal.starts(none).tolist() == normal.ends(none).tolist() == []


@steady
@given(stored=texts())
def test_offsets_go_forward_and_stay_inside(stored):
    starts, ends = places(normalize(stored))
    assert starts == sorted(starts), ascii(stored)
    assert ends == sorted(ends), ascii(stored)
    for start, end in zip(starts, ends, strict=True):
        assert 0 <= start < end <= len(stored), (ascii(stored), start, end)


@steady
@given(stored=texts())
def test_there_and_back(stored):
    """Where no edit is cut in two, a slice of the stored text has a slice of the normal text as its form."""
    normal = normalize(stored)
    starts, ends = places(normal)
    whole = [at for at in range(len(starts)) if at == 0 or ends[at - 1] <= starts[at]] + [len(starts)]
    for number, first in enumerate(whole):
        for last in whole[number + 1 : number + 5]:
            begin, stop = starts[first], ends[last - 1]
            assert normalize(stored[begin:stop]).text == normal.text[first:last], (ascii(stored), begin, stop)


@steady
@given(stored=texts())
def test_a_normal_form_is_normal(stored):
    normal = normalize(stored).text
    assert normalize(normal) == Normal(normal), ascii(stored)


@steady
@given(stored=texts())
def test_nothing_but_marks_and_invisible_characters_changes(stored):
    changed = regex.compile(
        r"(?V1)[\p{DI}--[\u115f\u1160\u3164\uffa0]]|[\u0e31-\u0e3a\u0e40\u0e41\u0e47-\u0e4e]"
        r"|[\u0eb1-\u0ebc\u0ec0\u0ec1\u0ec8-\u0ece]"
    )
    assert changed.sub("", normalize(stored).text) == changed.sub("", stored), ascii(stored)


def test_the_look_ahead_misses_no_run_that_needs_a_pass():
    few = {
        "marks": [*"\u0e34\u0e4d\u0e48\u0e4c\u0e32\u0e33\u0e40ก"],
        "Lao": [*"\u0eb4\u0ecd\u0ec8\u0eb2\u0eb3\u0ec0"],
    }
    changed = 0
    for text in random_texts(7, 4_000, few, stretches=3, longest=5):
        passed = _THAI_LAO.sub(lambda match: _regular_marks(match.group()), text)
        assert normalize(text).text == passed, ascii(text)
        changed += text != passed
    assert changed > 1_000


def test_every_invisible_character_is_deleted():
    for character in INVISIBLE:
        assert normalize(f"ก{character}ข").text == "กข", ascii(character)


@pytest.mark.parametrize("unit", ["\u200b", "่", "ํ", "ำ้", "เ", "ํ้า", "a\u200b"])
def test_a_run_without_end_is_normal_at_once(unit):
    normal = normalize("ก" + unit * 50_000)
    starts, ends = places(normal)
    assert len(starts) == len(ends) == len(normal.text)

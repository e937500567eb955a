"""What is looked for first, to leave most texts as they are, misses nothing that would change one."""

import random

import numpy as np
import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzers import characters, compounds, detection, folding, han, normal, profile_for, runs, subwords
from tests.analyzers.texts import random_texts, texts

SEED = 7


def every_character():
    return [chr(code) for code in range(0x110000) if not 0xD800 <= code < 0xE000]


def test_whatever_unaccented_alters_is_looked_for():
    pattern = folding._MARKED
    for character in every_character():
        plain = pattern.sub(folding._without_marks, character)
        for table in (folding._LETTERS, folding._ARABIC, folding._DEVANAGARI):
            plain = plain.translate(table)
        assert plain == character or folding._altered().search(character), ascii(character)


def test_whatever_is_a_digit_is_looked_for():
    for character in every_character():
        digit = folding._digit(character)
        assert digit == character or folding._digits().search(character), ascii(character)


def words():
    found = [text[start:end] for text in random_texts(SEED, 3_000) for start, end in bounds(text)]
    return [*found, "ü", "Straße", "iphone15", "e\u0301x", "हिन्दी", "x86_64", "한국abc", "½C"]


def bounds(text):
    """Where the words between spaces stand: those of other scripts have sub-words by their dictionaries."""
    found = runs.runs_of(text)
    found = found.chosen(found.classes < characters.FIRST_UNSEGMENTED)
    return zip(found.starts.tolist(), found.ends.tolist(), strict=True)


def test_a_word_of_one_kind_has_no_pieces():
    checked = 0
    for word in words():
        if subwords._one_script(word):
            checked += 1
            pieces = [match.span() for match in subwords._PIECES.finditer(word)]
            assert pieces in ([], [(0, len(word))]), ascii(word)
    assert checked > 1_000


NOISE = ["@", "#", "://", "http://a", "www.", ".com", "a1", "1a", "ก1", "x", "7", " ", "_", "é9"]


@settings(derandomize=True, database=None, deadline=None, max_examples=500)
@given(st.lists(st.lists(st.sampled_from(NOISE), max_size=8).map("".join), max_size=3))
def test_noise_is_found_wherever_there_is_any(several):
    assert detection._without_noise(several) == [detection._NOISE.sub(" ", text) for text in several]


@pytest.mark.parametrize("script", detection._SHARED)
def test_what_cld2_is_shown_is_its_script_and_marks(script):
    foreign = regex.compile(rf"[^\p{{Script={script}}}\p{{Mn}}'’\u200c]")
    for start in range(0, 0x110000, 0x1000):
        some = "".join(chr(code) for code in range(start, start + 0x1000) if not 0xD800 <= code < 0xE000)
        kept = detection._native(script)[characters.codes(some)]
        assert foreign.sub("", some) == "".join(np.array(list(some))[kept]) if some else True


MARKS = [*map(chr, [*range(0xE2F, 0xE50), *range(0xEB0, 0xED0)]), "ก", "ລ", "a", "\n", "\u200b"]


@settings(derandomize=True, database=None, deadline=None, max_examples=500)
@given(st.lists(st.lists(st.sampled_from(MARKS), max_size=6).map("".join), max_size=4))
def test_whatever_is_not_normal_is_looked_for(several):
    assert normal.normal_forms(several) == [normal.normalize(text).text for text in several]


def test_every_character_and_every_two_marks_are_made_normal():
    singles = every_character()
    assert normal.normal_forms(singles) == [normal.normalize(text).text for text in singles]
    pairs = [one + other for one in MARKS for other in MARKS]
    assert normal.normal_forms(pairs) == [normal.normalize(text).text for text in pairs]


@settings(derandomize=True, database=None, deadline=None, max_examples=300)
@given(text=texts())
def test_characters_are_made_simple_as_by_a_dictionary(text):
    wanted = text.translate(han._characters()) if len(han._places(text)) else text
    assert han.simplified_characters(text) == wanted


def test_nothing_traditional_comes_before_the_first():
    assert np.flatnonzero(han._changing())[0] >= ord(han._FIRST)


class Thorough(compounds.Decompounder):
    """Tries every part everywhere, whether or not it can lead to the end of the word."""

    def _ways(self, word):
        size, least = len(word), self.shortest
        firsts = {
            start: [
                (end, first)
                for end in range(start + least, size)
                if (first := self._as_first(word[start:end]))
            ]
            for start in range(size)
        }
        lasts = {start: self._as_last(word[start:]) for start in range(1, size - least + 1)}
        return firsts, lasts


@pytest.mark.parametrize("code", ["de", "nl", "sv", "da", "no"])
def test_no_compound_is_cut_otherwise_when_every_part_is_tried_everywhere(code):
    decompounder = profile_for(code).compounds
    rng, thorough = random.Random(SEED), Thorough(decompounder._rules)
    known = [word for word in decompounder._words if len(word) >= decompounder.shortest]
    joined = [
        "".join(rng.choices(["s", "es", "n", "", ""], k=1)).join(rng.sample(known, 2)) for _ in range(3_000)
    ]
    cut = 0
    for word in [*rng.sample(known, 3_000), *joined, *("".join(rng.sample(known, 4)) for _ in range(500))]:
        assert decompounder(word) == thorough(word), word
        cut += bool(thorough(word))
    assert cut > 1_000


def test_nothing_between_spaces_would_be_simplified():
    assert (characters.classes()[np.flatnonzero(han._changing())] >= characters.FIRST_UNSEGMENTED).all()

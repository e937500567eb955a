"""Which compounds are cut, where, and how often rightly."""

import pytest

from analyzers import Tier, analyzer_for, profile_for
from tests.analyzers.compounds import agreement
from tests.analyzers.views import terms, tokens, written


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("", [], id="nothing"),
        pytest.param("Schulbuch", ["Schul", "buch"], id="an e left out"),
        pytest.param("Zeitungspapier", ["Zeitung", "papier"], id="a linking s"),
        pytest.param("Blumentöpfe", ["Blumen", "töpfe"], id="a plural, and an umlaut at the end"),
        pytest.param("Fußballplatz", ["Fußball", "platz"], id="ß before the boundary"),
        pytest.param("FUSSBALLPLATZ", ["FUSSBALL", "PLATZ"], id="capitals"),
        pytest.param(
            "Apfelbaumgarten",
            ["Apfel", "Apfelbaum", "baum", "baumgarten", "garten"],
            id="of three parts, each two that touch",
        ),
        pytest.param("Waschbecken", ["Wasch", "becken"], id="a basin, not corners"),
        pytest.param("Staubecken", ["Stau", "becken"], id="a basin, not dusty corners"),
        pytest.param("Österreich", [], id="a name"),
        pytest.param("Freundschaft", [], id="a suffix"),
        pytest.param("eingekauft", [], id="a participle"),
        pytest.param("Zusammenarbeit", [], id="a particle makes a new word"),
        pytest.param("Gegenstand", [], id="another particle"),
        pytest.param("Wien-Reise", [], id="hyphens part words already"),
        pytest.param("x" * 10_000, [], id="no word"),
    ],
)
def test_german_parts(text, expected):
    assert written("de", text, Tier.COMPOUND) == expected


def test_parts_are_stems_at_the_place_of_their_word():
    parts = tokens("de", "Am Wochenmarkt hängen Straßenlampen.", Tier.COMPOUND)
    assert [part.term for part in parts] == ["de:woch", "de:markt", "de:strass", "de:lamp"]
    assert [part.position for part in parts] == [1, 1, 3, 3]


def test_a_part_is_the_stem_of_the_word_by_itself():
    assert terms("de", "Schulbuch", Tier.COMPOUND) == terms("de", "Schule Bücher", Tier.STEM)


def test_texts_cut_together_have_the_parts_of_each_alone():
    texts = ["Ein Schulbuch.", "", "Zwei Blumentöpfe, ein Wochenmarkt"]
    column = analyzer_for("de").columns(texts)[Tier.COMPOUND]
    assert column.terms == [term for text in texts for term in terms("de", text, Tier.COMPOUND)]
    assert column.texts.tolist() == [0, 0, 2, 2, 2, 2]
    assert column.positions.tolist() == [1, 1, 1, 1, 3, 3]


@pytest.mark.parametrize("tag", ["en", "zh", "und"])
def test_other_languages_are_not_cut(tag):
    assert terms(tag, "Schulbuch", Tier.COMPOUND) == []


@pytest.mark.parametrize(
    ("code", "precision", "recall"),
    [pytest.param("de", 0.92, 0.87, id="German")],
)
def test_cuts_agree_with_those_made_by_hand(code, precision, recall):
    found = agreement(f"compounds_{code}.txt", profile_for(code).compounds)
    assert found.precision >= precision, found
    assert found.recall >= recall, found

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


DUTCH = [
    pytest.param("krantenpapier", ["krant", "papier"], id="nl: a linking en"),
    pytest.param("stadsbestuur", ["stad", "bestuur"], id="nl: a linking s"),
    pytest.param("zonnepaneel", ["zon", "paneel"], id="nl: a short noun, and ne"),
    pytest.param("schoolboeken", ["school", "boeken"], id="nl: a plural at the end"),
    pytest.param("spoorbruggen", ["spoor", "bruggen"], id="nl: two nouns"),
    pytest.param("rijksweg", ["rijk", "weg"], id="nl: a road at the end"),
    pytest.param("wegwerken", [], id="nl: and the prefix of a verb at the beginning"),
    pytest.param("vuurtoren", ["vuur", "toren"], id="nl: a tower"),
    pytest.param("advocatenkantoren", ["advocaten", "kantoren"], id="nl: offices, no tower"),
    pytest.param("drukkerijen", [], id="nl: a suffix"),
    pytest.param("samenwerking", [], id="nl: a particle makes a new word"),
    pytest.param("meegenomen", [], id="nl: a participle"),
]

SWEDISH = [
    pytest.param("tidningspapper", ["tidning", "papper"], id="sv: a linking s"),
    pytest.param("skolböcker", ["skol", "böcker"], id="sv: an a left out"),
    pytest.param("arbetsplats", ["arbet", "plats"], id="sv: an e left out, and an s"),
    pytest.param("läkarlön", ["läkar", "lön"], id="sv: an e left out"),
    pytest.param("gatukorsning", ["gat", "korsning"], id="sv: a becomes u"),
    pytest.param("kvinnojour", ["kvinn", "jour"], id="sv: a becomes o"),
    pytest.param("bilförsäkring", ["bil", "försäkring"], id="sv: a short noun"),
    pytest.param("matbutiken", ["mat", "butiken"], id="sv: food, and an article at the end"),
    pytest.param("tomatsoppa", ["tomat", "soppa"], id="sv: tomatoes, no food"),
    pytest.param("kunskapen", [], id="sv: a suffix with its article"),
    pytest.param("sammanträde", [], id="sv: a particle makes a new word"),
    pytest.param("förklaring", [], id="sv: för- is no föra"),
]

DANISH = [
    pytest.param("fredsaftale", ["fred", "aftale"], id="da: a linking s"),
    pytest.param("hundemad", ["hund", "mad"], id="da: a linking e"),
    pytest.param("arbejdstid", ["arbejd", "tid"], id="da: an e left out, and an s"),
    pytest.param("skolebøger", ["skole", "bøger"], id="da: a plural at the end"),
    pytest.param("boligministeren", ["bolig", "ministeren"], id="da: an article at the end"),
    pytest.param("ordbøger", ["ord", "bøger"], id="da: a word"),
    pytest.param("køkkenbord", ["køkken", "bord"], id="da: a table, no word"),
    pytest.param("registreret", [], id="da: a participle"),
    pytest.param("broderskab", [], id="da: a suffix"),
    pytest.param("samarbejde", [], id="da: a particle makes a new word"),
]

NORWEGIAN = [
    pytest.param("fredsavtale", ["fred", "avtale"], id="no: a linking s"),
    pytest.param("hundemat", ["hund", "mat"], id="no: a linking e"),
    pytest.param("skolebøker", ["skole", "bøker"], id="no: a plural at the end"),
    pytest.param("helseministeren", ["helse", "ministeren"], id="no: an article at the end"),
    pytest.param("rettssak", ["rett", "sak"], id="no: a short noun at the end"),
    pytest.param("ordbøker", ["ord", "bøker"], id="no: a word"),
    pytest.param("skrivebordet", ["skrive", "bordet"], id="no: a table, no word"),
    pytest.param("kunnskapen", [], id="no: a suffix with its article"),
    pytest.param("samarbeid", [], id="no: a particle makes a new word"),
]


@pytest.mark.parametrize(("text", "expected"), [*DUTCH, *SWEDISH, *DANISH, *NORWEGIAN])
def test_parts_of_other_languages(text, expected, request):
    code = request.node.callspec.id.split(":")[0]
    assert written(code, text, Tier.COMPOUND) == expected


@pytest.mark.parametrize(
    ("code", "text", "part"),
    [
        pytest.param("nl", "krantenartikelen", "krant", id="a newspaper"),
        pytest.param("sv", "skolböcker", "skolor", id="a school"),
        pytest.param("sv", "kvinnojour", "kvinnor", id="a woman"),
        pytest.param("da", "arbejdstid", "arbejdet", id="work"),
        pytest.param("no", "rettssak", "saken", id="a case"),
    ],
)
def test_a_part_has_the_stem_of_the_whole_word(code, text, part):
    assert set(terms(code, part, Tier.STEM)) <= set(terms(code, text, Tier.COMPOUND))


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
    [
        pytest.param("de", 0.92, 0.87, id="German"),
        pytest.param("nl", 0.99, 0.91, id="Dutch"),
        pytest.param("sv", 0.98, 0.92, id="Swedish"),
        pytest.param("da", 0.97, 0.89, id="Danish"),
        pytest.param("no", 0.95, 0.91, id="Norwegian"),
    ],
)
def test_cuts_agree_with_those_made_by_hand(code, precision, recall):
    found = agreement(f"compounds_{code}.txt", profile_for(code).compounds)
    assert found.precision >= precision, found
    assert found.recall >= recall, found

"""Explanations: what they add up to on every engine, and what they say of a document that is not found."""

import random

import pytest

from indexer import ranking
from indexer.engines.memory import MemoryEngine
from indexer.engines.whoosh import WhooshEngine
from indexer.errors import DocumentNotFound
from indexer.reports import explanation_object
from indexer.request import SearchRequest, Sort
from indexer.termquery import Match
from tests.indexer.corpora import plain_query, random_corpus, random_node

CORPORA, QUERIES = 25, 12


@pytest.mark.parametrize("seed", range(CORPORA))
def test_the_parts_make_the_score_and_engines_agree(seed, tmp_path):
    rng = random.Random(20240700 + seed)
    corpus = random_corpus(rng)
    searchers = []
    for engine in (WhooshEngine(), MemoryEngine()):
        engine.build(corpus.batches, tmp_path / engine.name)
        searchers.append(engine.open(tmp_path / engine.name))
    for _ in range(QUERIES):
        node = rng.choice([random_node, random_node, plain_query])(rng)
        for document in corpus.documents:
            both = []
            for searcher in searchers:
                number = searcher.number(document.id)
                explained = searcher.explain(node, number)
                check_sum(explained)
                check_found(searcher, node, number, explained)
                both.append(told(explained))
            assert both[0] == both[1]


def check_sum(explained):
    added = sum(each.score for part in explained.spoken for each in part.contributions)
    assert explained.plain == pytest.approx(added * explained.coordination)
    assert 0 < explained.coordination <= 1 or not any(part.held for part in explained.spoken if part.share)
    if explained.grade is None:
        assert explained.score == explained.plain
    else:
        assert explained.score == pytest.approx(ranking.graded(explained.grade, explained.plain))


def check_found(searcher, node, number, explained):
    matches = searcher.search(node, Sort.RELEVANCE, 0, 10_000, facets=False)
    found = {each.number: each for each in matches.found}
    assert explained.found == (number in found) == searcher.matches(node, number)
    if explained.found:
        assert explained.score == pytest.approx(found[number].score)
        assert explained.match == found[number].match


def told(explained):
    """What engines must agree on, in any order of the parts."""
    parts = sorted(
        (
            repr(part.leaf),
            part.tier,
            round(part.share, 6),
            [(e.often, e.documents, round(e.idf, 6), round(e.score, 6)) for e in part.contributions],
        )
        for part in explained.spoken
    )
    scores = round(explained.plain, 6), round(explained.score, 6)
    return explained.found, explained.match, explained.grade, scores, parts


FILES = {
    "de.txt": "Die Zusammenarbeit\n\nDie Staaten üben die Zusammenarbeit. Alte Häuser, Militärhilfe.",
    "zh.txt": "一段文字\n\n这是一段简单的测试文本。俄罗斯总统普京宣布。",
    "en.txt": "The old mill\n\nThe old mill stands. The miller was running, and the mill is old.",
    "rows.jsonl": [
        {"id": "a", "text": "A heron in the reeds.", "language": "en", "date": "2024-01-05", "tags": ["bird"]}
    ],
}


@pytest.fixture
def explain(service_over):
    service = service_over(FILES)
    return lambda query, name, **asked: service.explain(SearchRequest(query, **asked), f"corpus/{name}")


def test_places_are_slices_of_the_stored_text(explain):
    told = explain("Häuser Zusammenarbeit", "de.txt")
    places = [(clue.field.zone, place) for part in told.parts for clue in part.clues for place in clue.places]
    assert {place.text for _, place in places} == {"Häuser", "Zusammenarbeit"}
    stored = {"title": told.document.title, "text": told.document.text}
    assert all(stored[zone][place.start : place.end] == place.text for zone, place in places)
    assert {zone for zone, _ in places} == {"title", "text"}


def test_terms_are_as_they_were_folded_and_cut(explain):
    (part,) = explain("HÄUSER", "de.txt").parts
    assert {(str(clue.field.tier), clue.terms, clue.label) for clue in part.clues} == {
        ("word", ("hauser",), "word"),
        ("stem", ("de:haus",), "stem"),
        ("exact", ("häuser",), "spelling"),
    }
    assert {clue.count for clue in part.clues} == {1}


def test_a_stretch_is_one_place(explain):
    (part,) = explain('"段简单"', "zh.txt").parts
    (clue,) = part.clues
    assert [place.text for place in clue.places] == ["段简单"]
    assert (clue.label, clue.terms) == ("part", ("段简 简单",))


def test_neighbours_add_and_are_no_leaf(explain):
    told = explain("old mill", "en.txt")
    (near,) = [part for part in told.parts if part.text is None]
    beside, close = near.clues
    assert {(clue.label, clue.finds) for clue in near.clues} == {("nearness", False)}
    assert {place.text for place in beside.places} == {"old mill"}
    assert (close.terms, close.count) == (("old … mill",), 1)
    assert [place.text for place in close.places] == ["old", "mill"]
    assert near.score > 0


@pytest.mark.parametrize(
    ("query", "id", "asked", "reasons"),
    [
        pytest.param(
            "ill", "en.txt", {},
            ["“ill” is not a word of it; it is a piece inside “mill”."],
            id="a piece of a word",
        ),
        pytest.param(
            "runn", "en.txt", {},
            ["“runn” is not a word of it; it is a piece inside “running”; runn* would find it."],
            id="the beginning of a word",
        ),
        pytest.param(
            "Zeppelin", "de.txt", {},
            ["“Zeppelin” is nowhere in it: neither as a word, nor as a form of one, nor as a piece."],
            id="nowhere",
        ),
        pytest.param(
            '"mill old"', "en.txt", {},
            ["Every word of “mill old” is in it, but not next to each other in this order."],
            id="words in another order",
        ),
        pytest.param(
            "old -mill", "en.txt", {},
            ["The query excludes “mill”, and the document has it."],
            id="an exclusion",
        ),
        pytest.param(
            "heron lang:de", "rows.jsonl#a", {},
            ["Only the language de is asked for, and it is in en."],
            id="a language",
        ),
        pytest.param(
            "heron", "rows.jsonl#a", {"language": "sw"},
            ["Only the language one that no document has is asked for, and it is in en."],
            id="a language that is absent",
        ),
        pytest.param(
            "heron tag:fish source:x", "rows.jsonl#a", {},
            [
                "Only the tag fish is asked for, and it has these: bird.",
                "Only sources that begin with x are asked for, and its source is corpus/rows.jsonl.",
            ],
            id="a tag and a source",
        ),
        pytest.param(
            "title:heron", "rows.jsonl#a", {},
            ["“heron” is asked for in titles alone, and stands in its text."],
            id="not in the title",
        ),
        pytest.param(
            "heron AND stork", "rows.jsonl#a", {},
            ["“stork” is nowhere in it: neither as a word, nor as a form of one, nor as a piece."],
            id="the part that fails",
        ),
        pytest.param(
            "jiandan", "rows.jsonl#a", {},
            ["“jiandan” is nowhere in it: neither as a word, nor as a form of one, nor as a piece."],
            id="pinyin",
        ),
        pytest.param(
            "hern~", "de.txt", {},
            ["“hern” is nowhere in it: neither as a word, nor as a form of one, nor as a piece."],
            id="a typo",
        ),
        pytest.param("…", "rows.jsonl#a", {}, ["The query holds no word to search for."], id="no word"),
    ],
)  # fmt: skip
def test_what_is_not_found_is_said_why(explain, query, id, asked, reasons):
    told = explain(query, id, **asked)
    assert (told.found, list(told.reasons)) == (False, reasons)
    assert explanation_object(told)["match"] is None


def test_the_stem_of_another_language_is_named(explain):
    told = explain("runs", "en.txt", language="de")
    assert told.reasons[0].startswith("“runs” is not in it; “running” is, another form of it in English")


@pytest.mark.parametrize(
    ("query", "grade", "said"),
    [
        pytest.param("old mill", Match.WORD, "It holds every word of the query as words,", id="words"),
        pytest.param("old run", Match.STEM, "at worst in another form,", id="a stem"),
        pytest.param("old zeppelin", Match.NONE, "It does not hold every word of the query,", id="not all"),
        pytest.param("the old mill was running", None, "", id="a long query"),
    ],
)
def test_the_grade_is_said(explain, query, grade, said):
    told = explain(query, "en.txt")
    assert told.grade == grade
    assert said in (told.graded or "")
    assert told.plain == pytest.approx(sum(part.score for part in told.parts) * told.coordination)
    if grade is None:
        assert (told.score, told.graded) == (told.plain, None)
    else:
        assert told.score == pytest.approx(grade + told.plain / (1 + told.plain))


def test_a_word_by_its_sound_is_graded_last(explain):
    told = explain("jiandan", "zh.txt")
    assert (told.found, told.grade, told.match) == (True, Match.RELATED, Match.RELATED)
    assert "at worst by its sound" in told.graded
    (clue,) = [clue for part in told.parts for clue in part.clues]
    assert (clue.label, [place.text for place in clue.places]) == ("related", ["简单"])


def test_a_part_of_a_compound_is_graded_as_a_part(explain):
    told = explain("Hilfe", "de.txt")
    assert (told.found, told.grade) == (True, Match.PART)
    assert "at worst as a part," in told.graded
    places = {place.text for part in told.parts for clue in part.clues for place in clue.places}
    assert places == {"hilfe"}


def test_accents_that_were_not_typed_take_from_the_score(explain):
    told = explain("uben", "de.txt")
    (clue,) = [clue for part in told.parts for clue in part.clues if clue.label == "spelling"]
    assert (clue.finds, [place.text for place in clue.places]) == (False, ["üben"])
    assert clue.weight < 0
    assert clue.score < 0


def test_what_is_found_has_no_reasons(explain):
    told = explain("heron", "rows.jsonl#a")
    assert (told.found, told.match.label, told.reasons) == (True, "word", [])


def test_an_unknown_id_is_said(explain):
    with pytest.raises(DocumentNotFound):
        explain("heron", "rows.jsonl#b")

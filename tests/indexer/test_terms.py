"""What is looked up for which query, and how a query is said to have been read."""

import pytest

from analyzers import Tier
from indexer import ranking
from indexer.document import Document
from indexer.page import Reading
from indexer.query import parse
from indexer.schema import Field, Zone
from indexer.termquery import (
    AllOf,
    AnyOf,
    Chain,
    Everything,
    Leaf,
    Match,
    Near,
    Not,
    Only,
    Term,
    Union,
    field_of,
)
from indexer.terms import MAX_EXPANSIONS, query_of

DOCUMENTS = [
    Document("de", "Der Krug", "Der Krug geht so lange zum Brunnen, bis er bricht. Alte Krüge.", "x", "de"),
    Document("en", "The jug", "A jug of water, and the jugs beside it. Krug is a name.", "x", "en"),
    Document("zh", "水壶", "水壶和茶杯放在桌上，水很热。", "x", "zh"),
    Document("hant", "水壺", "水壺放在桌上。", "x", "zh-Hant"),
    Document("th", "กาน้ำ", "กาน้ำร้อนวางบนโต๊ะ", "x", "th"),
    Document("km", "ទឹក", "ទឹកក្តៅនៅក្នុងកំសៀវ", "x", "km"),
]


@pytest.fixture
def read(searcher_over, lexicon_over):
    searcher, lexicon = searcher_over(*DOCUMENTS), lexicon_over(*DOCUMENTS)
    return lambda text, language=None: query_of(parse(text), searcher, language, lexicon)


def leaves(node):
    match node:
        case Leaf():
            return [node]
        case AnyOf(nodes=nodes) | AllOf(nodes=nodes):
            return [leaf for child in nodes for leaf in leaves(child)]
        case Not(node=child):
            return leaves(child)
    return []


def shown(source):
    """A source in brief: ``word:jug``, or its terms in order, ``pair:水壶+pair:壶和``."""
    match source:
        case Term(field, text):
            return f"{field.tier}:{text}"
        case Chain(terms):
            return "+".join(map(shown, terms))
        case Near(terms):
            return "…".join(map(shown, terms))
        case Union(sources):
            return "|".join(map(shown, sources))


def finding(leaf, zone=Zone.TEXT):
    """What finds, in one zone, with the tier that it is reported as."""
    clues = [clue for clue in leaf.clues if clue.finds and field_of(clue.source).zone is zone]
    return {shown(clue.source): clue.match for clue in clues}


def test_a_word_is_looked_up_itself_inside_others_and_by_its_stems(read):
    (leaf,) = leaves(read("Krüge").node)
    assert finding(leaf) == finding(leaf, Zone.TITLE)
    assert finding(leaf)["word:kruge"] == Match.WORD
    assert finding(leaf)["inner:kruge"] == Match.WORD
    assert finding(leaf)["stem:de:krug"] == Match.STEM
    assert finding(leaf)["compound:de:krug"] == Match.PART
    assert {source.split(":")[0] for source in finding(leaf)} == {"word", "inner", "stem", "compound"}


def test_compounds_are_looked_up_for_languages_that_build_them(read):
    (leaf,) = leaves(read("jug").node)
    assert not [source for source in finding(leaf) if source.startswith("compound:en")]


def test_the_parts_of_a_compound_only_add_to_the_score(read):
    (leaf,) = leaves(read("Wasserkrug", "de").node)
    added = {
        (clue.source.field.tier, clue.source.text): clue.weight
        for clue in leaf.clues
        if clue.match is Match.PART and not clue.finds and clue.source.field.zone is Zone.TEXT
    }
    assert added == {
        (Tier.STEM, "de:wass"): ranking.PART,
        (Tier.STEM, "de:krug"): ranking.PART,
        (Tier.COMPOUND, "de:wass"): ranking.PART * ranking.COMPOUND,
        (Tier.COMPOUND, "de:krug"): ranking.PART * ranking.COMPOUND,
    }


@pytest.mark.parametrize("text", ['"Krug"', "-Krug Brunnen", "NOT Krug", "Kru*"])
def test_phrases_prefixes_and_what_is_excluded_leave_compounds_alone(read, text):
    def clues(node):
        match node:
            case Leaf():
                yield from node.clues
            case Not(node=inner):
                yield from clues(inner)
            case AnyOf(nodes=nodes) | AllOf(nodes=nodes):
                for inner in nodes:
                    yield from clues(inner)

    sought = {str(clue.source) for clue in clues(read(text).node)}
    assert not [source for source in sought if "compound" in source and "krug" in source]


def test_stems_are_of_the_languages_that_the_word_may_be_of(read):
    (leaf,) = leaves(read("jugs").node)
    assert "stem:en:jug" in finding(leaf)
    assert not [source for source in finding(leaf) if source.startswith("stem:zh")]
    (chosen,) = leaves(read("jugs", "de").node)
    assert [source for source in finding(chosen) if source.startswith("stem")] == ["stem:de:jug"]


def test_a_run_is_looked_up_as_its_words_and_as_it_stands(read):
    *words, run = leaves(read("水壶茶杯").node)
    assert [leaf.text for leaf in words] == ["水壶", "茶杯"]
    stands = "pair:水壶+pair:壶茶+pair:茶杯"
    assert finding(words[0]) == {"word:水壶": Match.WORD, "inner:水壶": Match.WORD, stands: Match.PART}
    assert finding(run) == {stands: Match.PART}
    assert not run.counts
    adding = {shown(clue.source) for clue in run.clues if not clue.finds}
    assert adding == {"pair:水壶", "pair:壶茶", "pair:茶杯"}


def test_a_run_without_a_dictionary_is_looked_up_as_it_stands(read):
    (leaf,) = leaves(read("ទឹកក្តៅ").node)
    assert set(finding(leaf).values()) == {Match.PART}
    assert leaf.counts


def test_one_character_is_a_word_and_a_cluster(read):
    word, run = leaves(read("水").node)
    assert finding(word) == {"word:水": Match.WORD, "inner:水": Match.WORD, "cluster:水": Match.PART}
    assert finding(run) == {"cluster:水": Match.PART}


def test_a_phrase_is_its_words_in_order_and_no_stems(read):
    (leaf,) = leaves(read('"jug of water"').node)
    assert finding(leaf) == {"word:jug+word:of+word:water": Match.WORD}
    (one,) = leaves(read('"jugs"').node)
    assert finding(one) == {"word:jugs": Match.WORD}


def test_a_phrase_of_unsegmented_text_is_the_text_as_it_stands(read):
    (leaf,) = leaves(read('"壶和茶"').node)
    assert finding(leaf) == {"pair:壶和+pair:和茶": Match.PART}
    (mixed,) = leaves(read('"水壶 2024 茶"').node)
    assert finding(mixed) == {"pair:水壶+cluster:2024+cluster:茶": Match.PART}


def test_a_word_is_not_all_of_a_phrase_where_no_dictionary_knows_the_rest(read):
    (leaf,) = leaves(read('"否け"').node)
    assert finding(leaf) == {"pair:否け": Match.PART}
    (prefix,) = leaves(read("水け*").node)
    assert finding(prefix) == {"pair:水け": Match.PART}
    (sign,) = leaves(read('"๏น้ำ"').node)
    assert finding(sign) == {"pair:๏น้ำ": Match.PART}


def test_neighbours_only_add_to_the_score(read):
    node = read("jug water").node
    assert isinstance(node, AnyOf)
    assert [shown(clue.source) for clue in node.nearness] == ["word:jug+word:water", "word:jug…word:water"]
    assert not any(clue.finds for clue in node.nearness)


def test_every_two_words_of_a_short_query_may_stand_near_each_other(read):
    def near(text):
        return [shown(c.source) for c in read(text).node.nearness if isinstance(c.source, Near)]

    assert near("jug") == near("jug Jug") == []
    assert near("jug water tea") == ["word:jug…word:water", "word:jug…word:tea", "word:water…word:tea"]
    assert near("water jug water") == ["word:water…word:jug"]
    assert near("jug water tea cup") == []


def test_a_word_that_is_typed_twice_is_looked_up_once(read):
    assert len(leaves(read("jug jug Jug jug").node)) == 2  # as it was typed: jug, Jug
    assert len(leaves(read("jug " * 200).node)) == 1


def test_title_asks_titles_alone(read):
    for leaf in leaves(read('title:jug title:"the jug" title:水壶 title:j*').node):
        assert finding(leaf, Zone.TITLE)
        assert not finding(leaf)


def test_an_excluded_word_takes_its_stems_and_sub_words_along(read):
    node = read("-Krüge").node
    assert isinstance(node, AllOf)
    (leaf,) = leaves(node)
    assert {"word:kruge", "inner:kruge", "stem:de:krug"} <= finding(leaf).keys()


def test_an_excluded_run_is_the_run_as_it_stands(read):
    (leaf,) = leaves(read("-水壶茶杯").node)
    assert finding(leaf) == {"pair:水壶+pair:壶茶+pair:茶杯": Match.PART}


def test_a_prefix_is_every_word_that_begins_so(read):
    (leaf,) = leaves(read("jug*").node)
    assert finding(leaf) == {"word:jug|word:jugs": Match.WORD}
    assert finding(leaf, Zone.TITLE) == {"word:jug": Match.WORD}
    (nothing,) = leaves(read("zz*").node)
    assert nothing.clues == ()


def test_a_prefix_in_an_unsegmented_script_is_found_as_it_stands_as_well(read):
    (leaf,) = leaves(read("水壶*").node)
    assert finding(leaf)["pair:水壶"] == Match.PART
    assert finding(leaf)["word:水壶"] == Match.WORD


def test_a_prefix_stands_for_its_most_frequent_words(searcher_over, lexicon_over):
    """And in titles for those of titles, however rare they are."""
    rare = [f"x{number:04d}" for number in range(MAX_EXPANSIONS + 50)]
    documents = [
        Document("a", "", " ".join(rare), "x", "en"),
        Document("b", "xylem", "xenon xenon", "x", "en"),
    ]
    documents += [Document(f"{number}", "", f"{rare[-1]} xenon", "x", "en") for number in range(3)]
    (leaf,) = leaves(query_of(parse("x*"), searcher_over(*documents), None, lexicon_over(*documents)).node)
    text, title = (clue.source for clue in sorted(leaf.clues, key=lambda clue: isinstance(clue.source, Term)))
    assert [term.text for term in text.sources] == [rare[-1], "xenon", *rare[: MAX_EXPANSIONS - 2]]
    assert title == Term(Field(Zone.TITLE, Tier.WORD), "xylem")


def test_a_language_stands_for_what_is_more_specific(read):
    filters = {text: read(text).node for text in ("lang:zh", "lang:zh-Hant", "lang:sw")}
    values = {
        text: next(n for n in node.nodes if isinstance(n, Only)).values for text, node in filters.items()
    }
    assert {text: set(found) for text, found in values.items()} == {
        "lang:zh": {"zh", "zh-Hant"},
        "lang:zh-Hant": {"zh-Hant"},
        "lang:sw": set(),
    }


def test_filters_alone_are_every_document_that_passes(read):
    assert isinstance(read("lang:th").node, AllOf)
    assert any(isinstance(node, Everything) for node in read("lang:th").node.nodes)


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        pytest.param("", [], id="nothing"),
        pytest.param("… !", [], id="no word"),
        pytest.param("water", [Reading("water", "word", ("en",))], id="a word"),
        pytest.param("水壶茶杯", [Reading("水壶茶杯", "run", ("zh", "zh-Hant"))], id="a run"),
        pytest.param("茶杯", [Reading("茶杯", "word", ("zh",))], id="a run that is a word"),
        pytest.param("ទឹក", [Reading("ទឹក", "run", ("km",))], id="a run without a dictionary"),
        pytest.param('"the jug"', [Reading("the jug", "phrase", ("en",))], id="a phrase"),
        pytest.param("wat*", [Reading("wat*", "prefix")], id="a prefix"),
        pytest.param("*", [Reading("*", "all")], id="every document"),
        pytest.param("lang:th", [Reading("th", "filter", field="language")], id="a filter"),
        pytest.param("-tag:x", [Reading("x", "filter", excluded=True, field="tag")], id="a filter against"),
        pytest.param("title:water", [Reading("water", "word", ("en",), field="title")], id="in the title"),
        pytest.param("-water", [Reading("water", "word", ("en",), excluded=True)], id="excluded"),
        pytest.param(
            "jug水壶茶杯",
            [Reading("jug", "word", ("en",)), Reading("水壶茶杯", "run", ("zh", "zh-Hant"))],
            id="a word and a run",
        ),
    ],
)
def test_readings(read, text, readings):
    assert list(read(text).readings) == readings


@pytest.mark.parametrize(
    ("text", "told"),
    [
        pytest.param('"the jug" water', ["the jug", "water"], id="a phrase before a word"),
        pytest.param('water "the jug" jug', ["water", "the jug", "jug"], id="a phrase between words"),
        pytest.param(
            "lang:th water -jug 水壶 tag:x 茶杯",
            ["th", "water", "jug", "水壶", "x", "茶杯"],
            id="filters between",
        ),
        pytest.param(
            "wat* jug水壶 AND (title:b c~ * d) NOT e",
            ["wat*", "jug", "水壶", "b", "c~", "*", "d", "e"],
            id="all that there is",
        ),
        pytest.param("-(b -tag:x a) c", ["b", "x", "a", "c"], id="excluded together"),
        pytest.param(
            "!! \u200b lang:th เเก้ว\u200bน้\u0e4d\u0e32 tag:x b", ["th", "แก้วน้ำ", "x", "b"], id="rewritten"
        ),
    ],
)
def test_readings_stand_in_the_order_of_the_query(read, text, told):
    assert [reading.text for reading in read(text).readings] == told


def test_both_zones_are_asked_with_their_own_weights(read):
    (leaf,) = leaves(read("water").node)
    weights = {}
    for clue in leaf.clues:
        weights.setdefault(field_of(clue.source), []).append(clue.weight)
    assert {field.zone for field in weights} == set(Zone)
    assert weights[Field(Zone.TEXT, Tier.WORD)] == [ranking.SURFACE]

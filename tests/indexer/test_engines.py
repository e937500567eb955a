"""What every engine promises, and that each does as the reference does."""

import pickle
import random
import threading

import pytest

from analyzers import Tier
from indexer.clustersettings import ClusterSettings
from indexer.document import Document
from indexer.engine import Earlier
from indexer.engines import ENGINES
from indexer.engines.memory import MemoryEngine
from indexer.engines.whoosh import WhooshEngine, listed
from indexer.entries import entries_of
from indexer.errors import IndexUnavailable
from indexer.request import Sort
from indexer.schema import Field, Zone
from indexer.settings import Settings
from indexer.termquery import AllOf, AnyOf, Chain, Clue, Everything, Leaf, Match, Not, Only, Term, Union
from tests.indexer import corpora
from tests.indexer.comparing import EVERY, Renumbered, assert_same_answers, assert_same_contents, pruned_early
from tests.indexer.corpora import ABSENT, LANGUAGES, random_corpus, random_node, random_source

#: Random corpora, and random queries over each.
CORPORA, QUERIES = 60, 12
WORD = Field(Zone.TEXT, Tier.WORD)

DOCUMENTS = [
    Document(
        "a", "Heron", "The heron waits. A heron, a second heron.", "birds/a.txt", "en", tags=("bird", "grey")
    ),
    Document(
        "b", "Stork", "The stork and the heron wait in the reeds.", "birds/b.txt", "en", date="2024-01-05"
    ),
    Document(
        "c", "Reiher", "Der Reiher wartet im Schilf.", "vögel.txt", "de", date="2023-07-01", tags=("bird",)
    ),
    Document("d", "苍鹭", "苍鹭站在水边。", "birds/more/d.txt", "zh", url="https://example.org/d"),
    Document("e", "", "heron " * 5, "birds.txt", "en", date="2024-01-05"),
]


@pytest.fixture(scope="module", params=ENGINES)
def engine(request):
    return ENGINES[request.param](Settings(engine=request.param))


@pytest.fixture(scope="module")
def searcher(engine, tmp_path_factory):
    folder = tmp_path_factory.mktemp(engine.name)
    assert engine.build([entries_of(DOCUMENTS[:3]), entries_of(DOCUMENTS[3:])], folder) == len(DOCUMENTS)
    with_terms = engine.open(folder)
    yield with_terms
    with_terms.close()


def word(text, *, weight=1.0, languages=(("en", 1.0),), match=Match.WORD, tier=Tier.WORD, finds=True):
    return Clue(Term(Field(Zone.TEXT, tier), text), match, weight, languages, finds=finds)


def leaf(text, **options):
    return Leaf(text, (word(text, **options),))


def ids(searcher, node, sort=Sort.RELEVANCE, first=0, size=EVERY):
    return [searcher.document(found.number).id for found in searcher.search(node, sort, first, size).found]


# What every engine promises.


def test_documents_come_back_as_they_were(searcher):
    assert list(searcher.documents()) == DOCUMENTS
    assert [searcher.document(searcher.number(document.id)) for document in DOCUMENTS] == DOCUMENTS


def test_an_id_that_is_not_there_has_no_number(searcher):
    assert searcher.number("x") is None
    assert searcher.number("") is None


def test_languages_are_counted(searcher):
    assert searcher.languages() == {"en": 3, "de": 1, "zh": 1}


def test_frequencies_count_documents_by_language(searcher):
    assert searcher.frequencies([Term(WORD, "heron")]) == [{"en": 3}]
    assert searcher.frequencies([Term(WORD, "stork")]) == [{"en": 1}]
    assert searcher.frequencies([Term(WORD, ABSENT)]) == [{}]


def test_more_of_a_word_ranks_higher(searcher):
    assert ids(searcher, leaf("heron")) == ["e", "a", "b"]


def test_ties_go_by_document_number(searcher):
    assert ids(searcher, Everything()) == ["a", "b", "c", "d", "e"]


def test_dates_sort_and_the_undated_come_last(searcher):
    assert ids(searcher, Everything(), Sort.NEWEST) == ["b", "e", "c", "a", "d"]
    assert ids(searcher, Everything(), Sort.OLDEST) == ["c", "b", "e", "a", "d"]


def test_pages_are_slices_of_one_order(searcher):
    assert ids(searcher, Everything(), first=1, size=2) == ["b", "c"]
    assert ids(searcher, Everything(), first=4, size=3) == ["e"]
    assert ids(searcher, Everything(), first=5, size=3) == []
    assert searcher.search(Everything(), Sort.RELEVANCE, 5, 3).total == 5


def test_facets_count_every_match(searcher):
    matches = searcher.search(Everything(), Sort.RELEVANCE, 0, 1)
    assert matches.facets == {
        "language": {"en": 3, "de": 1, "zh": 1},
        "source": {"birds": 3, "birds.txt": 1, "vögel.txt": 1},
        "tag": {"bird": 2, "grey": 1},
        "year": {"2023": 1, "2024": 2},
    }


def test_facets_are_left_out_where_nobody_asks(searcher):
    assert searcher.search(Everything(), Sort.RELEVANCE, 0, 1, facets=False).facets == {}


@pytest.mark.parametrize(
    ("node", "found"),
    [
        pytest.param(AnyOf(()), "", id="any of nothing"),
        pytest.param(AllOf(()), "abcde", id="all of nothing"),
        pytest.param(Leaf("", ()), "", id="a leaf without clues"),
        pytest.param(leaf("stork"), "b", id="a word"),
        pytest.param(leaf(ABSENT), "", id="a word that stands nowhere"),
        pytest.param(leaf("heron", finds=False), "", id="a clue that only adds"),
        pytest.param(AnyOf((leaf("stork"), leaf("reiher"))), "bc", id="either"),
        pytest.param(AllOf((leaf("stork"), leaf("heron"))), "b", id="both"),
        pytest.param(AllOf((leaf("heron"), Not(leaf("stork")))), "ae", id="without"),
        pytest.param(Not(Not(leaf("stork"))), "b", id="not not"),
        pytest.param(Only("language", ("en",)), "abe", id="a language"),
        pytest.param(Only("language", ()), "", id="no language"),
        pytest.param(Only("source", ("birds/",)), "abd", id="a folder"),
        pytest.param(Only("source", ("birds",)), "abde", id="a beginning of a path"),
        pytest.param(Only("source", ("vögel.txt",)), "c", id="a file"),
        pytest.param(Only("tag", ("bird",)), "ac", id="a tag"),
        pytest.param(Only("tag", ("bir",)), "", id="a piece of a tag"),
        pytest.param(Only("date", ("2024-01-05", "")), "be", id="since"),
        pytest.param(Only("date", ("", "2024-01-04")), "c", id="until"),
        pytest.param(Only("date", ("2023-07-01", "2023-07-01")), "c", id="on one day"),
        pytest.param(Only("date", ("", "")), "bce", id="with a date"),
        pytest.param(Not(Only("date", ("", ""))), "ad", id="without a date"),
    ],
)
def test_nodes_find(searcher, node, found):
    assert sorted(ids(searcher, node)) == sorted(found)
    for document in DOCUMENTS:
        assert searcher.matches(node, searcher.number(document.id)) == (document.id in found)


def test_chains_need_their_terms_in_place(searcher):
    def chain(*words):
        terms = tuple(Term(WORD, text) for text in words)
        return Leaf("", (Clue(Chain(terms, tuple(range(len(terms)))), Match.WORD, 1.0, ()),))

    assert ids(searcher, chain("the", "heron")) == ["a", "b"]
    assert ids(searcher, chain("heron", "the")) == []
    assert ids(searcher, chain("heron", "heron", "heron", "heron", "heron")) == ["e"]
    for apart, found in [(4, ["a", "b"]), (2, [])]:
        source = Chain((Term(WORD, "the"), Term(WORD, "heron")), (0, apart))
        assert ids(searcher, Leaf("", (Clue(source, Match.WORD, 1.0, ()),))) == found


def test_a_union_is_counted_as_one_term(searcher):
    union = Union((Term(WORD, "stork"), Term(WORD, "heron")))
    found = searcher.search(Leaf("", (Clue(union, Match.WORD, 1.0, (("en", 1.0),)),)), Sort.RELEVANCE, 0, 9)
    assert found.total == 3


def test_the_best_tier_is_told(searcher):
    both = Leaf("", (word("stork", match=Match.PART), word("heron", match=Match.STEM)))
    matches = searcher.search(both, Sort.RELEVANCE, 0, 9)
    assert {searcher.document(f.number).id: f.match for f in matches.found} == dict.fromkeys(
        "abe", Match.STEM
    )
    assert searcher.search(Everything(), Sort.RELEVANCE, 0, 1).found[0].match == Match.NONE


def test_a_document_that_holds_more_of_the_query_gains(searcher):
    def score(node, id):
        found = searcher.search(node, Sort.RELEVANCE, 0, EVERY).found
        return next(f.score for f in found if searcher.document(f.number).id == id)

    alone, beside = leaf("stork"), AnyOf((leaf("stork"), leaf("reiher", languages=(("de", 1.0),))))
    assert score(beside, "b") < score(alone, "b")
    silent = AnyOf((leaf("stork"), Leaf("", (word("reiher"),), counts=False)))
    assert score(silent, "b") == pytest.approx(score(alone, "b"))


def test_an_excluded_part_adds_no_score(searcher):
    plain = searcher.search(leaf("heron"), Sort.RELEVANCE, 0, 9).found
    without = searcher.search(AllOf((leaf("heron"), Not(leaf("stork")))), Sort.RELEVANCE, 0, 9).found
    scores = {found.number: found.score for found in plain}
    assert [found.score for found in without] == [scores[found.number] for found in without]


def test_an_empty_index_answers(engine, tmp_path):
    assert engine.build([], tmp_path / "index") == 0
    searcher = engine.open(tmp_path / "index")
    assert searcher.search(Not(leaf("heron")), Sort.NEWEST, 0, 9).total == 0
    assert searcher.languages() == {}
    assert list(searcher.documents()) == []
    assert searcher.frequencies([Term(WORD, "heron")]) == [{}]
    searcher.close()


def test_nothing_to_open_is_said(engine, tmp_path):
    with pytest.raises(IndexUnavailable):
        engine.open(tmp_path / "nowhere")
    (tmp_path / "empty").mkdir()
    with pytest.raises(IndexUnavailable):
        engine.open(tmp_path / "empty")


def test_many_folders_and_languages_are_kept_apart(engine, tmp_path):
    documents = [
        Document(str(n), "", "x", f"folder {n}/x", f"q{chr(97 + n % 20)}{chr(97 + n // 20)}")
        for n in range(300)
    ]
    engine.build([entries_of(documents)], tmp_path / "index")
    searcher = engine.open(tmp_path / "index")
    facets = searcher.search(Everything(), Sort.RELEVANCE, 0, 1).facets
    assert facets["source"] == {f"folder {n}": 1 for n in range(300)}
    assert len(facets["language"]) == 300
    assert ids(searcher, Only("source", ("folder 299",))) == ["299"]
    searcher.close()


def test_several_threads_may_ask_one_searcher(searcher):
    nodes = [leaf("heron"), AllOf((leaf("stork"), leaf("heron"))), Only("tag", ("bird",)), Everything()]
    alone = [ids(searcher, node) for node in nodes]
    wrong = []

    def ask():
        for _ in range(30):
            wrong.extend(
                node for node, known in zip(nodes, alone, strict=True) if ids(searcher, node) != known
            )

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong


@pytest.fixture
def updated(engine, tmp_path):
    """Update an index of all documents; a searcher of what became of it."""
    opened = []

    def update(documents=(), deleted=()):
        engine.build([entries_of(DOCUMENTS)], tmp_path / "before")
        batches = [entries_of([document]) for document in documents]
        count = engine.update(tmp_path / "before", batches, deleted, tmp_path / "after")
        opened.append(engine.open(tmp_path / "after"))
        assert count == len(list(opened[-1].documents()))
        return opened[-1]

    yield update
    for each in opened:
        each.close()


def test_an_update_adds_documents_behind_the_others(updated):
    new = Document("f", "", "A stork, at last.", "f.txt", "en")
    searcher = updated([new])
    assert list(searcher.documents()) == [*DOCUMENTS, new]
    assert searcher.document(searcher.number("f")) == new
    assert ids(searcher, leaf("stork")) == ["f", "b"]
    assert searcher.languages() == {"en": 4, "de": 1, "zh": 1}


def test_an_update_deletes_documents(updated):
    searcher = updated(deleted=["a", "d", "not there"])
    assert list(searcher.documents()) == [DOCUMENTS[1], DOCUMENTS[2], DOCUMENTS[4]]
    assert searcher.number("a") is None
    assert sorted(ids(searcher, Everything())) == ["b", "c", "e"]
    assert ids(searcher, Not(leaf("heron"))) == ["c"]
    assert searcher.languages() == {"en": 2, "de": 1}
    assert searcher.frequencies([Term(WORD, "heron")]) == [{"en": 2}]
    assert searcher.search(Everything(), Sort.RELEVANCE, 0, 9).facets == {
        "language": {"en": 2, "de": 1},
        "source": {"birds": 1, "birds.txt": 1, "vögel.txt": 1},
        "tag": {"bird": 1},
        "year": {"2023": 1, "2024": 2},
    }


def test_an_update_replaces_what_has_the_same_id(updated):
    new = Document("b", "", "Ein Reiher.", "elsewhere.txt", "de", tags=("new",))
    searcher = updated([new], deleted=["b"])
    assert list(searcher.documents()) == [*(DOCUMENTS[n] for n in (0, 2, 3, 4)), new]
    assert searcher.document(searcher.number("b")) == new
    assert ids(searcher, leaf("stork")) == []
    assert ids(searcher, leaf("reiher", languages=(("de", 1.0),))) == ["b", "c"]
    assert ids(searcher, Only("source", ("birds/",))) == ["a", "d"]
    assert searcher.languages() == {"en": 2, "de": 2, "zh": 1}


def test_an_update_may_change_nothing(updated):
    searcher = updated()
    assert list(searcher.documents()) == DOCUMENTS
    assert ids(searcher, leaf("heron")) == ["e", "a", "b"]


def test_an_update_may_leave_nothing(engine, updated, tmp_path):
    searcher = updated(deleted=[document.id for document in DOCUMENTS])
    assert searcher.search(Everything(), Sort.RELEVANCE, 0, 9).total == 0
    assert searcher.languages() == {}
    assert engine.update(tmp_path / "after", [entries_of(DOCUMENTS)], [], tmp_path / "again") == 5
    again = engine.open(tmp_path / "again")
    assert list(again.documents()) == DOCUMENTS
    again.close()


def test_a_language_without_documents_has_no_idf(updated):
    """Its last document is deleted, and a word of others is looked for in that language."""
    searcher = updated(deleted=["c"])
    found = searcher.search(leaf("heron", languages=(("de", 1.0),)), Sort.RELEVANCE, 0, 9).found
    assert [each.score for each in found] == [0.0] * 3


def test_what_is_prepared_updates_alike(engine, updated, tmp_path):
    """Other processes may prepare batches, and do for each part of the index what there is to do."""
    new = [Document("f", "", "A stork, at last.", "f.txt", "en"), DOCUMENTS[1]]
    known = list(updated(new, deleted=["a"]).documents())
    folder = tmp_path / "again"
    prepared = [engine.prepared(entries_of([one]), folder, number) for number, one in enumerate(new)]

    def handed_over(function, values):
        return map(function, [pickle.loads(pickle.dumps(value)) for value in values])

    assert engine.assembled(prepared, folder, handed_over, Earlier(tmp_path / "before", ["a"])) == 5
    again = engine.open(folder)
    assert list(again.documents()) == known
    again.close()


def test_an_update_of_nothing_is_said(engine, tmp_path):
    with pytest.raises(IndexUnavailable):
        engine.update(tmp_path / "nowhere", [entries_of(DOCUMENTS)], [], tmp_path / "after")
    assert not (tmp_path / "after").exists()


# That each does as the reference does, which is written a document at a time.


@pytest.mark.parametrize("seed", range(CORPORA))
def test_whoosh_does_as_the_reference_does(seed, tmp_path):
    rng = random.Random(seed)
    corpus = random_corpus(rng)
    # So little memory that terms are merged one by one, or so much that all are merged at once.
    whoosh = WhooshEngine(rng.choice([1, 1 << 30]))
    engines = {"memory": MemoryEngine(), "whoosh": whoosh}
    counts = {name: engine.build(corpus.batches, tmp_path / name) for name, engine in engines.items()}
    assert set(counts.values()) == {len(corpus.documents)}
    with pruned_early(rng):
        reference, tested = (engine.open(tmp_path / name) for name, engine in engines.items())
        assert_same_contents(reference, tested, rng)
        for _ in range(QUERIES):
            assert_same_answers(reference, tested, random_node(rng), rng)
        tested.close()


@pytest.mark.parametrize("seed", range(1_000, 1_012))
@pytest.mark.parametrize("name", ["opensearch"])
def test_opensearch_does_as_the_reference_does(seed, name, tmp_path, monkeypatch):
    # Within this every distance is told apart; no query has a wider window.
    monkeypatch.setattr(corpora, "WINDOWS", (1, 2, 5, 32))
    rng = random.Random(seed)
    corpus = random_corpus(rng)
    engines = [MemoryEngine(), ENGINES[name](Settings(cluster=ClusterSettings(shards=rng.choice([1, 3]))))]
    for engine in engines:
        assert engine.build(corpus.batches, tmp_path / engine.name) == len(corpus.documents)
    reference, tested = (engine.open(tmp_path / engine.name) for engine in engines)
    assert_same_contents(reference, Renumbered(tested), rng)
    for _ in range(QUERIES):
        assert_same_answers(reference, Renumbered(tested), random_node(rng), rng)


def test_random_queries_find_something_as_a_rule(tmp_path):
    """The comparison above would be empty if they did not."""
    found, sources = 0, 0
    for seed in range(10):
        rng = random.Random(seed)
        corpus = random_corpus(rng)
        MemoryEngine().build(corpus.batches, tmp_path / str(seed))
        searcher = MemoryEngine().open(tmp_path / str(seed))
        found += sum(
            bool(searcher.search(random_node(rng), Sort.RELEVANCE, 0, 1).total) for _ in range(QUERIES)
        )
        leaves = [Leaf("", (Clue(random_source(rng), Match.WORD, 1.0, ()),)) for _ in range(40)]
        sources += sum(bool(searcher.search(node, Sort.RELEVANCE, 0, 1).total) for node in leaves)
    assert found > 10 * QUERIES * 0.3
    assert sources > 10 * 40 * 0.3
    assert len(LANGUAGES) > 3


@pytest.mark.parametrize("common", [0, 30])
def test_scores_do_not_depend_on_the_order_of_the_page(engine, common, tmp_path, monkeypatch):
    monkeypatch.setattr(listed, "_COMMON", common)
    rng = random.Random(20250211)
    words = ["heron", "newt", "reed", "mud", "fen", "bog", "eel"]
    documents = [
        Document(str(number), "", " ".join(rng.choices(words, k=9)), "x.txt", "en", date=f"20{year}-01-01")
        for number, year in enumerate(rng.choices(range(10, 30), k=200))
    ]
    engine.build([entries_of(documents)], tmp_path)
    searcher = engine.open(tmp_path)
    query = AnyOf(tuple(leaf(text) for text in words[:3]))
    best, *others = (
        {found.number: found.score for found in searcher.search(query, sort, 0, EVERY).found} for sort in Sort
    )
    searcher.close()
    assert len(best) > 100
    assert others == [pytest.approx(best)] * 2

"""The time of a search: what is shown when it is up is right, and what is missing is said.

No test waits: the clock is asked at each checkpoint, and says after so many questions that time is up.
"""

import random
from functools import partial
from itertools import count

import pytest

from indexer.budget import UNLIMITED, Budget, Left
from indexer.document import Document
from indexer.engines import ENGINES
from indexer.engines.whoosh import evaluation
from indexer.lexicon import better, completions
from indexer.marking import Marker
from indexer.page import Snippet
from indexer.query import parse
from indexer.rebuild import rebuild
from indexer.request import SearchRequest, Sort
from indexer.service import SearchService
from indexer.settings import Settings
from indexer.showing import shown
from indexer.terms import query_of
from tests.indexer.comparing import EVERY, pruned_early
from tests.indexer.corpora import random_corpus, random_node

#: Random corpora, of which a cluster, which takes longer for a question, is given some; random queries over
#: each, and after how many checkpoints time is up.
CORPORA, CORPORA_OF_A_CLUSTER, QUERIES, STRIKES = 25, 6, 8, (0, 1, 2, 3, 5, 8, 13, 10_000)


def budget(checkpoints, seconds=1.5):
    """The time of a search that is up once so many checkpoints have been passed."""
    asked = count(-1)  # the budget asks for the beginning
    return Budget(seconds, lambda: 0.0 if next(asked) < checkpoints else 60.0)


def test_time_is_up_when_it_is_up_and_what_was_left_out_is_noted():
    some = budget(2)
    assert [some.leaves_out(Left.MATCHES) for _ in range(4)] == [False, False, True, True]
    assert some.left == {Left.MATCHES}
    assert not UNLIMITED.leaves_out(Left.MARKS)
    assert not UNLIMITED.left


@pytest.mark.parametrize("name", ENGINES)
def test_what_is_found_in_time_is_some_of_what_there_is(name, tmp_path, monkeypatch):
    rng = random.Random(20261126)
    engine = ENGINES[name](Settings(engine=name))
    corpora = CORPORA_OF_A_CLUSTER if name == "opensearch" else CORPORA
    cut = whole = 0
    for number in range(corpora):
        engine.build(random_corpus(rng).batches, tmp_path / str(number))
        searcher = engine.open(tmp_path / str(number))
        monkeypatch.setattr(evaluation, "_READ", rng.choice([1, 2, 512]))
        for _ in range(QUERIES):
            query = random_node(rng)
            with pruned_early(rng):
                every = searcher.search(query, Sort.RELEVANCE, 0, EVERY)
                matching = {found.number for found in every.found}
                for checkpoints in STRIKES:
                    some = budget(checkpoints)
                    matches = searcher.search(query, Sort.RELEVANCE, 0, EVERY, budget=some)
                    assert {found.number for found in matches.found} <= matching
                    assert len(matches.found) == matches.total <= every.total
                    assert matches.total == sum(matches.facets["language"].values())
                    assert searcher.count(query, budget(checkpoints)) <= every.total
                    if not some.left:
                        assert matches == every
                    cut += matches.total < every.total
                    whole += not some.left
                    again = searcher.search(query, Sort.RELEVANCE, 0, EVERY, budget=budget(checkpoints))
                    assert again == matches
        searcher.close()
    # Both were tried: where time was up too soon, and where there was enough.
    assert cut > 2 * corpora
    assert whole > corpora * QUERIES


FILES = {
    "notes.jsonl": [
        {"id": "1", "text": "The heron waits in the reeds of the lake."},
        {"id": "2", "text": "A lake without reeds. Herons avoid it."},
        {"id": "3", "text": "Reeds: the secret of the heron."},
        {"id": "4", "text": "南京市长江大桥是一座桥。"},
        {"id": "5", "text": "我在长江边看见一座大桥。"},
    ]
}


@pytest.fixture(scope="module", params=ENGINES)
def settings(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp(request.param)
    source = folder / "notes.jsonl"
    source.write_text("\n".join(map(_line, FILES["notes.jsonl"])), encoding="utf-8")
    settings = Settings(index=folder / "index", engine=request.param, jobs=1)
    rebuild([source], settings, strict=True)
    return settings


def _line(row):
    return '{{"id": "{id}", "text": "{text}"}}'.format(**row)


@pytest.fixture
def hurried(settings):
    """Search within so many checkpoints."""
    opened = []

    def search(query, checkpoints):
        opened.append(SearchService(settings, partial(budget, checkpoints)))
        return opened[-1].search(SearchRequest(query))

    yield search
    for service in opened:
        service.close()


QUERIES_OF_WORDS = [
    "heron",
    "heron lake reeds",
    '"the heron"',
    "heron NOT secret",
    "heron -secre*",
    "(lake OR heron) -secrit~",
    "her*",
    "herom~",
    "title:heron OR lake",
    "南京市长江大桥",
    '"长江大桥"',
    "lang:en heron",
    "heorn",
    "herom~heron~herom",
]


@pytest.mark.parametrize("query", QUERIES_OF_WORDS)
def test_a_search_answers_whenever_time_is_up(hurried, query):
    everything = hurried(query, 10_000)
    assert everything.complete
    assert not [said for said in everything.notices if said.key.startswith("time-up")]
    matching = {hit.id for hit in everything.hits}
    for checkpoints in range(40):
        page = hurried(query, checkpoints)
        assert {hit.id for hit in page.hits} <= matching
        missing = len(page.hits) < len(matching)
        assert "time-up" in {said.key for said in page.notices} or not missing
        if page.complete:
            assert (page.total, page.did_you_mean) == (everything.total, everything.did_you_mean)
            assert [hit.snippets for hit in page.hits] == [hit.snippets for hit in everything.hits]
            return
    raise AssertionError("there was never enough time")


@pytest.mark.parametrize("query", ["heron NOT secret", "heron -secre*", "heron -secrit~", "-secret"])
def test_what_is_excluded_stays_out_whenever_time_is_up(hurried, query):
    for checkpoints in range(30):
        assert "notes.jsonl#3" not in {hit.id for hit in hurried(query, checkpoints).hits}


def test_the_default_engine_finds_words_though_there_is_no_time_at_all(hurried, settings):
    page = hurried("heron lake", 0)
    if settings.engine == "whoosh":
        assert {hit.id for hit in page.hits} == {"notes.jsonl#1", "notes.jsonl#2", "notes.jsonl#3"}
    assert not page.complete
    assert str(page.notices[0]) == (
        "Time was up after 1.5 s: there may be more to find, and in another order."
    )
    assert page.notices[0].key == "time-up"


def test_what_is_shown_without_a_mark_is_the_beginning(searcher_over):
    documents = [Document(str(n), "Straße", "ein Satz. " * 400 + "Die Straße.", "x", "x") for n in range(3)]
    marker = Marker(query_of(parse("strasse"), searcher_over(*documents)).node)
    full = shown(documents, marker)
    assert all(snippets[0].marks for _, snippets in full)
    for checkpoints in range(100):
        some = budget(checkpoints)
        page = shown(documents, marker, some)
        if not some.left:
            break
        assert some.left == {Left.MARKS}
        marked = 0
        for (title, (snippet, *_)), whole in zip(page, full, strict=True):
            assert title in (whole[0], Snippet("Straße"))
            assert (snippet,) == whole[1] or (snippet.start, snippet.marks) == (0, ())
            marked += bool(snippet.marks)
        assert marked < 3
    assert page == full
    assert checkpoints > 6, "each document, and each block of a long one, is a checkpoint"


def test_nothing_is_proposed_for_lack_of_time(lexicon_over):
    documents = [Document(str(n), "", "the heron waits", "x", "en") for n in range(60)]
    lexicon = lexicon_over(*documents)

    def counted(query):
        return 0 if query == "herom" else 60

    assert better("herom waits", 60, lexicon, counted) == "heron waits"
    for checkpoints in range(3):
        some = budget(checkpoints)
        assert better("herom waits", 60, lexicon, counted, some) is None
        assert some.left == {Left.PROPOSALS}
    assert [each.text for each in completions("hero", lexicon, lambda _: 1, 9)] == ["heron"]
    assert completions("hero", lexicon, lambda _: 1, 9, budget(0)) == []


def test_dictionaries_are_read_before_the_time_of_a_search_begins(settings, monkeypatch):
    done = []
    monkeypatch.setattr("indexer.serving.load", lambda languages: done.append("load"))

    def begin():
        done.append("begin")
        return Budget()

    SearchService(settings, begin).search(SearchRequest("heron"))
    assert done == ["load", "begin"]


def test_the_settings_say_how_long_a_search_may_take(settings):
    assert Settings.from_environment({"SERAI_QUERY_MS": "250"}).query_ms == 250
    service = SearchService.within_time(settings)
    assert service.search(SearchRequest("heron")).total == 3
    service.close()

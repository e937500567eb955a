"""What the engine opensearch does beyond the contract: terms of any shape, order, indexes on the cluster."""

import random
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from analyzers import Tier
from indexer import generations
from indexer.clustersettings import ClusterSettings
from indexer.document import Document
from indexer.engine import Earlier
from indexer.engines import ENGINES
from indexer.engines.memory import MemoryEngine
from indexer.engines.opensearch import OpenSearchEngine, indices, mapping, order
from indexer.engines.opensearch.client import Client
from indexer.entries import entries_of
from indexer.errors import BadRequest, ClusterUnavailable, IndexUnavailable
from indexer.query import parse
from indexer.rebuild import rebuild
from indexer.request import SearchRequest, Sort
from indexer.schema import Field, Zone
from indexer.service import SearchService
from indexer.settings import Settings
from indexer.termquery import Chain, Clue, Everything, Leaf, Match, Term
from indexer.terms import query_of
from indexer.update import update

WORD, CLUSTER, PAIR = (Field(Zone.TEXT, tier) for tier in (Tier.WORD, Tier.CLUSTER, Tier.PAIR))
#: Longer than what a whitespace tokenizer leaves whole, and than what Lucene takes for a term.
LONG = ["a" * 256, "é" * 256, "\U00020bb7" * 128, "ж" * 40_000, "x" * 100_000]
ODD = ["", "two words", "no\u00a0break", "\u3000", "\x01", "\x02", "tab\t", "\x1c", "\ud800", "\u2028"]


@pytest.fixture
def engine(cluster):
    return OpenSearchEngine(ClusterSettings(hosts=tuple(cluster.addresses)))


def named(cluster, home):
    """The indexes of a folder that are on the cluster."""
    listed = cluster.ask("GET", f"/_cat/indices/{indices.owner(home)}-*?format=json&h=index")
    return {each["index"] for each in listed}


# Terms, places and lengths, without a cluster.


@pytest.mark.parametrize("term", [*LONG, *ODD], ids=lambda term: ascii(term[:12]))
def test_a_term_that_cannot_be_written_has_one_that_can(term):
    token = mapping.token(WORD, term)
    assert token.split() == [token]
    assert len(token.encode("utf-16-le")) <= 2 * 255
    assert token != mapping.token(WORD, f"{term}x")
    assert token == mapping.token(WORD, term)


def test_terms_of_all_tiers_that_share_a_field_are_kept_apart():
    tokens = [mapping.token(field, term) for field in (CLUSTER, PAIR) for term in ("a", "+a", "++a", *LONG)]
    assert len(set(tokens)) == len(tokens)
    assert [mapping.token(WORD, term) for term in ("普京", "a" * 255, "_", "+a")] == [
        "普京",
        "a" * 255,
        "_",
        "+a",
    ]


def small_float(length):
    """``SmallFloat.byte4ToInt(intToByte4(length))`` of Lucene, transcribed."""
    if length < 24:
        return length
    rest = length - 24
    bits = rest.bit_length()
    if bits < 4:
        return length
    shift = bits - 4
    return 24 + ((rest >> shift & 0x07 | 0x08) << shift)


def test_lengths_are_remembered_as_lucene_does():
    lengths = [*range(3_000), *(2**power + near for power in range(3, 31) for near in (-1, 0, 1))]
    assert mapping.kept(np.array(lengths, np.int64)).tolist() == list(map(small_float, lengths))


def test_places_ascend_and_leave_room():
    places = [place for batch in range(3) for place in order.places(batch, 1_000)]
    assert all(before < after for before, after in pairwise(places))
    known = {f"{number}": place for number, place in enumerate(places[:4])}
    for _ in range(300):  # days on which some documents are added at the end of the same file
        listed = sorted(known, key=known.__getitem__)
        added = [f"{len(known)}.{number}" for number in range(100)]
        known |= order.placed([*listed[:-1], *added, listed[-1]], known)
    assert len(set(known.values())) == len(known)


def test_places_that_do_not_ascend_or_have_no_room_are_said():
    with pytest.raises(IndexUnavailable, match="changed places"):
        order.placed(["b", "a"], {"a": 1, "b": 2})
    with pytest.raises(IndexUnavailable, match="too many"):
        order.placed(["a", "new", "b"], {"a": 1, "b": 2})
    assert order.placed(["new", "a", "newer"], {"a": 10})["new"] < 10


# Settings.


def test_settings_are_read():
    settings = Settings.from_environment(
        {
            "SERAI_ENGINE": "opensearch",
            "SERAI_OPENSEARCH_URL": "https://a.example:9200/, https://[::1] http://localhost",
            "SERAI_OPENSEARCH_USER": "me",
            "SERAI_OPENSEARCH_PASSWORD": "pässword",
            "SERAI_OPENSEARCH_SHARDS": "3",
            "SERAI_OPENSEARCH_REPLICAS": "0",
        }
    ).cluster
    assert settings.hosts == ("https://a.example:9200", "https://[::1]:443", "http://localhost:9200")
    assert (settings.user, settings.shards, settings.replicas) == ("me", 3, 0)
    assert "pässword" not in repr(settings)


@pytest.mark.parametrize(
    "address",
    ["https://me:secret@a.example", "https://secret@a.example", "ftp://a", "a.example:9200", "https://a:x"],
)
def test_an_address_that_is_none_is_refused(address):
    with pytest.raises(BadRequest) as refused:
        Settings.from_environment({"SERAI_OPENSEARCH_URL": address})
    assert "secret" not in f"{refused.value} {refused.value.hint}"


def test_a_password_does_not_go_without_tls():
    environ = {"SERAI_OPENSEARCH_URL": "http://a.example:9200", "SERAI_OPENSEARCH_USER": "me"}
    with pytest.raises(BadRequest, match="without TLS"):
        Settings.from_environment(environ)


def test_no_address_is_said(index):
    with pytest.raises(BadRequest, match="needs the address"):
        OpenSearchEngine(index.cluster)


def test_a_cluster_that_is_not_there_is_said():
    client = Client(ClusterSettings(hosts=("http://127.0.0.1:9", "http://localhost:9")))
    with pytest.raises(ClusterUnavailable) as said:
        client.ask("GET", "/")
    assert "127.0.0.1:9: Connection refused" in str(said.value)
    assert "localhost:9" in str(said.value)
    assert "127" not in said.value.told


# On a cluster.


def test_terms_of_any_shape_are_found(engine, tmp_path):
    """As long as they come, side by side, and with what no tokenizer leaves whole."""
    documents = [Document(f"{n}", "", f"first {text} 段简单 last", "x", "und") for n, text in enumerate(LONG)]
    documents.append(
        Document("\udcff", "\udcfe", "名前 \ud800", "\udcfd/x", "und", tags=("t" * 40_000, "\udcfc"))
    )
    engine.build([entries_of(documents)], tmp_path / "index")
    MemoryEngine().build([entries_of(documents)], tmp_path / "reference")
    searcher, reference = engine.open(tmp_path / "index"), MemoryEngine().open(tmp_path / "reference")
    assert list(searcher.documents()) == documents
    for number, text in enumerate(LONG):
        for query in (text, f'"first {text}"', f'"{text} 段简"'):
            node = query_of(parse(query), searcher).node
            wanted = reference.search(node, Sort.RELEVANCE, 0, 9)
            found = searcher.search(node, Sort.RELEVANCE, 0, 9)
            assert searcher.document(found.found[0].number).id == f"{number}"
            assert found.total == wanted.total
            assert [each.score for each in found.found] == pytest.approx(
                [each.score for each in wanted.found]
            )


def test_long_queries_ask_no_more_than_the_cluster_takes(engine, tmp_path):
    """A thousand characters, as words, as one run, in quotes, excluded: 1,024 clauses are the limit."""
    rng = random.Random(7)
    run = "".join(rng.choices("的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出", k=900))
    words = " ".join(f"w{rng.randrange(400)}" for _ in range(240))
    documents = [Document("run", run, run, "x", "zh"), Document("words", words, words, "x", "en")]
    engine.build([entries_of(documents)], tmp_path / "index")
    searcher = engine.open(tmp_path / "index")
    for query, found in [
        (run, "run"),
        (f'"{run}"', "run"),
        (words, "words"),
        (f'"{words}"', "words"),
        (" ".join(run[i : i + 3] for i in range(0, 700, 3)), "run"),
        (f"* -{run}", "words"),
        (f'* -"{words}"', "run"),
        (" ".join(f"{a}*" for a in "wabcdefgh" * 50), ""),
    ]:
        node = query_of(parse(query), searcher).node
        hits = searcher.search(node, Sort.RELEVANCE, 0, 9).found
        assert [searcher.document(each.number).id for each in hits][:1] == ([found] if found else [])
        for each in hits:
            assert searcher.matches(node, each.number)
            assert searcher.explain(node, each.number).score == pytest.approx(each.score)


def test_more_values_than_are_counted_at_once_are_all_counted(engine, tmp_path, monkeypatch):
    monkeypatch.setattr("indexer.engines.opensearch.facets._AT_ONCE", 3)
    documents = [
        Document(f"{n}", "", "x", f"folder {n % 7}/x", "en", tags=(f"t{n}", "all")) for n in range(20)
    ]
    engine.build([entries_of(documents)], tmp_path / "index")
    facets = engine.open(tmp_path / "index").search(Everything(), Sort.RELEVANCE, 0, 1).facets
    assert facets["tag"] == {"all": 20} | {f"t{n}": 1 for n in range(20)}
    assert sum(facets["source"].values()) == 20
    assert facets["language"] == {"en": 20}


def test_pages_beyond_the_candidates_hold_every_document_once(engine, tmp_path, monkeypatch):
    monkeypatch.setattr("indexer.engines.opensearch.searcher.CANDIDATES", 20)
    rng = random.Random(3)
    documents = [
        Document(f"{n}", "", " ".join(rng.choices(["heron", "stork", "reed", "mud"], k=8)), "x", "en")
        for n in range(100)
    ]
    engine.build([entries_of(documents)], tmp_path / "index")
    searcher = engine.open(tmp_path / "index")
    node = query_of(parse("heron stork mud reed"), searcher).node
    whole = [each.number for each in searcher.search(node, Sort.RELEVANCE, 0, 100).found]
    paged = [
        each.number
        for first in range(0, 100, 7)
        for each in searcher.search(node, Sort.RELEVANCE, first, 7).found
    ]
    assert paged == whole
    assert len(set(whole)) == 100


def test_the_alias_names_what_is_served_and_nothing_else_is_left(cluster, tmp_path, corpus):
    settings = Settings(index=tmp_path / "index", engine="opensearch", jobs=1)
    folder = corpus({"a.txt": "The heron waits."})
    for _ in range(3):
        rebuild([folder], settings)
    served = indices.read(generations.current(settings.index)).index
    assert len(named(cluster, settings.index)) == 2
    alias = indices.owner(settings.index)
    assert list(cluster.ask("GET", f"/_alias/{alias}")) == [served]
    corpus({"b.txt": "The stork waits."})
    update([], settings)
    assert len(named(cluster, settings.index)) == 2
    assert served in named(cluster, settings.index)
    now = indices.read(generations.current(settings.index)).index
    assert list(cluster.ask("GET", f"/_alias/{alias}")) == [now]


def test_what_a_killed_rebuild_left_is_removed_by_the_next(cluster, engine, tmp_path, corpus):
    settings = Settings(index=tmp_path / "index", engine="opensearch", jobs=1)
    folder = corpus({"a.txt": "The heron waits."})
    rebuild([folder], settings)
    left = settings.index / "building-1"
    engine.begin(left)
    engine.prepared(entries_of([Document("x", "", "left behind", "x", "en")]), left, 0)
    assert len(named(cluster, settings.index)) == 2
    rebuild([folder], settings)
    assert indices.read(generations.current(settings.index)).index in named(cluster, settings.index)
    assert len(named(cluster, settings.index)) == 2
    assert not left.exists()


def test_a_failed_rebuild_leaves_nothing_on_the_cluster(cluster, tmp_path, corpus, monkeypatch):
    settings = Settings(index=tmp_path / "index", engine="opensearch", jobs=1)
    folder = corpus({"a.txt": "The heron waits."})
    rebuild([folder], settings)
    before = named(cluster, settings.index)
    monkeypatch.setattr(indices, "_totals", lambda *_: pytest.fail("no time for that"))
    with pytest.raises(pytest.fail.Exception):
        rebuild([folder], settings)
    assert named(cluster, settings.index) == before


def test_a_damaged_generation_is_rebuilt(cluster, tmp_path, corpus):
    settings = Settings(index=tmp_path / "index", engine="opensearch", jobs=1)
    folder = corpus({"a.txt": "The heron waits."})
    rebuild([folder], settings)
    record = generations.current(settings.index) / indices.NAME
    record.write_text(record.read_text()[:-9])
    with pytest.raises(IndexUnavailable):
        SearchService.open(settings).search(SearchRequest("heron"))
    rebuild([folder], settings)
    assert SearchService.open(settings).search(SearchRequest("heron")).total == 1
    assert len(named(cluster, settings.index)) == 2, "nobody knows which one the damaged generation named"
    rebuild([folder], settings)
    rebuild([folder], settings)
    assert len(named(cluster, settings.index)) == 2


def test_a_document_that_is_lost_is_missed(engine, tmp_path, monkeypatch):
    monkeypatch.setattr("indexer.engines.opensearch.send", lambda *_: 0)
    monkeypatch.setattr(indices, "_WAITS", ())
    with pytest.raises(IndexUnavailable, match="1 documents were sent to the cluster, and 0 are there"):
        engine.build([entries_of([Document("x", "", "lost", "x", "en")])], tmp_path / "index")


def test_an_index_that_is_not_the_one_that_was_built_is_said(cluster, engine, tmp_path):
    engine.build([entries_of([Document("x", "", "heron", "x", "en")])], tmp_path / "index")
    record = indices.read(tmp_path / "index")
    cluster.ask("DELETE", f"/{record.index}")
    with pytest.raises(IndexUnavailable, match="has no index"):
        engine.open(tmp_path / "index")
    cluster.ask("PUT", f"/{record.index}", {})
    with pytest.raises(IndexUnavailable, match="not the one that was built"):
        engine.open(tmp_path / "index")


def test_a_sealed_index_takes_nothing(cluster, engine, tmp_path):
    engine.build([entries_of([Document("x", "", "heron", "x", "en")])], tmp_path / "index")
    record = indices.read(tmp_path / "index")
    client = Client(ClusterSettings(hosts=tuple(cluster.addresses)))
    with pytest.raises(ClusterUnavailable, match="refused"):
        client.ask("PUT", f"/{record.index}/_doc/1", {"language": "en"})


def test_updates_keep_any_order_that_leaves_what_stays(engine, tmp_path):
    rng = random.Random(11)
    listed = [f"{n}" for n in range(6)]
    engine.build([entries_of([document(one) for one in listed])], tmp_path / "0")
    for step in range(1, 6):
        gone = rng.sample(listed, 2)
        listed = [one for one in listed if one not in gone]
        for number in range(3):
            listed.insert(rng.randrange(len(listed) + 1), f"{step}.{number}")
        folder = tmp_path / str(step)
        added = [one for one in listed if one.startswith(f"{step}.")]
        batches = [engine.prepared(entries_of([document(one)]), folder, n) for n, one in enumerate(added)]
        earlier = Earlier(tmp_path / f"{step - 1}", gone, listed)
        assert engine.assembled(batches, folder, map, earlier) == len(listed)
        searcher = engine.open(folder)
        assert [each.id for each in searcher.documents()] == listed
        everything = searcher.search(Everything(), Sort.RELEVANCE, 0, 99).found
        assert [searcher.document(each.number).id for each in everything] == listed


def document(one):
    return Document(one, "", f"heron {one}", f"{one}.txt", "en")


def test_a_line_that_moves_is_analyzed_anew_and_all_is_as_rebuilt(tmp_path, corpus):
    updated = Settings(index=tmp_path / "index", engine="opensearch", jobs=1)
    rows = [{"id": f"{n}", "text": f"The heron waits, as number {n}."} for n in range(6)]
    rebuild([corpus({"a.jsonl": rows})], updated)
    folder = corpus({"a.jsonl": [rows[n] for n in (3, 0, 1, 5, 2, 4)]})
    assert update([], updated).changed == 4  # all but 3 and 5, each of which is behind one that stays
    rebuilt = replace(updated, index=tmp_path / "rebuilt")
    rebuild([folder], rebuilt)
    pages = []
    for settings in (updated, rebuilt):
        service = SearchService.open(settings)
        pages.append(
            [[hit.id for hit in service.search(SearchRequest(query)).hits] for query in ("heron", "*")]
        )
    assert pages[0] == pages[1]
    assert [one[-1] for one in pages[0][1]] == ["3", "0", "1", "5", "2", "4"]


def test_chains_through_clusters_and_pairs_need_their_places(engine, tmp_path):
    engine.build([entries_of([Document("x", "", "2024年我在长江边 大桥", "x", "zh")])], tmp_path / "index")
    searcher = engine.open(tmp_path / "index")

    def stands(terms, offsets):
        clue = Clue(Chain(tuple(terms), tuple(offsets)), Match.PART, 1.0, ())
        return bool(searcher.count(Leaf("", (clue,))))

    assert stands([Term(CLUSTER, "2024"), Term(CLUSTER, "年"), Term(PAIR, "我在")], [0, 1, 2])
    assert stands([Term(PAIR, "我在"), Term(PAIR, "在长"), Term(CLUSTER, "边")], [0, 1, 4])
    assert not stands([Term(PAIR, "我在"), Term(PAIR, "长江")], [0, 1])
    assert stands([Term(PAIR, "江边"), Term(PAIR, "大桥")], [0, 2])
    assert not stands([Term(PAIR, "边大"), Term(CLUSTER, "桥")], [0, 2])


def test_the_engine_is_listed():
    assert "opensearch" in ENGINES

"""What happens to nodes while Serai writes and reads; `python -m tests.cluster.faults` has it in full."""

import json
import random
import time
import urllib.request

import pytest

from benchmarks.cluster import cluster as clusters
from tests.cluster.archive import Archive, ended, write_archive
from tests.cluster.asking import Clients, answers, ask
from tests.cluster.faults import killed_while_writing, restart

DOCUMENTS = 2_000
QUESTIONS = ["harbour storm", "Hafen", "港口", "ท่าเรือ", "बंदरगाह", '"grey water"', "number17"]
#: Shards on every node; and searches that are not cut short, however slow the machine is that tests.
PATIENT = {"SERAI_OPENSEARCH_SHARDS": "3", "SERAI_QUERY_MS": "60000"}


@pytest.fixture(autouse=True)
def _every_node_runs_again(cluster):
    """What a test leaves killed does not fail the next one."""
    yield
    restart(cluster)


@pytest.fixture(scope="module")
def sent(tmp_path_factory):
    """A folder of documents, and their ids."""
    folder = tmp_path_factory.mktemp("sent") / "docs"
    return folder, write_archive(folder, DOCUMENTS)


@pytest.fixture(scope="module")
def archive(cluster, sent, tmp_path_factory):
    """An index on three nodes, each document on two of them."""
    made = Archive(cluster, tmp_path_factory.mktemp("archive") / "index", **PATIENT)
    done = made.run("rebuild", sent[0], "--quiet")
    assert done.returncode == 0, done.stderr
    assert made.counted(sent[1]).whole
    return made


def test_a_node_killed_in_a_rebuild_loses_and_doubles_nothing(archive, sent):
    folder, ids = sent
    written, _, process = killed_while_writing(archive, folder, DOCUMENTS, random.Random(20240620))
    done = ended(process)
    assert done.returncode == 0, done.stderr
    assert 0 < written < DOCUMENTS
    assert archive.counted(ids).whole
    restart(archive.cluster)
    assert archive.counted(ids).whole
    assert len(archive.on_cluster) == 2, "the index that is served, and the one before it"


def test_searches_go_on_while_nodes_end_and_start(archive):
    with archive.served("--workers", "1") as server:
        expected = answers(server.address, QUESTIONS)
        node = random.Random(20240620).choice(archive.cluster.nodes)
        with Clients(server.address, QUESTIONS, 2) as clients:
            for trouble in (node.kill, node.start):
                waited_for(clients, 20)
                trouble()
            archive.cluster.wait("green")
        load = clients.told(expected)
        assert not load.failed, server.said
        assert not load.wrong
        assert not load.cut


def test_a_node_that_hangs_keeps_nobody_waiting(archive):
    """The others answer, or a sentence does, or what was found in time is shown with a notice.

    The cluster itself would leave the node out after minutes; Serai does not wait for that.
    """
    hurried = Archive(archive.cluster, archive.index)
    with hurried.served("--workers", "1") as server:
        ask(server.address, QUESTIONS[0])
        hanging, *others = random.Random(20240620).sample(archive.cluster.nodes, 3)
        with hanging.held():
            asked = [ask(server.address, question) for question in QUESTIONS]
            assert hanging.name in members(others[0]), "the cluster has noticed"
        assert {each.status for each in asked} <= {200, 503}, asked
        assert all(each.status == 200 or "cluster" in each.answer for each in asked), asked


def members(node):
    """The nodes that belong to the cluster, as one of them has it without asking the others."""
    address = f"{node.address}/_cluster/state/nodes?local=true"
    with urllib.request.urlopen(address, timeout=60) as told:
        return {each["name"] for each in json.load(told)["nodes"].values()}


def waited_for(clients, more):
    """Wait until so many further requests have been answered."""
    wanted, end = clients.count + more, time.monotonic() + 60
    while clients.count < wanted:
        assert time.monotonic() < end, "clients are not answered"
        time.sleep(0.02)


def test_a_red_cluster_is_one_clear_message(cluster, sent, tmp_path):
    alone = Archive(cluster, tmp_path / "index", SERAI_OPENSEARCH_REPLICAS="0", **PATIENT)
    assert alone.run("rebuild", sent[0], "--quiet").returncode == 0
    with alone.served("--workers", "1") as server:
        expected = answers(server.address, QUESTIONS)
        cluster[2].kill()
        try:
            told = alone.run("search", "Hafen")
            asked = [ask(server.address, question) for question in QUESTIONS]
        finally:
            restart(cluster)
        assert told.returncode == 1
        assert "1 of 3 shards" in told.stderr
        assert len(told.stderr.strip().splitlines()) == 2, "a sentence and what to do"
        assert {each.status for each in asked} == {503}
        assert all("1 of 3 shards" in each.answer for each in asked)
        assert answers(server.address, QUESTIONS) == expected


@pytest.fixture(scope="module")
def narrow(cluster, tmp_path_factory):
    """A cluster that takes little at a time, of writing and of questions: a single node."""
    settings = {
        "indexing_pressure.memory.limit": "9mb",
        "thread_pool.search.size": 1,
        "thread_pool.search.queue_size": 1,
    }
    with clusters(1, quick=True, settings=settings) as alone:
        told = {**PATIENT, "SERAI_OPENSEARCH_SHARDS": "1"}
        yield Archive(alone, tmp_path_factory.mktemp("narrow") / "index", **told)


def refusals(archive, pool):
    """How often the nodes answered 429 so far."""
    nodes = archive.cluster.ask("GET", "/_nodes/stats/indexing_pressure,thread_pool")["nodes"].values()
    if pool == "write":
        return sum(node["indexing_pressure"]["memory"]["total"]["coordinating_rejections"] for node in nodes)
    return sum(node["thread_pool"][pool]["rejected"] for node in nodes)


def test_a_full_cluster_takes_every_document_in_the_end(narrow, tmp_path):
    ids = write_archive(tmp_path / "docs", 4_500)
    done = narrow.run("rebuild", tmp_path / "docs", "--quiet", "--jobs", "4")
    assert done.returncode == 0, done.stderr
    assert refusals(narrow, "write") > 0, "it was not full at all"
    assert narrow.counted(ids).whole


def test_a_cluster_with_too_many_questions_answers_or_says_so(narrow, sent):
    assert narrow.run("rebuild", sent[0], "--quiet", "--jobs", "1").returncode == 0
    with narrow.served("--workers", "2") as server:
        expected = answers(server.address, QUESTIONS)
        with Clients(server.address, QUESTIONS, 16) as clients:
            waited_for(clients, 300)
        load = clients.told(expected)
        assert refusals(narrow, "search") > 0, "it was never asked too much"
        assert not load.wrong
        assert {each.status for each in load.failed} <= {503}
        assert all("too much to do" in each.answer for each in load.failed)
        assert answers(server.address, QUESTIONS) == expected


def test_a_cluster_that_is_gone_is_one_clear_message(sent, tmp_path, cluster):
    gone = Archive(cluster, tmp_path / "index")
    gone.environment["SERAI_OPENSEARCH_URL"] = "http://127.0.0.1:9"
    told = gone.run("rebuild", sent[0], "--quiet")
    assert told.returncode == 1
    assert "the cluster cannot be reached" in told.stderr
    assert "Traceback" not in told.stderr

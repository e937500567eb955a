"""The queries of benchmarks/hostile.yaml over the seeds: answered or refused in time, never an error."""

import time
from urllib.parse import quote

import pytest

from benchmarks.hostile import PATIENCE, Answer, Query, main, queries, tell
from indexer.request import MAX_QUERY
from indexer.settings import Settings
from tests.web.running import built_index
from web import create_app

QUERIES = [pytest.param(query, id=f"{query.kind}: {query.name}") for query in queries()]


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    return built_index(tmp_path_factory.mktemp("hostile"))


@pytest.fixture(scope="module")
def seeds(index):
    app = create_app(Settings(index=index))
    app.extensions["search"].ready()
    yield app.test_client()
    app.extensions["search"].close()


@pytest.mark.parametrize("query", QUERIES)
def test_a_hostile_query_is_answered(query, seeds):
    for address in ("/api/v1/search", "/search", "/api/v1/suggest"):
        started = time.process_time()
        response = seeds.get(f"{address}?q={quote(query.text)}")
        assert time.process_time() - started < PATIENCE
        if len(query.text) > MAX_QUERY:
            assert response.status_code == 400
            assert "1,000" in response.text
        else:
            assert response.status_code == 200, response.text


def test_the_list_reaches_the_limit():
    assert sum(len(query.text) == MAX_QUERY for query in queries()) > 80


def test_the_slowest_are_told(index, capsys):
    assert main([str(index)]) == 0
    told = capsys.readouterr().out
    assert "None took longer" in told
    assert told.count("\n| ") > 20


def test_a_server_answers_all_of_them_or_refuses(index, capsys):
    assert main([str(index), "--http"]) == 0
    told = capsys.readouterr().out
    refused = 2 * sum(len(query.text) > MAX_QUERY for query in queries())
    assert f"answered {2 * len(QUERIES) - refused:,} with 200, {refused:,} with 400" in told
    assert "None took longer than 2 s, none broke." in told


def test_what_broke_comes_first_and_fails(capsys):
    query = Query("syntax", "a", "a")
    assert tell([Answer(query, 0.5, "fine"), Answer(query, 0.1, "failed", 500)], "HTTP") == 1
    told = capsys.readouterr().out
    assert told.index("failed") < told.index("fine")
    assert "None took longer than 2 s, 1 broke." in told

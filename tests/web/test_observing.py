"""What the server says of itself: figures, and a line a request."""

import json
from urllib.request import urlopen

import pytest
from prometheus_client.parser import text_string_to_metric_families

from indexer.attempts import Attempt, State
from indexer.errors import CorpusError, IndexUnavailable
from indexer.rebuild import rebuild
from indexer.settings import Settings
from tests.web.double import Double
from tests.web.running import built_index, running
from web import create_app


def figures(text):
    """Every sample of an exposition, by its name and labels."""
    return {
        (sample.name, *sorted(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def test_requests_are_counted_and_timed_by_what_was_asked(client):
    for address in (
        "/api/v1/search?q=a",
        "/api/v1/search?q=b",
        "/api/v1/search?size=0",
        "/no/such",
        "/healthz",
    ):
        client.get(address)
    found = figures(client.get("/metrics").text)
    asked = "serai_requests_total"
    assert found[asked, ("kind", "api.search"), ("status", "200")] == 2
    assert found[asked, ("kind", "api.search"), ("status", "400")] == 1
    assert found[asked, ("kind", "none"), ("status", "404")] == 1
    assert found["serai_request_seconds_count", ("kind", "api.search")] == 3
    assert found["serai_request_seconds_bucket", ("kind", "health.alive"), ("le", "+Inf")] == 1


def test_the_index_is_told(client):
    answer = client.get("/metrics")
    assert answer.content_type.startswith("text/plain")
    found = figures(answer.text)
    assert found["serai_index_up",] == 1
    assert found["serai_index_documents",] > 0
    assert found["serai_index_age_seconds",] > 0
    assert any(name == "serai_process_resident_bytes" and value > 1e6 for (name, *_), value in found.items())


def test_the_rebuild_that_made_the_index_is_told_and_the_last_one_that_was_tried(client, service):
    service.tried = Attempt("update", State.FAILED, "2024-06-20T12:00:00+00:00", "2024-06-20T12:00:05+00:00")
    found = figures(client.get("/metrics").text)
    made = ("kind", "rebuild")
    assert found["serai_rebuild_timestamp_seconds", made] == 1_718_877_600
    assert found["serai_rebuild_duration_seconds", made] == 2.5
    assert found["serai_rebuild_documents", made] == 3
    assert found["serai_rebuild_rejected", made] == 1
    assert found["serai_rebuild_skipped", made] == 0
    assert found["serai_rebuild_last_began_timestamp_seconds", ("kind", "update")] == 1_718_884_800
    states = {
        state: found["serai_rebuild_last_state", ("kind", "update"), ("state", state)] for state in State
    }
    assert states == {State.RUNNING: 0, State.DONE: 0, State.FAILED: 1}


def test_a_failure_is_told_though_there_was_never_an_index(tmp_path):
    settings = Settings(index=tmp_path / "index")
    (tmp_path / "empty.txt").touch()
    with pytest.raises(CorpusError):
        rebuild([tmp_path / "empty.txt"], settings, strict=True)
    found = figures(create_app(settings).test_client().get("/metrics").text)
    assert found["serai_index_up",] == 0
    assert found["serai_rebuild_last_state", ("kind", "rebuild"), ("state", "failed")] == 1
    assert not [name for name, *_ in found if name == "serai_rebuild_documents"]


def test_a_real_rebuild_is_told(tmp_path):
    index = built_index(tmp_path)
    client = create_app(Settings(index=index)).test_client()
    found = figures(client.get("/metrics").text)
    made = ("kind", "rebuild")
    assert found["serai_rebuild_documents", made] == 5
    assert found["serai_rebuild_duration_seconds", made] > 0
    assert (found["serai_rebuild_rejected", made], found["serai_rebuild_skipped", made]) == (0, 0)
    assert found["serai_rebuild_last_state", made, ("state", "done")] == 1


def test_without_an_index_that_is_a_figure_and_no_failure():
    service = Double(error=IndexUnavailable("none"))
    answer = create_app(Settings(), service).test_client().get("/metrics")
    assert answer.status_code == 200
    assert figures(answer.text)["serai_index_up",] == 0


@pytest.mark.parametrize(("log", "query"), [("requests", None), ("queries", "secret")])
def test_a_line_a_request_tells_the_query_only_when_asked(service, capsys, log, query):
    client = create_app(Settings(log=log), service).test_client()
    client.get("/api/v1/search?q=secret")
    client.get("/search?q=secret")
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert [(line["kind"], line["path"], line["status"]) for line in lines] == [
        ("api.search", "/api/v1/search", 200),
        ("pages.search", "/search", 200),
    ]
    assert all(line["ms"] >= 0 and line["bytes"] > 0 for line in lines)
    assert [line.get("query") for line in lines] == [query, query]
    assert ("secret" in str(lines)) == (log == "queries")


def test_no_line_unless_asked(client, capsys):
    client.get("/api/v1/search?q=a")
    assert capsys.readouterr().err == ""


def test_processes_count_together(tmp_path):
    with running(built_index(tmp_path), "--workers", "2") as server:
        for _ in range(12):  # each a connection of its own, so that both processes are asked
            urlopen(f"{server.address}/api/v1/search?q=a", timeout=10).close()
        with urlopen(f"{server.address}/metrics", timeout=10) as answer:
            found = figures(answer.read().decode())
    assert found["serai_requests_total", ("kind", "api.search"), ("status", "200")] == 12
    assert len([name for name, *_ in found if name == "serai_process_resident_bytes"]) >= 3

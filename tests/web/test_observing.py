"""What the server says of itself: figures, and a line a request."""

import json
from urllib.request import urlopen

import pytest
from prometheus_client.parser import text_string_to_metric_families

from indexer.errors import IndexUnavailable
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

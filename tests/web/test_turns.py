"""Requests wait for their turn, a set number of them; whoever comes beyond these is told so at once."""

import json
import os
import signal
import threading
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection

import pytest

from indexer.settings import Settings
from tests.web.double import Double
from tests.web.running import built_index, running
from web import create_app
from web.catalogue import INTERFACES
from web.turns import Turns

#: Seconds after which a test that waits for a thread has failed.
PATIENCE = 60


class Waiting(Double):
    """A service in which a search ends when a test says so."""

    def __init__(self):
        super().__init__()
        self.begun = threading.Semaphore(0)
        self.may_end = threading.Semaphore(0)
        self.order = []

    def search(self, request):
        self.order.append(request.query)
        self.begun.release()
        assert self.may_end.acquire(timeout=PATIENCE)
        return super().search(request)


@pytest.fixture
def full():
    """An application with a queue of two in which a search runs and two wait: its client, and the service."""
    service = Waiting()
    app = create_app(Settings(queue=2), service)
    turns = next(made for made in layers(app.wsgi_app) if isinstance(made, Turns))
    with ThreadPoolExecutor(3) as pool:
        answers = []
        for number, query in enumerate(("first", "second", "third")):
            answers.append(pool.submit(app.test_client().get, f"/api/v1/search?q={query}"))
            if number == 0:
                assert service.begun.acquire(timeout=PATIENCE)
            else:
                until(lambda number=number: turns.waiting == number)
        yield app.test_client(), service
        service.may_end.release(3)
        assert [answer.result(PATIENCE).status_code for answer in answers] == [200, 200, 200]
    assert service.order == ["first", "second", "third"]
    assert turns.waiting == 0


def layers(application):
    """An application and those that it wraps."""
    while application is not None:
        yield application
        application = getattr(application, "app", None) or getattr(application, "_app", None)


def until(holds):
    tries = threading.Event()
    for _ in range(PATIENCE * 100):
        if holds():
            return
        tries.wait(0.01)
    raise AssertionError("it never came true")


def test_programs_are_told_at_once_that_too_many_wait(full):
    client, service = full
    for address in ("/api/v1/search?q=x", "/api/v1/status", "/search.rss?q=x", "/api/v1/documents/none"):
        answer = client.get(address)
        assert answer.status_code == 503
        assert answer.content_type == "application/problem+json"
        assert answer.headers["Retry-After"] == "2"
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.json == {
            "type": "about:blank",
            "title": "Service unavailable",
            "status": 503,
            "detail": "too many requests wait to be answered. Ask again in a few seconds.",
        }
    assert service.order == ["first"]


@pytest.mark.parametrize("language", INTERFACES)
def test_people_are_told_in_their_language(full, language):
    client, _ = full
    answer = client.get("/search?q=普京", headers={"Accept-Language": language})
    assert (answer.status_code, answer.mimetype) == (503, "text/html")
    assert answer.headers["Content-Language"] == language
    assert answer.headers["Retry-After"] == "2"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert 'value="普京"' in answer.text
    assert "serai rebuild" not in answer.text
    assert ("Too many searches at once" in answer.text) == (language == "en")


def test_who_watches_over_the_server_is_answered_all_the_same(full):
    client, _ = full
    assert client.get("/healthz").status_code == 200
    assert client.get("/readyz").status_code == 200
    assert client.get("/search?q=x").status_code == 503
    figures = client.get("/metrics")
    assert figures.status_code == 200
    assert 'serai_requests_total{kind="pages.search",status="503"} 1.0' in figures.text
    with client.get(style_of(client)) as style:
        assert style.status_code == 200


def style_of(client):
    """The address of the style that the busy page links to."""
    page = client.get("/").text
    return page.partition('rel="stylesheet" href="')[2].partition('"')[0]


def test_no_line_of_the_log_tells_each_that_was_refused(full, caplog):
    client, _ = full
    client.get("/search?q=x")
    assert not caplog.records


def test_a_turn_is_passed_on_though_an_answer_fails(service):
    service.error = ZeroDivisionError("unforeseen")
    client = create_app(Settings(queue=1), service).test_client()
    assert [client.get("/api/v1/search?q=x").status_code for _ in range(3)] == [500] * 3


def test_what_is_refused_takes_no_turn(full):
    client, service = full
    for _ in range(10):
        assert client.get("/search?q=x").status_code == 503
    assert service.order == ["first"]


def test_one_thread_answers_whatever_waits(service, monkeypatch):
    answering = set()
    monkeypatch.setattr(service, "status", lambda: answering.add(threading.get_ident()) or Double().status())
    app = create_app(Settings(), service)
    with ThreadPoolExecutor(8) as pool:
        asked = [pool.submit(app.test_client().get, "/api/v1/status") for _ in range(32)]
        assert {answer.result(PATIENCE).status_code for answer in asked} == {200}
    assert len(answering) == 1


def test_an_application_that_writes_as_it_was_once_done_is_answered_too():
    def old(environ, start_response):
        start_response("200 OK", [("X-Old", "yes")])(b"written, ")
        return [b"returned"]

    begun = []
    body = Turns(old, 1)({"PATH_INFO": "/"}, lambda *told: begun.append(told))
    assert (b"".join(body), begun) == (b"written, returned", [("200 OK", [("X-Old", "yes")])])


def test_the_settings_say_how_many_may_wait():
    assert Settings.from_environment({"SERAI_QUEUE": "3"}).queue == 3


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    return built_index(tmp_path_factory.mktemp("turns"))


def ask(port, address, headers):
    connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    connection.request("GET", address, headers=headers)
    answer = connection.getresponse()
    found = answer.status, answer.headers, answer.read()
    connection.close()
    return found


def test_a_server_refuses_what_is_too_much_and_answers_the_rest(index, monkeypatch):
    """Real clients, many at a time, until one was refused: which is soon, with a queue of one."""
    monkeypatch.setenv("SERAI_QUEUE", "1")
    kinds = [
        ("/api/v1/analyze?text=" + "%E0%B8%84%E0%B8%B3" * 1_000, {}),
        ("/search?q=the+of+and+in", {"Accept-Language": "de"}),
        ("/healthz", {}),
    ]
    refused = {"application/problem+json": 0, "text/html; charset=utf-8": 0}
    answered = 0
    with running(index, "--workers", "1") as server, ThreadPoolExecutor(16) as pool:
        for _ in range(100):
            asked = kinds * 16
            found = pool.map(lambda kind: ask(server.port, *kind), asked)
            for (address, _), (status, headers, body) in zip(asked, found, strict=True):
                assert status == 200 or (status == 503 and address != "/healthz"), (address, status)
                answered += status == 200
                if status == 503:
                    assert headers["Retry-After"] == "2"
                    refused[headers["Content-Type"]] += 1
                    if address.startswith("/api/"):
                        assert json.loads(body)["status"] == 503
                    else:
                        assert "Zu viele Suchen auf einmal" in body.decode()
            if all(refused.values()):
                break
        assert all(refused.values()), (refused, answered)
        assert ask(server.port, "/search?q=x", {})[0] == 200


def test_who_waits_when_the_server_is_told_to_stop_is_answered(index):
    with running(index, "--workers", "1") as server, ThreadPoolExecutor(24) as pool:
        address = "/api/v1/analyze?text=" + "%E0%B8%84%E0%B8%B3" * 1_000
        connections = [HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE) for _ in range(24)]
        for connection in connections:
            connection.request("GET", address)
        # Connections are taken in their order, so all of these have been.
        assert ask(server.port, "/healthz", {})[0] == 200
        os.kill(server.process.pid, signal.SIGTERM)
        statuses = list(pool.map(lambda connection: connection.getresponse().status, connections))
        assert statuses == [200] * len(connections)
        assert server.process.wait(PATIENCE) == 0
        for connection in connections:
            connection.close()

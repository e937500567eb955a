"""Errors: one shape for programs, a page that helps for people, nothing about the server for either."""

import re

import pytest

from indexer.errors import (
    BadRequest,
    CorpusError,
    IndexBusy,
    IndexOutdated,
    IndexUnavailable,
    ServerError,
)
from web.catalogue import INTERFACES
from web.reader import Reader

SECRET = "/srv/private/var/index"

FAILURES = [
    pytest.param(
        BadRequest("the query is too hard", "Ask less."),
        400,
        "the query is too hard. Ask less.",
        id="bad request",
    ),
    pytest.param(
        IndexUnavailable(f"there is no index in {SECRET}"),
        503,
        "there is no index to search. Build the index with: serai rebuild",
        id="no index",
    ),
    pytest.param(
        IndexOutdated(f"{SECRET} was built by others", f"Look into {SECRET}"),
        503,
        "there is no index to search. Its terms would not match, so nothing was searched. "
        "Rebuild it with: serai rebuild",
        id="outdated index",
    ),
    pytest.param(CorpusError(f"{SECRET} is unreadable"), 500, None, id="corpus"),
    pytest.param(IndexBusy(f"{SECRET} is locked"), 500, None, id="busy"),
    pytest.param(ServerError(f"{SECRET} is closed"), 500, None, id="server"),
    pytest.param(ZeroDivisionError(f"in {SECRET}"), 500, None, id="unforeseen"),
    pytest.param(OSError(f"{SECRET} is gone"), 500, None, id="file system"),
]
UNEXPLAINED = (
    "this could not be answered, and it is not your fault. "
    "The server's log says why. Other searches may well work."
)
TITLES = {
    400: "Bad request",
    404: "Not found",
    405: "Method not allowed",
    500: "Internal server error",
    503: "Service unavailable",
}


@pytest.mark.line(41)
@pytest.mark.parametrize(("error", "status", "detail"), FAILURES)
@pytest.mark.parametrize(
    "address",
    ["/api/v1/search?q=x", "/api/v1/documents/x", "/api/v1/status", "/api/v1/analyze?text=x", "/readyz"],
)
def test_programs_get_a_problem(client, service, address, error, status, detail):
    service.error = error
    response = client.get(address)
    assert response.status_code == status
    assert response.content_type == "application/problem+json"
    assert response.json == {
        "type": "about:blank",
        "title": TITLES[status],
        "status": status,
        "detail": detail or UNEXPLAINED,
    }
    assert list(response.json) == ["type", "title", "status", "detail"]


@pytest.mark.parametrize(("error", "status", "detail"), FAILURES)
@pytest.mark.parametrize("address", ["/", "/search?q=x", "/documents/x?q=y"])
def test_people_get_a_page(client, service, address, error, status, detail):
    service.error = error
    response = client.get(address)
    assert response.status_code == status
    assert response.mimetype == "text/html"
    assert '<form class="box" role="search"' in response.text
    assert SECRET not in response.text
    assert "Traceback" not in response.text
    if status == 503:
        assert "serai rebuild" in response.text
        assert response.headers["Retry-After"]


@pytest.mark.line(41)
@pytest.mark.parametrize(
    ("method", "address", "status"),
    [
        ("GET", "/api/", 404),
        ("GET", "/api/v2/search", 404),
        ("GET", "/api/v1/documents/", 404),
        ("GET", "/api/v1/documents/absent", 404),
        ("POST", "/api/v1/search", 405),
        ("DELETE", "/api/v1/documents/x", 405),
        ("PUT", "/healthz", 405),
    ],
)
def test_addresses_and_methods_that_are_not_there(client, method, address, status):
    response = client.open(address, method=method)
    assert response.status_code == status
    assert response.content_type == "application/problem+json"
    assert response.json["title"] == TITLES[status]
    if status == 405:
        assert "GET" in response.headers["Allow"]


@pytest.mark.parametrize(
    ("method", "address", "status"),
    [
        ("GET", "/nothing", 404),
        ("GET", "/static/none.css", 404),
        ("GET", "/static/../app.py", 404),
        ("GET", "/static/%2e%2e/app.py", 404),
        ("POST", "/search", 405),
    ],
)
def test_people_get_a_page_for_these_too(client, method, address, status):
    response = client.open(address, method=method)
    assert response.status_code == status
    assert response.mimetype == "text/html"
    assert {404: "Not found", 405: "Not allowed"}[status] in response.text


def test_the_query_stays_in_the_box_when_something_else_is_wrong(client):
    assert 'value="ปูติน"' in client.get("/search?q=ปูติน&page=zero").text


def test_a_failure_is_kept_nowhere(client, service):
    service.error = IndexUnavailable("no index")
    assert client.get("/api/v1/status").headers["Cache-Control"] == "no-store"


#: What a page refuses, and what it then names.
REFUSED = [
    pytest.param({"q": "字" * 1001}, ["1,001", "1,000"], id="a long query"),
    pytest.param({"page": "0"}, ["page", "0"], id="page 0"),
    pytest.param({"page": "one"}, ["page", "one"], id="a page in letters"),
    pytest.param({"size": "101"}, ["size", "101", "100"], id="a large page"),
    pytest.param({"size": "<b>"}, ["size", "&lt;b&gt;"], id="a page of markup"),
    pytest.param({"page": "500", "size": "50"}, ["10,000"], id="too far"),
    pytest.param({"from": "yesterday"}, ["from", "yesterday"], id="a day in letters"),
    pytest.param({"to": "2024-02-30"}, ["to", "2024-02-30"], id="a day that is none"),
    pytest.param({"sort": "best"}, ["sort", "best", "newest"], id="an order"),
    pytest.param({"lang": "zh_"}, ["lang", "zh_"], id="a language tag"),
    pytest.param({"tag": ["a", "b"]}, ["tag"], id="a parameter twice"),
]


@pytest.mark.parametrize("interface", INTERFACES)
@pytest.mark.parametrize(("parameters", "named"), REFUSED)
def test_why_a_search_is_refused_is_said_in_the_readers_language(client, parameters, named, interface):
    asked = {"q": "x"} | parameters
    response = client.get("/search", query_string=asked | {"ui": interface})
    assert response.status_code == 400
    advice = re.search(r'<section class="advice">.*?</section>', response.text, re.DOTALL).group()
    values = set(re.findall("<bdi>(.*?)</bdi>", advice))
    number = Reader(interface).number
    for value in named:
        told = number(int(value.replace(",", ""))) if "," in value else value
        assert any(told in value for value in values), f"{told} is not in {values}"
    said = re.sub("<bdi>.*?</bdi>|<[^>]+>", "", advice)
    english = re.sub("<[^>]+>", "", client.get("/search", query_string=asked | {"ui": "en"}).text)
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    assert interface == "en" or not [line for line in lines if line in english]
    # Programs are told in English, whoever reads.
    told = client.get("/api/v1/search", query_string=asked, headers={"Accept-Language": interface}).json
    assert told == client.get("/api/v1/search", query_string=asked).json

"""Errors: one shape for programs, a page that helps for people, nothing about the server for either."""

import pytest

from indexer.errors import (
    BadRequest,
    CorpusError,
    IndexBusy,
    IndexOutdated,
    IndexUnavailable,
    ServerError,
)

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

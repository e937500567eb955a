"""Pages of other sites read the API where a setting names them, and nowhere else."""

import pytest

from indexer.errors import BadRequest
from indexer.settings import Settings
from tests.web.double import Double
from web import create_app

SITE = "https://www.example.org"


def client(*origins):
    return create_app(Settings(origins=origins), Double()).test_client()


def allowed(answer):
    return answer.headers.get("Access-Control-Allow-Origin")


@pytest.mark.parametrize(
    "address",
    ["/api/v1/search?q=x", "/search.rss?q=x", "/opensearch/suggestions?q=x", "/api/v1/search?page=x"],
)
def test_a_site_that_is_named_may_read_answers_and_errors(address):
    answer = client("https://other.example", SITE).get(address, headers={"Origin": SITE})
    assert allowed(answer) == SITE
    assert answer.headers["Vary"] == "Origin"
    assert "ETag" in answer.headers["Access-Control-Expose-Headers"]
    assert "Access-Control-Allow-Credentials" not in answer.headers


@pytest.mark.parametrize(
    "origin",
    [
        "https://example.org",
        "http://www.example.org",
        "https://www.example.org:8443",
        "https://www.example.org.evil.example",
        "https://evilwww.example.org",
        "null",
        "",
    ],
)
def test_no_other_site_may(origin):
    answer = client(SITE).get("/api/v1/search?q=x", headers={"Origin": origin})
    assert (answer.status_code, allowed(answer), answer.headers["Vary"]) == (200, None, "Origin")


@pytest.mark.parametrize("address", ["/", "/search?q=x", "/healthz", "/static/serai.js"])
def test_what_is_no_api_is_for_no_site(address):
    with client("*").get(address, headers={"Origin": SITE}) as answer:
        assert allowed(answer) is None


def test_every_site_may_where_the_setting_says_so():
    answer = client("*").get("/api/v1/search?q=x", headers={"Origin": "https://any.example"})
    assert (allowed(answer), "Vary" in answer.headers) == ("*", False)


def test_an_answer_is_kept_for_each_origin_even_where_none_asked():
    assert client(SITE).get("/api/v1/search?q=x").headers["Vary"] == "Origin"


ASKS = {"Access-Control-Request-Method": "GET", "Access-Control-Request-Headers": "if-none-match"}


def test_a_browser_that_asks_first_is_told(monkeypatch):
    answer = client(SITE).options("/api/v1/search", headers=ASKS | {"Origin": SITE})
    assert (answer.status_code, allowed(answer)) == (200, SITE)
    assert "GET" in answer.headers["Access-Control-Allow-Methods"]
    assert "If-None-Match" in answer.headers["Access-Control-Allow-Headers"]
    assert int(answer.headers["Access-Control-Max-Age"]) > 0


@pytest.mark.parametrize("origins", [(), (SITE,)], ids=["none", "another"])
def test_a_browser_that_asks_first_for_another_site_is_told_nothing(origins):
    answer = client(*origins).options("/api/v1/search", headers=ASKS | {"Origin": "https://evil.example"})
    assert not [name for name, _ in answer.headers if name.startswith("Access-Control")]


@pytest.mark.parametrize(
    ("listed", "origins"),
    [
        pytest.param("", (), id="none"),
        pytest.param("*", ("*",), id="all"),
        pytest.param("https://A.example/ http://b:8080", ("https://a.example", "http://b:8080"), id="two"),
        pytest.param("https://a.example,\n http://[::1]", ("https://a.example", "http://[::1]"), id="commas"),
    ],
)
def test_the_setting_lists_origins(listed, origins):
    assert Settings.from_environment({"SERAI_CORS_ORIGINS": listed}).origins == origins


@pytest.mark.parametrize(
    "wrong", ["example.org", "https://*.example.org", "https://a.example/page", "null", "https://"]
)
def test_what_is_no_origin_is_refused(wrong):
    with pytest.raises(BadRequest, match="SERAI_CORS_ORIGINS"):
        Settings.from_environment({"SERAI_CORS_ORIGINS": wrong})

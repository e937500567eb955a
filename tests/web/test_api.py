"""The JSON API: shapes, validators, encodings. Its answers are checked against its own description."""

import json
from dataclasses import replace

import pytest
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate

from indexer.document import Document
from indexer.page import FacetCount, Notice, Reading, Snippet
from tests.web.double import THAI, hit, page_of
from web import cors

ANSWERS = [
    ("/api/v1/search", "/api/v1/search?q=ปูติน"),
    ("/api/v1/suggest", "/api/v1/suggest?q=ปูติ"),
    ("/api/v1/documents/{id}", "/api/v1/documents/seeds/th.txt"),
    ("/api/v1/analyze", "/api/v1/analyze?text=ปูติน&lang=th"),
    ("/api/v1/explain", "/api/v1/explain?q=ปูติน&id=seeds/th.txt"),
    ("/api/v1/status", "/api/v1/status"),
    ("/api/v1/openapi.json", "/api/v1/openapi.json"),
    ("/search.rss", "/search.rss?q=ปูติน"),
    ("/search.csv", "/search.csv?q=ปูติน"),
    ("/opensearch/suggestions", "/opensearch/suggestions?q=ปูติ"),
]
#: Pages for people among the addresses of the API.
FOR_PEOPLE = {"/api/v1/docs"}


@pytest.fixture(autouse=True)
def indexed(service):
    service.documents["seeds/th.txt"] = Document("seeds/th.txt", "ปูติน", THAI, "seeds/th.txt", "th")
    service.page = page_of(
        hit(url="https://example.org/", date="2024-06-20", tags=("a", "b"), score=4.20789),
        hit(id="seeds/ar.txt", snippets=()),
        read_as=[Reading("ปูติน", "word", ("th",)), Reading("x", "phrase", (), excluded=True, field="title")],
        notices=[Notice("language_absent", "No document is in {language}.", {"language": "Swahili"})],
        facets={"language": [FacetCount("th", 2)], "source": [], "tag": [], "year": []},
    )


@pytest.mark.line(42)
def test_the_description_is_an_openapi_document(client):
    validate(client.get("/api/v1/openapi.json").json)


def test_every_address_is_described(client):
    described = set(client.get("/api/v1/openapi.json").json["paths"])
    routes = {
        rule.rule.replace("<id:id>", "{id}")
        for rule in client.application.url_map.iter_rules()
        if rule.rule.startswith(cors.SHARED)
    } - FOR_PEOPLE
    assert described | {"/opensearch.xml"} == routes | {"/opensearch.xml"}
    assert described == {path for path, _ in ANSWERS}


@pytest.mark.line(42)
@pytest.mark.parametrize(("path", "address"), ANSWERS)
def test_answers_are_as_described(client, path, address):
    description = client.get("/api/v1/openapi.json").json
    ((media_type, content),) = description["paths"][path]["get"]["responses"]["200"]["content"].items()
    validator = Draft202012Validator({**content["schema"], "components": description["components"]})
    answer = client.get(address)
    assert answer.content_type.partition(";")[0] == media_type
    validator.validate(json.loads(answer.text) if media_type.endswith("json") else answer.text)


def test_every_key_that_is_required_is_described(client):
    for name, shape in client.get("/api/v1/openapi.json").json["components"]["schemas"].items():
        assert set(shape.get("properties", {})) >= set(shape.get("required", [])), name


def test_parameters_are_described(client):
    described = client.get("/api/v1/openapi.json").json["paths"]["/api/v1/search"]["get"]["parameters"]
    assert [parameter["name"] for parameter in described] == [
        "q", "lang", "source", "tag", "from", "to", "sort", "page", "size",
    ]  # fmt: skip
    size = described[-1]["schema"]
    assert (size["type"], size["minimum"], size["maximum"], size["default"]) == ("integer", 1, 100, 10)


@pytest.mark.line(41)
def test_a_search_is_answered_in_the_order_of_the_contract(client):
    answer = client.get("/api/v1/search?q=ปูติน").json
    assert list(answer) == (
        [
            "query",
            "read_as",
            "notices",
            "total",
            "page",
            "size",
            "pages",
            "took_ms",
            "did_you_mean",
            "facets",
            "hits",
        ]
    )
    assert list(answer["hits"][0]) == (
        ["id", "source", "title", "language", "url", "date", "tags", "score", "match", "snippets"]
    )
    assert answer["hits"][0]["snippets"] == [
        {"text": THAI, "start": 7, "marks": [[12, 17]], "html": "ประธานาธิบดี<mark>ปูติน</mark>ของรัสเซีย"}
    ]
    assert answer["hits"][0]["title"] == {"text": "ปูติน", "marks": [], "html": "ปูติน"}


def test_letters_are_written_as_they_are(client):
    assert "ประธานาธิบดี" in client.get("/api/v1/search?q=x").get_data(as_text=True)


@pytest.mark.line(41)
@pytest.mark.parametrize("address", [address for _, address in ANSWERS])
def test_who_has_the_answer_already_is_told_so(client, address):
    first = client.get(address)
    tag = first.headers["ETag"]
    assert first.headers["Cache-Control"] == "no-cache"
    for known in (tag, f'"other", {tag}', f"W/{tag.removeprefix('W/')}"):
        again = client.get(address, headers={"If-None-Match": known})
        assert (again.status_code, again.data) == (304, b"")
        assert (again.headers["ETag"], again.headers["Cache-Control"]) == (tag, "no-cache")
    for other in ('"other"', 'W/"other"', ""):
        assert client.get(address, headers={"If-None-Match": other}).status_code == 200


@pytest.mark.parametrize("address", [address for _, address in ANSWERS])
def test_an_answer_can_be_asked_about_without_its_body(client, address):
    whole, head = client.get(address), client.head(address)
    assert (head.status_code, head.data) == (200, b"")
    for name in ("ETag", "Content-Type", "Cache-Control"):
        assert head.headers[name] == whole.headers[name]
    assert client.head(address, headers={"If-None-Match": whole.headers["ETag"]}).status_code == 304


@pytest.mark.parametrize("address", ["/api/v1/search?q=x", "/search.rss?q=x", "/api/v1/suggest?q=x"])
def test_who_has_the_answer_is_told_so_without_a_search(client, service, address):
    tag = client.get(address).headers["ETag"]
    service.asked.clear()
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 304
    assert service.asked == ["status"]


@pytest.mark.line(41)
def test_an_answer_is_new_with_a_new_index_and_with_another_question(client, service):
    def tag(address):
        return client.get(address).headers["ETag"]

    first = tag("/api/v1/search?q=x")
    assert tag("/api/v1/search?q=x&page=1&utm_source=y") == first
    others = {
        tag(address) for address in ("/api/v1/search?q=y", "/api/v1/search?q=x&page=2", "/search.csv?q=x")
    }
    assert len(others | {first}) == 4
    service.generation = "gen-2"
    assert tag("/api/v1/search?q=x") != first


def test_only_an_answer_that_says_how_long_it_took_has_a_weak_tag(client):
    weak = {path for path, address in ANSWERS if client.get(address).headers["ETag"].startswith("W/")}
    assert weak == {"/api/v1/search"}


def test_any_answer_at_all_is_one_that_is_there(client):
    anything = {"If-None-Match": "*"}
    assert client.get("/api/v1/documents/seeds/th.txt", headers=anything).status_code == 304
    assert client.get("/api/v1/documents/nowhere", headers=anything).status_code == 404
    assert client.get("/api/v1/explain?q=x&id=nowhere", headers=anything).status_code == 404


@pytest.mark.line(41)
def test_other_sites_may_not_read_answers(client):
    headers = client.get("/api/v1/search?q=x", headers={"Origin": "https://elsewhere.example"}).headers
    assert not [name for name, _ in headers.to_wsgi_list() if name.startswith("Access-Control")]


def test_a_title_may_be_marked(client, service):
    service.page = page_of(hit(title=Snippet("a<b", 0, ((1, 3),))))
    title = client.get("/api/v1/search?q=b").json["hits"][0]["title"]
    assert title == {"text": "a<b", "marks": [[1, 3]], "html": "a<mark>&lt;b</mark>"}


def test_alive_and_ready(client):
    assert client.get("/healthz").json == {"status": "alive"}
    assert client.get("/readyz").json == {"status": "ready"}


def test_an_explanation_says_what_was_asked_of_which_document(client, service):
    answer = client.get("/api/v1/explain?q=ปูติน&id=seeds/th.txt&lang=th")
    assert (answer.json["id"], answer.json["query"], answer.json["found"]) == ("seeds/th.txt", "ปูติน", True)
    request, document = service.asked[-1]
    assert (request.query, request.language, document) == ("ปูติน", "th", "seeds/th.txt")


@pytest.mark.parametrize(
    ("address", "status", "said"),
    [
        pytest.param("/api/v1/explain?q=x&id=nowhere", 404, "nowhere", id="no such document"),
        pytest.param("/api/v1/explain?q=x", 400, "id is not given", id="no id"),
        pytest.param("/api/v1/explain?id=x&lang=tha-", 400, "tha-", id="no language tag"),
        pytest.param("/api/v1/explain?id=x&q=" + "x" * 1001, 400, "1,001", id="too long"),
    ],
)
def test_what_cannot_be_explained_is_a_problem(client, address, status, said):
    answer = client.get(address)
    assert (answer.status_code, answer.content_type) == (status, "application/problem+json")
    assert said in answer.json["detail"]


def test_what_is_missing_for_lack_of_time_is_said_and_the_answer_is_not_kept(client, service):
    said = Notice("time-up", "Time was up after {seconds} s.", {"seconds": "1.5"})
    service.page = replace(service.page, notices=[said], complete=False)
    for address in ("/api/v1/search?q=x", "/search.rss?q=x", "/search.csv?q=x"):
        answer = client.get(address)
        assert answer.status_code == 200
        assert "ETag" not in answer.headers
        assert answer.headers["Cache-Control"] == "no-store"
    assert client.get("/api/v1/search?q=x").json["notices"] == [
        {"key": "time-up", "text": "Time was up after 1.5 s."}
    ]
    for address in ("/api/v1/suggest?q=x", "/opensearch/suggestions?q=x"):
        assert "ETag" in client.get(address).headers
        service.hurried = True
        assert client.get(address).headers["Cache-Control"] == "no-store"
        service.hurried = False


@pytest.mark.parametrize(
    "accepted", ["application/xml", "text/html", "image/png", "application/json;q=0", ";;"]
)
@pytest.mark.parametrize(
    ("address", "form"),
    [
        ("/api/v1/search?q=x", "application/json"),
        ("/api/v1/search?page=0", "application/problem+json"),
        ("/search?q=x", "text/html"),
        ("/search.rss?q=x", "application/rss+xml"),
        ("/search.csv?q=x", "text/csv"),
    ],
)
def test_the_address_alone_says_in_which_form_it_is_answered(client, address, form, accepted):
    """No 406: RFC 9110, section 12.5.1, lets a server answer as if nothing had been sent."""
    plain = client.get(address)
    asked = client.get(address, headers={"Accept": accepted})
    assert asked.mimetype == form
    assert asked.status_code == plain.status_code
    assert "Accept" not in asked.vary

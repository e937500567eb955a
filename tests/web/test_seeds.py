"""The whole path over a real index of the seeds: the right article first, the right characters marked."""

import json
import re
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import quote
from urllib.request import urlopen

import pytest

from indexer.settings import Settings
from tests.web.running import built_index, running
from web import create_app

THAI = "seeds/000_626ffce08d765c0f.txt"
CHINESE = "seeds/001_198679287b7c35b7.txt"
HINDI = "seeds/002_e0e9c0f0948ce5f1.txt"
ENGLISH = "seeds/003_841051a798ffaa10.txt"
GERMAN = "seeds/004_0445315181c0e30e.txt"

#: Documents beside the seeds that would run, redirect or deceive if a page let them.
HOSTILE = [
    {
        "id": "<script>alert(1)</script>",
        "title": '<img src=x onerror="alert(1)">',
        "text": "zebra <mark>zebra</mark>",
    },
    {
        "id": "../..//#?%2F ก",
        "title": "zebra",
        "text": "zebra",
        "url": "javascript:alert(1)",
        "tags": ["<b>"],
    },
    {
        "id": "\u202e",
        "title": "zebra \u202e\ud800",
        "text": "zebra \x00\x07 \ud800 👍",
        "url": "https://example.org/<>",
    },
]


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    return built_index(tmp_path_factory.mktemp("seeds"))


@pytest.fixture(scope="module")
def client(index):
    app = create_app(Settings(index=index))
    yield app.test_client()
    app.extensions["search"].close()


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile")
    archive = folder / "archive.jsonl"
    archive.write_text("\n".join(map(json.dumps, HOSTILE)))
    app = create_app(Settings(index=built_index(folder, archive)))
    yield app.test_client()
    app.extensions["search"].close()


def marks(hit):
    return {
        marked["text"][start:end]
        for marked in (hit["title"], *hit["snippets"])
        for start, end in marked["marks"]
    }


@pytest.mark.parametrize(
    ("query", "ids", "marked"),
    [
        ("ปูติน", [THAI], {"ปูติน"}),
        ("ประธานาธิบดี", [THAI], {"ประธานาธิบดี"}),
        ("普京", [CHINESE], {"普京"}),
        ("泽连斯基", [CHINESE], {"泽连斯基"}),
        ("逮捕令", [CHINESE], {"逮捕令"}),
        ("烏克蘭", [CHINESE], {"乌克兰"}),
        ("斯基", [CHINESE], {"斯基"}),
        ("पुतिन", [HINDI], {"पुतिन"}),
        ("भागीदारी", [HINDI], {"भागीदारी"}),
        ("Lavrov", [ENGLISH], {"Lavrov"}),
        ('"strategic accomplices"', [ENGLISH], {"strategic", "accomplices"}),
        ("Bindungen", [GERMAN], {"Bindungen"}),
        ("จิ้นผิง", [THAI], {"จิ้นผิง"}),
    ],
)
def test_the_article_and_its_marks(client, query, ids, marked):
    answer = client.get("/api/v1/search", query_string={"q": query}).json
    assert [hit["id"] for hit in answer["hits"]] == ids
    assert marks(answer["hits"][0]) == marked
    page = client.get("/search", query_string={"q": query}).text
    assert set(re.findall("<mark>(.*?)</mark>", page)) == marked


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("NATO", {THAI, GERMAN}),
        ("ＮＡＴＯ", {THAI, GERMAN}),
        ("Xi", {THAI, ENGLISH, GERMAN}),
        ("*", {THAI, CHINESE, HINDI, ENGLISH, GERMAN}),
    ],
)
def test_articles_of_several_languages(client, query, ids):
    answer = client.get("/api/v1/search", query_string={"q": query}).json
    assert {hit["id"] for hit in answer["hits"]} == ids
    assert answer["total"] == len(ids) == sum(count["count"] for count in answer["facets"]["language"])


@pytest.mark.parametrize(
    ("id", "language"), [(THAI, "th"), (CHINESE, "zh"), (HINDI, "hi"), (ENGLISH, "en"), (GERMAN, "de")]
)
def test_documents_are_stored_whole(client, id, language):
    document = client.get(f"/api/v1/documents/{id}").json
    assert (document["id"], document["language"]) == (id, language)
    answer = client.get("/api/v1/search", query_string={"q": "*", "lang": language}).json
    assert [hit["id"] for hit in answer["hits"]] == [id]
    for snippet in answer["hits"][0]["snippets"]:
        assert document["text"][snippet["start"] :].startswith(snippet["text"])


@pytest.mark.parametrize(
    "query",
    [
        "",
        "  ",
        "!!!",
        "…",
        "zzzz",
        '"',
        "((((",
        "a AND",
        "NOT NOT x",
        "title:",
        "^",
        "fox~99",
        "\x00",
        "\u202e",
        "👍",
        "%",
        "'; --",
    ],
)
def test_odd_queries_are_answered(client, query):
    for address in ("/search", "/api/v1/search"):
        assert client.get(address, query_string={"q": query}).status_code == 200


def test_what_is_indexed(client):
    status = client.get("/api/v1/status").json
    assert status["documents"] == 5
    assert status["languages"] == dict.fromkeys(("th", "zh", "hi", "en", "de"), 1)
    assert "5 documents in 5 languages" in client.get("/").text
    assert client.get("/readyz").status_code == 200


def test_a_text_is_cut(client):
    answer = client.get("/api/v1/analyze", query_string={"text": "ปูติน NATO", "lang": "th"}).json
    assert {"ปูติน", "nato"} <= {token["term"] for token in answer["tokens"] if token["tier"] == "word"}
    assert answer["runs"][0]["language"] == "th"
    assert client.get("/api/v1/analyze?text=").status_code == 200


@pytest.mark.line(39)
def test_an_absent_language_is_an_empty_page_with_a_notice(client):
    answer = client.get("/api/v1/search?q=Putin&lang=sw").json
    assert (answer["total"], answer["hits"]) == (0, [])
    assert answer["notices"]


@pytest.mark.line(40)
def test_a_page_past_the_last_is_empty_and_keeps_the_total(client):
    answer = client.get("/api/v1/search?q=*&page=99").json
    assert (answer["total"], answer["hits"], answer["page"]) == (5, [], 99)


def test_many_ask_at_once(client, index):
    """Each gets the answer that it would get alone."""
    queries = ["NATO", "普京", "ปูติน", "पुतिन", "Bindungen", "*"]
    alone = {query: client.get("/api/v1/search", query_string={"q": query}).json["hits"] for query in queries}
    with running(index, "--workers", "2") as server, ThreadPoolExecutor(8) as pool:

        def hits(query):
            with urlopen(f"{server.address}/api/v1/search?q={quote(query)}", timeout=30) as response:
                return json.load(response)["hits"]

        asked = queries * 20
        for query, found in zip(asked, pool.map(hits, asked), strict=True):
            assert found == alone[query]


@pytest.mark.line(38)
def test_hostile_documents_are_inert(hostile):
    answer = hostile.get("/api/v1/search?q=zebra").json
    assert answer["total"] == len(HOSTILE)
    page = hostile.get("/search?q=zebra").text
    assert "<script>alert" not in page
    assert "<img" not in page
    assert 'href="javascript:' not in page
    for hit in answer["hits"]:
        for marked in (hit["title"], *hit["snippets"]):
            assert set(re.findall(r"<[^>]*>", marked["html"])) <= {"<mark>", "</mark>"}
    for href in re.findall(r'<h2 [^>]*><a href="([^"]+)"', page):
        document = hostile.get(href.replace("&amp;", "&"))
        assert document.status_code == 200
        assert '<mark id="m1">zebra</mark>' in document.text
        assert "<script>alert" not in document.text


@pytest.mark.parametrize("sign", ["👍🏽 ", "🇩 ", "a -b ", "(a ", "的~ "])
def test_a_page_stays_small_however_many_parts_its_query_has(client, sign):
    query = (sign * 1_000)[:1_000]
    page = client.get(f"/search?q={quote(query)}")
    assert page.status_code == 200
    # An ordinary one has 50,000; each of twenty parts may be taken away by a link as long as the query.
    assert len(page.data) < 400_000

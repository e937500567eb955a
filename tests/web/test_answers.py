"""The API over a real index and a real server: facets and filters agree, pages end, the terminal too."""

import json
import subprocess
from http.client import HTTPConnection
from urllib.parse import quote, urlencode

import pytest
from jsonschema import Draft202012Validator

from tests.web.running import SERAI, built_index, running

SITE = "https://www.example.org"
LANGUAGES = {
    "en": "The ferry crosses the river every morning.",
    "de": "Die Fähre fährt jeden Morgen über den Fluss: the ferry.",
    "th": "เรือข้ามฟาก ferry ออกทุกเช้าที่ท่าน้ำ",
    "zh": "渡船每天早上过河，英文叫做 ferry。",
    "zh-Hant": "渡船每天早上過河，英文叫做 ferry。",
}
#: In front of each text: characters of two units in UTF-16, and letters of several characters.
EMOJI = "👩🏽‍✈️🛶 "
#: Each language in each of three years and two folders, tagged by turns.
DOCUMENTS = [
    {
        "id": f"{language}-{year}-{folder}",
        "text": EMOJI + text,
        "language": language,
        "date": f"{year}-06-20",
        "tags": ["boats"] if (year + len(language)) % 2 else ["boats", "press <&>"],
        "folder": folder,
    }
    for language, text in LANGUAGES.items()
    for year in (2022, 2023, 2024)
    for folder in ("north", "south")
]


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    folder = tmp_path_factory.mktemp("answers")
    for name in ("north", "south"):
        (folder / name).mkdir()
        lines = (json.dumps(document) for document in DOCUMENTS if document["folder"] == name)
        (folder / name / "all.jsonl").write_text("\n".join(lines))
    return built_index(folder, folder / "north", folder / "south")


@pytest.fixture(scope="module")
def server(index):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SERAI_CORS_ORIGINS", SITE)
        with running(index, "--workers", "1") as server:
            yield server


@pytest.fixture
def ask(server):
    """Asks the server; the status, the headers and the body."""
    connection = HTTPConnection("127.0.0.1", server.port, timeout=30)

    def asked(address, method="GET", headers=None, **parameters):
        target = address + (f"?{urlencode(parameters, quote_via=quote)}" if parameters else "")
        connection.request(method, target, headers=headers or {})
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read()

    yield asked
    connection.close()


@pytest.fixture
def search(ask):
    def found(**parameters):
        status, _, body = ask("/api/v1/search", **parameters)
        assert status == 200, body
        return json.loads(body)

    return found


def filtered(facet, value):
    """The parameters that keep to one value of a facet."""
    if facet == "year":
        return {"from": f"{value}-01-01", "to": f"{value}-12-31"}
    return {{"language": "lang"}.get(facet, facet): value}


@pytest.mark.line(39)
@pytest.mark.parametrize(
    "parameters",
    [{"q": "ferry"}, {"q": "*"}, {"q": "渡船"}, {"q": "ferry", "tag": "boats", "from": "2023-01-01"}],
    ids=str,
)
def test_a_facet_counts_what_its_filter_leaves(search, parameters):
    answer = search(**parameters)
    assert answer["total"] > 0
    for facet, counts in answer["facets"].items():
        assert counts, facet
        for count in counts:
            wanted = parameters | filtered(facet, count["value"])
            if facet == "language":
                # A language stands for its scripts as well; its own facet counts it alone.
                narrower = {c["value"]: c["count"] for c in search(**wanted)["facets"]["language"]}
                assert narrower[count["value"]] == count["count"]
            elif facet != "year" or "from" not in parameters:
                assert search(**wanted)["total"] == count["count"], wanted
    for facet in ("language", "source", "year"):
        assert sum(count["count"] for count in answer["facets"][facet]) == answer["total"]


@pytest.mark.line(39)
@pytest.mark.parametrize(
    ("language", "found"),
    [
        ("th", {"th"}),
        ("zh", {"zh", "zh-Hant"}),
        ("zh-Hant", {"zh-Hant"}),
        ("ZH_hant", {"zh-Hant"}),
        ("en", {"en"}),
    ],
)
def test_a_language_is_asked_for_in_the_query_and_beside_it(search, language, found):
    within = search(q=f"ferry lang:{language}", size=100)
    beside = search(q="ferry", lang=language, size=100)
    for answer in (within, beside):
        assert {hit["language"] for hit in answer["hits"]} == found
        assert answer["total"] == sum(document["language"] in found for document in DOCUMENTS)


@pytest.mark.line(41)
@pytest.mark.parametrize(("query", "word"), [("渡船", "渡船"), ("ferry", "ferry"), ("เรือ", "เรือ")])
def test_marks_count_code_points_of_the_stored_text(search, ask, query, word):
    hit = search(q=query)["hits"][0]
    (snippet,) = hit["snippets"]
    text = json.loads(ask("/api/v1/documents/" + quote(hit["id"]))[2])["text"]
    assert text.startswith(EMOJI)
    assert snippet["text"] == text[snippet["start"] : snippet["start"] + len(snippet["text"])]
    marked = [snippet["text"][start:end] for start, end in snippet["marks"]]
    assert word in marked
    assert all(f"<mark>{piece}</mark>" in snippet["html"] for piece in marked)


@pytest.mark.line(40)
def test_pages_hold_every_hit_once_and_end(search):
    total = search(q="ferry")["total"]
    assert total == len(DOCUMENTS)
    pages = [search(q="ferry", page=page, size=7) for page in range(1, 7)]
    assert [len(page["hits"]) for page in pages] == [7, 7, 7, 7, 2, 0]
    assert {page["total"] for page in pages} == {total}
    assert {page["pages"] for page in pages} == {5}
    ids = [hit["id"] for page in pages for hit in page["hits"]]
    assert len(ids) == len(set(ids)) == total


def test_the_order_is_that_of_days_where_that_is_asked(search):
    for sort, reverse in (("newest", True), ("oldest", False)):
        dates = [hit["date"] for hit in search(q="ferry", sort=sort, size=100)["hits"]]
        assert dates == sorted(dates, reverse=reverse)


@pytest.mark.line(39)
@pytest.mark.parametrize("language", ["xx", "sw", "tlh", "english"])
def test_a_language_that_is_not_there_is_an_empty_page_and_a_notice(search, language):
    answer = search(q="ferry", lang=language)
    assert (answer["total"], answer["hits"], answer["pages"]) == (0, [], 0)
    assert [notice["key"] for notice in answer["notices"]] == ["absent-language"]


@pytest.mark.parametrize(
    "query", ["ferry", '"the ferry" 渡船 -lang:de', "渡船", "เรือข้ามฟาก", "nothing at all", "*"]
)
def test_the_terminal_says_what_the_api_does_but_for_html(search, index, query):
    command = [SERAI, "search", "--json", "--index", index, "--size", "5", "--", query]
    printed = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    answer = search(q=query, size=5)
    for hit in answer["hits"]:
        for marked in (hit["title"], *hit["snippets"]):
            del marked["html"]
    assert list(printed) == list(answer)
    assert printed | {"took_ms": 0} == answer | {"took_ms": 0}


@pytest.mark.line(41)
def test_real_answers_are_as_described(ask):
    described = json.loads(ask("/api/v1/openapi.json")[2])
    asked = [
        (
            "/api/v1/search",
            "/api/v1/search",
            {"q": 'ferry~ "the river" fer* -渡船 title:x lang:en', "size": "3"},
        ),
        ("/api/v1/suggest", "/api/v1/suggest", {"q": "fer"}),
        ("/api/v1/analyze", "/api/v1/analyze", {"text": " ".join(LANGUAGES.values())}),
        ("/api/v1/explain", "/api/v1/explain", {"q": "ferry 渡船", "id": "north/all.jsonl#de-2022-north"}),
        ("/api/v1/documents/{id}", "/api/v1/documents/north/all.jsonl%23de-2022-north", {}),
        ("/api/v1/status", "/api/v1/status", {}),
        ("/opensearch/suggestions", "/opensearch/suggestions", {"q": "fer"}),
    ]
    for path, address, parameters in asked:
        status, _, body = ask(address, **parameters)
        assert status == 200, (address, body)
        ((_, content),) = described["paths"][path]["get"]["responses"]["200"]["content"].items()
        Draft202012Validator({**content["schema"], "components": described["components"]}).validate(
            json.loads(body)
        )


@pytest.mark.line(41)
def test_a_server_answers_head_and_conditions_as_the_application_does(ask):
    status, headers, body = ask("/api/v1/search", q="ferry")
    assert (status, int(headers["Content-Length"])) == (200, len(body))
    status, bare, nothing = ask("/api/v1/search", "HEAD", q="ferry")
    assert (status, nothing, bare["ETag"]) == (200, b"", headers["ETag"])
    status, unchanged, nothing = ask("/api/v1/search", headers={"If-None-Match": headers["ETag"]}, q="ferry")
    assert (status, nothing, unchanged["ETag"]) == (304, b"", headers["ETag"])


def test_a_server_lets_the_site_read_that_its_setting_names(ask):
    asks = {"Origin": SITE, "Access-Control-Request-Method": "GET"}
    status, headers, _ = ask("/api/v1/search", "OPTIONS", headers=asks)
    assert (status, headers["Access-Control-Allow-Origin"]) == (200, SITE)
    _, headers, _ = ask("/api/v1/search", headers={"Origin": "https://evil.example"}, q="ferry")
    assert (headers["Access-Control-Allow-Origin"], headers["Vary"]) == (None, "Origin")

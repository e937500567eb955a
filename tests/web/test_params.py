"""What a query string may say, and what is answered when it says something else."""

from datetime import date as Date
from unicodedata import normalize
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.request import SearchRequest, Sort
from web.addresses import query_string


def asked(client, service, address):
    response = client.get(address)
    assert response.status_code == 200, response.text
    return service.asked[-1]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        pytest.param("q=x", SearchRequest("x"), id="a query alone"),
        pytest.param("", SearchRequest(""), id="nothing"),
        pytest.param("q=x&lang=&from=&page=&sort=", SearchRequest("x"), id="a form's empty fields"),
        pytest.param("q=x&lang=ZH-hant", SearchRequest("x", language="zh-Hant"), id="a tag in any case"),
        pytest.param("q=x&lang=en_us", SearchRequest("x", language="en-US"), id="a tag as systems write it"),
        pytest.param("q=x&lang=xx", SearchRequest("x", language="xx"), id="a tag of no language"),
        pytest.param(
            "q=x&lang=Klingon", SearchRequest("x", language="klingon"), id="a name that could be a tag"
        ),
        pytest.param(
            "q=x&from=2024-01-31&to=2024-12-31",
            SearchRequest("x", since=Date(2024, 1, 31), until=Date(2024, 12, 31)),
            id="days",
        ),
        pytest.param(
            "q=x&source=a%2Fb&tag=%E0%B8%82", SearchRequest("x", source="a/b", tag="ข"), id="filters"
        ),
        pytest.param(
            "q=x&sort=newest&page=3&size=20",
            SearchRequest("x", sort=Sort.NEWEST, page=3, size=20),
            id="order and page",
        ),
        pytest.param("q=x&utm=1&utm=2&fbclid=%ff", SearchRequest("x"), id="parameters of others"),
        pytest.param("q=x&q=x", SearchRequest("x"), id="the same twice"),
        pytest.param("q=+%20", SearchRequest("  "), id="spaces"),
        pytest.param("q=a%00b", SearchRequest("a b"), id="a NUL byte"),
        pytest.param("q=%E2%80%AEx", SearchRequest("\u202ex"), id="a change of direction"),
        pytest.param("q=%F0%9F%91%8D", SearchRequest("👍"), id="an emoji"),
        pytest.param("q=" + quote("e\u0301"), SearchRequest("é"), id="composed"),
    ],
)
def test_the_query_string_is_read(client, service, query, expected):
    assert asked(client, service, f"/api/v1/search?{query}") == expected


@pytest.mark.parametrize(
    "query", ["q=%ff", "q=%ed%a0%80", "q=%c3", "q=%", "q=%zz", "q=%E0%B8", "%ff=%ff&q=a"]
)
def test_bytes_that_are_no_utf8_are_letters_like_any_other(client, service, query):
    for address in (f"/api/v1/search?{query}", f"/search?{query}"):
        assert client.get(address).status_code == 200


@pytest.mark.line(40)
@pytest.mark.parametrize(
    ("query", "detail"),
    [
        pytest.param("page=0", "page must be 1 or more, not 0", id="page 0"),
        pytest.param("page=-1", "page must be 1 or more, not -1", id="page -1"),
        pytest.param("page=zero", "page must be a whole number from 1, not 'zero'", id="page in words"),
        pytest.param("page=1.5", "page must be a whole number from 1, not '1.5'", id="half a page"),
        pytest.param("page=1.0", "page must be a whole number from 1, not '1.0'", id="page as a fraction"),
        pytest.param("page=1e3", "page must be a whole number from 1, not '1e3'", id="page as a power"),
        pytest.param(
            "page=%E0%B9%91", "page must be a whole number from 1, not '๑'", id="page in Thai digits"
        ),
        pytest.param("page=999999", "page × size is 9,999,990", id="page far out"),
        pytest.param("page=" + "9" * 5000, "page must be a whole number from 1", id="page of 5,000 digits"),
        pytest.param("page=1&page=2", "page is given more than once", id="two pages"),
        pytest.param("size=0", "size must be from 1 to 100, not 0", id="size 0"),
        pytest.param("size=101", "size must be from 1 to 100, not 101", id="size 101"),
        pytest.param("size=100000", "size must be from 1 to 100", id="size 100000"),
        pytest.param("size=ten", "size must be a whole number from 1 to 100, not 'ten'", id="size in words"),
        pytest.param("page=101&size=100", "page × size is 10,100", id="past the reach"),
        pytest.param(
            "sort=best", "sort must be one of relevance, newest, oldest, not 'best'", id="unknown order"
        ),
        pytest.param("from=yesterday", "from must be a day", id="no day"),
        pytest.param("from=2024", "from must be a day", id="a year"),
        pytest.param("to=2024-02-30", "to must be a day", id="a day that never was"),
        pytest.param("to=1700000000", "to must be a day", id="seconds"),
        pytest.param("lang=tha-", "lang is 'tha-', which is no language tag", id="malformed tag"),
        pytest.param("lang=123", "lang is '123', which is no language tag", id="a number as a tag"),
        pytest.param("lang=de-" + "a" * 5000, "lang is 'de-aaaa", id="a tag of 5,000 letters"),
        pytest.param("lang=<script>", "lang is '<script>', which is no language tag", id="markup as a tag"),
        pytest.param(
            "q=" + "x" * 1001, "the query has 1,001 characters, and 1,000 are allowed", id="long query"
        ),
    ],
)
def test_a_bad_value_is_answered_with_its_name(client, service, query, detail):
    address = "/api/v1/search?" + ("" if query.startswith("q=") else "q=x&") + query
    response = client.get(address)
    assert response.status_code == 400
    assert response.json["detail"].startswith(detail)
    assert len(response.json["detail"]) < 250
    assert service.asked == []
    assert client.get(address.replace("/api/v1", "")).status_code == 400


@pytest.mark.parametrize("letter", ["x", "ü", "ป", "普", "हि"[0], "\u0958", "𠀀", "👍"])
def test_a_query_of_a_thousand_letters_of_any_script_is_searched(client, service, letter):
    assert asked(client, service, "/api/v1/search?q=" + quote(letter * 1000)).query == normalize(
        "NFC", letter * 1000
    )


def test_a_long_text_is_not_analyzed(client, service):
    response = client.get("/api/v1/analyze", query_string={"text": "x" * 10_001})
    assert response.status_code == 400
    assert response.json["detail"].startswith("text has 10,001 characters, and 10,000 are allowed")


def test_a_search_is_written_as_it_was_read(client, service):
    wanted = SearchRequest(
        "ปูติน & 普京",
        language="zh-Hant",
        source="a/b c",
        tag="#1",
        since=Date(2024, 1, 1),
        until=Date(2024, 2, 1),
        sort=Sort.OLDEST,
        page=2,
        size=20,
    )
    assert asked(client, service, "/api/v1/search?" + query_string(wanted, page=2)) == wanted


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    names=st.lists(
        st.sampled_from(["q", "lang", "source", "tag", "from", "to", "sort", "page", "size", "x"])
    ),
    values=st.lists(st.text() | st.binary().map(quote) | st.integers().map(str), min_size=10),
    address=st.sampled_from(["/", "/search", "/api/v1/search", "/api/v1/analyze", "/documents/x"]),
)
def test_whatever_is_asked_is_answered_or_refused(client, names, values, address):
    query = "&".join(f"{name}={value}" for name, value in zip(names, values, strict=False))
    response = client.get(address, query_string=query.encode("utf-8", "surrogatepass").decode("latin-1"))
    assert response.status_code in (200, 400, 404)
    assert "Traceback" not in response.text


def test_another_filter_leads_to_the_first_page():
    assert query_string(SearchRequest("x", page=3), lang="th") == "q=x&lang=th"
    assert query_string(SearchRequest("x", language="th", page=3), lang=None) == "q=x"

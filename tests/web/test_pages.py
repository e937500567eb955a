"""The page: languages, filters, paging, and what it says when there is nothing to show."""

import re

import pytest

from indexer.page import FacetCount, Notice, Reading, Snippet
from tests.web.double import ARABIC, hit, page_of


def test_the_start_page_shows_what_is_indexed(client):
    html = client.get("/").text
    assert "3 documents in 2 languages" in html
    assert 'href="/search?q=*&amp;lang=th"' in html
    assert '<bdi lang="ar">العربية</bdi> <span class="gloss">Arabic</span>' in html
    assert re.search(r'Indexed <time datetime="2024-06-20T10:00:00\+00:00">\d+ years? ago</time>', html)


@pytest.mark.parametrize(
    "address", ["/", "/search", "/search?q=", "/search?q=%20%20", "/search?lang=th", "/?q="]
)
def test_without_a_query_there_is_the_start_page(client, service, address):
    response = client.get(address)
    assert response.status_code == 200
    assert service.asked == ["status"]


def test_results_say_their_language_and_direction(client):
    html = client.get("/search?q=x").text
    assert f'<h2 lang="ar" dir="rtl"><a href="/documents/seeds/ar.txt?q=x">{ARABIC}</a></h2>' in html
    assert '<p class="snippet" lang="th" dir="ltr">… ประธานาธิบดี<mark>ปูติน</mark>ของรัสเซีย …</p>' in html


@pytest.mark.parametrize(
    ("language", "attributes"),
    [("he", 'lang="he" dir="rtl"'), ("fa", 'lang="fa" dir="rtl"'), ("ur", 'lang="ur" dir="rtl"'),
     ("zh-Hant", 'lang="zh-Hant" dir="ltr"'), ("und", 'dir="auto"')],
)  # fmt: skip
def test_direction_follows_the_language(client, service, language, attributes):
    service.page = page_of(hit(language=language))
    assert f'<p class="snippet" {attributes}>' in client.get("/search?q=x").text


def test_facets_are_links_that_filter(client, service):
    service.page = page_of(
        hit(),
        facets={
            "language": [FacetCount("th", 1200), FacetCount("zh", 1)],
            "source": [FacetCount("seeds", 1)],
            "tag": [FacetCount("a & b", 2), FacetCount("c", 1)],
            "year": [FacetCount("2024", 2), FacetCount("2023", 1)],
        },
    )
    html = client.get("/search?q=x&page=2").text
    assert 'href="/search?q=x&amp;lang=th"' in html
    assert '<span class="count">1,200</span>' in html
    assert 'href="/search?q=x&amp;tag=a%20%26%20b"' in html
    assert 'href="/search?q=x&amp;from=2024-01-01&amp;to=2024-12-31"' in html
    assert "Folder" not in html  # one folder narrows nothing


def test_active_filters_can_be_taken_away(client, service):
    service.page = page_of(
        hit(), facets={"language": [FacetCount("th", 1)], "source": [], "tag": [], "year": []}
    )
    html = client.get("/search?q=x&lang=th&from=2024-01-01&to=2024-12-31&tag=a").text
    assert 'aria-label="Remove the filter Thai"' in html
    assert 'href="/search?q=x&amp;tag=a&amp;from=2024-01-01&amp;to=2024-12-31" aria-current="true"' in html
    assert 'href="/search?q=x&amp;lang=th&amp;from=2024-01-01&amp;to=2024-12-31"' in html
    assert "From Jan 1, 2024" in html
    assert '<input type="hidden" name="lang" value="th">' in html


def test_the_order_stays_when_a_filter_is_set(client, service):
    service.page = page_of(
        hit(),
        facets={"language": [FacetCount("th", 1), FacetCount("zh", 1)], "source": [], "tag": [], "year": []},
    )
    assert (
        'href="/search?q=x&amp;lang=th&amp;sort=newest&amp;size=20"'
        in client.get("/search?q=x&sort=newest&size=20").text
    )


@pytest.mark.parametrize(
    ("page", "total", "shown"),
    [
        pytest.param(1, 10, [], id="one page"),
        pytest.param(1, 25, ["[1]", "2", "3", "Next"], id="first"),
        pytest.param(3, 25, ["Previous", "1", "2", "[3]"], id="last"),
        pytest.param(
            10, 200, ["Previous", "1", "…", "8", "9", "[10]", "11", "12", "…", "20", "Next"], id="middle"
        ),
        pytest.param(
            1000, 50_000, ["Previous", "1", "…", "998", "999", "[1,000]"], id="the furthest that is answered"
        ),
        pytest.param(7, 25, [], id="beyond the last"),
    ],
)
def test_pages(client, service, page, total, shown):
    service.page = page_of(hit(), page=page, total=total)
    html = client.get(f"/search?q=x&page={page}").text
    nav = re.search(r'<nav class="pages".*?</nav>', html, re.DOTALL)
    found = re.findall(r"<(\w+)[^>]*>([^<]+)</\1>", nav.group()) if nav else []
    assert [f"[{text}]" if tag == "strong" else text for tag, text in found] == shown


def test_a_page_past_the_last_leads_back(client, service):
    service.page = page_of(page=7, total=25)
    html = client.get("/search?q=x&page=7").text
    assert "There is nothing on page 7." in html
    assert 'href="/search?q=x">Go to the first page.' in html
    assert "25 results" in html


@pytest.mark.parametrize(
    ("query", "readings", "shown"),
    [
        pytest.param("putin", [Reading("putin", "word", ("en",))], None, id="as it stands"),
        pytest.param(
            "putin NATO", [Reading("putin", "word"), Reading("NATO", "word")], None, id="words as they stand"
        ),
        pytest.param("ปูตินจีน", [Reading("ปูติน", "word"), Reading("จีน", "word")], ["ปูติน", "จีน"], id="cut"),
        pytest.param('"a b', [Reading("a", "word"), Reading("b", "word")], ["a", "b"], id="an open quote"),
        pytest.param('"a b"', [Reading("a b", "phrase")], ["exactly a b"], id="a phrase"),
        pytest.param("-a", [Reading("a", "word", (), excluded=True)], ["not a"], id="excluded"),
        pytest.param("a*", [Reading("a", "prefix")], ["words beginning with a"], id="a prefix"),
        pytest.param("a~", [Reading("a", "fuzzy")], ["words like a"], id="a typo"),
        pytest.param("*", [Reading("*", "all")], ["every document"], id="everything"),
        pytest.param("lang:th", [Reading("th", "filter", (), field="lang")], ["in Thai"], id="a filter"),
        pytest.param("title:a", [Reading("a", "word", (), field="title")], ["in title a"], id="a field"),
    ],
)
def test_the_reading_is_shown_when_it_says_more_than_the_query(client, service, query, readings, shown):
    service.page = page_of(query=query, read_as=readings)
    html = client.get("/search", query_string={"q": query}).text
    found = re.findall(r'<span class="reading">(.*?)</span>', html)
    plain = [re.sub(r"<[^>]+>", "", text).strip() for text in found]
    assert plain == (shown or [])


def test_notices_and_advice(client, service):
    service.page = page_of(
        query="ปูติ",
        notices=[Notice("absent", "No document is in {language}.", {"language": "Swahili"})],
        did_you_mean="ปูติน",
    )
    html = client.get("/search?q=ปูติ&lang=sw").text
    assert "No results" in html
    assert "No document is in Swahili." in html
    assert 'href="/search?q=%E0%B8%9B%E0%B8%B9%E0%B8%95%E0%B8%B4%E0%B8%99"' in html
    assert "Search without the filters" in html


def test_a_document_without_a_title_is_called_by_its_id(client, service):
    service.page = page_of(hit(title=Snippet("")))
    assert ">seeds/th.txt</a></h2>" in client.get("/search?q=x").text


def test_style_and_script_are_kept_by_the_browser(client):
    html = client.get("/").text
    for address in re.findall(r'"(/static/[^"]+)"', html):
        response = client.get(address, buffered=True)
        assert response.status_code == 200
        assert "max-age=31536000" in response.headers["Cache-Control"]
        assert "?v=" in address


def test_the_page_itself_is_asked_for_each_time(client):
    assert client.get("/search?q=x").headers["Cache-Control"] == "no-cache"

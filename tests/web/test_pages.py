"""The page: languages, filters, paging, and what it says when there is nothing to show."""

import dataclasses
import re
from html import unescape
from urllib.parse import parse_qsl, urlsplit

import pytest

from indexer.page import FacetCount, Notice, Reading, Snippet
from tests.web.double import ARABIC, Double, hit, page_of


def test_the_start_page_shows_what_is_indexed(client):
    html = client.get("/").text
    assert "3 documents in 2 languages" in html
    assert 'href="/search?q=*&amp;lang=th"' in html
    assert '<bdi lang="ar">العربية</bdi> <bdi class="gloss">Arabic</bdi>' in html
    assert re.search(r'Indexed <time datetime="2024-06-20T10:00:00\+00:00">\d+ years? ago</time>', html)


@pytest.mark.parametrize(
    ("interface", "first"), [("en", "th"), ("th", "th"), ("ar", "ar"), ("zh-Hant", "zh-Hant")]
)
def test_the_readers_own_language_is_never_folded_away(client, service, interface, first):
    """Then come those with the most documents."""
    many = {f"{letter}{other}": 1 for letter in "xy" for other in "abcdefghijklmnop"}
    counts = many | {"th": 2, "ar": 1, "zh-Hant": 1}
    service.status = lambda: dataclasses.replace(Double().status(), languages=counts)
    shown = client.get(f"/?ui={interface}").text.partition('<details class="more">')[0]
    assert re.findall(r'lang=([\w-]+)">', shown)[0] == first


@pytest.mark.parametrize(
    "address", ["/", "/search", "/search?q=", "/search?q=%20%20", "/search?lang=th", "/?q="]
)
def test_without_a_query_there_is_the_start_page(client, service, address):
    response = client.get(address)
    assert response.status_code == 200
    assert service.asked == ["status"]


@pytest.mark.line(43)
def test_results_say_their_language_and_direction(client):
    html = client.get("/search?q=x").text
    assert f'<h2 lang="ar" dir="rtl"><a href="/documents/seeds/ar.txt?q=x#m1">{ARABIC}</a></h2>' in html
    assert '<p class="snippet" lang="th" dir="ltr">… ประธานาธิบดี<mark>ปูติน</mark>ของรัสเซีย …</p>' in html


@pytest.mark.line(43)
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
    assert 'href="/search?q=x">Go to the first page' in html
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
        pytest.param("-a", [Reading("a", "word", (), excluded=True)], ["without a"], id="excluded"),
        pytest.param("a*", [Reading("a*", "prefix")], ["words beginning with a"], id="a prefix"),
        pytest.param("a~", [Reading("a~", "fuzzy")], ["words like a"], id="a typo"),
        pytest.param("*", [Reading("*", "all")], ["every document"], id="everything"),
        pytest.param(
            "lang:th",
            [Reading("th", "filter", (), field="language")],
            ["in the language Thai"],
            id="a filter",
        ),
        pytest.param("title:a", [Reading("a", "word", (), field="title")], ["a in the title"], id="a field"),
    ],
)
def test_the_reading_is_shown_when_it_says_more_than_the_query(client, service, query, readings, shown):
    service.page = page_of(query=query, read_as=readings)
    html = client.get("/search", query_string={"q": query}).text
    assert readings_of(html) == (shown or [])


def readings_of(html):
    """The parts of the line "Read as", without what removes them."""
    line = re.search(r'<div class="readings">.*?</div>', html, re.DOTALL)
    parts = re.findall(r"<li>(.*?)</li>", line.group(), re.DOTALL) if line else []
    without = [re.sub(r"<a .*?</a>", "", part, flags=re.DOTALL) for part in parts]
    return [" ".join(re.sub(r"<[^>]+>", "", part).split()) for part in without]


def test_each_part_of_the_reading_can_be_taken_away(client, service):
    read = [Reading("普京", "word"), Reading("总统", "word"), Reading("俄", "phrase", (), excluded=True)]
    service.page = page_of(query='普京总统 -"俄"', read_as=read)
    html = client.get("/search", query_string={"q": '普京总统 -"俄"', "lang": "zh"}).text
    links = re.findall(r'<a class="away" href="([^"]+)" aria-label="Search without ([^"]+)"', html)
    queries = [(url_decode(href)["q"], name) for href, name in links]
    assert queries == [('总统 -"俄"', "普京"), ('普京 -"俄"', "总统"), ("普京总统", "俄")]
    assert all(url_decode(href)["lang"] == "zh" for href, _ in links)


def url_decode(href):
    return dict(parse_qsl(urlsplit(unescape(href)).query))


def test_what_is_missing_for_lack_of_time_is_said_in_the_readers_language(client, service):
    service.page = page_of(
        notices=[
            Notice("time-up", "…", {"seconds": "1.5"}),
            Notice("time-up-marks", "…", {"seconds": "1.5"}),
        ],
        complete=False,
    )
    said = "Time was up after 1.5 s: there may be more to find, and in another order."
    assert said in client.get("/search?q=x").text
    assert (
        "Time was up after 1.5 s: not everything that was found is marked." in client.get("/search?q=x").text
    )
    german = client.get("/search?q=x", headers={"Accept-Language": "de"}).text
    assert "Die Zeit war nach 1,5 s um: Vielleicht gibt es mehr zu finden" in german


def test_notices_and_advice(client, service):
    service.page = page_of(
        query="ปูติ",
        notices=[Notice("absent-language", "No document is in {language}.", {"language": "sw"})],
        did_you_mean="ปูติน",
    )
    html = client.get("/search?q=ปูติ&lang=sw").text
    assert "No results" in html
    assert "No document is in the language Swahili." in html
    assert 'href="/search?q=%E0%B8%9B%E0%B8%B9%E0%B8%95%E0%B8%B4%E0%B8%99&amp;lang=sw"' in html
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


def test_the_page_itself_is_asked_for_each_time(client):
    first = client.get("/search?q=x")
    assert first.headers["Cache-Control"] == "no-cache"
    again = client.get("/search?q=x", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_style_and_script_of_another_version_are_not_kept(client):
    response = client.get("/static/v-0123/serai.css", buffered=True)
    assert response.status_code == 200
    assert "max-age" not in response.headers["Cache-Control"]


@pytest.mark.parametrize("sort", ["relevance", "newest", "oldest"])
def test_results_with_dates_can_be_put_in_order(client, service, sort):
    years = {"language": [], "source": [], "tag": [], "year": [FacetCount("2024", 2)]}
    service.page = page_of(hit(), hit(id="b"), facets=years)
    html = client.get(f"/search?q=x&tag=a&sort={sort}").text
    nav = re.search(r'<nav class="orders".*?</nav>', html, re.DOTALL).group()
    assert re.findall(r'href="([^"]+)"', nav) == [
        "/search?q=x&amp;tag=a",
        "/search?q=x&amp;tag=a&amp;sort=newest",
        "/search?q=x&amp;tag=a&amp;sort=oldest",
    ]
    current = re.search(r'aria-current="true">(\w+)', nav)[1].lower()
    assert {"best": "relevance"}.get(current, current) == sort


def test_results_without_dates_have_no_order_to_choose(client):
    assert 'class="orders"' not in client.get("/search?q=x").text


def test_a_long_facet_is_folded(client, service):
    tags = [FacetCount(f"t{number}", 20 - number) for number in range(12)]
    service.page = page_of(hit(), facets={"language": [], "source": [], "tag": tags, "year": []})
    html = client.get("/search?q=x").text
    shown, folded = html.split('<details class="more">')
    assert re.findall(r"<bdi>(t\d+)</bdi>", shown) == [f"t{number}" for number in range(8)]
    assert re.findall(r"<bdi>(t\d+)</bdi>", folded) == [f"t{number}" for number in range(8, 12)]


def test_days_are_asked_for_by_a_form_that_keeps_the_search(client, service):
    years = {"language": [], "source": [], "tag": [], "year": [FacetCount("2024", 1), FacetCount("2023", 1)]}
    service.page = page_of(hit(), facets=years)
    html = client.get("/search?q=x&lang=th&from=2024-01-05").text
    form = re.search(r'<form class="days".*?</form>', html, re.DOTALL).group()
    fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form))
    assert fields == {"q": "x", "lang": "th", "from": "2024-01-05", "to": ""}


def test_a_name_is_not_turned_around(client, service):
    service.page = page_of(hit(source="invoice\u202egpj.exe", tags=("a\u2066b",), url="x:\u202egpj"))
    html = client.get("/search?q=x").text
    assert "invoicegpj.exe" in html
    assert not set("\u202e\u2066") & set(html)

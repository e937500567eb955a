"""The page in the reader's language: what they chose, what they chose before, what their browser asks for."""

import re

import pytest

from indexer.page import FacetCount
from tests.web.double import hit, page_of
from web.catalogue import INTERFACES
from web.reader import Reader

NAMES = {
    "en": "English", "de": "Deutsch", "th": "ไทย", "hi": "हिन्दी",
    "zh-Hans": "简体中文", "zh-Hant": "繁體中文", "ja": "日本語", "ar": "العربية",
}  # fmt: skip


def language_of(response):
    return re.search(r'<html lang="([^"]+)"', response.text)[1]


@pytest.mark.line(43)
@pytest.mark.parametrize(
    ("asked", "served"),
    [
        pytest.param(None, "en", id="nothing"),
        pytest.param("", "en", id="empty"),
        pytest.param("*", "en", id="anything"),
        pytest.param("de", "de", id="as it is called"),
        pytest.param("de-AT", "de", id="a region"),
        pytest.param("gsw,fr;q=0.5", "de", id="Swiss German"),
        pytest.param("fr, th;q=0.8, en;q=0.9", "en", id="by weight"),
        pytest.param("fr, pt;q=0.9, hi;q=0.1", "hi", id="the only one there is"),
        pytest.param("ja;q=0, ar;q=0.1", "ar", id="one that is refused"),
        pytest.param("zh", "zh-Hans", id="Chinese"),
        pytest.param("zh-CN", "zh-Hans", id="China"),
        pytest.param("zh-TW", "zh-Hant", id="Taiwan"),
        pytest.param("zh-HK,zh;q=0.9", "zh-Hant", id="Hong Kong"),
        pytest.param("zh-Hant-HK", "zh-Hant", id="by script"),
        pytest.param("ar-EG", "ar", id="Egypt"),
        pytest.param("ur", "en", id="the same script is not the same language"),
        pytest.param("ug", "en", id="a language beside another is not that one"),
        pytest.param("x" * 300 + ",th", "th", id="no language at all"),
        pytest.param("th;q=high", "en", id="no weight"),
    ],
)
def test_the_browser_is_answered_in_a_language_that_it_asks_for(client, asked, served):
    response = client.get("/", headers={} if asked is None else {"Accept-Language": asked})
    assert language_of(response) == served == response.headers["Content-Language"]
    assert {"Accept-Language", "Cookie"} <= set(response.vary)
    assert "Set-Cookie" not in response.headers


@pytest.mark.line(43)
@pytest.mark.parametrize("code", INTERFACES)
def test_a_choice_is_remembered(client, code):
    chosen = client.get(f"/search?q=x&ui={code}", headers={"Accept-Language": "de"})
    assert language_of(chosen) == code
    for address in ("/", "/search?q=x", "/nowhere"):
        assert language_of(client.get(address, headers={"Accept-Language": "de"})) == code
    cookie = chosen.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


@pytest.mark.parametrize("nonsense", ["fr", "", "../../etc", "EN", "<script>"])
def test_a_choice_that_there_is_not_is_none(client, nonsense):
    response = client.get("/", query_string={"ui": nonsense}, headers={"Accept-Language": "th"})
    assert language_of(response) == "th"
    assert "Set-Cookie" not in response.headers
    client.set_cookie("ui", nonsense)
    assert language_of(client.get("/", headers={"Accept-Language": "th"})) == "th"


def test_the_switch_leads_to_the_same_page_in_each_language(client):
    html = client.get("/search?q=a%26b&lang=th&ui=ar").text
    links = re.findall(
        r'<a href="([^"]+)" lang="([^"]+)" dir="(\w+)" hreflang="[^"]+"[^>]*>([^<]+)</a>', html
    )
    assert {code: name for _, code, _, name in links} == NAMES
    assert {code for _, code, way, _ in links if way == "rtl"} == {"ar"}
    assert links[2][0] == "?q=a%26b&amp;lang=th&amp;ui=th"
    assert re.search(r'lang="(\S+)"[^>]*aria-current="true"', html)[1] == "ar"


@pytest.mark.parametrize("address", ["/", "/search?q=x", "/documents/none", "/search?q=x&page=0"])
def test_arabic_pages_run_from_right_to_left(client, address):
    response = client.get(address, headers={"Accept-Language": "ar"})
    assert '<html lang="ar" dir="rtl">' in response.text


def test_the_api_has_one_language(client):
    response = client.get("/api/v1/search?q=x", headers={"Accept-Language": "ar"})
    assert "Content-Language" not in response.headers


def test_a_language_is_named_in_the_readers(client, service):
    service.page = page_of(hit(language="ar", date="2024-06-20"))
    html = client.get("/search?q=x&ui=hi").text
    assert '<bdi class="language">अरबी</bdi>' in html
    assert '<time datetime="2024-06-20" dir="ltr">20 जून 2024</time>' in html


@pytest.mark.parametrize(
    ("code", "number", "day"),
    [
        ("en", "12,480", "Jun 20, 2024"),
        ("de", "12.480", "20.06.2024"),
        ("th", "12,480", "20 มิ.ย. 2024"),
        ("hi", "12,480", "20 जून 2024"),
        ("zh-Hans", "12,480", "2024年6月20日"),
        ("zh-Hant", "12,480", "2024年6月20日"),
        ("ja", "12,480", "2024/06/20"),
        ("ar", "12,480", "20‏/06‏/2024"),
    ],
)
def test_numbers_and_days_are_written_as_the_reader_does(code, number, day):
    reader = Reader(code)
    assert (reader.number(12480), reader.day("2024-06-20"), reader.day("soon")) == (number, day, "soon")


@pytest.mark.parametrize(
    ("code", "count", "said"),
    [
        ("en", 1, "1 result"), ("en", 2140, "2,140 results"), ("de", 1, "1 Ergebnis"),
        ("th", 5, "5 ผลลัพธ์"),
        ("ar", 1, "نتيجة واحدة"), ("ar", 2, "نتيجتان"), ("ar", 3, "3 نتائج"),
        ("ar", 11, "11 نتيجة"), ("ar", 100, "100 نتيجة"),
    ],
)  # fmt: skip
def test_a_count_has_the_form_that_goes_with_it(code, count, said):
    assert Reader(code).ngettext("%(count)s result", "%(count)s results", count) == said


def test_a_count_of_results_is_said_in_the_readers_language(client, service):
    languages = {"language": [FacetCount("th", 3), FacetCount("hi", 2)], "source": [], "tag": [], "year": []}
    service.page = page_of(hit(), total=2140, facets=languages)
    html = client.get("/search?q=x&ui=de").text
    assert "2.140 Ergebnisse" in html
    assert ">Thailändisch</bdi>" in html

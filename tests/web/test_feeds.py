"""The results as a feed and as a table: whatever a document holds, XML stays XML and no cell is a formula."""

import csv
import io
from email.utils import parsedate_to_datetime
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from indexer.page import Snippet
from tests.web.double import THAI, hit, page_of
from web.table import COLUMNS, cell

HOSTILE = [
    "<script>alert(1)</script> & ]]> <![CDATA[",
    "=HYPERLINK(\"http://evil.example\")",
    "".join(map(chr, range(32))) + "\x7f\x85\ufffe\uffff\u2028",
    "ประธานาธิบดี 普京 पुतिन الرئيس 👍 \u202e",
    '","=1+1","',
    "a;=1+1",
    'a;"=1+1',
    "a\n=1+1",
]  # fmt: skip


def feed(client, address="/search.rss?q=ปูติน"):
    answer = client.get(address)
    assert answer.content_type == "application/rss+xml; charset=utf-8"
    return etree.fromstring(answer.data)


def table(client, address="/search.csv?q=ปูติน", **dialect):
    answer = client.get(address)
    assert answer.content_type == "text/csv; charset=utf-8; header=present"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="serai.csv"'
    assert answer.data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"), newline=""), **dialect))


def formula(text):
    return text.lstrip("\"' \t\ufeff")[:1] in tuple("=+-@＝＋－＠") and not text.startswith("'")


@pytest.mark.line(42)
def test_a_feed_says_what_was_found_and_where(client, service):
    service.page = page_of(
        hit(date="2024-06-20", tags=("a", "<b>"), id="archive/a b#1.txt"), hit(title=Snippet("")), total=31
    )
    root = feed(client)
    (channel,) = root
    assert (root.tag, root.get("version")) == ("rss", "2.0")
    assert channel.findtext("title") == "Serai: ปูติน"
    assert channel.findtext("{http://a9.com/-/spec/opensearch/1.1/}totalResults") == "31"
    first, second = channel.findall("item")
    assert first.findtext("title") == "ปูติน"
    assert first.findtext("link").startswith("http://localhost/documents/archive/a%20b%231.txt?q=")
    assert first.findtext("guid") == "http://localhost/documents/archive/a%20b%231.txt"
    assert first.findtext("description") == "ประธานาธิบดี<mark>ปูติน</mark>ของรัสเซีย"
    assert [tag.text for tag in first.findall("category")] == ["a", "<b>"]
    assert parsedate_to_datetime(first.findtext("pubDate")).isoformat() == "2024-06-20T00:00:00+00:00"
    assert (second.findtext("title"), second.find("pubDate")) == ("seeds/th.txt", None)


def test_a_feed_leads_to_its_documents(client, service):
    service.page = page_of(hit())
    address = feed(client).findtext(".//item/link").removeprefix("http://localhost")
    client.get(address)
    assert service.asked[-1] == "seeds/th.txt"


def test_a_feed_names_its_own_address(client):
    root = feed(client, "/search.rss?q=ปูติน&sort=newest&page=2")
    own = root.find(".//{http://www.w3.org/2005/Atom}link").get("href")
    assert own.startswith("http://localhost/search.rss?q=%E0%B8%9B")
    assert own.endswith("&sort=newest&page=2")


@pytest.mark.line(42)
@pytest.mark.parametrize("text", HOSTILE)
def test_whatever_a_document_holds_a_feed_is_xml(client, service, text):
    service.page = page_of(
        hit(title=Snippet(text), snippets=(Snippet(text),), tags=(text,), source=text, id=text)
    )
    item = feed(client, "/search.rss").find(".//item")
    assert len(list(item)) == len(item.findall("*"))
    assert "\x00" not in item.findtext("title")
    assert item.findtext("description") == item.findtext("description").replace("<script", "")


@pytest.mark.parametrize(
    "address", ["/search.rss", "/search.csv", "/opensearch/suggestions", "/opensearch.xml"]
)
def test_whatever_is_asked_is_answered(client, address):
    for text in HOSTILE:
        assert client.get(address, query_string={"q": text}).status_code == 200


@pytest.mark.line(42)
def test_a_table_has_a_row_for_each_hit(client, service):
    service.page = page_of(hit(date="2024-06-20", tags=("a", "b")), page=3, total=21)
    header, row = table(client)
    assert tuple(header) == COLUMNS
    assert row == [
        "21", "ปูติน", THAI, "th", "seeds/th.txt", "2024-06-20", "a, b", "word", "4.200", "", "seeds/th.txt",
    ]  # fmt: skip


@pytest.mark.line(42)
@pytest.mark.parametrize("delimiter", [",", ";", "\t"], ids=["comma", "semicolon", "tab"])
@pytest.mark.parametrize("text", HOSTILE)
def test_no_cell_is_a_formula_whatever_separates_cells(client, service, text, delimiter):
    service.page = page_of(
        hit(title=Snippet(text), snippets=(Snippet(text),), tags=(text,), source=text, id=text, url=text)
    )
    rows = table(client, "/search.csv", delimiter=delimiter)
    assert len(rows) == 2
    assert not [found for row in rows for found in row if formula(found)]


@pytest.mark.line(42)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.sampled_from("=+-@＝＠'\";, |\t\r\n\x00\u0085\ufeffaก")))
def test_no_cell_begins_a_formula(text):
    written = cell(text)
    assert not any(ord(character) < 32 for character in written)
    for sign in "=+-@＝＋－＠":
        assert not written.startswith(sign)
    for before, after in pairwise(written):
        assert not (before in ";|" and after in "=+-@＝＋－＠")


@pytest.mark.parametrize("text", ["ปูติน", "普京 a-b", "C++", "1 - 2 = -1", "a, b", "x@example.org", "’s"])
def test_what_is_no_formula_stays_as_it_is(text):
    assert cell(text) == text


@pytest.mark.parametrize("address", ["/search.rss", "/search.csv", "/opensearch/suggestions"])
def test_a_feed_refuses_as_the_api_does(client, address):
    answer = client.get(address, query_string={"q": "x" * 1001})
    assert (answer.status_code, answer.content_type) == (400, "application/problem+json")

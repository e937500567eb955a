"""Documents are found by their ids, whatever these hold."""

import re
from html import escape, unescape

import pytest

from indexer.document import Document
from indexer.page import MarkedDocument, Notice, Snippet
from tests.web.double import hit, page_of
from web.addresses import document_address, quoted_id

IDS = [
    "seeds/000_626ffce08d765c0f.txt",
    "archive/2024.jsonl#a17",
    "a#b?c=d&e",
    "100 % true.txt",
    "%2F%00",
    "%",
    "with space /and more.txt",
    "ข่าว/ปูติน.txt",
    "新闻/普京.txt",
    "समाचार/पुतिन.txt",
    "a//b",
    "/absolute",
    "a/../../etc/passwd",
    "a/./b",
    "..",
    "dots...txt",
    "trailing/",
    "back\\slash",
    "new\nline",
    "tab\tand\u00a0space",
    "quote\"'<>",
    "plus+and;semi,colon:@!$&'()*=",
    "👍",
    "a\u202eb",
    "static/serai.css",
    "search",
]


@pytest.mark.parametrize("id", IDS)
def test_a_document_is_at_its_address(client, service, id):
    service.documents[id] = Document(id, "title", "text", id, "en")
    address = document_address(id, "text & more")
    assert address.isascii()
    response = client.get(address)
    assert response.status_code == 200
    assert service.asked == [id]
    answer = client.get("/api/v1/documents/" + quoted_id(id))
    assert (answer.status_code, answer.json["id"]) == (200, id)


@pytest.mark.parametrize("id", IDS)
def test_a_result_leads_to_its_document(client, service, id):
    service.documents[id] = Document(id, "title", "text", id, "en")
    service.page = page_of(hit(id=id))
    html = client.get("/search?q=text").text
    href = html.split("<h2 ", 1)[1].split('href="', 1)[1].split('"', 1)[0].replace("&amp;", "&")
    assert client.get(href).status_code == 200
    assert service.asked[-1] == id


@pytest.mark.parametrize("id", ["a/../b", "a/./b", "a//b", "/a", "a/", "..", "."])
def test_a_slash_that_a_browser_would_resolve_is_encoded(id):
    assert "/" not in quoted_id(id)


def test_an_id_is_the_same_with_its_slashes_encoded(client, service):
    service.documents["a/b c"] = Document("a/b c", "title", "text", "a/b c", "en")
    assert client.get("/documents/a%2Fb%20c").status_code == 200


def test_an_id_that_no_document_has(client):
    response = client.get("/documents/ไม่มี.txt")
    assert response.status_code == 404
    assert "There is no document at this address." in response.text
    assert "Search for its words instead." in response.text


def test_a_document_shows_its_text_in_paragraphs_with_marks(client, service):
    text = "Headline\nปูตินของรัสเซีย\n\n\n  indented\nnext line\n"
    service.documents["a"] = Document(
        "a", "Headline", text, "a", "th", url="https://example.org/", tags=("news",)
    )
    html = client.get("/documents/a?q=ปูติน").text
    assert '<h1 lang="th" dir="ltr">Headline</h1>' in html
    assert "<p>  indented\nnext line\n</p>" in html
    assert '<p>Headline\n<mark id="m1">ปูติน</mark>ของรัสเซีย</p>' in html
    assert "1 match for <bdi>ปูติน</bdi>" in html
    assert 'href="#m1"' in html
    assert 'href="https://example.org/"' in html


def test_a_headline_is_not_shown_twice(client, service):
    service.documents["a"] = Document("a", "Headline", "Headline\n\nbody", "a", "en")
    assert client.get("/documents/a").text.count("Headline</") == 1


def test_a_document_without_the_query_says_so(client, service):
    service.documents["a"] = Document("a", "Title", "text", "a", "en")
    absent = "<bdi>other</bdi> does not stand in this document"
    assert absent in client.get("/documents/a?q=other").text
    assert "does not stand" not in client.get("/documents/a").text


def test_matches_are_numbered_and_lead_to_each_other_without_a_script(client, service, monkeypatch):
    found = MarkedDocument(
        Document("a", "x", "x x\n\nno\n\nx", "a", "en"),
        Snippet("x", 0, ((0, 1),)),
        Snippet("x x\n\nno\n\nx", 0, ((0, 1), (2, 3), (9, 10))),
    )
    monkeypatch.setattr(service, "marked", lambda *asked: found, raising=False)
    html = client.get("/documents/a?q=x").text
    assert re.findall(r'<mark id="(m\d)">', html) == ["m1", "m2", "m3", "m4"]
    ways = re.findall(r"<noscript>(.*?)</noscript>", html, re.DOTALL)
    assert [re.findall(r'href="#(m\d)"', way) for way in ways] == [["m1", "m4"], ["m3"]]


def test_a_document_leads_back_to_the_very_page_of_results(client, service):
    """With its filters, its order and its number, as they stand in the address of each result."""
    service.documents["seeds/th.txt"] = Document("seeds/th.txt", "t", "ปูติน", "seeds/th.txt", "th")
    search = "/search?q=%E0%B8%9B&lang=th&tag=a%20%26%20b&from=2024-01-01&sort=newest&page=3&size=20"
    link = re.search(r'<h2[^>]*><a href="([^"]+)#m1"', client.get(search).text)[1]
    page = client.get(unescape(link)).text
    assert f'<a href="{escape(search)}">Back to the results</a>' in page


def test_what_is_wrong_with_a_filter_is_no_matter_for_a_document(client, service):
    service.documents["x"] = Document("x", "t", "x", "x", "en")
    answer = client.get("/documents/x?q=x&page=zero&lang=<b>&lang=th&other=1")
    assert answer.status_code == 200
    assert 'href="/search?q=x&amp;lang=%3Cb%3E&amp;lang=th&amp;page=zero">Back' in answer.text


def test_a_very_long_document_is_shown_in_parts_that_lead_to_each_other(client, service, monkeypatch):
    def marked(id, query, part=None):
        said = Notice("time-up-places", "…", {"seconds": "1.5"})
        return MarkedDocument(
            Document(id, "x", "…", "a", "en"), Snippet("x"), Snippet("y", 9), part or 2, 3, [said]
        )

    monkeypatch.setattr(service, "marked", marked, raising=False)
    html = client.get("/documents/a?q=x&ui=de").text
    assert "Teil 2 von 3" in html
    assert "steht so, wie danach gesucht wurde, nicht in diesem Teil" in html
    assert "Nach Treffern wurde nicht bis zum Ende des Dokuments gesucht" in html
    assert 'rel="prev" href="?q=x&amp;ui=de&amp;part=1"' in html
    assert 'rel="next" href="?q=x&amp;ui=de&amp;part=3"' in html
    first, last = (client.get(f"/documents/a?q=x&part={part}").text for part in (1, 3))
    assert 'rel="prev"' not in first
    assert 'rel="next"' not in last
    assert "Teil 3 von 3" in last


@pytest.mark.parametrize(("parts", "said"), [(3, " in diesem Teil</p>"), (1, "</p>")])
def test_the_matches_of_a_part_are_told_as_its_own(client, service, monkeypatch, parts, said):
    def marked(id, query, part=None):
        text = Snippet("a b a", 9, ((0, 1), (4, 5)))
        return MarkedDocument(Document(id, "x", "…", "a", "en"), Snippet("x"), text, part or 1, parts)

    monkeypatch.setattr(service, "marked", marked, raising=False)
    assert f"2 Treffer für <bdi>a</bdi>{said}" in client.get("/documents/a?q=a&ui=de").text


@pytest.mark.parametrize("part", ["0.5", "x", "1e3"])
def test_a_part_that_is_no_number_is_refused(client, service, part):
    service.documents["a"] = Document("a", "Title", "text", "a", "en")
    answer = client.get(f"/documents/a?part={part}")
    assert answer.status_code == 400
    assert "The part must be a whole number from 1" in answer.text

"""Documents are found by their ids, whatever these hold."""

import pytest

from indexer.document import Document
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
    assert "No document has the id" in response.text
    assert "search for its words instead" in response.text


def test_a_document_shows_its_text_in_paragraphs_with_marks(client, service):
    text = "Headline\nปูตินของรัสเซีย\n\n\n  indented\nnext line\n"
    service.documents["a"] = Document(
        "a", "Headline", text, "a", "th", url="https://example.org/", tags=("news",)
    )
    html = client.get("/documents/a?q=ปูติน").text
    assert '<h1 lang="th" dir="ltr">Headline</h1>' in html
    assert "<p>  indented\nnext line\n</p>" in html
    assert '<p id="first">Headline\n<mark>ปูติน</mark>ของรัสเซีย</p>' in html
    assert "1 match" in html
    assert 'href="#first"' in html
    assert 'href="https://example.org/"' in html


def test_a_headline_is_not_shown_twice(client, service):
    service.documents["a"] = Document("a", "Headline", "Headline\n\nbody", "a", "en")
    assert client.get("/documents/a").text.count("Headline</") == 1


def test_a_document_without_the_query_says_so(client, service):
    service.documents["a"] = Document("a", "Title", "text", "a", "en")
    assert "stands in this document" in client.get("/documents/a?q=other").text
    assert "stands in this document" not in client.get("/documents/a").text

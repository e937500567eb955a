"""Whatever a document or a query holds, the only tags on a page are ours."""

import re
from html.parser import HTMLParser

import pytest

from indexer.document import Document
from indexer.page import FacetCount, Notice, Reading, Snippet
from tests.web.double import hit, page_of
from web.addresses import document_address
from web.security import safe_link

HOSTILE = [
    pytest.param("<script>alert(1)</script>", id="script"),
    pytest.param('"><img src=x onerror=alert(1)>', id="attribute"),
    pytest.param("' onmouseover='alert(1)", id="single quote"),
    pytest.param("<mark>not ours</mark>", id="mark"),
    pytest.param("</mark></p></main><svg onload=alert(1)>", id="closing tags"),
    pytest.param("javascript:alert(1)", id="javascript"),
    pytest.param("{{ 7 * 7 }}{% raw %}", id="template"),
    pytest.param("&lt;script&gt;&amp;#60;", id="entities"),
    pytest.param("a\u202eb\u2066c", id="change of direction"),
    pytest.param("a\x01\x7fb", id="control characters"),
    pytest.param("<!--<script>", id="comment"),
    pytest.param("</title></textarea></style><base href=//evil.example>", id="raw text"),
]


class Page(HTMLParser):
    """Collects every tag with its attributes, and the text."""

    def __init__(self, html):
        super().__init__()
        self.tags = []
        self.words = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.words.append(data)


ALLOWED_TAGS = {
    *(
        "html",
        "head",
        "meta",
        "title",
        "link",
        "script",
        "body",
        "header",
        "main",
        "nav",
        "section",
        "article",
    ),
    *("form", "label", "input", "button", "output", "a", "div", "h1", "h2", "p", "ul", "ol", "li"),
    *(
        "span",
        "bdi",
        "time",
        "mark",
        "strong",
        "code",
        "kbd",
        "dl",
        "dt",
        "dd",
        "footer",
        "details",
        "summary",
    ),
    "noscript",
}
ALLOWED_SCHEMES = re.compile(r"(/(?!/)|#|\?|https?://)", re.IGNORECASE)


def harmless(html):
    """The parsed page, once it is seen to hold only our tags, and no way to run anything."""
    page = Page(html)
    for tag, attributes in page.tags:
        assert tag in ALLOWED_TAGS, tag
        assert not [name for name in attributes if name.startswith("on") or name in ("style", "srcdoc")]
        for name in ("href", "src", "action"):
            assert name not in attributes or ALLOWED_SCHEMES.match(attributes[name]), attributes[name]
        assert tag != "script" or attributes["src"].startswith("/static/")
    assert 1 <= len([tag for tag, _ in page.tags if tag == "script"]) <= 2
    return page


@pytest.mark.line(38)
@pytest.mark.parametrize("text", HOSTILE)
def test_results_hold_only_our_tags(client, service, text):
    evil = hit(
        id=text,
        source=text,
        title=Snippet(text),
        url=text,
        date=text,
        tags=(text,),
        language=text,
        snippets=(Snippet(text, 3, ((0, len(text)),)),),
    )
    counts = [FacetCount(text, 1), FacetCount("other", 1)]
    service.page = page_of(
        evil,
        query=text,
        read_as=[Reading(text, "phrase", (text,), field=text), Reading(text, text)],
        notices=[Notice("key", "About {x}.", {"x": text})],
        facets=dict.fromkeys(("language", "source", "tag", "year"), counts),
        did_you_mean=text,
    )
    response = client.get("/search", query_string={"q": text, "source": text, "tag": text})
    assert response.status_code == 200
    page = harmless(response.text)
    assert len([tag for tag, _ in page.tags if tag == "mark"]) == 1
    answer = client.get("/api/v1/search", query_string={"q": text}).json
    assert set(re.findall(r"<[^>]*>", answer["hits"][0]["snippets"][0]["html"])) == {"<mark>", "</mark>"}
    assert not re.findall(r"<[^>]*>", answer["hits"][0]["title"]["html"])


@pytest.mark.line(38)
@pytest.mark.parametrize("text", HOSTILE)
def test_no_results_hold_only_our_tags(client, service, text):
    service.page = page_of(query=text, did_you_mean=text)
    harmless(client.get("/search", query_string={"q": text, "tag": text}).text)


@pytest.mark.line(38)
@pytest.mark.parametrize("text", HOSTILE)
def test_a_document_holds_only_our_tags(client, service, text):
    service.documents[text] = Document(text, text, f"one\n{text}\nthree", text, text, text, text, (text,))
    page = harmless(client.get(document_address(text, text)).text)
    asked_for = "\x01" not in text  # a query has no control characters, a text may
    assert len([tag for tag, _ in page.tags if tag == "mark"]) == (2 if asked_for else 0)


@pytest.mark.line(38)
@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("name", ["q", "lang", "page", "from", "sort"])
def test_an_error_holds_only_our_tags(client, text, name):
    harmless(client.get("/search", query_string={"q": text, "page": "0", name: text}).text)
    harmless(client.get("/documents/absent" + text, query_string={"q": text}).text)


@pytest.mark.line(38)
@pytest.mark.parametrize(
    ("url", "followed"),
    [
        ("https://example.org/ข่าว?a=1&b=2#c", True),
        ("HTTP://EXAMPLE.ORG", True),
        ("javascript:alert(1)", False),
        ("JaVaScRiPt:alert(1)", False),
        (" javascript:alert(1)", False),
        ("java\nscript:alert(1)", False),
        ("data:text/html,<script>alert(1)</script>", False),
        ("vbscript:x", False),
        ("file:///etc/passwd", False),
        ("ftp://example.org/", False),
        ("//example.org/", False),
        ("/relative", False),
        ("https:///no-host", False),
        ("https://[broken", False),
        ("https://example.org/\u202egpj.exe", False),
        ("", False),
    ],
)
def test_only_web_addresses_are_links(client, service, url, followed):
    service.page = page_of(hit(url=url or None))
    page = harmless(client.get("/search?q=x").text)
    links = [attributes for tag, attributes in page.tags if tag == "a" and attributes.get("class") == "url"]
    assert (safe_link(url) is not None) == followed
    assert [link["href"] for link in links] == ([url] if followed else [])
    assert all(link["rel"] == "noopener noreferrer nofollow" for link in links)
    if url:
        assert url.strip().replace("\u202e", "") in "".join(page.words)


def test_a_window_title_shows_no_change_of_direction(client, service):
    service.page = page_of(query="a\u202eb")
    assert "<title>ab · Serai</title>" in client.get("/search?q=a%E2%80%AEb").text


@pytest.mark.parametrize(
    "address",
    ["/", "/search?q=x", "/nothing", "/api/v1/search?q=x", "/api/nothing", "/healthz", "/static/serai.css"],
)
def test_every_answer_says_what_a_browser_may_do(client, address):
    headers = client.get(address, buffered=True).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"


def test_nothing_is_asked_of_another_site(client):
    for address in ("/", "/search?q=x", "/nothing"):
        for tag, attributes in Page(client.get(address).text).tags:
            if tag in ("script", "link", "img"):
                address = attributes.get("src") or attributes.get("href")
                assert address.startswith(("/static/", "/opensearch.xml", "/search.rss?"))

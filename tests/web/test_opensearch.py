"""What a browser reads to search with Serai: the description, by Firefox's rules, and suggestions."""

import pytest
from lxml import etree

NAMESPACE = "{http://a9.com/-/spec/opensearch/1.1/}"


@pytest.fixture
def description(client):
    answer = client.get("/opensearch.xml", base_url="https://search.example.org")
    assert answer.content_type == "application/opensearchdescription+xml; charset=utf-8"
    return etree.fromstring(answer.data)


@pytest.mark.line(42)
def test_it_is_what_firefox_accepts(description):
    assert description.tag == f"{NAMESPACE}OpenSearchDescription"
    assert 1 <= len(description.findtext(f"{NAMESPACE}ShortName")) <= 16
    assert 1 <= len(description.findtext(f"{NAMESPACE}Description")) <= 1024
    assert description.findtext(f"{NAMESPACE}InputEncoding") == "UTF-8"
    urls = {url.get("type"): url for url in description.findall(f"{NAMESPACE}Url")}
    assert urls["text/html"].get("template") == "https://search.example.org/search?q={searchTerms}"
    assert urls["application/x-suggestions+json"].get("template").endswith("?q={searchTerms}")
    assert all(url.get("template").startswith("https://search.example.org/") for url in urls.values())
    assert all(url.get("method", "get") == "get" for url in urls.values())


@pytest.mark.line(42)
def test_what_it_names_is_there(client, description):
    addresses = [url.get("template") for url in description.findall(f"{NAMESPACE}Url")]
    for address in [*addresses, description.findtext(f"{NAMESPACE}Image")]:
        path = address.removeprefix("https://search.example.org").replace("{searchTerms}", "%E6%99%AE")
        with client.get(path) as answer:
            assert answer.status_code == 200, path


@pytest.mark.line(42)
def test_suggestions_are_in_the_form_that_browsers_expect(client):
    answer = client.get("/opensearch/suggestions?q=ปูติ")
    assert answer.content_type == "application/x-suggestions+json"
    assert answer.get_json(force=True) == ["ปูติ", ["ปูติน", "ปูตินเยือนจีน"]]


def test_a_host_that_would_be_markup_stays_text(client):
    answer = client.get("/opensearch.xml", headers={"Host": 'a"><script>.example'})
    assert b"<script" not in answer.data


def test_a_browser_finds_the_icon_beside_what_is_no_page(client):
    with client.get("/favicon.ico") as answer:
        assert (answer.status_code, answer.mimetype) == (200, "image/svg+xml")


def test_behind_a_proxy_that_speaks_tls_addresses_begin_with_https(client):
    said = {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "evil.example", "Host": "search.example.org"}
    for address in ("/opensearch.xml", "/search.rss?q=x"):
        answer = client.get(address, headers=said)
        assert b"https://search.example.org/search" in answer.data
        assert b"http://search.example.org" not in answer.data
        assert b"evil.example" not in answer.data

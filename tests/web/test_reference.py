"""The page of the API: all that is described stands there, nothing comes from elsewhere, no script runs."""

import re

import pytest
from lxml import html

from web.openapi import description


@pytest.fixture
def page(client):
    answer = client.get("/api/v1/docs")
    assert (answer.status_code, answer.mimetype) == (200, "text/html")
    return html.fromstring(answer.text)


def test_every_operation_parameter_and_shape_is_there(page):
    described = description()
    headings = {heading.text_content() for heading in page.iter("h2", "h3")}
    assert {f"GET {path}" for path in described["paths"]} | set(
        described["components"]["schemas"]
    ) <= headings
    for methods in described["paths"].values():
        operation = methods["get"]
        (section,) = page.xpath("//section[@aria-labelledby=$id]", id=operation["operationId"])
        shown = [cell.text_content().split()[0] for cell in section.iterfind(".//tbody//th")]
        assert shown == [parameter["name"] for parameter in operation["parameters"]]
        for status in operation["responses"]:
            assert status in section.text_content()


def test_every_property_is_there_with_its_kind(page):
    for name, shape in description()["components"]["schemas"].items():
        (section,) = page.xpath("//section[@aria-labelledby=$id]", id=name)
        assert len(section.findall(".//dt")) == len(shape.get("properties", {}))
        assert all(kind.text_content().strip() for kind in section.iterfind(".//dd"))


def test_links_lead_somewhere(client, page):
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    for address in page.xpath("//a/@href | //link/@href"):
        if address.startswith("#"):
            assert address[1:] in ids
        else:
            with client.get(address) as answer:
                assert answer.status_code == 200, address


def test_nothing_on_it_runs_or_comes_from_elsewhere(page):
    assert not page.xpath("//script | //style | //iframe | //@style | //@*[starts-with(name(), 'on')]")
    assert not [
        address for address in page.xpath("//@href | //@src | //@action") if re.match(r"\w+:|//", address)
    ]


def test_an_operation_is_tried_with_a_form(client, page, service):
    (form,) = page.xpath("//form[@action='/api/v1/search']")
    assert list(form.xpath(".//@name")) == [
        parameter["name"] for parameter in description()["paths"]["/api/v1/search"]["get"]["parameters"]
    ]
    empty = dict.fromkeys(form.xpath(".//input/@name"), "") | {"q": "x", "sort": "relevance"}
    assert client.get("/api/v1/search", query_string=empty).status_code == 200


def test_every_field_has_a_label(page):
    fields = page.xpath("//input/@id | //select/@id")
    assert fields
    assert sorted(fields) == sorted(page.xpath("//label/@for"))


def test_docstrings_are_prose(page):
    assert "``" not in page.text_content()


def test_the_page_says_that_a_browser_may_search_here(client):
    (link,) = html.fromstring(client.get("/").text).xpath("//link[@rel='search']")
    assert link.get("type") == "application/opensearchdescription+xml"
    assert client.get(link.get("href")).status_code == 200

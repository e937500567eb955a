"""The page of the API in a real browser: under the strict policy, on a narrow screen, without a script."""

import json

import pytest
from playwright.sync_api import expect


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1180])
def test_the_page_of_the_api_fits_and_complains_of_nothing(visit, width, theme):
    page = visit("/api/v1/docs", viewport={"width": width, "height": 800}, color_scheme=theme)
    expect(page.get_by_role("heading", level=1)).to_contain_text("API")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_search_is_tried(visit):
    page = visit("/api/v1/docs", java_script_enabled=False)
    section = page.get_by_role("region", name="GET /api/v1/search")
    section.get_by_text("Try it").click()
    section.get_by_label("q", exact=True).fill("ปูติน")
    with page.expect_response("**/api/v1/search?*") as answered:
        section.get_by_role("button").click()
    assert json.loads(answered.value.text())["hits"][0]["language"] == "th"

"""Accessible to everybody: axe finds nothing to complain of on any kind of page, in either theme."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.web.running import built_index, running

#: WCAG 2.2 to level AA, and what axe's makers call good practice beside it.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
DOCUMENT = "/documents/press/water.jsonl%23th-1?q=น้ำ"
PAGES = {
    "start": "/",
    "results": "/search?q=water 水利 -tap lang:en",
    "results in Arabic": "/search?q=مياه&ui=ar",
    "results in Thai": "/search?q=น้ำ&ui=th&from=2020-01-01&tag=น้ำ",
    "pages of results": "/search?q=*&size=3&page=2&sort=newest",
    "document": DOCUMENT,
    "document in Hindi": "/documents/press/water.jsonl%23hi-1?q=जल&ui=hi",
    "no results": "/search?q=zzzzqqq&lang=sw",
    "a page too far": "/search?q=water&page=50",
    "nothing here": "/nowhere",
    "bad request": "/search?q=x&page=0&ui=ja",
    "the API": "/api/v1/docs",
}


def violations(page):
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}}).response["violations"]
    return [(rule["id"], node["target"], node["failureSummary"]) for rule in found for node in rule["nodes"]]


@pytest.mark.line(43)
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("kind", PAGES)
def test_axe_finds_nothing(look, kind, scheme):
    page = look(PAGES[kind], color_scheme=scheme)
    assert violations(page) == []
    page.evaluate("document.querySelectorAll('details').forEach((folded) => folded.open = true)")
    assert violations(page) == []


@pytest.fixture(scope="module")
def beginning(tmp_path_factory):
    """A server before anything is indexed, and one over an index that holds nothing."""
    folder = tmp_path_factory.mktemp("beginning")
    (folder / "nothing").mkdir()
    empty = built_index(folder, folder / "nothing")
    with running(folder / "absent", "--workers", "1") as none, running(empty, "--workers", "1") as nothing:
        yield {"no index": none.address, "an empty index": nothing.address}


@pytest.mark.line(43)
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("kind", ["no index", "an empty index"])
def test_axe_finds_nothing_before_there_is_anything(chromium, beginning, kind, scheme):
    page = chromium.new_page(color_scheme=scheme, locale="hi")
    page.goto(beginning[kind])
    assert "serai rebuild" in page.locator("main").inner_text()
    assert violations(page) == []
    page.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_the_suggestions(visit, scheme):
    page = visit("/", color_scheme=scheme)
    page.locator("#q").focus()
    page.keyboard.insert_text("wat")
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("ArrowDown")
    assert violations(page) == []


@pytest.mark.parametrize("path", [PAGES["start"], PAGES["results"], PAGES["document"]])
def test_axe_finds_nothing_on_a_narrow_screen(visit, path):
    page = visit(path, viewport={"width": 320, "height": 640})
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


TARGETS = """
() => [...document.querySelectorAll("a, button, input, summary")]
  .filter((place) => place.offsetParent && !place.closest("p") && !place.closest("[hidden]"))
  .map((place) => ({ box: place.getBoundingClientRect(), name: place.outerHTML.slice(0, 90) }))
  .filter(({ box }) => box.width > 1 && (box.width < 24 || box.height < 24))
  .map(({ box, name }) => `${Math.round(box.width)}x${Math.round(box.height)} ${name}`)
"""


@pytest.mark.parametrize("path", [PAGES["start"], PAGES["results"], PAGES["pages of results"], DOCUMENT])
def test_targets_are_large_enough_to_hit(visit, path):
    """WCAG 2.2, 2.5.8: 24 by 24 pixels, but for links in a line of text and what the browser draws."""
    page = visit(path)
    drawn = ("checkbox", "date")
    small = [name for name in page.evaluate(TARGETS) if not any(f'type="{kind}"' in name for kind in drawn)]
    assert small == []


def test_nothing_moves_for_those_who_asked_for_that(visit):
    page = visit(DOCUMENT, reduced_motion="reduce")
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
    durations = "() => [...document.querySelectorAll('*')].map((x) => getComputedStyle(x).transitionDuration)"
    assert set(page.evaluate(durations)) == {"0s"}


def test_single_keys_can_be_turned_off(visit):
    page = visit(DOCUMENT)
    page.get_by_text("Keys", exact=True).click()
    page.get_by_label("Single keys do this").uncheck()
    page.get_by_text("Keys", exact=True).focus()
    before = page.locator(".walk output").text_content()
    page.keyboard.press("n")
    page.keyboard.press("/")
    assert page.locator(".walk output").text_content() == before
    assert page.evaluate("document.activeElement.id") != "q"
    page.reload()
    assert not page.get_by_label("Single keys do this").is_checked()

"""What the page looks like: pictures for people in reports/screenshots, and what can be measured of them."""

import pytest
from playwright.sync_api import expect

from benchmarks.browsing import LIMIT, first_visit

NARROW = {"viewport": {"width": 360, "height": 740}}
DARK = {"color_scheme": "dark"}
WIDE = {"device_scale_factor": 1.5, "viewport": {"width": 1120, "height": 880}}
ENGLISH = "/documents/seeds/003_841051a798ffaa10.txt?q=Putin"
DOCUMENT = "/documents/press/water.jsonl%23th-1?q=น้ำ"
PICTURES = {
    "start": ("/", {}),
    "start-arabic": ("/?ui=ar", {}),
    "start-narrow": ("/?ui=th", NARROW),
    "start-dark": ("/?ui=ja", DARK),
    "results-thai": ("/search?q=น้ำ&ui=th", {}),
    "results-chinese": ("/search?q=水利&ui=zh-Hans", {}),
    "results-hindi": ("/search?q=जल&ui=hi", {}),
    "results-arabic": ("/search?q=مياه&ui=ar", {}),
    "results-dark": ("/search?q=water 水利 น้ำ مياه -tap&lang=en", DARK),
    "results-narrow": ("/search?q=water 水 น้ำ जल&ui=de", NARROW),
    "results-narrow-arabic": ("/search?q=مياه 水 น้ำ&ui=ar", NARROW | DARK),
    "document": (DOCUMENT + "&ui=th#m1", {}),
    "document-narrow": (DOCUMENT + "#m1", NARROW),
    "no-results": ("/search?q=zzzzqqq&lang=th&ui=zh-Hant", {}),
    "error": ("/search?q=x&page=0&ui=hi", {}),
    "lost": ("/nowhere", DARK),
    # The README's.
    "page": (
        "/search?q=Putin 普京 पुतिन ปูติน",
        {"device_scale_factor": 1.5, "viewport": {"width": 1120, "height": 880}},
    ),
}


@pytest.mark.parametrize("name", PICTURES)
def test_pictures(look, screenshots, name):
    path, options = PICTURES[name]
    page = look(path, **options)
    expect(page.locator("#keys")).to_be_visible()
    width = page.viewport_size["width"]
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.screenshot(path=screenshots / f"{name}.png")


def test_suggestions(visit, screenshots):
    page = visit("/")
    page.keyboard.insert_text("น้")
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("ArrowDown")
    page.screenshot(path=screenshots / "suggestions.png")
    below = page.get_by_role("listbox").bounding_box()["y"] - page.locator("#q").bounding_box()["y"]
    assert below > page.locator("#q").bounding_box()["height"]


@pytest.mark.parametrize("name", ["results", "document"])
def test_on_paper_there_is_the_text_and_where_it_is_from(visit, screenshots, name):
    page = visit("/search?q=water" if name == "results" else DOCUMENT)
    page.emulate_media(media="print")
    page.screenshot(path=screenshots / f"{name}-printed.png")
    expect(page.locator("mark").first).to_be_visible()
    expect(page.locator(".facts").first).to_be_visible()
    asked = page.locator("h1 bdi" if name == "results" else ".matches bdi").first
    assert asked.bounding_box()["width"] > 10
    for part in (".box", ".speaks", ".facets", ".foot", ".walk"):
        assert not [place for place in page.locator(part).all() if place.is_visible()], part


@pytest.mark.line(43)
def test_a_card_runs_as_its_language_does(visit):
    page = visit("/search?q=water مياه")
    ways = {
        card.locator("h2").get_attribute("lang"): card.evaluate("card => getComputedStyle(card).direction")
        for card in page.locator(".hits article").all()
    }
    assert ways == {"en": "ltr", "ar": "rtl"}
    assert page.evaluate("getComputedStyle(document.body).direction") == "ltr"


def test_an_arabic_date_is_in_order_beside_thai(visit):
    """Its parts are held together by marks of direction, which a card that runs to the right would turn."""
    page = visit("/search?q=น้ำ&ui=ar")
    date = page.locator(".hits article[dir=ltr] time").first
    assert date.evaluate("date => getComputedStyle(date).direction") == "rtl"
    assert date.evaluate("date => getComputedStyle(date).unicodeBidi") == "isolate"


@pytest.mark.line(43)
@pytest.mark.parametrize(("language", "facets_first"), [("en", True), ("ar", False)])
def test_the_page_runs_as_the_readers_language_does(visit, language, facets_first):
    page = visit(f"/search?q=*&ui={language}")
    facets, found = (page.locator(place).bounding_box() for place in (".facets", ".found"))
    assert (facets["x"] < found["x"]) == facets_first
    name, switch = (page.locator(place).bounding_box() for place in (".name", ".speaks"))
    assert (name["x"] < switch["x"]) == facets_first


@pytest.mark.parametrize(
    "path", ["/", "/search?q=Putin", "/documents/seeds/003_841051a798ffaa10.txt?q=Putin"]
)
def test_the_first_page_is_small(chromium, address, path):
    """In a browser that holds nothing yet: at most 150 kB, a dozen requests, none of them elsewhere."""
    visit = first_visit(chromium, address, path)
    print(f"{path}: {len(visit.sizes)} requests, {visit.size:,} bytes")
    assert visit.elsewhere == []
    assert len(visit.sizes) <= 12
    assert visit.size <= LIMIT <= 150_000


FACE = "place => getComputedStyle(place).fontFamily"


@pytest.mark.parametrize("interface", ["ar", "zh-Hans", "th"])
def test_text_leaves_the_faces_of_the_page_around_it(visit, interface):
    """English stands in its own letters, not in those that came with Arabic or Chinese."""
    snippet = ".snippet[lang=en]"
    alone = visit("/search?q=water").locator(snippet).first.evaluate(FACE)
    assert visit(f"/search?q=water&ui={interface}").locator(snippet).first.evaluate(FACE) == alone


HEIGHTS = """
() => [...document.querySelectorAll(".snippet mark")].map((mark) => {
  const line = parseFloat(getComputedStyle(mark.parentElement).lineHeight);
  return [...mark.getClientRects()].every(({ height }) => height <= line + 1) ? "" : mark.outerHTML;
})
"""


@pytest.mark.parametrize("interface", ["en", "ar", "hi"])
def test_a_mark_is_no_taller_than_its_line(visit, interface):
    page = visit(f"/search?q=water مياه น้ำ 水 जल&size=50&ui={interface}")
    heights = page.evaluate(HEIGHTS)
    assert len(heights) > 10
    assert set(heights) == {""}


@pytest.mark.parametrize(("interface", "id", "query"), [("en", "ar-1", "مياه"), ("ar", "th-1", "น้ำ")])
def test_a_document_begins_below_its_title(visit, interface, id, query):
    """On whichever side its language begins, whichever way the page runs."""
    page = visit(f"/documents/press/water.jsonl%23{id}?q={query}&ui={interface}")
    title, text = (page.locator(place).bounding_box() for place in ("article h1", ".text"))
    far = {"ar-1": lambda box: box["x"] + box["width"], "th-1": lambda box: box["x"]}[id]
    assert far(text) == far(title)
    assert text["width"] < title["width"]


def test_what_to_type_runs_as_it_does_in_the_box(visit):
    page = visit("/?ui=ar")
    page.locator(".asking summary").click()
    way = "place => getComputedStyle(place).direction"
    for place in page.locator(".asking code").all():
        page.locator("#q").fill(place.inner_text())
        assert place.evaluate(way) == page.locator("#q").evaluate(way), place.inner_text()


@pytest.mark.parametrize(("interface", "way"), [("ar", "rtl"), ("en", "ltr")])
def test_an_empty_box_runs_as_the_page_does(visit, interface, way):
    page = visit(f"/?ui={interface}")
    direction = "box => getComputedStyle(box).direction"
    box = page.locator("#q")
    assert box.evaluate(direction) == way
    box.fill("water")
    assert box.evaluate(direction) == "ltr"
    box.fill("مياه")
    assert box.evaluate(direction) == "rtl"
    box.fill("")
    assert box.evaluate(direction) == way


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_on_a_narrow_screen_the_facets_leave_room_for_results(visit, javascript):
    page = visit("/search?q=*&ui=de", viewport=NARROW["viewport"], java_script_enabled=javascript)
    expect(page.locator(".hits h2").first).to_be_in_viewport()
    facets = page.get_by_role("navigation", name="Ergebnisse eingrenzen")
    link = facets.get_by_role("link", name="Thailändisch")
    expect(link).to_be_hidden()
    facets.get_by_text("Ergebnisse eingrenzen").click()
    link.click()
    expect(page.locator(".filters")).to_contain_text("Thailändisch")


@pytest.mark.parametrize("width", [640, 1180])
def test_on_a_wider_screen_the_facets_need_no_unfolding(visit, width):
    page = visit("/search?q=*", viewport={"width": width, "height": 800})
    facets = page.get_by_role("navigation", name="Narrow the results")
    expect(facets.get_by_role("link", name="Thai")).to_be_visible()
    expect(facets.get_by_text("Narrow the results")).to_be_hidden()
    facets.get_by_role("link", name="Thai").focus()
    expect(facets.get_by_role("link", name="Thai")).to_be_focused()

"""What a person sees: a word is typed, its document is found, its characters are marked."""

import pytest
from playwright.sync_api import expect

THAI = "seeds/000_626ffce08d765c0f.txt"
CHINESE = "seeds/001_198679287b7c35b7.txt"
HINDI = "seeds/002_e0e9c0f0948ce5f1.txt"
ENGLISH = "seeds/003_841051a798ffaa10.txt"
GERMAN = "seeds/004_0445315181c0e30e.txt"

WORDS = [
    pytest.param("ปูติน", THAI, "th", {"ปูติน"}, id="Thai"),
    pytest.param("普京", CHINESE, "zh", {"普京"}, id="Chinese"),
    pytest.param("烏克蘭", CHINESE, "zh", {"乌克兰"}, id="Traditional"),
    pytest.param("पुतिन", HINDI, "hi", {"पुतिन"}, id="Hindi"),
    pytest.param("Lavrov", ENGLISH, "en", {"Lavrov"}, id="English"),
    pytest.param("Bindungen", GERMAN, "de", {"Bindungen"}, id="German"),
]


def typed(page, word):
    box = page.get_by_role("search").locator("input[name=q]")
    expect(box).to_be_focused()
    page.keyboard.insert_text(word)
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=*")


def marked(place):
    return set(place.locator("mark").all_text_contents())


@pytest.mark.line(43)
@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
@pytest.mark.parametrize(("word", "id", "language", "marks"), WORDS)
def test_a_word_is_typed_found_marked_and_opened(visit, word, id, language, marks, javascript):
    page = visit("/", java_script_enabled=javascript)
    typed(page, word)
    hit = page.locator(".hits > li").first
    expect(hit.locator(".source")).to_have_text(id)
    assert marked(hit) == marks
    snippet = hit.locator(".snippet").first
    assert (snippet.get_attribute("lang"), snippet.get_attribute("dir")) == (language, "ltr")
    expect(page.locator("#q")).to_have_value(word)
    hit.get_by_role("link").first.click()
    expect(page.locator("h1")).to_have_attribute("lang", language)
    assert marked(page.locator(".text")) == marks
    expect(page.locator("#m1")).to_be_in_viewport()


@pytest.mark.line(43)
def test_a_language_filters_and_is_taken_away_again_without_javascript(visit):
    page = visit("/search?q=NATO+Xi", java_script_enabled=False)
    everything = page.locator(".hits > li").count()
    assert everything > 1
    page.get_by_role("navigation", name="Narrow the results").get_by_role("link", name="German").click()
    expect(page.locator(".hits > li")).to_have_count(1)
    expect(page.locator(".hits .source")).to_have_text(GERMAN)
    page.get_by_role("link", name="Remove the filter German").click()
    expect(page.locator(".hits > li")).to_have_count(everything)


def test_from_a_document_back_to_the_same_filter_and_page_without_javascript(visit):
    page = visit("/search?q=*&lang=ar&size=2&page=2&sort=newest", java_script_enabled=False)
    titles = page.locator(".hits h2").all_text_contents()
    page.locator(".hits h2 a").first.click()
    page.get_by_role("link", name="Back to the results").click()
    assert page.locator(".hits h2").all_text_contents() == titles
    expect(page.locator(".filters")).to_contain_text("Arabic")
    expect(page.locator("[aria-current=page]")).to_have_text("2")


@pytest.mark.line(43)
def test_paging_without_javascript(visit):
    page = visit("/search?q=*&size=2", java_script_enabled=False)
    first = page.locator(".hits h2").all_text_contents()
    page.get_by_role("link", name="Next").click()
    expect(page.locator("[aria-current=page]")).to_have_text("2")
    assert not set(first) & set(page.locator(".hits h2").all_text_contents())


def test_the_start_page_leads_to_the_documents_of_a_language(visit):
    page = visit("/")
    expect(page.get_by_role("heading", level=2)).to_have_text("35 documents in 20 languages")
    page.get_by_role("link", name="हिन्दी Hindi").click()
    expect(page.locator(".hits .source").first).to_be_visible()
    assert HINDI in page.locator(".hits .source").all_text_contents()


@pytest.mark.line(43)
def test_keys(visit):
    page = visit("/search?q=Lavrov")
    box = page.get_by_role("combobox", name="Search for")
    page.keyboard.press("/")
    expect(box).to_be_focused()
    page.keyboard.type("a/b")
    expect(box).to_have_value("a/b")
    page.keyboard.press("Escape")
    expect(box).to_have_value("")


def test_the_first_key_skips_to_the_results(visit):
    page = visit("/search?q=Lavrov")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the results")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


@pytest.mark.parametrize(
    "path", ["/", "/search?q=*", f"/documents/{CHINESE}?q=普京", "/search?q=*&page=5", "/search?q=zzzz"]
)
def test_nothing_is_wider_than_a_narrow_screen(visit, path):
    page = visit(path, viewport={"width": 360, "height": 700})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


CONTRAST = """
(place) => {
  const channel = (value) => (value /= 255) <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  const light = (colour) => {
    const [r, g, b] = colour.match(/[\\d.]+/g).map(Number);
    return 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
  };
  const ground = (element) => {
    const colour = getComputedStyle(element).backgroundColor;
    return /, 0\\)$/.test(colour) ? ground(element.parentElement) : colour;
  };
  const pair = [light(getComputedStyle(place).color), light(ground(place))];
  const [darker, lighter] = pair.sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}
"""


@pytest.mark.line(43)
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "selector", ["mark", ".snippet", ".facts", "h1", "h2 a", ".count", ".box button", "body"]
)
def test_text_stands_out_in_both_themes(visit, scheme, selector):
    page = visit("/search?q=NATO+Putin", color_scheme=scheme)
    assert page.locator(selector).first.evaluate(CONTRAST) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_marks_stand_out_from_the_page(visit, scheme):
    page = visit("/search?q=Putin", color_scheme=scheme)
    ground = "element => getComputedStyle(element).backgroundColor"
    assert page.locator("mark").first.evaluate(ground) != page.locator("body").evaluate(ground)

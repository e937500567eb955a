"""The whole page worked by keyboard alone."""

import pytest
from playwright.sync_api import expect

SEEN = """
() => {
  const place = document.activeElement;
  const style = getComputedStyle(place);
  const ring = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  const frame = getComputedStyle(place.closest(".box") || place).boxShadow !== "none";
  return ring || frame;
}
"""


def reach(page, name, key="Tab", most=60):
    """Presses a key until the place of this name has the focus, which is seen at every step."""
    for _ in range(most):
        page.keyboard.press(key)
        focused = page.locator(":focus")
        assert page.evaluate(SEEN), focused.evaluate("place => place.outerHTML")
        label = focused.get_attribute("aria-label") or focused.inner_text()
        if name in label:
            return focused
    raise AssertionError(f"{name} is not reached by {key}")


@pytest.mark.line(43)
def test_search_filter_page_and_open_by_keyboard(visit):
    page = visit("/")
    page.keyboard.type("*")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=*")
    reach(page, "Thai")
    page.keyboard.press("Enter")
    expect(page.locator(".filters")).to_contain_text("Thai")
    reach(page, "Remove the filter Thai")
    page.keyboard.press("Enter")
    expect(page.locator(".filters")).to_have_count(0)
    reach(page, "Next")
    page.keyboard.press("Enter")
    expect(page.locator("[aria-current=page]")).to_have_text("2")
    reach(page, "Newest first")
    page.keyboard.press("Enter")
    expect(page.locator(".orders [aria-current]")).to_have_text("Newest first")
    page.keyboard.press("/")
    page.keyboard.type("น้ำ")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=%E0*")
    page.keyboard.press("/")
    page.keyboard.press("ArrowDown")
    expect(page.locator(".hits h2 a").first).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.locator(".hits h2 a").nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    # Until all is there: the browser goes to the first match then, and whatever has the focus loses it.
    page.wait_for_url("**/documents/**")
    expect(page.locator("h1")).to_have_attribute("lang", "th")
    reach(page, "Back to the results")
    page.keyboard.press("Enter")
    expect(page.locator(".hits > li").first).to_be_visible()


def test_matches_are_walked_by_keys_and_by_buttons(visit):
    page = visit("/documents/press/water.jsonl%23th-1?q=น้ำ#m1")
    place = page.locator(".walk output")
    total = page.locator("article mark").count()
    assert total > 3
    expect(place).to_have_text(f"Match 1 of {total}")
    page.keyboard.press("n")
    page.keyboard.press("n")
    expect(place).to_have_text(f"Match 3 of {total}")
    expect(page.locator("mark.here")).to_have_attribute("id", "m3")
    expect(page.locator("mark.here")).to_be_in_viewport()
    page.keyboard.press("p")
    expect(place).to_have_text(f"Match 2 of {total}")
    reach(page, "Next match")
    page.keyboard.press("Enter")
    expect(place).to_have_text(f"Match 3 of {total}")
    for _ in range(total):
        page.keyboard.press("n")
    expect(place).to_have_text(f"Match 3 of {total}")
    page.get_by_role("link", name="Go to the first").click()
    expect(place).to_have_text(f"Match 1 of {total}")


def test_a_letter_that_is_typed_is_no_command(visit):
    page = visit("/documents/press/water.jsonl%23th-1?q=น้ำ")
    page.keyboard.press("/")
    page.keyboard.type("np/")
    expect(page.locator("#q")).to_have_value("np/")
    expect(page.locator(".walk output")).to_contain_text("Match 1")


@pytest.mark.line(43)
def test_the_language_of_the_page_is_switched_by_keyboard(visit):
    page = visit("/search?q=water")
    reach(page, "English")
    page.keyboard.press("Enter")
    reach(page, "العربية")
    page.keyboard.press("Escape")
    expect(page.locator(".speaks[open]")).to_have_count(0)
    expect(page.locator(".speaks summary")).to_be_focused()
    page.keyboard.press("Enter")
    reach(page, "العربية")
    page.keyboard.press("Enter")
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    expect(page.locator("#q")).to_have_value("water")


@pytest.mark.parametrize(
    ("on", "back", "slash"),
    [
        pytest.param("ื", "ย", "ฝ", id="Thai"),
        pytest.param("ى", "ح", "ظ", id="Arabic"),
        pytest.param("ल", "ज", "य", id="Hindi"),
        pytest.param("т", "з", ".", id="Russian, whose full stop is one"),
    ],
)
def test_the_keys_are_where_they_stand_on_a_keyboard_of_another_script(visit, on, back, slash):
    page = visit("/documents/press/water.jsonl%23th-1?q=น้ำ#m1")
    session = page.context.new_cdp_session(page)

    def press(key, code):
        for kind in ("keyDown", "keyUp"):
            session.send("Input.dispatchKeyEvent", {"type": kind, "key": key, "code": code})

    place = page.locator(".walk output")
    press(on, "KeyN")
    press(on, "KeyN")
    expect(place).to_contain_text("Match 3")
    press(back, "KeyP")
    expect(place).to_contain_text("Match 2")
    press(slash, "Slash")
    assert (page.evaluate("document.activeElement.id") == "q") == (not slash.isascii())

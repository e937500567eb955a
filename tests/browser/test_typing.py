"""Suggestions while typing: what is asked, when, and what the keys do; input methods are left alone."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

SUGGEST = re.compile(r"/api/v1/suggest\?")
#: Milliseconds in which a request would have been made.
LONG = 500


@pytest.fixture
def typing(visit):
    """The start page, its box, and every query that suggestions were asked for."""
    page = visit("/")
    asked = []
    page.on("request", lambda request: SUGGEST.search(request.url) and asked.append(query_of(request.url)))
    return page, page.locator("#q"), asked


def query_of(address):
    return parse_qs(urlsplit(address).query)["q"][0]


def compose(page, *states, commit=None):
    """Types through an input method: each state is what it shows so far; nothing is committed unless told."""
    session = page.context.new_cdp_session(page)
    for state in states:
        end = len(state)
        session.send("Input.imeSetComposition", {"text": state, "selectionStart": end, "selectionEnd": end})
    if commit is not None:
        session.send("Input.insertText", {"text": commit})


def options(page):
    return page.get_by_role("option").all_text_contents()


@pytest.mark.parametrize(
    ("typed", "suggested"),
    [
        pytest.param("wat", "water", id="English"),
        pytest.param("ปูติ", "ปูติน", id="half a word of Thai"),
        pytest.param("习近", "习近平", id="half a word of Chinese"),
        pytest.param("shuili", "水利", id="pinyin"),
        pytest.param("पुति", "पुतिन", id="Hindi"),
    ],
)
def test_what_is_half_typed_is_completed(typing, typed, suggested):
    page, box, _ = typing
    page.keyboard.insert_text(typed)
    expect(page.get_by_role("listbox", name="Suggestions")).to_be_visible()
    assert any(suggested in option for option in options(page)), options(page)
    expect(box).to_have_attribute("aria-expanded", "true")


def test_a_word_is_asked_for_once_it_stands_still(typing):
    page, _, asked = typing
    page.keyboard.type("water", delay=20)
    page.get_by_role("option").first.wait_for()
    assert asked == ["water"]


@pytest.mark.line(43)
@pytest.mark.parametrize(
    ("states", "word"),
    [
        pytest.param(["s", "sh", "shui", "shui l", "shui li"], "水利", id="Chinese, by pinyin"),
        pytest.param(["n", "に", "にh", "にほ", "にほn", "日本"], "日本", id="Japanese"),
        pytest.param(["ㅁ", "무", "물"], "물", id="Korean"),
        pytest.param(["ป", "ปู", "ปูต", "ปูติ"], "ปูติ", id="Thai"),
        pytest.param(["j", "ja", "जल"], "जल", id="Hindi, by transliteration"),
    ],
)
def test_nothing_is_asked_before_an_input_method_commits(typing, states, word):
    page, box, asked = typing
    compose(page, *states)
    page.wait_for_timeout(LONG)
    assert asked == []
    expect(box).to_have_value(states[-1])
    compose(page, commit=word)
    page.wait_for_timeout(LONG)
    assert asked == [word]


def test_a_composition_takes_back_what_was_about_to_be_asked(typing):
    page, _, asked = typing
    page.keyboard.type("wat")
    compose(page, "w")
    page.wait_for_timeout(LONG)
    assert "wat" not in asked


COMPOSING = """
(box) => {
  const pressed = (key) => {
    const event = new KeyboardEvent("keydown", { key, isComposing: true, bubbles: true, cancelable: true });
    box.dispatchEvent(event);
    return event.defaultPrevented;
  };
  return ["Enter", "Escape", "ArrowDown", "ArrowUp", "Tab", "/", "n"].filter(pressed);
}
"""


@pytest.mark.line(43)
def test_the_keys_of_an_input_method_are_its_own(typing):
    page, box, _ = typing
    page.keyboard.insert_text("wat")
    page.get_by_role("option").first.wait_for()
    shown = options(page)
    assert box.evaluate(COMPOSING) == []
    expect(box).to_have_value("wat")
    assert options(page) == shown


def test_an_outdated_answer_is_not_shown(typing):
    page, _, asked = typing
    held = []
    page.route(
        SUGGEST, lambda route: held.append(route) if "q=wat" in route.request.url else route.continue_()
    )
    page.keyboard.insert_text("wat")
    page.wait_for_timeout(LONG)
    assert len(held) == 1
    with page.expect_event("requestfailed", lambda request: "q=wat" in request.url):
        page.keyboard.press("Control+A")
        page.keyboard.insert_text("ปูติ")
    page.get_by_role("option").first.wait_for()
    assert asked == ["wat", "ปูติ"]
    assert all("ปูติ" in option for option in options(page))


def test_arrows_go_through_the_list_and_back_to_what_was_typed(typing):
    page, box, _ = typing
    page.keyboard.insert_text("wat")
    page.get_by_role("option").first.wait_for()
    shown = options(page)
    for text in shown:
        page.keyboard.press("ArrowDown")
        expect(box).to_have_value(text)
        chosen = page.locator("#" + box.get_attribute("aria-activedescendant"))
        expect(chosen).to_have_text(text)
        expect(chosen).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowDown")
    expect(box).to_have_value("wat")
    assert box.get_attribute("aria-activedescendant") is None
    page.keyboard.press("ArrowUp")
    expect(box).to_have_value(shown[-1])


def test_enter_searches_for_what_was_chosen(typing):
    page, _, _ = typing
    page.keyboard.insert_text("ปูติ")
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("ArrowDown")
    chosen = page.get_by_role("option", selected=True).text_content()
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=*")
    assert query_of(page.url) == chosen
    expect(page.locator("mark").first).to_be_visible()


def test_enter_searches_for_what_was_typed_when_nothing_was_chosen(typing):
    page, _, _ = typing
    page.keyboard.insert_text("wat")
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=*")
    assert query_of(page.url) == "wat"


def test_a_suggestion_is_clicked(typing):
    page, _, _ = typing
    page.keyboard.insert_text("wat")
    page.get_by_role("option", name="water", exact=True).click()
    page.wait_for_url("**/search?q=water")


@pytest.mark.line(43)
def test_escape_closes_the_list_and_then_empties_the_box(typing):
    page, box, _ = typing
    page.keyboard.insert_text("wat")
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_have_count(0)
    expect(box).to_have_value("wat")
    expect(box).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("Escape")
    expect(box).to_have_value("")


def test_a_failing_server_leaves_the_box_as_it_is(look):
    page = look("/")
    page.route(SUGGEST, lambda route: route.fulfill(status=418, body="no"))
    page.keyboard.insert_text("wat")
    page.wait_for_timeout(LONG)
    expect(page.get_by_role("listbox")).to_have_count(0)
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=wat")


def test_how_many_there_are_is_said(typing):
    page, _, _ = typing
    page.keyboard.insert_text("wat")
    page.get_by_role("option").first.wait_for()
    expect(page.locator(".box [role=status]")).to_have_text(f"Suggestions: {len(options(page))}")

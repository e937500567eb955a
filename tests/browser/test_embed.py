"""Serai's box on a page of another site, as docs/embed.md shows it: the very snippets, in a real browser."""

import threading
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import expect

from tests.documents import fenced
from tests.web.running import ROOT, built_index, running

EXAMPLE = "https://search.example.org"
FORM, FILTERED, SCRIPT = (
    block.text for block in fenced(ROOT / "docs" / "embed.md") if block.language == "html"
)
THAI = "seeds/000_626ffce08d765c0f.txt"


class Host(BaseHTTPRequestHandler):
    """A site owner's page: whatever the test puts into its body."""

    def __init__(self, site, *args):
        self.site = site
        super().__init__(*args)

    def do_GET(self):
        body = f"<!doctype html><html lang=en><title>Archive</title><body>{self.site['body']}".encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        if policy := self.site.get("policy"):
            self.send_header("Content-Security-Policy", policy)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        """Say nothing."""


@pytest.fixture(scope="module")
def site():
    """Another site: its address, and what stands on its page."""
    held = {"body": ""}
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Host, held)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        held["address"] = f"http://127.0.0.1:{server.server_port}"
        yield held
        server.shutdown()


@pytest.fixture(scope="module")
def serai(site, tmp_path_factory):
    """Where Serai answers, and lets that site read."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SERAI_CORS_ORIGINS", site["address"])
        with running(built_index(tmp_path_factory.mktemp("embed")), "--workers", "1") as server:
            yield server.address


@pytest.fixture
def visitor(chromium, site, serai):
    """Opens the site's page with a snippet of the documentation on it."""
    contexts, complaints = [], []

    def visit(snippet, policy="", **options):
        site.update(body=snippet.replace(EXAMPLE, serai), policy=policy)
        contexts.append(context := chromium.new_context(**options))
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(site["address"])
        return page

    yield visit
    for context in contexts:
        context.close()
    assert complaints == []


def box(page, name="Search the archive"):
    """The box; one that suggests is a combobox."""
    return page.get_by_role("searchbox", name=name).or_(page.get_by_role("combobox", name=name))


def searched(page, word, name="Search the archive"):
    box(page, name).fill(word)
    box(page, name).press("Enter")
    page.wait_for_url("**/search?*q=*")


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_a_form_leads_to_the_results(visitor, javascript):
    page = visitor(FORM, java_script_enabled=javascript)
    expect(box(page)).to_be_visible()
    searched(page, "NATO")
    expect(page.locator(".hits > li")).to_have_count(2)


def test_a_form_can_keep_to_a_language_and_a_folder(visitor):
    page = visitor(FILTERED)
    searched(page, "NATO", "ค้นหา")
    expect(page.locator(".hits > li")).to_have_count(1)
    expect(page.locator(".hits > li")).to_contain_text(THAI)


def test_the_script_puts_a_box_where_it_stands(visitor):
    page = visitor(f"<p id=before>{SCRIPT}<p id=after>")
    expect(box(page)).to_be_visible()
    places = [page.locator("#before"), box(page), page.locator("#after")]
    tops = [place.bounding_box()["y"] for place in places]
    assert tops == sorted(tops)
    searched(page, "普京")
    expect(page.locator("mark").first).to_have_text("普京")


def test_the_box_suggests_words_of_the_index(visitor):
    page = visitor(SCRIPT)
    with page.expect_response("**/opensearch/suggestions*") as answered:
        box(page).press_sequentially("ปูติ")
    assert answered.value.ok
    expect(page.locator("datalist option").first).to_have_attribute("value", "ปูติน")


def test_the_box_keeps_to_what_it_is_told(visitor):
    page = visitor(SCRIPT.replace(" async", ' data-lang="de" async'))
    searched(page, "NATO")
    expect(page.locator(".hits > li")).to_have_count(1)


def test_the_box_works_under_a_policy_that_names_it(visitor, serai):
    policy = f"default-src 'none'; script-src {serai}; connect-src {serai}; form-action {serai}"
    page = visitor(SCRIPT, policy)
    searched(page, "NATO")
    expect(page.locator(".hits > li")).to_have_count(2)

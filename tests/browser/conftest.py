"""A real browser (Chromium) in front of a real server over the seeds and short texts in many scripts."""

import os
from pathlib import Path

import pytest

from benchmarks.browsing import MISSING, browser, chromium_path
from tests.web.running import ROOT, built_index, running

LEFT_OUT = pytest.StashKey[int]()


def pytest_collection_modifyitems(config, items):
    """Without Chromium these tests are left out, and one line says so; in CI they fail."""
    here = [item for item in items if Path(__file__).parent in item.path.parents]
    for item in here:
        item.add_marker(pytest.mark.browser)
    if here and chromium_path() is None and os.environ.get("CI") != "true":
        config.hook.pytest_deselected(items=here)
        items[:] = [item for item in items if item not in here]
        config.stash[LEFT_OUT] = len(here)


def pytest_terminal_summary(terminalreporter, config):
    if left_out := config.stash.get(LEFT_OUT, 0):
        terminalreporter.write_line(f"left out: {left_out} tests of the page in a real browser: {MISSING}")


@pytest.fixture(scope="session")
def chromium():
    """The browser."""
    if chromium_path() is None:
        pytest.fail(MISSING, pytrace=False)
    with browser() as chromium:
        yield chromium


@pytest.fixture(scope="session")
def address(chromium, tmp_path_factory):
    """Where `serai serve` answers."""
    here = Path(__file__).parent
    index = built_index(tmp_path_factory.mktemp("browser"), "seeds", here / "press", here / "reports")
    with running(index, "--workers", "1") as server:
        yield server.address


@pytest.fixture
def visitor(chromium, address):
    """Opens addresses of the server in pages of their own, and keeps what these complain of."""
    contexts, complaints = [], []

    def open_page(path, **options):
        context = chromium.new_context(
            **{"viewport": {"width": 1180, "height": 800}, "locale": "en-US"} | options
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda request: request.url.startswith(address) or complaints.append(request.url))
        page.goto(address + path)
        return page

    yield open_page, complaints
    for context in contexts:
        context.close()


@pytest.fixture
def visit(visitor):
    """Opens an address; fails for anything the page complains of, or asks of another site."""
    open_page, complaints = visitor
    yield open_page
    assert complaints == []


@pytest.fixture
def look(visitor):
    """Opens an address that may be answered with an error, of which a browser complains by itself."""
    open_page, complaints = visitor
    yield open_page
    assert [words for words in complaints if "the server responded with a status of 4" not in words] == []


@pytest.fixture(scope="session")
def screenshots():
    """The folder for pictures, to be looked at."""
    folder = ROOT / "reports" / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    return folder

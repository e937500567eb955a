"""How long a reader waits in a browser, and what a first visit fetches.

    python -m benchmarks.browsing INDEX [INDEX ...]

Starts a server over each index and Chromium in front of it. Real questions (XQuAD's, in five languages by
turns) are typed into the box of the start page, and Enter is pressed; the clock runs from that key until the
browser has painted the largest text of the results. Both share one machine, so no network is in it.
"""

import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import numpy as np
from playwright.sync_api import Browser, BrowserContext, Response, sync_playwright

from benchmarks.corpus import data_folder
from benchmarks.questions import write_questions
from benchmarks.serving import served

#: Debian calls it chromium; the others are what other systems call the same browser.
NAMES = ("chromium", "chromium-browser", "google-chrome")
MISSING = "Chromium is missing (on Debian: apt install chromium)"
#: Nothing but the page itself: no updates, no sync, no first-run pages.
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

#: Questions that are measured, and those before them that are not.
MEASURED, WARMING = 200, 20
#: Bytes of a first page, at most.
LIMIT = 150_000

# Both clocks count from the same zero: the page's own plus where it began.
ENTERED = """
addEventListener("keydown", (event) => {
  if (event.key === "Enter") sessionStorage.setItem("entered", performance.timeOrigin + event.timeStamp);
}, true);
"""
PAINTED = """
() => new Promise((tell) => {
  new PerformanceObserver((list) => {
    const painted = list.getEntries().at(-1).startTime;
    const { requestStart, responseEnd } = performance.getEntriesByType("navigation")[0];
    const entered = Number(sessionStorage.getItem("entered"));
    tell([performance.timeOrigin + painted - entered, responseEnd - requestStart]);
  }).observe({ type: "largest-contentful-paint", buffered: true });
})
"""


@dataclass(frozen=True, slots=True)
class Wait:
    """One question: milliseconds until its results were painted, those of the server, and how many it had."""

    painted: float
    answered: float
    found: int


@dataclass(frozen=True, slots=True)
class Visit:
    """What a browser that holds nothing yet fetches for one page; bytes as they are read, without headers."""

    path: str
    sizes: dict[str, int]

    @property
    def size(self) -> int:
        """Bytes of all that was fetched."""
        return sum(self.sizes.values())

    @property
    def elsewhere(self) -> list[str]:
        """Addresses that were asked of another server."""
        return [address for address in self.sizes if not address.startswith("/")]


def chromium_path() -> str | None:
    """Where the browser is, if there is one."""
    return next(filter(None, map(shutil.which, NAMES)), None)


@contextmanager
def browser() -> Iterator[Browser]:
    """Chromium, without a window."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=chromium_path(), args=QUIET)
        yield chromium
        chromium.close()


def waits(context: BrowserContext, base: str, questions: Sequence[str]) -> list[Wait]:
    """Each question, typed and waited for."""
    context.add_init_script(ENTERED)
    page = context.new_page()
    found: list[Wait] = []
    for question in questions:
        page.goto(base)
        page.locator("#q").focus()
        page.keyboard.insert_text(question)
        with page.expect_navigation():
            page.keyboard.press("Enter")
        painted, answered = page.evaluate(PAINTED)
        found.append(Wait(painted, answered, page.locator(".hits > li").count()))
    page.close()
    return found


def first_visit(chromium: Browser, base: str, path: str) -> Visit:
    """One page, fetched by a browser that holds nothing yet."""
    context = chromium.new_context()
    page = context.new_page()
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))
    page.goto(base + path)
    page.wait_for_load_state("networkidle")
    sizes = {answer.url.removeprefix(base): len(answer.body()) for answer in answers}
    context.close()
    return Visit(path, sizes)


def measured(index: Path, questions: Sequence[str], warming: int = WARMING) -> tuple[list[Wait], list[Visit]]:
    """What is waited for over an index, the first questions aside, and what first visits fetch."""
    with served(index) as (base, *_), browser() as chromium:
        context = chromium.new_context()
        every = waits(context, base, questions)
        context.close()
        visits = [first_visit(chromium, base, path) for path in ("/", f"/search?q={questions[-1]}")]
    return every[warming:], visits


def report(index: Path, every: Sequence[Wait], visits: Sequence[Visit]) -> Iterator[str]:
    """Lines of text."""
    painted = [wait.painted for wait in every]
    found = sum(wait.found > 0 for wait in every)
    yield f"{index}: {len(every)} questions, {found} with results"
    high, answered = np.percentile(painted, 95), median(wait.answered for wait in every)
    yield f"  Enter to painted results: {median(painted):.0f} ms (median), {high:.0f} ms (95th percentile)"
    yield f"  the server's answer in that: {answered:.0f} ms (median)"
    for visit in visits:
        path, requests = visit.path.partition("?")[0], f"{len(visit.sizes)} requests"
        yield (
            f"  first visit of {path}: {requests}, {len(visit.elsewhere)} of them elsewhere, "
            f"{visit.size:,} bytes (at most {LIMIT:,})"
        )


def main(indexes: Sequence[Path]) -> int:
    """Print what was measured over each index; 1 where a first visit fetches more than it may."""
    if chromium_path() is None:
        print(MISSING, file=sys.stderr)
        return 1
    with TemporaryDirectory(prefix="serai-browsing-") as folder:
        asked = write_questions(Path(folder) / "questions.json", data_folder())
    questions = [question.text for question in (*asked.warming[:WARMING], *asked.measured[:MEASURED])]
    met = True
    for index in indexes:
        every, visits = measured(index, questions)
        print("\n".join(report(index, every, visits)), flush=True)
        met = met and all(visit.size <= LIMIT and not visit.elsewhere for visit in visits)
    return int(not met)


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit("usage: python -m benchmarks.browsing INDEX [INDEX ...]")
    sys.exit(main([Path(name) for name in sys.argv[1:]]))

"""Every command, answer and program in the README and in docs/ is run, over the five articles.

An indented block is a session: what follows ``$`` is typed, the rest is what comes back. A fenced ``json``
is the answer to the command above it, ``sh`` and ``python`` are run, and ``text`` is what they print; what
is fenced as anything else (``nginx``) is a file to copy. ``…`` stands for anything. JavaScript and HTML
run in a browser: tests/browser/.
"""

import json
import os
import re
import shutil
import signal
import subprocess
import sys

import pytest

from indexer.request import SearchRequest
from indexer.service import SearchService
from indexer.settings import Settings
from tests.documents import compared, fenced, sessions
from tests.tree import ROOT
from tests.web.running import SERAI, built_index, running

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
#: Where the pages say that Serai answers.
ADDRESS = "http://127.0.0.1:8000"
ANNOUNCED = re.compile(r"http://127\.0\.0\.1:\d+")
JUDGED = {
    "docs.jsonl": '{"id": "d", "title": "t", "text": "the harbour in winter"}\n',
    "queries.jsonl": '{"id": "q", "text": "harbour"}\n',
    "qrels.tsv": "q\t0\td\t1\n",
}
ROW = re.compile(
    r"^\| `(?P<query>[^`]+)` \|.*\| (?P<total>\d+)(?:: (?P<languages>[\w, ]+))? \|$", re.MULTILINE
)


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    return built_index(tmp_path_factory.mktemp("examples"))


@pytest.fixture(scope="module")
def address(index):
    with running(index, "--workers", "1") as server:
        yield server.address


@pytest.fixture
def clone(index, tmp_path):
    """A folder like a clone after `make run`, and a judged collection beside it."""
    folder = tmp_path / "serai"
    (folder / ".venv" / "bin").mkdir(parents=True)
    (folder / ".venv" / "bin" / "serai").symlink_to(SERAI)
    (folder / "seeds").symlink_to(ROOT / "seeds")
    shutil.copytree(index, folder / "var" / "index")
    (judged := tmp_path / "shared" / "data" / "xquad" / "en").mkdir(parents=True)
    for name, content in JUDGED.items():
        (judged / name).write_text(content)
    return folder


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_what_a_page_shows_is_what_happens(page, clone, address):
    printed, before = "", ""
    for block in fenced(page):
        place = f"{page.name}:{block.line}"
        if block.language == "console":
            for command, expected in sessions(block.text):
                printed = typed(command, clone, address)
                assert not expected or compared(printed, expected), f"{place}: {command}\n{printed}"
        elif block.language == "json":
            difference = unlike(json.loads(printed.strip().splitlines()[-1]), loosely(block.text))
            assert not difference, f"{place}: {difference}"
        elif block.language in PROGRAMS:
            printed = ran([*PROGRAMS[block.language], block.text.replace(ADDRESS, address)], clone)
        elif block.language == "text" and before in PROGRAMS:
            assert compared(printed, block.text), f"{place}\n{printed}"
        before = block.language


PROGRAMS = {"sh": ["bash", "-euc"], "python": [sys.executable, "-c"]}


def ran(command, folder):
    """What a program prints."""
    outside = {name: value for name, value in os.environ.items() if not name.startswith("SERAI_")}
    done = subprocess.run(
        command, cwd=folder, env=outside, text=True, timeout=120,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout
    return done.stdout


def typed(command, folder, address):
    """What a command of a session prints; a server is stopped once it has said where it answers."""
    if command.split()[0] == "make":
        assert re.search(rf"^{command.split()[1]}:", (ROOT / "Makefile").read_text(), re.MULTILINE), command
        return ""
    if "serai serve" in command:
        return announced(re.sub(r" --port \d+|$", " --port 0", command, count=1), folder)
    return ran(["bash", "-uc", "set -o pipefail; " + command.replace(ADDRESS, address)], folder)


def announced(command, folder):
    """What a server says of its address. With one worker, which answers by then, it stops at once."""
    words = ["bash", "-c", f"exec env SERAI_WORKERS=1 {command}"]
    with subprocess.Popen(words, cwd=folder, stdout=subprocess.PIPE, text=True) as server:
        said = server.stdout.readline()
        server.send_signal(signal.SIGTERM)
        assert server.wait(60) == 0
    return ANNOUNCED.sub(ADDRESS, said)


#: What is another number or another name each time, or with each change of the ranking.
VARIES = {"took_ms", "score", "start", "generation", "built", "bytes", "version"}


def loosely(text):
    """JSON in which ``…`` may stand where a value does."""
    return json.loads(re.sub(r"(?<=[\[,\s])…(?=[\],])", '"…"', text))


def unlike(answer, shown, name=""):
    """Where an answer is not as it is shown; nothing where it is."""
    if name in VARIES:
        return "" if type(answer) is type(shown) else f"{name}: {answer!r} is no {type(shown).__name__}"
    if isinstance(shown, dict) and isinstance(answer, dict):
        if list(answer) != list(shown):
            return f"{name}: its keys are {list(answer)}"
        return next(filter(None, (unlike(answer[key], value, key) for key, value in shown.items())), "")
    if isinstance(shown, list) and isinstance(answer, list):
        whole = shown[-1:] != ["…"]
        kept = shown if whole else shown[:-1]
        if len(answer) < len(kept) or (whole and len(answer) != len(kept)):
            return f"{name}: it holds {len(answer)}: {answer}"
        pairs = zip(answer, kept, strict=False)
        return next(filter(None, (unlike(one, other, name) for one, other in pairs)), "")
    if isinstance(shown, str) and isinstance(answer, str):
        return "" if compared(answer, shown) else f"{name}: {answer!r} is not {shown!r}"
    return "" if answer == shown else f"{name}: {answer!r} is not {shown!r}"


def test_a_query_finds_what_its_row_says(index):
    """The tables of docs/search.md."""
    rows = list(ROW.finditer((ROOT / "docs" / "search.md").read_text(encoding="utf-8")))
    assert len(rows) > 20
    service = SearchService.open(Settings(index=index))
    for row in rows:
        found = service.search(SearchRequest(row["query"]))
        told = row["languages"].split(", ") if row["languages"] else []
        assert found.total == int(row["total"]), row["query"]
        assert sorted(hit.language for hit in found.hits) == sorted(told), row["query"]
    service.close()


def test_no_block_is_of_a_kind_that_nobody_runs():
    """A block of JavaScript or HTML stands where tests/browser/ looks for it."""
    places = {(block.language, block.page.name) for page in PAGES for block in fenced(page)}
    assert {place for place in places if place[0] in ("javascript", "html", "js")} == {
        ("javascript", "api.md"),
        ("html", "embed.md"),
    }

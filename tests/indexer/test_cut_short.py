"""A file of the index is cut short, before a command or under it: the command says so, and is never ended.

Each command is a process of its own, since a file that is mapped would end it by a signal.
"""

import itertools
import os
import shutil
import urllib.error
import urllib.request
from functools import partial
from urllib.parse import quote

import pytest

from indexer import generations
from indexer.rebuild import rebuild
from tests.faults import doing
from tests.faults.load import memory
from tests.web.running import running

ROWS = [
    {
        "id": f"{number}",
        "title": f"Title {number}",
        "text": f"word{number} harbour 港口 storm{number % 90} " * 9,
    }
    for number in range(600)
]
#: Of some a page and more is read at once, of others many small slices.
FILES = [
    "lexicon",
    "ledger",
    "serai_0000.trm",
    "serai_0000.pst",
    "serai_0000._stored.col",
    "serai_0000.day.col",
]
PARTS = [0.0, 0.3, 0.7, 0.99]
#: Of commands that make many calls, not each one is struck.
STRIDES = {"rebuild": 40, "update": 20, "recall": 16}
COMMANDS = {
    "update": ["update", "--jobs", "1"],
    "search": ["search", "harbour harbuor word7 港口"],
    "explain": ["explain", "harbour storm7 港口", "corpus/a.jsonl#7"],
    "verify": ["verify"],
    "recall": ["verify", "--recall", "--sample", "20"],
    "status": ["status"],
    "rebuild": ["rebuild", "--jobs", "1"],
}


@pytest.fixture
def built(corpus, index):
    """The settings of an index, of which something is to be updated."""
    folder = corpus({"a.jsonl": ROWS})
    rebuild([folder], index)
    corpus({"a.jsonl": [*ROWS[:7], *ROWS[9:]], "b.txt": "Another harbour."})
    return index, folder


def words(command, built):
    index, folder = built
    name, *rest = COMMANDS[command]
    paths = [str(folder)] if name == "rebuild" else []
    return [name, "--index", str(index.index), "--quiet", *rest, *paths]


@pytest.mark.parametrize("command", COMMANDS)
def test_a_file_cut_short_before_is_said(built, tmp_path, command):
    index, _ = built
    shutil.copytree(index.index, tmp_path / "kept")
    for name in FILES:
        for part in PARTS:
            path = generations.current(index.index) / name
            os.truncate(path, int(part * path.stat().st_size))
            code = doing.run(words(command, built))
            assert code == (0 if command == "rebuild" else 1), (name, part)
            shutil.rmtree(index.index)
            shutil.copytree(tmp_path / "kept", index.index)


@pytest.mark.parametrize("harm", ["cut short", "removed"])
@pytest.mark.parametrize("command", COMMANDS)
def test_files_harmed_while_it_works_are_said(built, tmp_path, command, harm):
    """Before one or another of the calls that touch files: so some are open by then, and looked through."""
    index, _ = built
    shutil.copytree(index.index, tmp_path / "kept")
    struck = tmp_path / "struck"
    codes = []
    for number in itertools.count(1, STRIDES.get(command, 4)):
        folder = generations.current(index.index)
        action = partial(HARMS[harm], [folder / name for name in FILES], struck)
        codes.append(doing.run(words(command, built), partial(doing.at_call, number, action)))
        if not struck.exists():
            break  # it makes fewer calls
        struck.unlink()
        shutil.rmtree(index.index)
        shutil.copytree(tmp_path / "kept", index.index)
    assert set(codes) <= {0, 1}, codes
    assert codes[-1] == 0
    assert len(codes) > 4
    if command != "rebuild":
        assert 1 in codes


def cut_short(paths, struck):
    """Cut files where they stand, as a disk does it; whoever has them open sees it."""
    struck.touch()
    for number, path in enumerate(paths):
        if path.exists():
            os.truncate(path, int(PARTS[number % 2] * path.stat().st_size))


def remove(paths, struck):
    """Remove files; whoever has them open does not see it."""
    struck.touch()
    for path in paths:
        path.unlink(missing_ok=True)


HARMS = {"cut short": cut_short, "removed": remove}


def test_a_server_whose_files_are_cut_short_goes_on(built):
    """Its processes stay: they say that the index is damaged, and answer as soon as there is another one."""
    index, folder = built
    with running(index.index, "--workers", "2") as server:
        assert asked(server, "harbour") == 200
        processes = memory(server.address).keys()
        for name in FILES:
            path = generations.current(index.index) / name
            os.truncate(path, path.stat().st_size // 3)
        answers = [
            asked(server, query)
            for number in range(40)
            for query in (f"storm{number}", f"wrod{number}", f'"word{number} harbour"', "har*")
        ]
        assert set(answers) <= {200, 503}
        assert 503 in answers
        assert doing.run(["rebuild", "--index", str(index.index), "--quiet", str(folder)]) == 0
        assert [asked(server, f"storm{number}") for number in range(20)] == [200] * 20
        assert memory(server.address).keys() == processes
        assert "Traceback" not in server.said


def asked(server, query):
    """The status of the answer to a search."""
    try:
        with urllib.request.urlopen(f"{server.address}/api/v1/search?q={quote(query)}", timeout=30) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        with error:
            return error.code

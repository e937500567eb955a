"""Generations: built aside, published by one rename, two kept, one writer at a time."""

import os
import signal
import subprocess
import sys

import pytest

from indexer import generations
from indexer.errors import IndexBusy, IndexUnavailable

#: Takes the lock, says so, and waits to be told to leave (or to be killed).
WRITER = """
import sys
from pathlib import Path
from indexer import generations
with generations.writing(Path(sys.argv[1])) as building:
    (building / "half").write_text("half")
    print(building.name, flush=True)
    sys.stdin.readline()
"""


def publish(index, name, content="x"):
    with generations.writing(index) as building:
        (building / "file").write_text(content)
        return generations.publish(index, building, name)


def names(index):
    return sorted(path.name for path in index.iterdir())


def test_what_is_published_is_current(tmp_path):
    folder = publish(tmp_path / "deep" / "index", "gen-1")
    assert generations.current(tmp_path / "deep" / "index") == folder
    assert (folder / "file").read_text() == "x"
    assert names(tmp_path / "deep" / "index") == ["CURRENT", "gen-1", "lock"]


def test_two_are_kept(tmp_path):
    for number in range(1, 5):
        publish(tmp_path, f"gen-{number}")
    assert names(tmp_path) == ["CURRENT", "gen-3", "gen-4", "lock"]
    assert generations.current(tmp_path).name == "gen-4"


def test_a_generation_that_was_never_made_current_is_removed(tmp_path):
    publish(tmp_path, "gen-1")
    (tmp_path / "gen-2").mkdir()  # as after a kill between the two renames
    publish(tmp_path, "gen-3")
    assert names(tmp_path) == ["CURRENT", "gen-1", "gen-3", "lock"]


def test_generations_that_were_never_made_current_do_not_pile_up(tmp_path):
    publish(tmp_path, "gen-1")
    publish(tmp_path, "gen-2")
    (tmp_path / "gen-3").mkdir()
    with generations.writing(tmp_path):
        assert names(tmp_path) == ["CURRENT", f"building-{os.getpid()}", "gen-1", "gen-2", "lock"]


def test_a_failure_leaves_what_was_there(tmp_path):
    publish(tmp_path, "gen-1")

    def fail():
        with generations.writing(tmp_path) as building:
            (building / "file").write_text("half")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert names(tmp_path) == ["CURRENT", "gen-1", "lock"]
    assert generations.current(tmp_path).name == "gen-1"


def test_without_an_index_that_is_said_with_the_command_that_mends_it(tmp_path):
    with pytest.raises(IndexUnavailable, match="no index in") as caught:
        generations.current(tmp_path)
    assert "serai rebuild" in caught.value.hint
    with pytest.raises(IndexUnavailable):
        generations.current(tmp_path / "nowhere")


def test_an_index_of_another_user_is_not_read(tmp_path, monkeypatch):
    publish(tmp_path, "gen-1")
    monkeypatch.setattr(os, "geteuid", lambda: tmp_path.stat().st_uid + 1)
    if tmp_path.stat().st_uid:
        with pytest.raises(IndexUnavailable, match="another user"):
            generations.current(tmp_path)
    else:
        os.chown(tmp_path, 4711, -1)
        with pytest.raises(IndexUnavailable, match="another user"):
            generations.current(tmp_path)


def test_an_index_that_anybody_may_write_is_not_read(tmp_path):
    publish(tmp_path, "gen-1")
    tmp_path.chmod(0o777)
    with pytest.raises(IndexUnavailable, match="anybody may write") as caught:
        generations.current(tmp_path)
    assert "chmod o-w" in caught.value.hint
    tmp_path.chmod(0o755)
    assert generations.current(tmp_path).name == "gen-1"


GARBAGE = {
    "empty": b"",
    "another name": b"gen-2\n",
    "a path": b"../gen-1\n",
    "a path inside": b"gen-1/../gen-1\n",
    "a file of ours": b"lock\n",
    "no text": b"\xff\xfe\x00\x9f",
    "NUL": b"gen-1\0\n",
    "two lines": b"gen-1\ngen-1\n",
    "long": b"gen-" + b"x" * 5000,
}


@pytest.mark.parametrize("content", GARBAGE.values(), ids=GARBAGE.keys())
def test_garbage_in_the_pointer_is_no_index_and_can_be_published_over(tmp_path, content):
    publish(tmp_path, "gen-1")
    (tmp_path / "CURRENT").write_bytes(content)
    with pytest.raises(IndexUnavailable) as caught:
        generations.current(tmp_path)
    assert "serai rebuild" in caught.value.hint
    publish(tmp_path, "gen-2")
    assert generations.current(tmp_path).name == "gen-2"


def test_a_file_in_place_of_the_folder_is_said(tmp_path):
    (tmp_path / "index").write_text("")
    with pytest.raises(IndexUnavailable), generations.writing(tmp_path / "index"):
        pass
    with pytest.raises(IndexUnavailable):
        generations.current(tmp_path / "index")


@pytest.fixture
def writer(tmp_path):
    """Another process that is writing the index in ``tmp_path``."""
    process = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    process.building = process.stdout.readline().strip()
    yield process
    process.kill()
    process.communicate()


def test_while_another_process_writes_the_index_is_busy(tmp_path, writer):
    with pytest.raises(IndexBusy) as caught, generations.writing(tmp_path):
        pass
    assert caught.value.hint
    assert (tmp_path / writer.building / "half").exists(), "what the other builds is left alone"


def test_when_the_other_process_is_done_the_lock_is_free(tmp_path, writer):
    writer.communicate("\n")
    assert names(tmp_path) == ["lock"]
    publish(tmp_path, "gen-1")


def test_a_killed_writers_lock_is_free_and_its_leftovers_go(tmp_path, writer):
    os.kill(writer.pid, signal.SIGKILL)
    writer.wait()
    assert writer.building in names(tmp_path)
    publish(tmp_path, "gen-1")
    assert names(tmp_path) == ["CURRENT", "gen-1", "lock"]


def test_a_reader_never_sees_half_a_pointer(tmp_path):
    publish(tmp_path, "gen-1")
    command = [sys.executable, "-c", READER, str(tmp_path)]
    reader = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    reader.stdout.readline()
    for number in range(2, 30):
        publish(tmp_path, f"gen-{number}")
    seen, _ = reader.communicate("\n")
    assert seen.splitlines()[-1] == "ok"


def test_a_reader_that_is_outrun_reads_the_pointer_again(tmp_path, monkeypatch):
    """Between the pointer and its folder two more may be published, and the folder removed."""
    publish(tmp_path, "gen-1")
    named, names_seen = generations._named, []

    def slow(index):
        name, there = named(index)
        names_seen.append(name)
        if len(names_seen) == 1:
            publish(tmp_path, "gen-2")
            publish(tmp_path, "gen-3")
            there = (index / name).is_dir()
        return name, there

    with monkeypatch.context() as patch:
        patch.setattr(generations, "_named", slow)
        assert generations.current(tmp_path).name == "gen-3"
    assert names_seen[0] == "gen-1"


#: Asks for the current generation over and over until it is told to stop; says what went wrong.
READER = """
import select, sys
from pathlib import Path
from indexer import generations
print("ready", flush=True)
wrong = set()
while not select.select([sys.stdin], [], [], 0)[0]:
    try:
        generations.current(Path(sys.argv[1]))
    except Exception as error:
        wrong.add(repr(error))
print(wrong or "ok")
"""

"""What is told of rebuilds and updates: of the one that made the index, and of the last one tried."""

import json
import os
import signal
import subprocess
import sys
from datetime import datetime

import pytest

from indexer import generations, manifest
from indexer.attempts import State
from indexer.errors import CorpusError, IndexBusy, IndexUnavailable
from indexer.rebuild import rebuild
from indexer.update import update

FILES = {
    "a.txt": "Peat bogs\n\nThe bog keeps what falls into it.",
    "empty.txt": "",
    "broken.jsonl": '{"text": "good"}\n{"text": 7}\nno json',
    "one.pdf": b"%PDF",
    "two.pdf": b"%PDF",
    "three.docx": b"PK",
}

KILLED = """
import os, signal, sys
from pathlib import Path
from indexer import generations
with generations.writing(Path(sys.argv[1]), "update"):
    os.kill(os.getpid(), signal.SIGKILL)
"""


def record(index):
    return manifest.read(generations.current(index.index))


def state(index):
    attempt = generations.attempt(index.index)
    return attempt and (attempt.kind, attempt.state)


def test_the_manifest_tells_what_made_the_index(corpus, index):
    folder = corpus(FILES)
    done = rebuild([folder], index)
    made = record(index)
    assert (made.kind, made.documents, made.rejected, made.skipped) == ("rebuild", 2, 3, 3)
    assert 0 < made.seconds <= done.seconds
    (folder / "b.txt").write_text("Another one.", encoding="utf-8")
    update([], index)
    made = record(index)
    assert (made.kind, made.documents, made.rejected) == ("update", 3, 3)


def test_the_last_attempt_is_told_whatever_became_of_it(corpus, index):
    assert generations.attempt(index.index) is None
    folder = corpus(FILES)
    with pytest.raises(CorpusError):
        rebuild([folder], index, strict=True)
    assert state(index) == ("rebuild", State.FAILED)
    rebuild([folder], index)
    assert state(index) == ("rebuild", State.DONE)
    built = record(index).built
    update([], index)
    assert state(index) == ("update", State.DONE)
    attempt = generations.attempt(index.index)
    assert datetime.fromisoformat(attempt.began) <= datetime.fromisoformat(attempt.ended)
    assert record(index).built == built, "nothing had changed"


def test_while_one_writes_that_is_told_and_who_comes_second_changes_nothing(corpus, index):
    folder = corpus(FILES)
    rebuild([folder], index)
    with generations.writing(index.index, "update"):
        assert state(index) == ("update", State.RUNNING)
        with pytest.raises(IndexBusy):
            rebuild([folder], index)
        assert state(index) == ("update", State.RUNNING)
    assert state(index) == ("update", State.DONE)


def test_one_that_was_killed_never_ends(tmp_path):
    run = subprocess.run([sys.executable, "-c", KILLED, tmp_path], check=False)
    assert run.returncode == -signal.SIGKILL
    attempt = generations.attempt(tmp_path)
    assert (attempt.kind, attempt.state, attempt.ended) == ("update", State.RUNNING, "")


def test_what_became_of_it_is_noted_though_the_disk_is_full(tmp_path, monkeypatch):
    """The room is taken when it begins; and what cannot be noted at all stops nobody."""
    with generations.writing(tmp_path):
        size = (tmp_path / "lock").stat().st_size
    assert (tmp_path / "lock").stat().st_size == size

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "pwrite", full)
    with generations.writing(tmp_path, "update"):
        pass
    assert generations.attempt(tmp_path).kind == "rebuild"


@pytest.mark.parametrize(
    "content", [b"", b"\xff", b"[]", b"{}", b'{"kind": "x"}', b'{"state": "else"}', b"[" * 5_000]
)
def test_what_is_not_understood_tells_nothing(tmp_path, content):
    (tmp_path / "lock").write_bytes(content)
    assert generations.attempt(tmp_path) is None
    with generations.writing(tmp_path):
        pass


def test_an_index_of_before_is_read_and_what_it_does_not_know_is_not_told(corpus, index):
    rebuild([corpus(FILES)], index)
    folder = generations.current(index.index)
    text = json.loads((folder / manifest.NAME).read_text(encoding="utf-8"))
    for name in ("kind", "seconds", "rejected", "skipped", "digest"):
        text.pop(name)
    whole = {**text, "digest": manifest._digest(text)}
    (folder / manifest.NAME).write_text(manifest._text(whole), encoding="utf-8")
    made = manifest.read(folder)
    assert (made.documents, made.kind, made.seconds, made.rejected, made.skipped) == (
        2,
        None,
        None,
        None,
        None,
    )
    (folder / manifest.NAME).write_text(manifest._text({**whole, "seconds": 7}), encoding="utf-8")
    with pytest.raises(IndexUnavailable):
        manifest.read(folder)

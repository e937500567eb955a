"""Some faults in every run of the tests; `python -m tests.faults` has hundreds, and a server beside them."""

import os
from pathlib import Path

from tests.faults.__main__ import small_disk, strike
from tests.faults.asking import Client
from tests.faults.harness import Harness
from tests.faults.load import Load, memory
from tests.web.running import running

FAULTS = int(os.environ.get("SERAI_TEST_FAULTS", "20"))


def test_no_fault_loses_an_answer(tmp_path):
    with small_disk(tmp_path / "disk") as disk:
        harness = Harness(tmp_path, seed=20240620, disk=disk)
        strike(harness, FAULTS, seed=20240620)
    assert harness.outcome.lost == []
    assert harness.outcome.faults.total() == FAULTS
    assert {"old", "damaged"} <= harness.outcome.left.keys()


def test_the_harness_sees_what_is_lost(tmp_path, monkeypatch):
    """A writer that publishes before it has written, and a check that finds nothing: both are told."""
    harness = Harness(tmp_path, seed=3)

    def half(words):
        for path in sorted(Path(harness.settings.index).glob("gen-*/lexicon")):
            path.write_bytes(b"")
        return False

    monkeypatch.setitem(Harness._FAULTS, "half", lambda self, words: half(words))
    harness.fault("half", "rebuild")
    assert any("lexicon" in lost for lost in harness.outcome.lost)


def test_clients_are_answered_rightly_while_the_index_changes(tmp_path):
    load = Load(tmp_path, seed=20240620)
    with running(load.settings.index, "--workers", "2") as server:
        with Client(server.address, 1, pause=0.0) as one, Client(server.address, 2, pause=0.0) as other:
            load.run([one, other], seconds=0, changes=3)
        assert len(memory(server.address)) == 3
    assert (load.failed, load.wrong) == (0, 0)
    assert load.asked > 3

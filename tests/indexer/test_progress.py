"""What a person is told while an index is built."""

import io
import re

import pytest

from indexer import progress as module
from indexer.building import Step
from indexer.progress import Progress, Watch


@pytest.fixture
def clock(monkeypatch):
    """The time, which a test sets."""
    now = [100.0]
    monkeypatch.setattr(module, "perf_counter", lambda: now[0])
    return now


def watched(clock, *, seconds, terminal=False, quiet=False):
    stream = io.StringIO()
    stream.isatty = lambda: terminal
    watch = Watch(quiet=quiet, stream=stream)
    for done in range(1, 1_001):
        clock[0] += seconds
        watch("asking", done, 1_000)
    return stream.getvalue()


def test_a_check_says_how_far_it_is_now_and_then(clock):
    assert watched(clock, seconds=0.015625).splitlines() == [
        *(f"asking: {done} of 1,000" for done in (320, 640, 960)),
        "asking: 1,000 of 1,000",
    ]
    assert watched(clock, seconds=0.015625, terminal=True).count("\r\x1b[K") > 80
    assert watched(clock, seconds=0.01, quiet=True) == ""


def told(clock, *steps, seconds=10.0):
    stream = io.StringIO()
    with Progress(stream=stream) as progress:
        for step in steps:
            clock[0] += seconds
            progress(step)
    return stream.getvalue().splitlines()


def test_documents_rate_and_time_left_are_told(clock):
    lines = told(clock, Step(1_000, 50_000_000, 60_000_000, 240_000_000))
    assert lines == ["1,000 documents, 5.0 MB/s, 0:30 left, then merging"]


def test_time_left_is_worked_out_from_all_that_was_read(clock):
    half = Step(5, 1_000_000, 300, 2_400)
    assert told(clock, half, half)[-1] == "10 documents, 0.1 MB/s, 1:00 left, then merging"


def test_what_nobody_knows_is_not_told(clock):
    assert told(clock, Step(5, 1_000, 300, None)) == ["5 documents, 0.0 MB/s, time left unknown"]


def test_the_end_is_told(clock):
    assert told(clock, Step(5, 1_000, 300, 300))[-1].endswith("all read, merging")


def test_quiet_and_quick_rebuilds_say_nothing(clock):
    assert told(clock, Step(5, 1_000, 300, 600), seconds=1.0) == []
    stream = io.StringIO()
    clock[0] += 60
    Progress(quiet=True, stream=stream)(Step(5, 1_000, 300, 600))
    assert stream.getvalue() == ""


def test_a_terminal_gets_one_line_that_changes(clock):
    stream = io.StringIO()
    stream.isatty = lambda: True
    with Progress(stream=stream) as progress:
        clock[0] += 10.0
        progress(Step(1_000, 50_000_000, 60_000_000, 240_000_000))
    assert re.search(r"1,000 documents, 5\.0 MB/s, 0:30 left", stream.getvalue())
    assert stream.getvalue().count("\n") <= 1

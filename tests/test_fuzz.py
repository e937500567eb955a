"""Every run of the tests tries what fuzzing began with, and each input that failed once.

`python -m tests.fuzz` looks for more (CONTRIBUTING.md).
"""

import os
import random
from pathlib import Path

import pytest

from tests.analyzers.texts import EVERY, random_text
from tests.fuzz.targets import TARGETS, bytes_of, text_of

FOUND = Path(__file__).with_name("fuzz") / "found"
#: Inputs made of the seeds, of each target.
INPUTS = int(os.environ.get("SERAI_TEST_INPUTS", "40"))


@pytest.mark.parametrize("name", TARGETS)
def test_what_failed_once_does_so_no_more(name):
    for path in sorted((FOUND / name).glob("*")):
        TARGETS[name].call(path.read_bytes())


def test_what_is_kept_is_of_a_target():
    assert {path.name for path in FOUND.iterdir()} <= TARGETS.keys()


@pytest.mark.parametrize("name", TARGETS)
def test_promises_are_kept_on_what_fuzzing_begins_with(name):
    target = TARGETS[name]
    rng = random.Random(20261126)
    seeds = list(target.seeds)
    for content in rng.sample(seeds, min(INPUTS, len(seeds))):
        target.call(content)
    for _ in range(INPUTS):
        first, *rest = rng.choice(seeds)
        text = text_of(bytes(rest))
        start, end = sorted(rng.randrange(len(text) + 1) for _ in range(2))
        changed = text[:start] + random_text(rng, EVERY, 3, 5) + text[end:]
        target.call(bytes_of(changed, first)[: target.longest])


@pytest.mark.parametrize("name", TARGETS)
def test_no_input_at_all_is_one_too(name):
    for content in (b"", b"\x00", b"\x01", b"\xff\xff"):
        TARGETS[name].call(content)

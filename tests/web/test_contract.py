"""The contract, fuzzed: every operation that the API describes, with right and with wrong parameters."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.web.conftest import CONTRACT
from tests.web.running import ROOT, built_index, running
from web.openapi import OPERATIONS, description

SCHEMATHESIS = Path(sys.executable).with_name("schemathesis")
FUZZ = Path(__file__).with_name("fuzz")
#: The same cases each time; how many the fuzzer makes up of each operation, beside those it derives.
SEED, EXAMPLES = 7, 25


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    with running(built_index(tmp_path_factory.mktemp("contract")), "--workers", "1") as server:
        yield server.address


@pytest.mark.line(42)
def test_no_operation_breaks_its_contract(address, tmp_path, request):
    """Answers are as described, what is wrong is refused, what is right is not, and nothing fails."""
    described = tmp_path / "openapi.json"
    described.write_text(json.dumps(description()))
    command = [
        SCHEMATHESIS, "--no-color", "--config-file", FUZZ / "schemathesis.toml",
        "run", described, "--url", address, "--seed", str(SEED), "--max-examples", str(EXAMPLES),
        # Half of the ids that can be made up are no path at all.
        "--suppress-health-check", "filter_too_much",
    ]  # fmt: skip
    here = os.environ | {"SCHEMATHESIS_HOOKS": "tests.web.fuzz.hooks", "PYTHONPATH": str(ROOT)}
    fuzzed = subprocess.run(command, cwd=tmp_path, env=here, capture_output=True, text=True, timeout=300)
    assert fuzzed.returncode == 0, re.sub("(?m)^(.{400}).*$", r"\1…", fuzzed.stdout + fuzzed.stderr)
    summary = fuzzed.stdout.partition("= SUMMARY =")[2].partition("\n")[2].strip()
    assert f"Selected: {len(OPERATIONS)}/{len(OPERATIONS)}" in summary
    assert f"Tested: {len(OPERATIONS)}" in summary
    request.config.stash[CONTRACT] = summary

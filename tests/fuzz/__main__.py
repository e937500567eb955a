"""``python -m tests.fuzz TARGET --seconds 120``: for so long, inputs made of those that reached new code.

TARGET is one of those in `tests/fuzz/targets.py`, or several. Printed are the executions, and of each target
the input that broke a promise, if one did: mend what it shows, and keep it by moving it to where it is said.
"""

import argparse
import os
import re
import subprocess
import sys
import tempfile
import time
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from tests.fuzz.targets import TARGETS

#: Inputs that failed once, and are tried by every run of the tests; a folder for each target.
FOUND = Path(__file__).with_name("found")
#: Seconds after which an input is one that hangs, and MiB of memory that none may take.
_HANGS, _MEMORY = 20, 3_000
_EXECUTIONS = re.compile(r"stat::number_of_executed_units:\s*(\d+)")
_COVERED = re.compile(r"\bcov: (\d+)")


class Outcome(NamedTuple):
    """What became of one target: executions, edges of code reached, seconds, and the input that failed."""

    executions: int
    covered: int
    seconds: float
    failed: Path | None
    said: str


def main() -> int:
    """Fuzz the targets one after another; the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("targets", nargs="+", choices=[*TARGETS, "all"], metavar="TARGET")
    parser.add_argument("--seconds", type=int, default=120, help="for each target")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--kept", type=Path, default=Path("reports/fuzz"), help="where what was reached is kept"
    )
    options = parser.parse_args()
    broken = 0
    for name in TARGETS if "all" in options.targets else options.targets:
        outcome = fuzzed(name, options.seconds, options.seed, options.kept.resolve())
        print(
            f"{name:<10} {outcome.executions:>9,} executions in {outcome.seconds:,.0f} s, "
            f"{outcome.covered:,} edges reached: {'FAILED' if outcome.failed else 'nothing found'}",
            flush=True,
        )
        if outcome.failed is not None:
            broken += 1
            content = outcome.failed.read_bytes()
            print(outcome.said)
            print(f"  input: {content!r}")
            print(f"  keep it: mkdir -p {FOUND / name}; cp {outcome.failed} {FOUND / name}/NAME")
    return 1 if broken else 0


def fuzzed(name: str, seconds: int, seed: int, kept: Path) -> Outcome:
    """One target for so long, from its seeds, what was found before, and what an earlier run reached."""
    corpus, failed = kept / name / "corpus", kept / name / "failed"
    for folder in (corpus, failed, FOUND / name):
        folder.mkdir(parents=True, exist_ok=True)
    target = TARGETS[name]
    for content in target.seeds:
        (corpus / blake2b(content, digest_size=10).hexdigest()).write_bytes(content[: target.longest])
    for old in failed.iterdir():
        old.unlink()
    command = [
        *(sys.executable, "-m", "tests.fuzz.child", name),
        *(
            f"-max_total_time={seconds}",
            f"-seed={seed}",
            f"-max_len={target.longest}",
            "-print_final_stats=1",
        ),
        *(f"-timeout={_HANGS}", f"-rss_limit_mb={_MEMORY}", f"-artifact_prefix={failed}/"),
        *(str(corpus), str(FOUND / name)),
    ]
    started = time.monotonic()
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as said:
        subprocess.run(
            command, check=False, stdout=said, stderr=said, env=os.environ | {"PYTHONHASHSEED": "0"}
        )
        said.seek(0)
        text = said.read()
    found = _EXECUTIONS.search(text)
    covered = _COVERED.findall(text)
    inputs = sorted(failed.iterdir())
    if found is None and not inputs:
        raise SystemExit(f"{name} was not fuzzed:\n{text[-2_000:]}")
    return Outcome(
        int(found[1]) if found else text.count("\n"),
        int(covered[-1]) if covered else 0,
        time.monotonic() - started,
        inputs[0] if inputs else None,
        "\n".join(line for line in text.splitlines() if not line.startswith("#"))[-3_000:],
    )


if __name__ == "__main__":
    sys.exit(main())

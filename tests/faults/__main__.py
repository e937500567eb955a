"""``python -m tests.faults --faults 500 --seed 7``: so many faults, and what became of the index."""

import argparse
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests.faults.asking import Client
from tests.faults.harness import Harness
from tests.web.running import Running, running

#: The small disk, in bytes.
_DISK = 8 << 20
#: A traceback; its last line, which is the error.
_SURPRISE = re.compile(r"^Traceback .*(?:\n .*)*\n(\S.*)$", re.MULTILINE)
#: Seconds for a fault and what follows, above which that is told.
_SLOW = 20.0
#: The name of the fault that strikes the server itself.
_SERVED = "kill a worker during serve"


def main() -> int:
    """Run the faults; the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("--faults", type=int, default=500)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--seconds", type=float, default=float("inf"), help="begin no fault after so long")
    parser.add_argument("--serve", action="store_true", help="ask a server with two workers meanwhile")
    options = parser.parse_args()
    started = time.monotonic()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="serai-faults-")))
        harness = Harness(folder, options.seed, stack.enter_context(small_disk(folder / "disk")))
        server = client = None
        if options.serve:
            server = stack.enter_context(running(harness.settings.index, "--workers", "2"))
            client = harness.client = stack.enter_context(Client(server.address, options.seed))
        strike(harness, options.faults, options.seed, server, options.seconds)
        if server is not None:
            surprises = sorted(set(_SURPRISE.findall(server.said)))
            harness.outcome.lost += [f"the server was surprised: {error}" for error in surprises]
    outcome = harness.outcome
    for label, count in sorted(outcome.faults.items()):
        print(f"{count:6,}  {label}")
    print(f"{outcome.faults.total():6,}  faults; the index was then: {dict(sorted(outcome.left.items()))}")
    if client is not None:
        print(
            f"{client.asked:6,}  searches over HTTP meanwhile; {client.retried} times a connection was let go"
        )
    for lost in outcome.lost[:20]:
        print(f"        {lost}")
    print(f"{len(outcome.lost):6,}  lost answers; seed {options.seed}, {time.monotonic() - started:,.0f} s")
    return 1 if outcome.lost else 0


def strike(
    harness: Harness,
    faults: int,
    seed: int,
    server: Running | None = None,
    seconds: float = float("inf"),
) -> None:
    """Let so many faults happen, each kind about as often as any other, or as many as there is time for."""
    rng = random.Random(seed)
    end = time.monotonic() + seconds
    kinds = harness.kinds()
    for number in range(faults):
        if time.monotonic() > end:
            return
        if number % len(kinds) == 0:
            rng.shuffle(kinds)
        if server is not None and number % 5 == 0:
            kill_worker(server, rng)
            harness.outcome.faults[_SERVED] += 1
        begun = time.monotonic()
        harness.fault(*kinds[number % len(kinds)])
        if time.monotonic() - begun > _SLOW:
            print(f"{kinds[number % len(kinds)]} took {time.monotonic() - begun:.0f} s", file=sys.stderr)


def kill_worker(server: Running, rng: random.Random) -> None:
    """End one of the processes that answer."""
    listed = Path(f"/proc/{server.process.pid}/task/{server.process.pid}/children").read_text(
        encoding="utf-8"
    )
    if workers := listed.split():
        os.kill(int(rng.choice(workers)), signal.SIGKILL)


@contextmanager
def small_disk(folder: Path) -> Iterator[Path | None]:
    """A disk that is soon full; None, where this user may not mount one."""
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={_DISK}", "tmpfs", str(folder)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        print("No small disk could be mounted: files are limited in size instead.", file=sys.stderr)
        yield None
        return
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


if __name__ == "__main__":
    sys.exit(main())

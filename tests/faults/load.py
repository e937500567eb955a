"""``python -m tests.faults.load --seconds 600``: clients ask two workers while updates and rebuilds run.

Each answer must be that of the index before, or of the one that was being made, whole. It prints the
requests, the failures, the wrong answers, latencies, and the memory of each process at the start and the end.
"""

import argparse
import random
import re
import sys
import tempfile
import time
import urllib.request
from contextlib import ExitStack
from pathlib import Path

from indexer.settings import Settings
from tests.faults import doing
from tests.faults.asking import Answer, Client, answers
from tests.indexer.edits import Folder
from tests.web.running import running

_MEMORY = re.compile(r'^serai_process_resident_bytes\{pid="(\d+)"\} (\S+)$', re.MULTILINE)


def main() -> int:
    """Run it; the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults.load", description=__doc__)
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="serai-load-")))
        load = Load(folder, options.seed)
        server = stack.enter_context(running(load.settings.index, "--workers", "2"))
        clients = [
            stack.enter_context(Client(server.address, options.seed + number, pause=0.0))
            for number in range(options.clients)
        ]
        time.sleep(min(10, options.seconds / 4))  # until caches are full
        before = memory(server.address)
        load.run(clients, options.seconds)
        after = memory(server.address)
    print(
        f"{load.asked:8,}  searches by {options.clients} clients, {load.made} updates and rebuilds meanwhile"
    )
    print(f"{load.failed:8,}  failures; {sum(client.retried for client in clients)} connections let go")
    print(f"{load.wrong:8,}  wrong answers; seed {options.seed}")
    seconds = sorted(second for client in clients for second in client.seconds)
    for share in (0.5, 0.95, 0.99):
        print(f"{1000 * seconds[int(share * (len(seconds) - 1))]:8.1f}  ms at the {share:.0%} percentile")
    for process, size in before.items():
        print(f"          process {process}: {size / 1e6:.0f} MB, then {after.get(process, 0) / 1e6:.0f}")
    return 1 if load.failed or load.wrong else 0


class Load:
    """An index that changes all the time, and what may be answered meanwhile."""

    def __init__(self, folder: Path, seed: int) -> None:
        self._rng = random.Random(seed)
        self.settings = Settings(index=folder / "index", jobs=1)
        self._documents = Folder(folder / "docs", self._rng)
        for _ in range(20):
            self._documents.add()
        self._write("rebuild")
        self._now = answers(self.settings)
        self.asked = self.failed = self.wrong = self.made = 0

    def run(self, clients: list[Client], seconds: float, changes: int = 1) -> None:
        """Change the index, and compare what clients were answered, so long and so many times at least."""
        end = time.monotonic() + seconds
        while time.monotonic() < end or self.made < changes:
            for _ in range(3):
                self._documents.edit()
            self._write(self._rng.choice(["update", "update", "rebuild"]))
            self.made += 1
            new = answers(self.settings)
            # Answers that are under way may still be of the index before.
            time.sleep(1)
            for client in clients:
                self._compare(client, new)
            self._now = new

    def _write(self, name: str) -> None:
        code = doing.run(doing.command(name, self.settings, str(self._documents.root)))
        assert code == 0, f"{name} ends with {code}"

    def _compare(self, client: Client, new: dict[str, Answer]) -> None:
        for query, answer in client.drained():
            self.asked += 1
            self.failed += isinstance(answer, int)
            self.wrong += not isinstance(answer, int) and answer not in (self._now[query], new[query])


def memory(address: str) -> dict[str, float]:
    """The resident bytes of each process of a server."""
    with urllib.request.urlopen(f"{address}/metrics", timeout=30) as response:
        return {process: float(size) for process, size in _MEMORY.findall(response.read().decode())}


if __name__ == "__main__":
    sys.exit(main())

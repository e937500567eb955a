"""`serai serve` as a process of its own."""

import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

SERAI = Path(sys.executable).with_name("serai")
ADDRESS = re.compile(r"http://127\.0\.0\.1:(\d+)")
#: Seconds in which a server must have stopped.
STOPPED = 30


ROOT = Path(__file__).parents[2]


def built_index(folder: Path, *sources: Path | str) -> Path:
    """An index of these files and folders, or of the seeds, built in a folder by `serai rebuild`."""
    index = folder / "index"
    command = [SERAI, "rebuild", "--quiet", "--index", index, *(sources or ["seeds"])]
    subprocess.run(command, cwd=ROOT, check=True, timeout=300)
    return index


class Running(NamedTuple):
    """A server that answers at ``address``."""

    process: subprocess.Popen[str]
    address: str
    log: Path

    @property
    def said(self) -> str:
        """What it wrote to standard error so far."""
        return self.log.read_text(encoding="utf-8")

    @property
    def port(self) -> int:
        return int(self.address.rpartition(":")[2])


@contextmanager
def running(index: Path, *options: str, environment: Mapping[str, str] | None = None) -> Iterator[Running]:
    """The server over an index, at a port that is free, until the block ends."""
    command = [SERAI, "serve", "--index", index, "--port", "0", *options]
    # A pipe that nobody reads is full one day, and who writes to it waits.
    with (
        tempfile.NamedTemporaryFile("ab") as log,
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, text=True, env=environment) as process,
    ):
        try:
            said = process.stdout.readline()
            found = ADDRESS.search(said)
            if not found:
                process.kill()
                raise AssertionError(f"no address: {said!r}, {Path(log.name).read_text()!r}")
            yield Running(process, found.group(), Path(log.name))
        finally:
            process.terminate()
            process.wait(STOPPED)

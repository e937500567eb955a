"""Runs a command in a process of its own, in which something happens to it.

Everything has been imported, and the process is a fork: so it takes a tenth of a second and not two.
"""

import os
import random
import resource
import signal
import sys
import threading
import time
from collections.abc import Callable, Sequence

from indexer import building
from indexer.cli import commands
from indexer.settings import Settings

#: What the interpreter says before each call that changes a folder or opens a file.
_CALLS = {"open", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "shutil.rmtree", "os.scandir"}
_PATIENCE = 60.0

#: Called in the new process, before the command begins.
Prepare = Callable[[], object]


def command(name: str, settings: Settings, *arguments: str, jobs: int = 1) -> list[str]:
    """The words of a command over an index."""
    return [name, "--index", str(settings.index), "--jobs", str(jobs), "--quiet", *arguments]


def question(name: str, settings: Settings, query: str, one: str) -> list[str]:
    """The words of a command that reads an index; ``one`` is a document's id."""
    asked = {"search": [query], "explain": [query, one], "verify": ["--recall", "--sample", "20"]}
    return [name, "--index", str(settings.index), "--quiet", *asked[name]]


def begun(words: Sequence[str], prepare: Prepare) -> int:
    """The number of a new process that runs a command."""
    process = os.fork()
    if process:
        return process
    code = 99
    try:
        for stream in (0, 1, 2):
            os.dup2(os.open(os.devnull, os.O_RDWR), stream)
        prepare()
        commands.main(list(words), prog_name="serai", standalone_mode=True)
    except SystemExit as left:
        code = int(left.code or 0)
    finally:
        os._exit(code)


def ended(process: int) -> int:
    """The exit code of a process, or less than 0, the signal that ended it.

    Raises:
        TimeoutError: it hangs.
    """
    end = time.monotonic() + _PATIENCE
    while True:
        found, status = os.waitpid(process, os.WNOHANG)
        if found:
            return os.waitstatus_to_exitcode(status)
        if time.monotonic() > end:
            os.kill(process, signal.SIGKILL)
            os.waitpid(process, 0)
            raise TimeoutError("the command hangs")
        time.sleep(0.001)


def run(words: Sequence[str], prepare: Prepare = lambda: None) -> int:
    """Run a command to its end; its exit code, or less than 0, the signal that ended it."""
    return ended(begun(words, prepare))


def after(seconds: float, action: Callable[[], object]) -> None:
    """Do something in a while, if this process is still there."""
    timer = threading.Timer(seconds, action)
    timer.daemon = True
    timer.start()


def at_call(number: int, action: Callable[[], object]) -> None:
    """Do something before this process's so-manieth call that touches files, from now on."""
    calls = 0

    def count(event: str, _: object) -> None:
        nonlocal calls
        if event in _CALLS:
            calls += 1
            if calls == number:
                action()

    sys.addaudithook(count)


def kill_me() -> None:
    """What a killed process does: nothing more."""
    os.kill(os.getpid(), signal.SIGKILL)


def limit_files(size: int) -> None:
    """Let no file become larger than this many bytes, as a quota would."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def small_batches(rng: random.Random) -> None:
    """Give several processes something to do."""
    building._SMALLEST = building._LARGEST = building._MEDIUM = rng.randrange(400, 2_000)

"""One fault after another upon one index, and what has to be true after each.

After a kill, a full disk or a signal, the index that is served is the old one or the new one, whole. Damage
is told, and no update makes an index of it. The next rebuild succeeds, and nothing piles up.
"""

import os
import random
import signal
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import ClassVar

from indexer import generations
from indexer.errors import IndexUnavailable
from indexer.settings import Settings
from indexer.verification import verify
from tests.faults import doing
from tests.faults.asking import QUERIES, Answer, Client, answers
from tests.faults.damage import KINDS, damage
from tests.indexer.edits import Folder

#: Seconds in which a server has to answer rightly again.
_RECOVERY = 30
#: Calls that touch files, of a command over so small a folder: one of them is drawn.
_CALLS = 760
#: Bytes up to which files are limited, and that are left free on a full disk: about as many as they take.
_LARGEST, _FREE = 9_000, 60_000
#: A disk with more room than this is somebody's, and is not filled; in bytes.
_SMALL = 64 << 20


#: What harms a file, by the name of the fault.
_HARM = {f"{kind} a file": kind for kind in KINDS}
#: Commands that write an index, and that read one.
WRITERS, READERS = ("rebuild", "update"), ("search", "explain", "verify")


@dataclass
class Outcome:
    """How often each fault struck, what it left, and what went wrong."""

    faults: Counter[str] = field(default_factory=Counter)
    left: Counter[str] = field(default_factory=Counter)
    lost: list[str] = field(default_factory=list)


class Harness:
    """An index, the documents it is made of, and perhaps a server that is asked meanwhile."""

    def __init__(self, folder: Path, seed: int, disk: Path | None = None) -> None:
        """``disk`` is a small disk of its own for the index, that can be filled."""
        self._rng = random.Random(seed)
        self.settings = Settings(index=(disk or folder) / "index", jobs=1)
        self._disk = disk
        self._documents = Folder(folder / "docs", self._rng)
        self._paths = [str(self._documents.root)]
        self.outcome = Outcome()
        self.client: Client | None = None
        #: How long a command takes, by the last one.
        self._seconds = 1.0
        for _ in range(12):
            self._documents.add()
        self._rebuild("the first rebuild")
        self._old = answers(self.settings)

    def fault(self, kind: str, name: str) -> None:
        """Let one fault happen to a command, and look at what is left of the index."""
        label = f"{kind} during {name}"
        self.outcome.faults[label] += 1
        for _ in range(self._rng.randrange(1, 4)):
            self._documents.edit()
        before = self._generation()
        harmed = self._FAULTS[kind](self, self._words(name))
        here = None if harmed else self._looked_at(label)
        kept = self._generation() == before
        self.outcome.left["damaged" if harmed else "old" if kept else "new"] += 1
        if here is not None and kept and here != self._old:
            self._say(label, "the old index answers otherwise than before")
        self._rebuild(label)
        new = answers(self.settings)
        if here is not None and not kept and here != new:
            self._say(label, "the new index does not answer as a rebuilt one")
        self._look_around(label)
        if self.client is not None:
            self._ask_server(label, self.client, new, harmed=harmed)
        self._old = new

    def _words(self, name: str) -> list[str]:
        if name in READERS:
            ids = [one for one, _ in self._old["*"]] or ["docs/0.txt"]
            return doing.question(name, self.settings, self._rng.choice(QUERIES[1:]), self._rng.choice(ids))
        jobs = 2 if self._rng.random() < 0.04 else 1
        paths = self._paths if name == "rebuild" or self._rng.random() < 0.5 else []
        return doing.command(name, self.settings, *paths, jobs=jobs)

    def _run(self, words: list[str], prepare: doing.Prepare) -> int:
        seed = self._rng.randrange(1 << 30)

        def prepared() -> None:
            doing.small_batches(random.Random(seed))
            prepare()

        return doing.run(words, prepared)

    def _kill_at_call(self, words: list[str]) -> bool:
        number = self._rng.randrange(1, _CALLS)
        self._run(words, lambda: doing.at_call(number, doing.kill_me))
        return False

    def _kill_in_time(self, words: list[str]) -> bool:
        seconds = self._rng.uniform(0, self._seconds)
        self._run(words, lambda: doing.after(seconds, doing.kill_me))
        return False

    def _stop(self, words: list[str]) -> bool:
        """As Ctrl-C or a supervisor does."""
        seconds, number = (
            self._rng.uniform(0, self._seconds),
            self._rng.choice([signal.SIGINT, signal.SIGTERM]),
        )
        self._run(words, lambda: doing.after(seconds, partial(os.kill, os.getpid(), number)))
        return False

    def _quota(self, words: list[str]) -> bool:
        size = self._rng.randrange(_LARGEST)
        self._expect_failure(self._run(words, lambda: doing.limit_files(size)))
        return False

    def _full(self, words: list[str]) -> bool:
        """The disk is full but for some bytes."""
        assert self._disk is not None
        filler = self._disk / "filler"
        state = os.statvfs(self._disk)
        free = state.f_bavail * state.f_frsize
        assert free < _SMALL, "this is no small disk"
        with filler.open("wb") as file:
            os.posix_fallocate(file.fileno(), 0, max(1, free - self._rng.randrange(_FREE)))
        try:
            self._expect_failure(self._run(words, lambda: None))
        finally:
            filler.unlink()
        return False

    def _expect_failure(self, code: int) -> None:
        if code not in (0, 1):
            self._say("a full disk", f"exit code {code}")

    def _harm(self, words: list[str], kind: str) -> bool:
        """Harm a file of the index while a command runs, or before."""
        generation = generations.current(self.settings.index)
        files = [*sorted(generation.iterdir()), self.settings.index / generations.CURRENT]
        path = self._rng.choice(files)
        early = self._rng.random() < 0.5
        harm = partial(damage, path, kind, self._rng)
        if early:
            harmed = harm()
            process = doing.begun(words, lambda: None)
        else:
            process = doing.begun(words, lambda: None)
            time.sleep(self._rng.uniform(0, self._seconds))
            harmed = path.exists() and harm()
        code = doing.ended(process)
        if code not in (0, 1):
            self._say(f"{kind} {path.name}", f"exit code {code}")
        if words[0] == "update" and harmed and early and self._generation() not in (generation.name, ""):
            self._say(f"{kind} {path.name}", "an update made an index of it")
        if harmed and self._generation() == generation.name and not self._told():
            self._say(f"{kind} {path.name}", "verify does not tell")
        return harmed

    def _told(self) -> bool:
        try:
            return bool(verify(self.settings).faults)
        except IndexUnavailable:
            return True

    _FAULTS: ClassVar[dict[str, Callable[["Harness", list[str]], bool]]] = {
        "kill at a call": _kill_at_call,
        "kill in time": _kill_in_time,
        "stop": _stop,
        "quota": _quota,
        "full disk": _full,
        **{
            label: partial(lambda kind, self, words: self._harm(words, kind), kind)
            for label, kind in _HARM.items()
        },
    }

    def kinds(self) -> list[tuple[str, str]]:
        """The faults that can happen here, each with the command that it can happen to."""
        return [
            (kind, name)
            for kind in self._FAULTS
            if self._disk is not None or kind != "full disk"
            for name in (*WRITERS, *(READERS if kind in _HARM else ()))
        ]

    def _looked_at(self, label: str) -> dict[str, Answer] | None:
        """What the index answers, once every byte of it has been checked."""
        try:
            if faults := verify(self.settings).faults:
                self._say(label, f"verify: {faults[0]}")
            return answers(self.settings)
        except IndexUnavailable as error:
            self._say(label, str(error))
            return None

    def _rebuild(self, label: str) -> None:
        started = time.monotonic()
        code = doing.run(doing.command("rebuild", self.settings, *self._paths))
        self._seconds = time.monotonic() - started
        if code:
            self._say(label, f"the next rebuild ends with {code}")

    def _look_around(self, label: str) -> None:
        names = sorted(path.name for path in self.settings.index.iterdir())
        built = [name for name in names if name.startswith("gen-")]
        if len(built) > 2 or set(names) - {*built, generations.CURRENT, "lock"}:
            self._say(label, f"left behind: {names}")

    def _ask_server(self, label: str, client: Client, new: dict[str, Answer], *, harmed: bool) -> None:
        if not client.settled(new, _RECOVERY):
            self._say(label, "the server does not answer as the rebuilt index")
        for query, answer in client.drained():
            if answer not in (self._old[query], new[query]):
                if harmed:
                    self.outcome.left[
                        f"answered {answer}" if isinstance(answer, int) else "answered wrong"
                    ] += 1
                else:
                    self._say(label, f"the server answered {query!r} with {str(answer)[:80]}")

    def _generation(self) -> str:
        try:
            return generations.current(self.settings.index).name
        except IndexUnavailable:
            return ""

    def _say(self, label: str, what: str) -> None:
        self.outcome.lost.append(f"{label}: {what}")

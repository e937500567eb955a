"""Builds every engine on one corpus, one after the other, then asks them by turns."""

import shutil
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from benchmarks.corpus import ROOT, Corpus
from benchmarks.processes import Conversation, EngineFailed, Memory, watched
from benchmarks.protocol import ENGINES
from benchmarks.terms import Terms

#: Questions that one engine is asked before it is the next one's turn; a multiple of the languages.
TURN = 20

Tell = Callable[[str], None]


@dataclass
class Figures:
    """What one engine did on one corpus. Times in seconds, the rest in bytes."""

    version: str
    seconds: float
    size: int
    building_memory: int
    answering_memory: int = 0
    latencies: list[float] = field(default_factory=list, repr=False)
    found: list[list[int]] = field(default_factory=list, repr=False)

    def latency(self, percentile: float) -> float:
        """A percentile of the latencies, in milliseconds."""
        return float(np.percentile(np.array(self.latencies), percentile)) * 1000


def build_all(
    engines: Sequence[str], corpus: Corpus, terms: Terms, folder: Path, tell: Tell
) -> tuple[dict[str, Figures], list[str]]:
    """Build each engine's index in a process that does nothing else; with what failed, and why."""
    built, failed = {}, []
    for engine in engines:
        index = folder / engine
        shutil.rmtree(index, ignore_errors=True)
        index.mkdir(parents=True)
        try:
            with Conversation(engine) as worker, watched(worker.pid) as memory:
                version = worker.tell("version")["version"]  # may compile what is about to be timed
                done = worker.tell("build", passages=corpus.passages, terms=terms.path, folder=index)
        except EngineFailed as error:
            failed.append(f"{engine} is left out at {corpus.count:,} passages: {_told(error)}")
            tell(failed[-1])
            continue
        built[engine] = Figures(version, done["seconds"], done["bytes"], memory.most)
        rate = corpus.size / 1e6 / done["seconds"]
        tell(f"{engine} has indexed {corpus.count:,} passages in {done['seconds']:.1f} s ({rate:.2f} MB/s)")
    return built, failed


def ask_all(built: Mapping[str, Figures], folder: Path, questions: Path, count: int, tell: Tell) -> list[str]:
    """Ask every engine that was built, by turns, so that a busy moment of the machine hits all alike.

    Returns what failed, and why.
    """
    failed = []
    with ExitStack() as stack:
        workers = []
        for engine in built:
            if ENGINES[engine].mute:
                continue
            worker = stack.enter_context(Conversation(engine))
            try:
                worker.tell("open", folder=folder / engine, questions=questions)
                workers.append(worker)
            except EngineFailed as error:
                failed.append(f"{engine} was asked nothing: {_told(error)}")
                tell(failed[-1])
        _by_turns(workers, built, count)
        for worker in workers:
            memory = Memory()
            memory.look(worker.pid)
            built[worker.engine].answering_memory = memory.most
    tell(f"{count:,} questions asked of each of {len(workers)} engines, by turns of {TURN}")
    return failed


def _by_turns(workers: Sequence[Conversation], built: Mapping[str, Figures], count: int) -> None:
    for first in range(0, count, TURN):
        # Each round begins with another engine, so that none always follows the same one.
        shift = first // TURN % max(len(workers), 1)
        for worker in [*workers[shift:], *workers[:shift]]:
            reply = worker.tell("ask", first=first, end=min(first + TURN, count))
            built[worker.engine].latencies += reply["seconds"]
            built[worker.engine].found += reply["found"]


def _told(error: EngineFailed) -> str:
    return str(error).replace(str(ROOT), ".")


def overlap(these: Sequence[Sequence[int]], those: Sequence[Sequence[int]]) -> float:
    """The mean share of the second's best ten that the first has too."""
    shares = [len({*a} & {*b}) / len(b) for a, b in zip(these, those, strict=True) if b]
    return sum(shares) / len(shares) if shares else 1.0

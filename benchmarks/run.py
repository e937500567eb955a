"""One run: every corpus, every engine, and what was measured of them."""

import platform
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.corpus import EVERY, Corpus, corpus_of, data_folder
from benchmarks.protocol import ENGINES
from benchmarks.questions import write_questions
from benchmarks.serving import Load, Starts, seeds_index, starts, under_load
from benchmarks.terms import Terms, terms_of
from benchmarks.turns import Figures, Tell, ask_all, build_all
from indexer.settings import Settings

#: Asked of the seeds: Putin, as the Thai article has him.
FIRST = "ปูติน"


@dataclass
class Step:
    """One corpus, and what every engine did on it."""

    corpus: Corpus
    terms: Terms
    figures: Mapping[str, Figures]


@dataclass
class Run:
    """All of it. ``notes`` says what was left out, and why."""

    steps: list[Step] = field(default_factory=list)
    load: Load | None = None
    #: By what was indexed.
    starts: dict[str, Starts] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    machine: str = ""
    began: str = ""


def measure(sizes: Sequence[int], engines: Sequence[str], cache: Path, tell: Tell) -> Run:
    """Measure engines on corpora of about these sizes."""
    run = Run(machine=machine(), began=f"{datetime.now(UTC):%Y-%m-%d}")

    def note(line: str) -> None:
        run.notes.append(line)
        tell(line)

    questions = cache / "questions.json"
    asked = write_questions(questions, data_folder()).measured
    for size in sizes:
        corpus = corpus_of(size, cache)
        tell(f"{corpus.count:,} passages, {corpus.size / 1e6:.1f} MB of text")
        if corpus.recombined:
            note(f"The {corpus.count:,} passages are recombined sentences, which do not grow the vocabulary.")
        terms = terms_of(corpus, Settings().jobs)
        folder = cache / "indexes" / str(size)
        able = [engine for engine in engines if size <= ENGINES[engine].most]
        figures, failed = build_all(able, corpus, terms, folder, tell)
        run.notes += failed
        run.notes += ask_all(figures, folder, questions, len(asked), tell)
        run.steps.append(Step(corpus, terms, figures))
    served = [
        size
        for size, step in zip(sizes, run.steps, strict=True)
        if "serai-whole" in step.figures and size <= EVERY
    ]
    if served:
        index = cache / "indexes" / str(served[-1]) / "serai-whole"
        load = under_load(index, asked, cache)
        if isinstance(load, str):
            note(load)
        else:
            run.load = load
        run.starts["seeds"] = starts(seeds_index(cache / "indexes" / "seeds"), FIRST)
        run.starts[f"{served[-1]:,} passages"] = starts(index, asked[0].text)
    return run


def machine() -> str:
    """The processor, its cores and the memory, as far as the system tells."""
    model = platform.processor() or platform.machine()
    information, memory = Path("/proc/cpuinfo"), Path("/proc/meminfo")
    if information.exists():
        names = [line for line in information.read_text().splitlines() if line.startswith("model name")]
        model = names[0].partition(":")[2].strip() if names else model
    held = f", {int(memory.read_text().split()[1]) / 2**20:.0f} GiB" if memory.exists() else ""
    return f"{model}, {Settings().jobs} cores{held}, {platform.system()}, Python {platform.python_version()}"

"""What was promised, and whether this run shows it. A limit is met or missed; nothing else is said of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from benchmarks.run import Run, Step

MB = 1e6


@dataclass(frozen=True, slots=True)
class Verdict:
    """One promise: what was measured, where, and whether it was kept; None where this run cannot tell."""

    promise: str
    limit: str
    measured: str
    met: bool | None

    @property
    def word(self) -> str:
        """How a table says it."""
        return {True: "met", False: "MISSED", None: "not measured"}[self.met]


def verdicts(run: Run) -> list[Verdict]:
    """Every promise against what was measured."""
    full = next((step for step in run.steps if 90_000 <= step.corpus.count <= 110_000), None)
    large = next((step for step in run.steps if step.corpus.count >= 900_000), None)
    return [*_engine(full), *_whole(full), *_rebuild(full, run.steps), *_large(large), *_starts(run)]


def _engine(step: Step | None) -> list[Verdict]:
    median = _latency(step, "serai-engine", 50)
    high = _latency(step, "serai-engine", 95)
    found = [
        _most("engine alone, median", median, 0.6, "ms"),
        _most("engine alone, 95th percentile", high, 1.5, "ms"),
    ]
    stock = _latency(step, "whoosh-stock", 50)
    times = stock / median if stock and median else None
    found.append(_least("engine alone, times as fast as stock Whoosh at the median", times, 50, "x"))
    for peer in ("bm25s", "sqlite-fts5"):
        for percentile in (50, 95, 99):
            own, other = _latency(step, "serai-engine", percentile), _latency(step, peer, percentile)
            name = f"engine alone ahead of {peer}, {_ordinal(percentile)}"
            found.append(_most(name, own, other, "ms") if other else Verdict(name, "", "", None))
    for peer in ("tantivy", "lucene"):
        for percentile, plain in ((50, 0.6), (95, 1.5)):
            own, other = _latency(step, "serai-engine", percentile), _latency(step, peer, percentile)
            name = f"engine alone within twice {peer}, or under its limit, {_ordinal(percentile)}"
            found.append(
                _most(name, own, max(plain, 2 * other), "ms") if other else Verdict(name, "", "", None)
            )
    return found


def _whole(step: Step | None) -> list[Verdict]:
    return [
        _most("whole search, median", _latency(step, "serai-whole", 50), 4, "ms"),
        _most("whole search, 95th percentile", _latency(step, "serai-whole", 95), 12, "ms"),
    ]


def _rebuild(step: Step | None, steps: Sequence[Step]) -> list[Verdict]:
    whole = step.figures.get("serai-whole") if step else None
    rate = memory = share = None
    if step and whole:
        rate = step.corpus.size / MB / whole.seconds
        memory, share = whole.building_memory / 1e9, whole.size / step.corpus.size
    both = [step for step in steps if {"serai-whole", "whoosh-tiers"} <= step.figures.keys()]
    times = None
    name = "rebuild, times as fast as stock Whoosh with the same analyzers and tiers"
    if both:
        figures = both[-1].figures
        times = figures["whoosh-tiers"].seconds / figures["serai-whole"].seconds
        name += f" ({both[-1].corpus.count:,} passages)"
    return [
        _least("rebuild, text to published index", rate, 5, "MB/s"),
        _least(name, times, 7, "x"),
        _most("rebuild, peak memory", memory, 1.5, "GB"),
        _most("index, stored text aside, beside the text", share, 1.2, "x"),
    ]


def _large(step: Step | None) -> list[Verdict]:
    whole = step.figures.get("serai-whole") if step else None
    return [
        _most(
            "1,000,000 passages: peak memory of the rebuild (as at 96,000)",
            whole.building_memory / 1e9 if whole else None,
            1.5,
            "GB",
        ),
        _most("1,000,000 passages: whole search, median", _latency(step, "serai-whole", 50), 25, "ms"),
    ]


def _starts(run: Run) -> list[Verdict]:
    seeds = run.starts.get("seeds")
    found = [_most("serai search on the seeds, cold process", seeds.search if seeds else None, 1.0, "s")]
    for name, starts in run.starts.items():
        found.append(_most(f"serve, its first answer, {name}", starts.first_answer * 1000, 200, "ms"))
    return found


def _latency(step: Step | None, engine: str, percentile: float) -> float | None:
    figures = step.figures.get(engine) if step else None
    return figures.latency(percentile) if figures and figures.latencies else None


def _most(promise: str, measured: float | None, limit: float, unit: str) -> Verdict:
    return _verdict(promise, measured, limit, unit, "at most", lambda value: value <= limit)


def _least(promise: str, measured: float | None, limit: float, unit: str) -> Verdict:
    return _verdict(promise, measured, limit, unit, "at least", lambda value: value >= limit)


def _verdict(
    promise: str, measured: float | None, limit: float, unit: str, word: str, holds: Callable[[float], bool]
) -> Verdict:
    told = f"{word} {limit:.3g} {unit}"
    if measured is None:
        return Verdict(promise, told, "", None)
    return Verdict(promise, told, f"{measured:.3g} {unit}", holds(measured))


def _ordinal(percentile: int) -> str:
    return "median" if percentile == 50 else f"{percentile}th percentile"

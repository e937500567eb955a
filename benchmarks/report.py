"""What a run says: tables for people, JSON for programs."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from benchmarks import growth, limits
from benchmarks.protocol import ENGINES
from benchmarks.run import Run, Step
from benchmarks.turns import Figures, overlap

MB = 1e6
PERCENTILES = (50, 95, 99)
COSTS: dict[str, Callable[[Figures], float]] = {
    "query median": lambda figures: figures.latency(50),
    "query 95th": lambda figures: figures.latency(95),
    "indexing time": lambda figures: figures.seconds,
    "index size": lambda figures: figures.size,
    "indexing memory": lambda figures: figures.building_memory,
}

ABOUT = """\
serai-whole is given text and gives pages of ten, with facets, snippets and marks, from every tier of terms.
whoosh-tiers is given the same text, analyzers and tiers, and is asked nothing. All others are given the
same ready terms of one tier, and give ten numbers: any of a question's words, by BM25. Serai counts every
match; tantivy and Lucene, as they come, do not count all, and skip what cannot be among the best ten.
Questions are XQuAD's, 200 each in five languages; 500 others warm up. Engines are asked by turns, each
in its own process. MB are millions of bytes of the passages' text. Memory is that of all processes.
Overlap is the share of tantivy's best ten that an engine has too: Serai's rank weighs words in the language
of the question, and is not plain BM25, so its ten differ by design.
serai rebuild and tantivy index with every core, the others with one; serai-engine is one process too."""


def tables(run: Run) -> Iterator[str]:
    """The lines of the whole report."""
    yield from (f"Measured on {run.began}: {run.machine}.", "", *ABOUT.splitlines(), "")
    for step in run.steps:
        yield from (*_step_table(step), "")
    yield from _growth(run)
    yield from _serving(run)
    yield from (
        "",
        "Promises (each judged at the size that it names, about 96,000 passages unless it says so)",
    )
    rows = [(v.word, v.promise, v.measured, v.limit) for v in limits.verdicts(run)]
    yield from _aligned(("", "promise", "measured", "limit"), rows, left=2)
    yield from ("", *run.notes)


def _step_table(step: Step) -> Iterator[str]:
    corpus, cut = step.corpus, step.terms
    source = "recombined sentences of real documents" if corpus.recombined else "cut from real documents"
    yield f"{corpus.count:,} passages, {corpus.size / MB:.1f} MB of text, {source}:"
    yield f"{cut.count / 1e6:.1f} million words; cutting all tiers took {cut.seconds:.0f} s of processor time"
    stock, tantivy = step.figures.get("whoosh-stock"), step.figures.get("tantivy")
    heads = (
        "engine",
        "index MB/s",
        "size MB",
        "of text",
        "index GB RAM",
        "ask GB RAM",
        "median ms",
        "95th",
        "99th",
    )
    rows = []
    for engine, figures in step.figures.items():
        row = [
            engine,
            f"{corpus.size / MB / figures.seconds:.2f}",
            f"{figures.size / MB:.1f}",
            f"{figures.size / corpus.size:.2f}",
            f"{figures.building_memory / 1e9:.2f}",
        ]
        if figures.latencies:
            row += [
                f"{figures.answering_memory / 1e9:.2f}",
                *(f"{figures.latency(p):.2f}" for p in PERCENTILES),
            ]
            row += [_times(figures, stock), _times(figures, tantivy)]
            row += [f"{overlap(figures.found, tantivy.found):.2f}"] if tantivy else ["-"]
        rows.append(row)
    yield from _aligned((*heads, "x whoosh-stock", "x tantivy", "overlap"), rows)


def _times(figures: Figures, other: Figures | None) -> str:
    """The median beside another engine's, as a multiple."""
    return f"{figures.latency(50) / other.latency(50):.3g}" if other and other.latencies else "-"


def fits(run: Run) -> dict[str, dict[str, float]]:
    """The exponent of every cost of every engine, where two sizes or more were measured."""
    found: dict[str, dict[str, float]] = {}
    for engine in ENGINES:
        steps = [step for step in run.steps if engine in step.figures]
        if len(steps) < 2:
            continue
        sizes = [step.corpus.count for step in steps]
        for cost, figure in COSTS.items():
            if cost.startswith("query") and not steps[0].figures[engine].latencies:
                continue
            costs = [figure(step.figures[engine]) for step in steps]
            found.setdefault(engine, {})[cost] = growth.slope(sizes, costs)
    return found


def _growth(run: Run) -> Iterator[str]:
    found = fits(run)
    if not found:
        return
    yield "Growth: the exponent of each cost (1: ten times the passages, ten times the cost)"
    rows = [
        [engine, *(f"{slopes[cost]:.2f}" if cost in slopes else "-" for cost in COSTS)]
        for engine, slopes in found.items()
    ]
    yield from _aligned(("engine", *COSTS), rows)
    for engine in ("serai-whole", "serai-engine"):
        for cost, slope in found.get(engine, {}).items():
            yield f"  {engine}: {cost} {growth.told(slope)}."
    yield ""


def _serving(run: Run) -> Iterator[str]:
    if load := run.load:
        yield "HTTP, two workers and eight clients that never pause, on the same cores:"
        yield f"  {load.rate:.0f} requests/s; {load.failed} of {load.requests:,} failed; latency"
        yield f"  median {load.p50:.1f} ms, 95th {load.p95:.1f} ms, 99th {load.p99:.1f} ms"
    if run.starts:
        yield "Start, medians of new processes, files in memory:"
    for name, starts in run.starts.items():
        yield (
            f"  {name}: serai search {starts.search:.2f} s; serve answers after {starts.serve:.2f} s, "
            f"its first question in {starts.first_answer * 1000:.0f} ms"
        )


def _aligned(heads: Sequence[str], rows: Sequence[Sequence[str]], left: int = 1) -> Iterator[str]:
    lines = [heads, *([*row, *[""] * (len(heads) - len(row))] for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(heads))]
    for line in lines:
        cells = [
            cell.ljust(width) if column < left else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(line, widths, strict=True))
        ]
        yield "  " + "  ".join(cells).rstrip()


def write_json(run: Run, path: Path) -> None:
    """Everything but the single latencies."""
    content = {
        "began": run.began,
        "machine": run.machine,
        "engines": {name: {"what": ENGINES[name].what, "version": v} for name, v in _versions(run).items()},
        "corpora": [_step_object(step) for step in run.steps],
        "growth": fits(run),
        "http": asdict(run.load) | {"rate": run.load.rate} if run.load else None,
        "starts": {name: asdict(starts) for name, starts in run.starts.items()},
        "promises": [asdict(verdict) for verdict in limits.verdicts(run)],
        "notes": run.notes,
    }
    text = json.dumps(rounded(content), ensure_ascii=False, indent=1)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text + "\n", encoding="utf-8")


def _versions(run: Run) -> dict[str, str]:
    return {engine: figures.version for step in run.steps for engine, figures in step.figures.items()}


def _step_object(step: Step) -> dict[str, Any]:
    tantivy = step.figures.get("tantivy")
    engines = {}
    for name, figures in step.figures.items():
        engines[name] = {
            "seconds": figures.seconds,
            "mb_per_second": step.corpus.size / MB / figures.seconds,
            "bytes": figures.size,
            "building_memory": figures.building_memory,
        }
        if figures.latencies:
            latencies = {f"p{p}_ms": figures.latency(p) for p in PERCENTILES}
            engines[name] |= {"answering_memory": figures.answering_memory, **latencies}
            if tantivy:
                engines[name]["overlap_with_tantivy"] = overlap(figures.found, tantivy.found)
    return {
        "passages": step.corpus.count,
        "bytes": step.corpus.size,
        "recombined": step.corpus.recombined,
        "words": step.terms.count,
        "cutting_seconds": step.terms.seconds,
        "engines": engines,
    }


def rounded(value: object) -> object:
    """Figures with the digits that mean something, wherever they stand."""
    match value:
        case float():
            return float(f"{value:.4g}")
        case dict():
            return {key: rounded(item) for key, item in value.items()}
        case list():
            return [rounded(item) for item in value]
    return value

"""The picture of a run: every cost by the size of the corpus, both on logarithmic scales."""

from collections.abc import Callable
from pathlib import Path

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import LogLocator, NullFormatter

from benchmarks.corpus import Corpus
from benchmarks.protocol import ENGINES
from benchmarks.run import Run
from benchmarks.turns import Figures

#: Colours that people with colour blindness tell apart (Okabe and Ito); Serai's are the strong ones.
_LOOKS = {
    "serai-whole": ("#D55E00", "-", 2.4),
    "serai-engine": ("#0072B2", "-", 2.4),
    "tantivy": ("#009E73", "--", 1.4),
    "lucene": ("#CC79A7", "--", 1.4),
    "bm25s": ("#E69F00", "--", 1.4),
    "sqlite-fts5": ("#56B4E9", "--", 1.4),
    "whoosh-stock": ("#000000", "--", 1.4),
    "whoosh-tiers": ("#888888", ":", 1.4),
}

Cost = Callable[[Figures, Corpus], float]
_QUERIES: dict[str, Cost] = {
    "Query, median (ms)": lambda figures, _: figures.latency(50),
    "Query, 95th percentile (ms)": lambda figures, _: figures.latency(95),
    "Query, 99th percentile (ms)": lambda figures, _: figures.latency(99),
}
_BUILDS: dict[str, Cost] = {
    "Indexing (MB of text a second)": lambda figures, corpus: corpus.size / 1e6 / figures.seconds,
    "Index beside the text (times)": lambda figures, corpus: figures.size / corpus.size,
    "Peak memory while indexing (MB)": lambda figures, _: figures.building_memory / 1e6,
}


def draw(run: Run, path: Path) -> None:
    """Draw six plots into one PNG."""
    mpl.rcParams.update({"font.size": 9, "axes.spines.top": False, "axes.spines.right": False})
    figure = Figure(figsize=(12, 7.2), layout="constrained")
    grid = figure.subplots(2, 3).flat
    for axes, (title, cost) in zip(grid, (_QUERIES | _BUILDS).items(), strict=True):
        _plot(axes, title, cost, run, queries=title in _QUERIES)
    handles = {
        label: handle
        for axes in figure.axes
        for handle, label in zip(*axes.get_legend_handles_labels(), strict=True)
    }
    figure.legend(
        handles.values(), handles.keys(), loc="outside lower center", ncols=len(handles), frameon=False
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, dpi=130, metadata={"Software": None})


def _plot(axes: Axes, title: str, cost: Cost, run: Run, *, queries: bool) -> None:
    for engine in ENGINES:
        points = [
            (step.corpus.count, cost(figures, step.corpus))
            for step in run.steps
            if (figures := step.figures.get(engine)) and (figures.latencies or not queries)
        ]
        if points:
            colour, line, width = _LOOKS[engine]
            axes.plot(
                *zip(*points, strict=True),
                label=engine,
                color=colour,
                linestyle=line,
                linewidth=width,
                marker="o",
                markersize=4,
            )
    axes.set(xscale="log", yscale="log", title=title, xlabel="passages of about 1 kB")
    axes.grid(visible=True, which="major", color="#dddddd", linewidth=0.6)
    axes.xaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")
    axes.yaxis.set_major_locator(LogLocator(subs=(1.0, 2.0, 5.0)))
    axes.yaxis.set_minor_formatter(NullFormatter())
    axes.yaxis.set_major_formatter(lambda value, _: f"{value:g}")

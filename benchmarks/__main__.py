"""Measures Serai beside other engines: ``python -m benchmarks``, or ``make bench``.

A run of everything writes benchmarks/results.json and docs/benchmark.png; a run of less
writes beside its indexes, in var/bench.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks import picture, report
from benchmarks.corpus import EVERY, ROOT, data_folder
from benchmarks.protocol import ENGINES
from benchmarks.run import measure

SIZES = (1_000, 10_000, EVERY)
LARGE = 1_000_000


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, tell, write and draw."""
    told = _parser().parse_args(arguments)
    if not (data_folder() / "bulk").is_dir():
        print(
            f"There are no documents in {data_folder()}: name their folder in SERAI_EVAL_DATA.",
            file=sys.stderr,
        )
        return 1
    sizes = [*told.sizes, *([LARGE] if told.large else [])]
    run = measure(sizes, told.engines, told.cache, lambda line: print(line, file=sys.stderr, flush=True))
    everything = set(told.engines) == ENGINES.keys() and set(sizes) >= set(SIZES)
    results = told.results or (ROOT / "benchmarks" if everything else told.cache) / "results.json"
    drawn = told.picture or (ROOT / "docs" if everything else told.cache) / "benchmark.png"
    report.write_json(run, results)
    picture.draw(run, drawn)
    print("\n".join(report.tables(run)))
    print(f"\nWritten to {results} and {drawn}")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__.partition("\n")[0])
    sizes = f"passages (default: {' '.join(map(str, SIZES))}, the last standing for all there are)"
    parser.add_argument("--sizes", type=int, nargs="+", default=list(SIZES), help=sizes)
    parser.add_argument(
        "--large", action="store_true", help=f"also {LARGE:,} recombined passages: Serai and tantivy"
    )
    parser.add_argument("--engines", type=_engines, default=list(ENGINES), help=f"of {','.join(ENGINES)}")
    parser.add_argument("--cache", type=Path, default=ROOT / "var" / "bench", help="for corpora and indexes")
    parser.add_argument("--results", type=Path, help="where the figures go, as JSON")
    parser.add_argument("--picture", type=Path, help="where the picture goes")
    return parser


def _engines(text: str) -> list[str]:
    wanted = text.split(",")
    unknown = [name for name in wanted if name not in ENGINES]
    if unknown:
        raise argparse.ArgumentTypeError(
            f"there is no engine {', '.join(unknown)}; choose of {', '.join(ENGINES)}"
        )
    return [name for name in ENGINES if name in wanted]


if __name__ == "__main__":
    sys.exit(main())

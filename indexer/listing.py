"""What the commands print for people where it takes more than a line."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from indexer.reports import TOLD

if TYPE_CHECKING:
    from indexer.recall import Counts, Recall
    from indexer.verification import Verified


def table(rows: Sequence[Sequence[str]]) -> None:
    """Print columns, the first to the left and the others to the right, under the first row as a heading."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for first, *rest in rows:
        cells = [first.ljust(widths[0]), *map(str.rjust, rest, widths[1:])]
        click.echo("  ".join(cells).rstrip())


def show_verified(report: "Verified", recall: "Recall | None") -> None:
    """Print what a check found."""
    for fault in report.faults[:TOLD]:
        click.echo(f"fault: {fault}")
    click.echo(
        f"{report.files:,} files, {report.documents:,} documents and {report.terms:,} of their terms "
        f"checked: {len(report.faults):,} faults."
    )
    if report.faults:
        click.echo("hint:  Build the index anew with: serai rebuild", err=True)
    if recall is not None:
        _show_recall(recall)


def _show_recall(recall: "Recall") -> None:
    total = recall.total
    every = [*recall.languages.items(), ("all", total)]
    table(
        [
            ("language", "words", "stretches", "found", "recall", "absent", "false", "word", "stem", "part"),
            *(_row(language, counts) for language, counts in every),
        ]
    )
    for failure in recall.failures[:TOLD]:
        said = (
            "stands nowhere, and finds" if failure.kind == "absent" else f"is a {failure.kind} of, and misses"
        )
        click.echo(f"failure: {failure.query} {said} {failure.id}")
    click.echo(
        f"{total.found:,} of {total.asked:,} words and stretches found their documents; "
        f"{total.false_finds:,} of {total.absent:,} that stand nowhere found something."
    )


def _row(language: str, counts: "Counts") -> tuple[str, ...]:
    share = f"{counts.found / counts.asked:.2%}" if counts.asked else "–"
    numbers = (counts.absent, counts.false_finds, *(counts.tiers[tier] for tier in ("word", "stem", "part")))
    return (
        language,
        *(f"{number:,}" for number in (counts.words, counts.stretches, counts.found)),
        share,
        *(f"{number:,}" for number in numbers),
    )

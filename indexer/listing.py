"""What the commands print for people where it takes more than a line."""

import unicodedata
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from analyzers.analysis import Tier
from indexer.reports import TOLD
from indexer.termquery import Match

if TYPE_CHECKING:
    from indexer.explanation import ClueReport, Explanation, PartReport
    from indexer.recall import Counts, Recall
    from indexer.verification import Verified


#: What a match in each tier is called.
_CALLED = {
    "word": "the word",
    "inner": "a word inside a word",
    "compound": "a part of a compound",
    "stem": "a form of the word",
    "cluster": "a character",
    "pair": "a piece as it stands",
}
_SHOWN_PLACES, _SHOWN_TERM = 3, 30


def table(rows: Sequence[Sequence[str]], left: Sequence[int] = (0,)) -> None:
    """Print columns under the first row as a heading; those in ``left`` are words, the others figures."""
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = []
        for column, (cell, width) in enumerate(zip(row, widths, strict=True)):
            space = " " * (width - _width(cell))
            cells.append(cell + space if column in left else space + cell)
        click.echo("  ".join(cells).rstrip())


def _width(text: str) -> int:
    """How many columns of a terminal a text takes."""
    marks = ("Mn", "Me", "Cf")
    shown = [character for character in text if unicodedata.category(character) not in marks]
    return len(shown) + sum(unicodedata.east_asian_width(character) in "WF" for character in shown)


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


def show_explanation(explained: "Explanation") -> None:
    """Print why a document has its score, or is not found."""
    document = explained.document
    for reading in explained.read_as:
        languages = f" ({', '.join(reading.languages)})" if reading.languages else ""
        click.echo(f"read as   {'not ' * reading.excluded}{reading.kind} “{reading.text}”{languages}")
    if not explained.found:
        click.echo(f"{document.id} ({document.language}) is not found.")
        for reason in explained.reasons:
            click.echo(f"  {reason}")
        return
    click.echo(
        f"{document.id} ({document.language}) is found as {explained.match.label}, "
        f"with a score of {explained.score:.3f}."
    )
    rows = [row for part in explained.parts for row in _part_rows(part)]
    heading = (
        "query",
        "looked up",
        "found as",
        "in",
        "times",
        "documents",
        "idf",
        "weight",
        "adds",
        "places",
    )
    table([heading, *rows], left=(0, 1, 2, 3, 9))
    counted = [part for part in explained.parts if part.share]
    held = sum(part.held for part in counted)
    total = sum(part.score for part in explained.parts)
    if explained.graded is not None:
        click.echo(explained.graded)
    click.echo(
        f"{total:.3f} in all, times {explained.coordination:.3f} for holding {held} of {len(counted)} parts "
        f"of the query: {explained.plain:.3f}"
    )
    if explained.grade is not None:
        click.echo(
            f"{explained.plain:.3f} is squeezed below 1 and put behind the grade: {explained.score:.3f}"
        )


def _part_rows(part: "PartReport") -> list[tuple[str, ...]]:
    """A row a clue; what finds the document and adds nothing is told where nothing else is."""
    clues = [clue for clue in part.clues if clue.score] or part.clues[:1]
    return [(part.text or "(side by side)", *_clue_row(clue)) for clue in clues]


def _called(clue: "ClueReport") -> str:
    match clue.label:
        case "nearness":
            return "words in this order"
        case "spelling":
            return "its accents" if clue.weight > 0 else "accents not typed"
        case "related":
            return "a word that sounds so"
        case _:
            if clue.match is Match.PART and clue.field.tier is Tier.STEM:
                return "a part of the word"
            return _CALLED[clue.field.tier] if len(clue.terms) == 1 else "one of these words"


def _clue_row(clue: "ClueReport") -> tuple[str, ...]:
    places = [f"{place.start} {' '.join(place.text.split())}" for place in clue.places[:_SHOWN_PLACES]]
    return (
        "; ".join(clue.terms)[:_SHOWN_TERM],
        _called(clue),
        clue.field.zone,
        f"{clue.count:,}",
        f"{clue.documents:,}",
        f"{clue.idf:.3f}",
        f"{clue.weight:.2f}",
        f"{clue.score:.3f}",
        ", ".join(places) + " …" * (clue.count > _SHOWN_PLACES),
    )

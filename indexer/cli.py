"""The commands of ``serai`` that need no web server."""

import json
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import wraps
from pathlib import Path
from typing import Any

import click

from indexer import wire
from indexer.engines import ENGINES
from indexer.errors import BadRequest, SearchError
from indexer.listing import show_explanation, show_verified
from indexer.page import Hit, SearchPage, Snippet
from indexer.progress import Progress, Watch
from indexer.reports import TOLD, explanation_object
from indexer.request import SearchRequest, requested_language
from indexer.service import SearchService
from indexer.settings import DEFAULT_SOURCES, Settings
from indexer.sources import Kind, Remark

_HEADINGS = {
    Kind.REJECTED: "left out",
    Kind.SKIPPED: "not read",
    Kind.REPLACED: "replaced",
    Kind.NOTED: "noted",
}


class Commands(click.Group):
    """A group whose commands end in a sentence and an exit code, never in a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command."""
        try:
            return super().invoke(ctx)
        except SearchError as error:
            click.echo(f"error: {error}", err=True)
            if error.hint:
                click.echo(f"hint:  {error.hint}", err=True)
            ctx.exit(2 if isinstance(error, BadRequest) else 1)
        except BrokenPipeError:
            # The reader of the output (head, a pager) has gone; that is no failure.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(0)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="serai")
def commands() -> None:
    """Full-text search for text in many languages."""


def common(function: Callable[..., None]) -> Callable[..., None]:
    """The options that every command takes; the command gets ``settings``, ``as_json`` and ``quiet``."""

    @click.option("--index", type=click.Path(path_type=Path), help="The folder of the index.")
    @click.option("--engine", type=click.Choice(sorted(ENGINES)), help="The engine; whoosh unless told.")
    @click.option("--json", "as_json", is_flag=True, help="One JSON document on standard output.")
    @click.option("--quiet", is_flag=True, help="Say nothing but the answer and errors.")
    @wraps(function)
    def command(index: Path | None, engine: str | None, **options: Any) -> None:
        settings = Settings.from_environment()
        told: dict[str, Any] = {"index": index, "engine": engine}
        function(
            settings=replace(settings, **{name: value for name, value in told.items() if value}), **options
        )

    return command


def writing(function: Callable[..., None]) -> Callable[..., None]:
    """The arguments and options of the commands that write the index, and those that all commands take."""

    @click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
    @click.option("--jobs", type=click.IntRange(1), help="Processes that analyze; one a core unless told.")
    @click.option("--strict", is_flag=True, help="Fail if any file or line cannot be read.")
    @common
    @wraps(function)
    def command(jobs: int | None, settings: Settings, **options: Any) -> None:
        function(settings=replace(settings, jobs=jobs) if jobs else settings, **options)

    return command


@commands.command()
@writing
def rebuild(paths: Sequence[Path], strict: bool, settings: Settings, as_json: bool, quiet: bool) -> None:
    """Index these files and folders (seeds/ unless told) from scratch.

    What is searched meanwhile stays as it was until the new index is complete.
    """
    from indexer.rebuild import rebuild as build

    with Progress(quiet=quiet) as progress:
        done = build(paths or DEFAULT_SOURCES, settings, strict=strict, progress=progress)
    if as_json:
        _print_json(wire.rebuilt_object(done))
        return
    if not quiet:
        _tell(done.remarks)
        rate = done.size / 1e6 / done.seconds
        click.echo(
            f"Indexed {done.documents:,} documents in {done.seconds:.1f} s ({rate:.1f} MB/s) "
            f"into {settings.index}.",
            err=True,
        )


@commands.command()
@writing
def update(paths: Sequence[Path], strict: bool, settings: Settings, as_json: bool, quiet: bool) -> None:
    """Bring the index up to date: only what was added, changed or deleted since.

    Looks at all that the index was made of, or only at PATHS. A path that it was not made of is added.
    """
    from indexer.update import update as bring

    with Progress(quiet=quiet) as progress:
        done = bring(paths, settings, strict=strict, progress=progress)
    if as_json:
        _print_json(wire.updated_object(done))
        return
    if not quiet:
        _tell(done.remarks)
        click.echo(
            f"{done.added:,} documents added, {done.changed:,} changed, {done.deleted:,} deleted "
            f"in {done.seconds:.1f} s; {done.documents:,} are in {settings.index}."
            if done.anew
            else f"Nothing has changed: {done.documents:,} documents are in {settings.index}.",
            err=True,
        )


@commands.command()
@common
def rollback(settings: Settings, as_json: bool, quiet: bool) -> None:
    """Serve the index of before the last rebuild or update again; run twice, it changes nothing.

    The other one stays until the next rebuild or update.
    """
    from indexer.rollback import rollback as go_back

    done = go_back(settings)
    if as_json:
        _print_json(wire.rolled_back_object(done))
    elif not quiet:
        click.echo(
            f"Serving {done.generation}, built {done.built}, of {done.documents:,} documents. "
            f"Run it again to return to {done.before}.",
            err=True,
        )


@commands.command()
@click.argument("query")
@click.option("--lang", help="Only documents of this language (BCP 47).")
@click.option("--page", type=int, default=1, show_default=True)
@click.option("--size", type=int, default=10, show_default=True)
@common
def search(
    query: str, lang: str | None, page: int, size: int, settings: Settings, as_json: bool, quiet: bool
) -> None:
    """Search the index."""
    request = SearchRequest(query, language=lang, page=page, size=size)
    found = SearchService.open(settings).search(request)
    if as_json:
        _print_json(wire.search_object(found))
    else:
        _show(found, quiet=quiet)


@commands.command()
@click.argument("text")
@click.option("--lang", help="Cut it as this language (BCP 47); detected unless told.")
@common
def analyze(text: str, lang: str | None, settings: Settings, as_json: bool, quiet: bool) -> None:
    """Show how a text is cut: runs, languages, terms as they are folded, positions, offsets."""
    report = SearchService.analyze(text, requested_language(lang) if lang else None)
    if as_json:
        _print_json(wire.analysis_object(report))
        return
    click.echo(f"language  {report.language}")
    for run in report.runs:
        click.echo(f"run       {run.start}-{run.end}\t{run.script}\t{run.language}\t{run.text}")
    for token in report.tokens:
        written = report.text[token.start : token.end]
        click.echo(f"{token.tier:<8}  {token.start}-{token.end}\t{token.position}\t{token.term}\t{written}")


@commands.command()
@click.argument("query")
@click.argument("id")
@click.option("--lang", help="As in a search: only documents of this language (BCP 47).")
@common
def explain(query: str, id: str, lang: str | None, settings: Settings, as_json: bool, quiet: bool) -> None:
    """Show why the document ID has its rank for QUERY, or why it is not found."""
    explained = SearchService.open(settings).explain(SearchRequest(query, language=lang), id)
    if as_json:
        _print_json(explanation_object(explained))
    else:
        show_explanation(explained)


@commands.command()
@common
def status(settings: Settings, as_json: bool, quiet: bool) -> None:
    """Show what is indexed, by what, when, and how large it is."""
    state = SearchService.open(settings).status()
    if as_json:
        _print_json(wire.status_object(state))
        return
    noun = "document" if state.documents == 1 else "documents"
    click.echo(f"{state.documents:,} {noun}, {state.bytes / 1e6:,.1f} MB, built {state.built}")
    click.echo(f"generation {state.generation}, engine {state.engine}, Serai {state.version}")
    click.echo(f"languages  {_counts(state.languages)}")
    click.echo(f"sources    {_counts(state.sources)}")


@commands.command()
@click.option("--recall", is_flag=True, help="Ask for words and stretches of the documents.")
@click.option("--sample", type=click.IntRange(1), default=1_000, show_default=True, help="How many, in all.")
@click.option("--seed", type=int, default=1, show_default=True, help="Another one draws others.")
@common
def verify(recall: bool, sample: int, seed: int, settings: Settings, as_json: bool, quiet: bool) -> None:
    """Check the index against its documents."""
    from indexer.verification import verify as check

    report = check(settings)
    measured = None
    if recall and not report.faults:
        from indexer.recall import recall as measure

        measured = measure(settings, sample, seed, Watch(quiet=quiet))
    failed = bool(report.faults or (measured and measured.failures))
    if as_json:
        _print_json(wire.verified_object(report, measured))
    elif not quiet or failed:
        show_verified(report, measured)
    if failed:
        sys.exit(1)


@commands.command()
@click.argument("directory", type=click.Path(path_type=Path))
@click.option("--fields", type=click.Choice(["all", "text"]), default="all", help="text leaves titles out.")
@click.option("--pooled", is_flag=True, help="Index every set together.")
@common
def evaluate(
    directory: Path, fields: str, pooled: bool, settings: Settings, as_json: bool, quiet: bool
) -> None:
    """Measure the ranking over a judged collection: documents, queries, judgements."""
    from indexer.evaluation import evaluate as measure

    report = measure(directory, settings, titles=fields == "all", pooled=pooled)
    if as_json:
        _print_json(wire.evaluation_object(report))
        return
    names = ["documents", "queries", *next(iter(report.sets.values())).figures] if report.sets else []
    click.echo("\t".join(["set", *names]))
    for name, measured in report.sets.items():
        figures = [f"{figure:.4f}" for figure in measured.figures.values()]
        click.echo("\t".join([name, str(measured.documents), str(measured.queries), *figures]))


def _tell(remarks: Sequence[Remark]) -> None:
    for kind, heading in _HEADINGS.items():
        told = [remark for remark in remarks if remark.kind is kind]
        for remark in told[:TOLD]:
            hint = f" {remark.hint}" if remark.hint else ""
            click.echo(f"{heading}: {remark.source}: {remark.reason}.{hint}", err=True)
        if len(told) > TOLD:
            click.echo(f"{heading}: {len(told) - TOLD:,} more", err=True)


def _show(page: SearchPage, *, quiet: bool) -> None:
    if not quiet:
        for notice in page.notices:
            click.echo(str(notice), err=True)
        noun = "document" if page.total == 1 else "documents"
        click.echo(
            f"{page.total:,} {noun}, page {page.page} of {page.pages}, {page.took_ms:.1f} ms", err=True
        )
    for rank, hit in enumerate(page.hits, (page.page - 1) * page.size + 1):
        click.echo(_heading(rank, hit))
        for snippet in hit.snippets:
            click.echo(f"    {' '.join(_marked(snippet).split())}")


def _heading(rank: int, hit: Hit) -> str:
    return f"{rank}. {_marked(hit.title)}  {click.style(f'{hit.language}  {hit.id}  {hit.match}', dim=True)}"


def _marked(snippet: Snippet) -> str:
    """The text with its marks in bold; click leaves the codes out where no terminal reads them."""
    pieces, cursor = [], 0
    for start, end in snippet.marks:
        pieces += [snippet.text[cursor:start], click.style(snippet.text[start:end], bold=True, fg="yellow")]
        cursor = end
    return "".join([*pieces, snippet.text[cursor:]])


def _counts(counts: Mapping[str, int]) -> str:
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return ", ".join(f"{name} {count:,}" for name, count in ordered)


def _print_json(value: Any) -> None:
    click.echo(json.dumps(value, ensure_ascii=False))

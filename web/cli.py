"""The command ``serai``: those of ``indexer``, and ``serve``."""

import json
import os
import signal
import tempfile
from collections.abc import Callable
from dataclasses import replace
from typing import Any, NoReturn

import click

from indexer.cli import commands, common
from indexer.settings import LOGGED, Settings


@commands.command()
@click.option("--host", help="The address to listen at; 0.0.0.0 for every one of this machine.")
@click.option("--port", type=click.IntRange(0, 65535), help="The port; 0 for any that is free.")
@click.option("--workers", type=click.IntRange(1), help="Processes that answer; one a core unless told.")
@click.option("--log", type=click.Choice(LOGGED), help="A line of JSON a request, on standard error.")
@common
def serve(settings: Settings, as_json: bool, quiet: bool, **options: Any) -> None:
    """Serve the web page and the JSON API until stopped."""
    # The server itself listens for this once it is up. Until then the first process of a container, which a
    # signal ends only where somebody listens for it, would let its supervisor wait.
    signal.signal(signal.SIGTERM, _leave)
    settings = replace(settings, **{name: value for name, value in options.items() if value is not None})
    with tempfile.TemporaryDirectory(prefix="serai-figures-") as figures:
        # Where the processes count together; prometheus_client looks for it when it is first imported.
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = figures
        # Imported here because every other command would pay for a web server that it does not use.
        from web.server import serve as serve_until_stopped

        serve_until_stopped(settings, _announcement(as_json=as_json, quiet=quiet))


def _leave(*_: object) -> NoReturn:
    raise SystemExit(0)


def _announcement(*, as_json: bool, quiet: bool) -> Callable[[str], None] | None:
    if as_json:
        return lambda address: click.echo(json.dumps({"address": address}))
    if quiet:
        return None
    return lambda address: click.echo(f"Serai answers at {address} (Ctrl-C stops it)")


#: The entry point: every command of the distribution.
main = commands

if __name__ == "__main__":
    main()

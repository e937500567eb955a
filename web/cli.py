"""The command ``serai``: those of ``indexer``, and ``serve``."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import click

from indexer.cli import commands, common
from indexer.settings import Settings


@commands.command()
@click.option("--host", help="The address to listen at; 0.0.0.0 for every one of this machine.")
@click.option("--port", type=click.IntRange(0, 65535), help="The port; 0 for any that is free.")
@click.option("--workers", type=click.IntRange(1), help="Processes that answer; one a core unless told.")
@common
def serve(
    host: str | None, port: int | None, workers: int | None, settings: Settings, as_json: bool, quiet: bool
) -> None:
    """Serve the web page and the JSON API until stopped."""
    # Imported here because every other command would pay for a web server that it does not use.
    from web.server import serve as serve_until_stopped

    told: dict[str, Any] = {"host": host, "port": port, "workers": workers}
    settings = replace(settings, **{name: value for name, value in told.items() if value is not None})
    serve_until_stopped(settings, _announcement(as_json=as_json, quiet=quiet))


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

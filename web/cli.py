"""The command ``serai``: those of ``indexer``, and ``serve``."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from indexer.cli import commands
from indexer.settings import Settings


@commands.command()
@click.option("--index", type=click.Path(path_type=Path), help="The folder of the index.")
@click.option("--host", help="The address to listen at; 0.0.0.0 for every one of this machine.")
@click.option("--port", type=click.IntRange(0, 65535), help="The port; 0 for any that is free.")
@click.option("--workers", type=click.IntRange(1), help="Processes that answer; one a core unless told.")
@click.option("--quiet", is_flag=True, help="Do not say the address.")
def serve(index: Path | None, host: str | None, port: int | None, workers: int | None, quiet: bool) -> None:
    """Serve the web page and the JSON API."""
    # Imported here because every other command would pay for a web server that it does not use.
    from web.server import serve as serve_until_stopped

    told: dict[str, Any] = {"index": index, "host": host, "port": port, "workers": workers}
    settings = replace(
        Settings.from_environment(), **{name: value for name, value in told.items() if value is not None}
    )
    serve_until_stopped(settings, quiet)


def main() -> None:
    """Run the command line."""
    commands()


if __name__ == "__main__":
    main()

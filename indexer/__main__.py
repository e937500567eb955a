"""``python -m indexer``: the commands without the web server."""

from indexer.cli import commands

commands()

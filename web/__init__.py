"""HTTP in front of the index: the page and the JSON API."""

from typing import TYPE_CHECKING

from indexer.settings import Settings

if TYPE_CHECKING:
    from flask import Flask

    from indexer.service import SearchService


def create_app(settings: Settings | None = None, service: "SearchService | None" = None) -> "Flask":
    """The WSGI application over one index; settings are read from the environment unless given."""
    # Imported here because the command line lives in this package too, and `serai search`
    # must not wait for a web framework that it does not use.
    from web.app import application

    return application(settings or Settings.from_environment(), service)

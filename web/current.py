"""The search service of the running application."""

from typing import cast

from flask import current_app

from indexer.service import SearchService


def service() -> SearchService:
    """The service that the application was made with."""
    return cast(SearchService, current_app.extensions["search"])

"""The index that the lines are asked over, and their order."""

from pathlib import Path

import pytest

from indexer.rebuild import rebuild
from indexer.settings import Settings
from tests.acceptance.lines import number_of
from web import create_app

HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def app(tmp_path_factory):
    """The application over an index of the documents beside this file, their languages detected."""
    settings = Settings(index=tmp_path_factory.mktemp("acceptance") / "index", jobs=1)
    rebuild([HERE / "documents"], settings, strict=True)
    app = create_app(settings)
    yield app
    app.extensions["search"].close()


@pytest.fixture
def client(app):
    return app.test_client()


def pytest_collection_modifyitems(items):
    """Lines in their order, whichever module of this folder asks them; other tests stay where they are."""
    here = [place for place, item in enumerate(items) if HERE in item.path.parents and number_of(item)]
    lines = sorted((items[place] for place in here), key=number_of)
    for place, item in zip(here, lines, strict=True):
        items[place] = item

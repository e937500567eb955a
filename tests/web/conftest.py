"""A client of the application, over a service that a test can tell what to answer."""

import pytest

from indexer.settings import Settings
from tests.web.double import Double
from web import create_app


@pytest.fixture
def service():
    return Double()


@pytest.fixture
def client(service):
    return create_app(Settings(), service).test_client()

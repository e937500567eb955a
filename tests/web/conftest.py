"""A client of the application, over a service that a test can tell what to answer."""

import pytest

from indexer.settings import Settings
from tests.web.double import Double
from web import create_app

#: What the fuzzer of the contract had to say in the end.
CONTRACT = pytest.StashKey[str]()


def pytest_terminal_summary(terminalreporter, config):
    if summary := config.stash.get(CONTRACT, ""):
        terminalreporter.section("the API's contract, fuzzed")
        terminalreporter.write_line(summary)


@pytest.fixture
def service():
    return Double()


@pytest.fixture
def client(service):
    return create_app(Settings(), service).test_client()

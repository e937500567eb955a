"""What every test may count on."""

import os
from pathlib import Path

import pytest

from tests.acceptance.table import Table

#: Collections that are not part of the repository; a clone may stand beside them, or a variable names them.
SHARED = Path(os.environ.get("SERAI_EVAL_DATA") or Path(__file__).parents[2] / "shared" / "data")


def pytest_configure(config):
    """Tell at the end which lines of acceptance hold."""
    config.pluginmanager.register(Table(), "lines of acceptance")


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch):
    """The index of whoever runs the tests is none of their business."""
    for name in [name for name in os.environ if name.startswith("SERAI_")]:
        monkeypatch.delenv(name)


@pytest.fixture(scope="session")
def shared_data():
    """The folder ``../shared/data``; a test that needs it is skipped where it is absent."""
    if not SHARED.is_dir():
        pytest.skip("../shared/data is not here")
    return SHARED

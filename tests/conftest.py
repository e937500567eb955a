"""What every test may count on."""

import os
import shutil
from pathlib import Path

import pytest

#: Collections that are not part of the repository; a clone may stand beside them.
SHARED = Path(__file__).parents[2] / "shared" / "data"


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


@pytest.fixture(scope="session")
def chromium():
    """The path of Debian's Chromium; without it the browser tests are skipped, but CI fails."""
    path = shutil.which("chromium")
    if path is None:
        reason = "no Chromium, so the page was not tried in a browser (on Debian: apt install chromium)"
        pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)
    return path

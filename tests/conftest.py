"""What every test may count on."""

import os
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks import cluster as clusters
from indexer.engines import ENGINES
from indexer.engines.opensearch import OpenSearchEngine
from tests.acceptance.table import Table

#: Collections that are not part of the repository; a clone may stand beside them, or a variable names them.
SHARED = Path(os.environ.get("SERAI_EVAL_DATA") or Path(__file__).parents[2] / "shared" / "data")

LEFT_OUT = pytest.StashKey[int]()
#: A node that hangs stays in the cluster for minutes, so that a test sees who waits for it.
HANGING_IS_SUFFERED = {
    "cluster.fault_detection.follower_check.timeout": "150s",
    "cluster.fault_detection.leader_check.timeout": "60s",
}


def pytest_configure(config):
    """Tell at the end which lines of acceptance hold."""
    config.pluginmanager.register(Table(), "lines of acceptance")


def on_a_cluster(item):
    """Whether a test needs OpenSearch: it asks for a cluster, or is one of those that run on every engine."""
    call = getattr(item, "callspec", None)
    return "cluster" in item.fixturenames or (call is not None and "opensearch" in call.params.values())


def pytest_collection_modifyitems(config, items):
    """Without Java the tests on a cluster are left out, and one line says so; in CI they fail."""
    here = [item for item in items if on_a_cluster(item)]
    for item in here:
        item.add_marker(pytest.mark.cluster)
    if here and clusters.missing() is not None and os.environ.get("CI") != "true":
        config.hook.pytest_deselected(items=here)
        items[:] = [item for item in items if item not in here]
        config.stash[LEFT_OUT] = len(here)


def pytest_terminal_summary(terminalreporter, config):
    """Say what was left out."""
    if left_out := config.stash.get(LEFT_OUT, 0):
        terminalreporter.write_line(
            f"left out: {left_out} tests on a cluster of OpenSearch: {clusters.missing()}"
        )


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
def _started():
    """The cluster below, once a test has asked for it."""
    return []


@pytest.fixture(scope="session")
def cluster(_started):
    """Three nodes of OpenSearch; who stops one starts it again."""
    if lacking := clusters.missing():
        pytest.fail(lacking, pytrace=False)
    with clusters.cluster(quick=True, settings=HANGING_IS_SUFFERED) as three:
        _started.append(three)
        yield three


@pytest.fixture(scope="session", autouse=True)
def _on_cluster(request):
    """Let the engine ``opensearch`` of a test that names no cluster be on the one above."""

    def engine(settings):
        if settings.cluster.hosts:
            return OpenSearchEngine(settings.cluster)
        addresses = request.getfixturevalue("cluster").addresses
        return OpenSearchEngine(replace(settings.cluster, hosts=tuple(addresses)))

    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(ENGINES, "opensearch", engine)
        yield


@pytest.fixture(scope="module", autouse=True)
def _no_indexes_left(_started):
    """A cluster takes a thousand shards; a module's indexes go with it."""
    yield
    for nodes in _started:
        for index in nodes.ask("GET", "/_cat/indices/serai-*?format=json&h=index"):
            nodes.ask("DELETE", f"/{index['index']}")

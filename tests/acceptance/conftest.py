"""The index that the lines are asked over, and the table of lines at the end of a run."""

from pathlib import Path

import pytest

from indexer.rebuild import rebuild
from indexer.settings import Settings
from tests.acceptance.lines import LINE, LINES, number_of
from web import create_app

HERE = Path(__file__).parent
OUTCOMES = pytest.StashKey[dict[int, list[str]]]()
#: Whether nothing else is run.
ALONE = pytest.StashKey[bool]()


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


def pytest_collection_modifyitems(config, items):
    """Lines in their order, whichever module asks them; other tests stay where they are."""
    places = [place for place, item in enumerate(items) if number_of(item)]
    lines = sorted((items[place] for place in places), key=number_of)
    for place, item in zip(places, lines, strict=True):
        items[place] = item
    config.stash[OUTCOMES] = {}
    config.stash[ALONE] = all(HERE in item.path.parents for item in items)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    number = number_of(item)
    if number and (report.when == "call" or report.failed):
        case = item.callspec.params.get("case")
        told = case.id if case else item.callspec.id
        item.config.stash[OUTCOMES].setdefault(number, []).append((told, report.outcome))
    return report


def pytest_terminal_summary(terminalreporter, config):
    """Line by line where nothing else was run, with each case for ``-v``; how many hold, in a run of more."""
    outcomes = config.stash.get(OUTCOMES, {})
    if not outcomes:
        return
    cases = [outcome for results in outcomes.values() for _, outcome in results]
    kept = sum(all(outcome == "passed" for _, outcome in results) for results in outcomes.values())
    if config.stash[ALONE]:
        terminalreporter.section("lines of acceptance")
        for number, results in sorted(outcomes.items()):
            failed = sum(outcome != "passed" for _, outcome in results)
            said = f"{failed} FAILED" if failed else "passed"
            terminalreporter.write_line(LINE.format(number, said, len(results), LINES[number]))
            # pytest writes what is not ASCII by its numbers; here it is read.
            for told, outcome in results:
                if outcome != "passed" or terminalreporter.verbosity > 0:
                    terminalreporter.write_line(f"     {outcome}  {told}")
    terminalreporter.write_line(f"acceptance: {kept} of {len(outcomes)} lines hold, in {len(cases)} cases")

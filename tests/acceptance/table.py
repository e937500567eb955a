"""The table of lines at the end of a run, whichever tests hold them."""

import pytest

from tests.acceptance.lines import LINE, LINES, number_of


class Table:
    """Collects how the tests of each line end."""

    def __init__(self):
        #: By number, each case with its outcome.
        self.outcomes = {}
        #: Whether nothing else is run.
        self.alone = False

    def pytest_collection_finish(self, session):
        """Known once what is left out has been left out."""
        self.alone = all(map(number_of, session.items))

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self, item, call):
        """Keep the outcome of a case; of one that could not begin, that it failed."""
        report = yield
        number = number_of(item)
        if number and (report.when == "call" or report.failed):
            self.outcomes.setdefault(number, []).append((told(item), report.outcome))
        return report

    def pytest_terminal_summary(self, terminalreporter):
        """Line by line where nothing else was run, ``-v`` with each case; else how many hold."""
        if not self.outcomes:
            return
        if self.alone:
            terminalreporter.section("lines of acceptance")
            for number, results in sorted(self.outcomes.items()):
                failed = sum(outcome != "passed" for _, outcome in results)
                said = f"{failed} FAILED" if failed else "passed"
                terminalreporter.write_line(LINE.format(number, said, len(results), LINES[number]))
                # pytest writes what is not ASCII by its numbers; here it is read.
                for case, outcome in results:
                    if outcome != "passed" or terminalreporter.verbosity > 0:
                        terminalreporter.write_line(f"     {outcome}  {case}")
        results = [[outcome for _, outcome in cases] for cases in self.outcomes.values()]
        kept = sum(set(outcomes) == {"passed"} for outcomes in results)
        terminalreporter.write_line(
            f"acceptance: {kept} of {len(results)} lines hold, in {sum(map(len, results))} cases"
        )


def told(item):
    """A case as the table tells it."""
    params = item.callspec.params if hasattr(item, "callspec") else {}
    case = params.get("case")
    return case.id if case else f"{item.originalname} {item.callspec.id}" if params else item.name

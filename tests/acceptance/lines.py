"""The lines of acceptance and their cases, as the files of `lines/` tell them; its README says how."""

from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import pytest
import yaml

HERE = Path(__file__).parent
#: How a line is told at the end of a run: number, outcome, cases, promise.
LINE = "{:>3}  {:<9} {:>3} cases  {}"

ASKED = {"q", "raw", "lang"}
ANSWERED = {
    "finds", "only", "first", "order", "leaves_out", "absent", "total", "marks", "as", "same", "whole",
    "suggests", "suggests_not", "read", "notices", "status", "says",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Case:
    """One query and what must come back."""

    line: int
    said: dict

    @property
    def query(self):
        return written_out(self.said["q"]) if "q" in self.said else ""

    @property
    def id(self):
        query = self.said.get("q", self.said.get("raw"))
        if not isinstance(query, str):
            return f"line {self.line}: {query['repeat'].strip()} × {query['times']}"
        return f"line {self.line}: {printable(query) or 'nothing'}"


def written_out(query):
    """A query, of which a long one is told as what it repeats."""
    if isinstance(query, str):
        return query
    around = query.get("wrap", "")
    return around + query["repeat"] * query["times"] + around


def printable(text):
    """A text that every terminal shows: what is invisible is told by its number."""
    return "".join(one if one.isprintable() else f"<{ord(one):04X}>" for one in text.strip() or text)


def _read():
    for path in sorted(HERE.glob("lines/*.yaml")):
        yield from yaml.safe_load(path.read_text(encoding="utf-8"))


READ = sorted(_read(), key=lambda line: line["line"])
#: What each line promises, by its number.
LINES = {line["line"]: line["promise"] for line in READ}
CASES = [Case(line["line"], said) for line in READ for said in line.get("cases", ())]


def cases():
    """Every case, for `pytest.mark.parametrize`."""
    return [pytest.param(case, id=case.id, marks=pytest.mark.line(case.line)) for case in CASES]


def number_of(item):
    """The line that a test belongs to; 0 for none."""
    mark = item.get_closest_marker("line")
    return mark.args[0] if mark else 0


def named(case):
    """The ids of documents that a case names, for the test that they are there."""
    lists = ("finds", "only", "first", "order", "leaves_out", "marks", "as")
    return set(chain.from_iterable(case.said.get(key, ()) for key in lists))

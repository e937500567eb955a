"""How long the queries take that cost most: those of benchmarks/hostile.yaml, over an index that is there.

    python -m benchmarks.hostile var/index

asks each once as the first user would, through the service that the page and the API share, and prints the
slowest with what they were answered. It fails if one takes longer than `PATIENCE`, or breaks.
"""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from time import process_time
from typing import Any

import yaml

from indexer.errors import BadRequest
from indexer.request import MAX_QUERY, SearchRequest
from indexer.service import SearchService
from indexer.settings import Settings

QUERIES = Path(__file__).with_suffix(".yaml")
#: Seconds in which whatever was asked is answered.
PATIENCE = 2.0
#: How many of the slowest are told.
TOLD = 20
SHOWN = 44  #: characters of a query that are told


@dataclass(frozen=True, slots=True)
class Query:
    """A query, and what kind of trouble it is."""

    kind: str
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a query: seconds, and the answer in a few words."""

    query: Query
    seconds: float
    said: str


def queries() -> Iterator[Query]:
    """Every query of the list, in its order."""
    for kind, told in yaml.safe_load(QUERIES.read_text(encoding="utf-8")).items():
        for one in told:
            yield Query(kind, _name(one), _written(one))


def _written(one: Any) -> str:
    if isinstance(one, str):
        return one
    before, after = one.get("wrap", ("", ""))
    if "repeat" in one:
        return f"{before}{one['repeat'] * one['times']}{after}"
    room = MAX_QUERY - len(before) - len(after)
    return f"{before}{(one['fill'] * room)[:room]}{after}"


def _name(one: Any) -> str:
    if isinstance(one, str):
        name = one
    else:
        before, after = one.get("wrap", ("", ""))
        name = f"{before}{one.get('repeat', one.get('fill'))} …{after}"
    return "".join(letter if letter.isprintable() else f"<{ord(letter):04X}>" for letter in name)


def asked(service: SearchService, query: Query) -> Answer:
    """One query, asked and timed."""
    started = process_time()
    try:
        page = service.search(SearchRequest(query.text))
        notices = ", ".join(notice.key for notice in page.notices)
        said = f"{page.total:,} found{', ' if notices else ''}{notices}"
    except BadRequest as refused:
        said = f"refused: {refused}"
    return Answer(query, process_time() - started, said)


def main(index: Path) -> int:
    """Ask them all, tell the slowest; 1 if one took too long."""
    service = SearchService.open(Settings(index=index))
    service.ready()
    # The first search of a process opens what every later one finds open.
    service.search(SearchRequest("warm up"))
    answers = sorted((asked(service, query) for query in queries()), key=lambda one: -one.seconds)
    documents = service.status().documents
    service.close()
    print(f"{len(answers)} hostile queries over {documents:,} documents; the slowest {TOLD}:\n")
    print("| ms | query | kind | answer |\n|---:|---|---|---|")
    for answer in answers[:TOLD]:
        name = answer.query.name.replace("|", "\\|")
        shown = name if len(name) <= SHOWN else name[:SHOWN] + "…"
        print(f"| {answer.seconds * 1000:,.0f} | `{shown}` | {answer.query.kind} | {answer.said} |")
    late = sum(answer.seconds > PATIENCE for answer in answers)
    print(f"\n{late or 'None'} took longer than {PATIENCE:g} s.")
    return int(late > 0)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python -m benchmarks.hostile INDEX")
    sys.exit(main(Path(sys.argv[1])))

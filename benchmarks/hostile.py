"""How long the queries take that cost most: those of benchmarks/hostile.yaml, over an index that is there.

    python -m benchmarks.hostile var/index
    python -m benchmarks.hostile var/index --http

asks each once as the first user would, through the service that the page and the API share, or a server of
two workers for the page and for the API, and prints the slowest with what they were answered. It fails if one
takes longer than `PATIENCE`, or breaks.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from time import perf_counter, process_time
from typing import Any
from urllib.parse import quote

import yaml

from benchmarks import serving
from indexer.errors import BadRequest
from indexer.request import MAX_QUERY, SearchRequest
from indexer.service import SearchService
from indexer.settings import Settings

QUERIES = Path(__file__).with_suffix(".yaml")
#: Seconds in which whatever was asked is answered.
PATIENCE = 2.0
#: How many of the slowest are told.
TOLD = 20
#: Where a server is asked.
ADDRESSES = ("/search", "/api/v1/search")
SHOWN = 44  #: characters of a query that are told


@dataclass(frozen=True, slots=True)
class Query:
    """A query, and what kind of trouble it is."""

    kind: str
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a query: seconds, and the answer in a few words; over HTTP, its status as well."""

    query: Query
    seconds: float
    said: str
    status: int = 200

    @property
    def broken(self) -> bool:
        """Whether the server failed, and not whoever asked."""
        return self.status >= HTTPStatus.INTERNAL_SERVER_ERROR


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


def answers_of(index: Path) -> tuple[list[Answer], str]:
    """Every query, asked of the service; and over what."""
    service = SearchService.open(Settings(index=index))
    service.ready()
    # The first search of a process opens what every later one finds open.
    service.search(SearchRequest("warm up"))
    answers = [asked(service, query) for query in queries()]
    documents = service.status().documents
    service.close()
    return answers, f"{documents:,} documents"


def answers_over_http(index: Path) -> tuple[list[Answer], str]:
    """Every query, asked of a server for each of `ADDRESSES`; and over what."""
    with serving.served(index) as (base, *_):
        _asked_over_http(base, Query("", "", "warm up"), ADDRESSES[0])
        answers = [_asked_over_http(base, query, address) for query in queries() for address in ADDRESSES]
    statuses = Counter(answer.status for answer in answers)
    told = ", ".join(f"{count:,} with {status}" for status, count in sorted(statuses.items()))
    return answers, f"HTTP, for {' and '.join(ADDRESSES)}, answered {told}"


def _asked_over_http(base: str, query: Query, address: str) -> Answer:
    started = perf_counter()
    status, body = serving.asked(base, f"{address}?q={quote(query.text, errors='surrogatepass')}")
    seconds = perf_counter() - started
    return Answer(query, seconds, f"{address}: {status}, {len(body):,} bytes", status)


def tell(answers: Sequence[Answer], over: str) -> int:
    """Print the slowest; 1 if one took too long, or broke."""
    answers = sorted(answers, key=lambda one: (-one.broken, -one.seconds))
    print(f"{len(answers)} hostile queries over {over}; the slowest {TOLD}:\n")
    print("| ms | query | kind | answer |\n|---:|---|---|---|")
    for answer in answers[:TOLD]:
        name = answer.query.name.replace("|", "\\|")
        shown = name if len(name) <= SHOWN else name[:SHOWN] + "…"
        print(f"| {answer.seconds * 1000:,.0f} | `{shown}` | {answer.query.kind} | {answer.said} |")
    late = sum(answer.seconds > PATIENCE for answer in answers)
    broken = sum(answer.broken for answer in answers)
    print(f"\n{late or 'None'} took longer than {PATIENCE:g} s, {broken or 'none'} broke.")
    return int(late > 0 or broken > 0)


def main(arguments: Sequence[str] | None = None) -> int:
    """Ask them all, tell the slowest; 1 if one took too long."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.hostile")
    parser.add_argument("index", type=Path)
    parser.add_argument("--http", action="store_true", help="ask a server, for the page and for the API")
    told = parser.parse_args(arguments)
    return tell(*(answers_over_http if told.http else answers_of)(told.index))


if __name__ == "__main__":
    sys.exit(main())

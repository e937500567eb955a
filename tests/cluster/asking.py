"""Clients that ask a server questions without a pause, and compare what it answers."""

import http.client
import json
import threading
import time
from collections.abc import Mapping, Sequence
from typing import NamedTuple, Self
from urllib.parse import quote, urlsplit

#: How many documents match, and which are on the first page.
Answer = tuple[int, tuple[str, ...]]
#: Seconds after which an answer is no longer waited for.
PATIENCE = 60.0


class Asked(NamedTuple):
    """One request: when it began, how long it took, its status (0 for none) and what it said."""

    began: float
    seconds: float
    status: int
    question: str
    answer: Answer | str


def ask(address: str, question: str) -> Asked:
    """Ask through the API, over a connection of its own."""
    began = time.monotonic()
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=PATIENCE)
    try:
        connection.request("GET", f"/api/v1/search?q={quote(question)}")
        response = connection.getresponse()
        status, said = response.status, json.loads(response.read())
    except (OSError, http.client.HTTPException, ValueError) as error:
        return Asked(began, time.monotonic() - began, 0, question, repr(error))
    finally:
        connection.close()
    seconds = time.monotonic() - began
    if status != 200:
        return Asked(began, seconds, status, question, str(said.get("detail", said)))
    if said["notices"]:
        return Asked(began, seconds, status, question, str(said["notices"]))
    return Asked(began, seconds, status, question, (said["total"], tuple(hit["id"] for hit in said["hits"])))


class Clients:
    """So many clients, each of which asks all questions by turns, until the block ends."""

    def __init__(self, address: str, questions: Sequence[str], count: int) -> None:
        self._address = address
        self._questions = questions
        self._stopped = threading.Event()
        self._asked: list[Asked] = []
        self._threads = [threading.Thread(target=self._ask_on, args=(n,), daemon=True) for n in range(count)]

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stopped.set()
        for thread in self._threads:
            thread.join()

    def _ask_on(self, number: int) -> None:
        place = number * len(self._questions) // len(self._threads)
        while not self._stopped.is_set():
            self._asked.append(ask(self._address, self._questions[place % len(self._questions)]))
            place += 1

    @property
    def count(self) -> int:
        """How many requests have been answered so far."""
        return len(self._asked)

    def told(self, expected: Mapping[str, Answer]) -> "Load":
        """What came of all requests, where each question has one right answer."""
        return Load(tuple(self._asked), expected)


class Load(NamedTuple):
    """Requests, and the right answers."""

    asked: Sequence[Asked]
    expected: Mapping[str, Answer]

    @property
    def failed(self) -> list[Asked]:
        """Those that were not answered, or with an error."""
        return [each for each in self.asked if each.status != 200]

    @property
    def cut(self) -> list[Asked]:
        """Those whose time was up: what was found until then, with a notice that says so."""
        return [each for each in self.asked if each.status == 200 and isinstance(each.answer, str)]

    @property
    def wrong(self) -> list[Asked]:
        """Those that were answered otherwise than before, without a word of it."""
        return [
            each
            for each in self.asked
            if each.status == 200
            and not isinstance(each.answer, str)
            and each.answer != self.expected[each.question]
        ]

    def milliseconds(self, share: float) -> float:
        """A percentile of how long they took."""
        seconds = sorted(each.seconds for each in self.asked)
        return 1000 * seconds[int(share * (len(seconds) - 1))]

    def __str__(self) -> str:
        ranks = ", ".join(f"{self.milliseconds(share):,.0f}" for share in (0.5, 0.95, 0.99, 1.0))
        return (
            f"{len(self.asked):,} requests, {len(self.failed)} failed, {len(self.wrong)} answered otherwise, "
            f"{len(self.cut)} cut short with a notice; {ranks} ms (median, 95th, 99th, slowest)"
        )


def answers(address: str, questions: Sequence[str]) -> dict[str, Answer]:
    """The answer to each question.

    Raises:
        AssertionError: one is not answered.
    """
    found: dict[str, Answer] = {}
    for question in questions:
        asked = ask(address, question)
        assert not isinstance(asked.answer, str), f"{question}: {asked.answer}"
        found[question] = asked.answer
    return found

"""One engine in a process of its own: it is told a line of JSON, and says a line of JSON.

Run as ``python -m benchmarks.worker ENGINE``; `benchmarks.turns` is who talks to it.
"""

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import Any

from benchmarks.protocol import ENGINES, Inputs, Questions, Runner, read_questions

Reply = dict[str, Any]


class Worker:
    """What a process can be told to do; each method is one command."""

    def __init__(self, runner: Runner) -> None:
        self._runner = runner

    def version(self) -> Reply:
        """What is measured."""
        return {"version": self._runner.version()}

    def build(self, passages: str, terms: str, folder: str) -> Reply:
        """Index a corpus."""
        inputs = Inputs(Path(passages), Path(terms))
        started = perf_counter()
        self._runner.build(inputs, Path(folder))
        seconds = perf_counter() - started
        return {"seconds": seconds, "bytes": self._runner.size(Path(folder))}

    def open(self, folder: str, questions: str) -> Reply:
        """Open the index and answer the questions that warm up."""
        started = perf_counter()
        self._questions: Questions = read_questions(Path(questions))
        self._runner.open(Path(folder))
        for _ in range(self._runner.warmups):
            for question in self._questions.warming:
                self._runner.ask(question)
        return {"seconds": perf_counter() - started}

    def ask(self, first: int, end: int) -> Reply:
        """Answer some of the questions that are measured."""
        answers = [self._runner.ask(question) for question in self._questions.measured[first:end]]
        return {
            "seconds": [answer.seconds for answer in answers],
            "found": [list(answer.found) for answer in answers],
        }


def main() -> None:
    """Do as told until there is nothing more."""
    # Whatever a library prints goes to standard error, and never between the answers.
    answering = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    worker: Worker | None = None
    for line in sys.stdin:
        told = json.loads(line)
        try:
            worker = worker or Worker(ENGINES[sys.argv[1]].runner())
            command: Callable[..., Reply] = getattr(worker, told.pop("do"))
            reply = command(**told)
        except Exception as error:  # noqa: BLE001 - the other side reports it, whatever it is
            reply = {"error": f"{type(error).__name__}: {error}"}
        answering.write(json.dumps(reply) + "\n")
        answering.flush()


if __name__ == "__main__":
    main()

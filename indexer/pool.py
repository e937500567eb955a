"""Processes that work for a rebuild, and leave when it does."""

import os
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import connection, get_context, parent_process
from typing import TypeVar

from indexer.errors import SearchError

Value = TypeVar("Value")
Result = TypeVar("Result")


class Pool:
    """Calls functions in other processes, or, with none of them, here."""

    def __init__(self, processes: int) -> None:
        self._processes = processes
        self._pool: ProcessPoolExecutor | None = None
        if processes:
            context = get_context("forkserver")
            context.set_forkserver_preload(["indexer.rebuild"])
            self._pool = ProcessPoolExecutor(processes, context, _end_with_parent)

    def stream(self, function: Callable[[Value], Result], values: Iterable[Value]) -> Iterator[Result]:
        """The function of each value, in order; only so many values are drawn as keep all processes busy.

        Raises:
            SearchError: a process was ended from outside.
        """
        if self._pool is None:
            yield from map(function, values)
            return
        waiting: deque[Future[Result]] = deque()
        with _ended_from_outside():
            for value in values:
                waiting.append(self._pool.submit(function, value))
                if len(waiting) > 2 * self._processes:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()

    def spread(self, function: Callable[[Value], Result], values: Iterable[Value]) -> Iterator[Result]:
        """The function of each value, in order, one value a process at a time.

        Raises:
            SearchError: a process was ended from outside.
        """
        if self._pool is None:
            yield from map(function, values)
            return
        with _ended_from_outside():
            yield from self._pool.map(function, values)

    def close(self) -> None:
        """End the processes; what waits is not begun."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)


@contextmanager
def _ended_from_outside() -> Iterator[None]:
    try:
        yield
    except BrokenProcessPool as error:
        raise SearchError(
            "a process that analyzed documents was ended from outside, perhaps for want of memory",
            hint="Run the command again with --jobs 1. The index is as it was before.",
        ) from error


def _end_with_parent() -> None:
    """Leave when the process that asked is killed: a pool's workers would wait for work for ever."""
    parent = parent_process()
    if parent is not None:
        threading.Thread(target=_await_end, args=(parent.sentinel,), daemon=True).start()


def _await_end(sentinel: int) -> None:
    connection.wait([sentinel])
    os._exit(1)

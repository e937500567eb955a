"""Processes that work for a rebuild, and leave when it does."""

import os
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import chain, islice
from multiprocessing import connection, forkserver, get_context, parent_process
from typing import TypeVar

from indexer.errors import SearchError

Value = TypeVar("Value")
Result = TypeVar("Result")


class Pool:
    """Calls functions in other processes, or, with none of them, here.

    Every call begins with new processes, so that what one kind of work remembers takes no room from the next.
    """

    def __init__(self, processes: int) -> None:
        self._processes = processes

    def stream(self, function: Callable[[Value], Result], values: Iterable[Value]) -> Generator[Result]:
        """The function of each value, in order; only so many values are drawn as keep all processes busy.

        Raises:
            SearchError: a process was ended from outside.
        """
        if not self._processes:
            yield from map(function, values)
            return
        waiting: deque[Future[Result]] = deque()
        # What the processes are forked from reads its modules while the first value is drawn: a large file is
        # read through for it.
        _begin_server()
        remaining = iter(values)
        first = list(islice(remaining, 1))
        with _executor(self._processes) as pool:
            for value in chain(first, remaining):
                waiting.append(pool.submit(function, value))
                if len(waiting) > 2 * self._processes:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()

    def for_each(self, function: Callable[[Value], Result], values: Iterable[Value]) -> Iterator[Result]:
        """The function of each value, in order, one value a process at a time.

        Raises:
            SearchError: a process was ended from outside.
        """
        if not self._processes:
            yield from map(function, values)
            return
        with _executor(self._processes) as pool:
            yield from pool.map(function, values)


@contextmanager
def _executor(processes: int) -> Iterator[ProcessPoolExecutor]:
    _begin_server()
    pool = ProcessPoolExecutor(processes, get_context("forkserver"), _end_with_parent)
    try:
        for _ in range(processes):
            pool.submit(os.getpid)  # begins a process: a pool waits with the second until the first is busy
        yield pool
    except BrokenProcessPool as error:
        raise SearchError(
            "a process that analyzed documents was ended from outside, perhaps for want of memory",
            hint="Run the command again with --jobs 1. The index is as it was before.",
        ) from error
    finally:
        pool.shutdown(cancel_futures=True)


def _begin_server() -> None:
    """Begin the process that all others are forked from, unless it runs; wait for nothing."""
    forkserver.set_forkserver_preload(["indexer.update"])
    forkserver.ensure_running()


def _end_with_parent() -> None:
    """Leave when the process that asked is killed: a pool's workers would wait for work for ever."""
    parent = parent_process()
    if parent is not None:
        threading.Thread(target=_await_end, args=(parent.sentinel,), daemon=True).start()


def _await_end(sentinel: int) -> None:
    connection.wait([sentinel])
    os._exit(1)

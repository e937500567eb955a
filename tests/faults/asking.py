"""What an index answers, in a form that can be compared; asked in this process, and over HTTP."""

import json
import random
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from urllib.parse import quote

from indexer.request import SearchRequest
from indexer.service import SearchService
from indexer.settings import Settings
from indexer.wire import search_object

QUERIES = ["*", "harbour storm", "Hafen", "港口", '"the storm"', "har*"]
#: Documents and scores, or the number of the HTTP error.
Answer = tuple[tuple[str, float], ...] | int


def answers(settings: Settings) -> dict[str, Answer]:
    """What each query finds, best first."""
    service = SearchService.open(settings)
    pages = {query: search_object(service.search(SearchRequest(query, size=20))) for query in QUERIES}
    service.close()
    return {query: tuple((hit["id"], hit["score"]) for hit in page["hits"]) for query, page in pages.items()}


class Client:
    """Asks a server one question after another, and keeps what it answered."""

    def __init__(self, address: str, seed: int, pause: float = 0.05) -> None:
        """``pause``, in seconds, lies between two questions."""
        self._address = address
        self._pause = pause
        #: How long each answer took.
        self.seconds: list[float] = []
        self._rng = random.Random(seed)
        self._given: list[tuple[str, Answer]] = []
        self._lock = threading.Lock()
        self._stopped = threading.Event()
        self.asked = 0
        self.retried = 0
        self._thread = threading.Thread(target=self._ask_on, daemon=True)

    def __enter__(self) -> "Client":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stopped.set()
        self._thread.join()

    def drained(self) -> Sequence[tuple[str, Answer]]:
        """What was answered since the last time."""
        with self._lock:
            given, self._given = self._given, []
        return given

    def settled(self, expected: dict[str, Answer], seconds: float) -> bool:
        """Whether the server comes to answer so within some seconds."""
        end = time.monotonic() + seconds
        while any(self.answer(query) != answer for query, answer in expected.items()):
            if time.monotonic() > end:
                return False
            time.sleep(0.1)
        return True

    def answer(self, query: str) -> Answer:
        """What the server answers; a connection that a killed worker let go of is made again."""
        for _ in range(200):
            try:
                address = f"{self._address}/api/v1/search?size=20&q={quote(query)}"
                with urllib.request.urlopen(address, timeout=30) as response:
                    hits = json.load(response)["hits"]
                    return tuple((hit["id"], hit["score"]) for hit in hits)
            except urllib.error.HTTPError as error:
                with error:
                    return error.code
            except (OSError, ValueError):
                self.retried += 1
                time.sleep(0.05)
        return 0

    def _ask_on(self) -> None:
        while not self._stopped.wait(self._pause):
            query = self._rng.choice(QUERIES)
            begun = time.perf_counter()
            answer = self.answer(query)
            self.seconds.append(time.perf_counter() - begun)
            self.asked += 1
            with self._lock:
                self._given.append((query, answer))

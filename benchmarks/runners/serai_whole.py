"""Serai as its users have it: `serai rebuild`, then searches with every tier, facets and snippets."""

import subprocess
from importlib.metadata import version
from pathlib import Path
from time import perf_counter

from benchmarks.processes import serai
from benchmarks.protocol import Answer, Inputs, Question, bytes_below
from indexer.request import SearchRequest
from indexer.service import SearchService
from indexer.settings import Settings


class SeraiWhole:
    """Text in, pages of ten out."""

    warmups = 1

    def version(self) -> str:
        """The engine and its version."""
        return f"Serai {version('serai')}, Whoosh {version('whoosh3')}, numpy {version('numpy')}"

    def build(self, inputs: Inputs, folder: Path) -> None:
        """Run the command that a user runs."""
        command = serai("rebuild", inputs.passages, "--index", folder, "--quiet")
        subprocess.run(command, check=True, stdin=subprocess.DEVNULL)

    def size(self, folder: Path) -> int:
        """The bytes of the index, stored texts aside."""
        return bytes_below(folder, "_stored.col")

    def open(self, folder: Path) -> None:
        """Open the published generation."""
        self._service = SearchService.open(Settings(index=folder))

    def ask(self, question: Question) -> Answer:
        """One page, as the API and the terminal get it."""
        started = perf_counter()
        page = self._service.search(SearchRequest(question.text))
        seconds = perf_counter() - started
        return Answer(seconds, [int(hit.id.rpartition("#")[2]) for hit in page.hits])


RUNNER = SeraiWhole()

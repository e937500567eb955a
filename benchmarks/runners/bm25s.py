"""bm25s: every score computed beforehand, in sparse arrays that are held in memory."""

from importlib.metadata import version
from pathlib import Path
from time import perf_counter

import bm25s

from benchmarks.protocol import Answer, Inputs, Question, bytes_below, lines_of


class Bm25s:
    """Terms in, ten best out."""

    warmups = 1

    def version(self) -> str:
        """The engine and its version."""
        return f"bm25s {version('bm25s')} (numpy)"

    def build(self, inputs: Inputs, folder: Path) -> None:
        """Score every term of every line, and save."""
        lines = [terms for _, terms in lines_of(inputs.terms)]
        tokens = bm25s.tokenize(
            lines, lower=False, token_pattern=r"[^ ]+", stopwords=None, show_progress=False
        )
        retriever = bm25s.BM25(method="lucene", k1=1.2, b=0.75)
        retriever.index(tokens, show_progress=False)
        retriever.save(str(folder), show_progress=False)

    def size(self, folder: Path) -> int:
        """The bytes of the saved arrays."""
        return bytes_below(folder)

    def open(self, folder: Path) -> None:
        """Load the arrays into memory."""
        self._retriever = bm25s.BM25.load(str(folder), show_progress=False)

    def ask(self, question: Question) -> Answer:
        """Any of the terms."""
        started = perf_counter()
        known = [term for term in question.terms if term in self._retriever.vocab_dict]
        if not known:
            return Answer(perf_counter() - started, [])
        found, scores = self._retriever.retrieve(
            [known], k=10, show_progress=False, backend_selection="numpy"
        )
        seconds = perf_counter() - started
        return Answer(seconds, [int(n) for n, score in zip(found[0], scores[0], strict=True) if score > 0])


RUNNER = Bm25s()

"""tantivy, with its defaults: every core indexes, positions are kept, and hits are not counted."""

from importlib.metadata import version
from pathlib import Path
from time import perf_counter

import tantivy

from benchmarks.protocol import Answer, Inputs, Question, bytes_below, lines_of


class Tantivy:
    """Terms in, ten best out; counting all matches as well would keep it from skipping blocks."""

    warmups = 1

    def version(self) -> str:
        """The engine and its version."""
        return f"tantivy {version('tantivy')}"

    def build(self, inputs: Inputs, folder: Path) -> None:
        """Add every line, commit, and wait for merges."""
        index = tantivy.Index(_schema(), path=str(folder))
        writer = index.writer()
        for number, (_, terms) in enumerate(lines_of(inputs.terms)):
            writer.add_document(tantivy.Document(number=number, terms=terms))
        writer.commit()
        writer.wait_merging_threads()

    def size(self, folder: Path) -> int:
        """The bytes of the index; the numbers of passages are all that it stores."""
        return bytes_below(folder, ".store")

    def open(self, folder: Path) -> None:
        """Open the index."""
        self._index = tantivy.Index.open(str(folder))
        self._searcher = self._index.searcher()

    def ask(self, question: Question) -> Answer:
        """Any of the terms."""
        started = perf_counter()
        schema = self._index.schema
        clauses = [
            (tantivy.Occur.Should, tantivy.Query.term_query(schema, "terms", term)) for term in question.terms
        ]
        result = self._searcher.search(tantivy.Query.boolean_query(clauses), 10, count=False)
        seconds = perf_counter() - started
        return Answer(seconds, [self._searcher.doc(address)["number"][0] for _, address in result.hits])


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("number", stored=True)
    builder.add_text_field("terms", tokenizer_name="whitespace")
    return builder.build()


RUNNER = Tantivy()

"""SQLite FTS5: a table without content, ranked by its bm25."""

import sqlite3
from pathlib import Path
from time import perf_counter

from benchmarks.protocol import Answer, Inputs, Question, bytes_below, lines_of

#: Whatever is no white space belongs to a term.
_TOKENIZER = "unicode61 remove_diacritics 0 categories ''L* M* N* P* S* C*''"


class SqliteFts5:
    """Terms in, row numbers out."""

    warmups = 1

    def version(self) -> str:
        """The engine and its version."""
        return f"SQLite {sqlite3.sqlite_version} FTS5"

    def build(self, inputs: Inputs, folder: Path) -> None:
        """Insert every line in one transaction."""
        database = sqlite3.connect(folder / "terms.db")
        database.execute(
            f"CREATE VIRTUAL TABLE passages USING fts5(terms, content='', tokenize='{_TOKENIZER}')"
        )
        rows = ((number, terms) for number, (_, terms) in enumerate(lines_of(inputs.terms)))
        database.executemany("INSERT INTO passages (rowid, terms) VALUES (?, ?)", rows)
        database.commit()
        database.close()

    def size(self, folder: Path) -> int:
        """The bytes of the database; it holds no text."""
        return bytes_below(folder)

    def open(self, folder: Path) -> None:
        """Open the database."""
        self._database = sqlite3.connect(folder / "terms.db")

    def ask(self, question: Question) -> Answer:
        """Any of the terms, each in quotes."""
        started = perf_counter()
        wanted = " OR ".join('"' + term.replace('"', '""') + '"' for term in question.terms)
        rows = self._database.execute(
            "SELECT rowid FROM passages WHERE passages MATCH ? ORDER BY rank LIMIT 10", (wanted,)
        ).fetchall()
        seconds = perf_counter() - started
        return Answer(seconds, [number for (number,) in rows])


RUNNER = SqliteFts5()

"""What one batch of documents brings to the lexicon: a file of its own, laid down by whoever analyzed it."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from analyzers.analysis import Tier
from analyzers.folding import Memo, fold
from analyzers.han import simplified
from analyzers.normal import normalize
from indexer.entries import Entries
from indexer.inversion import Inversion
from indexer.schema import Field, Zone
from indexer.tables import TableWriter, all_encoded

#: Words longer than this are no words that anyone types: addresses, tables, noise. In code points.
LONGEST = 64
Counts = NDArray[np.int64]

_folded = Memo(fold)


def folded_text(text: str) -> str:
    """A text folded as words are, a piece between spaces at a time."""
    return " ".join(map(_folded.__getitem__, simplified(normalize(text).text).split()))


def folded_lines(lines: Sequence[str]) -> list[str]:
    """Many texts folded, each of which is one line."""
    if not lines:
        return []
    # No run of a script goes past the end of a line, so what takes a text by runs may take all together.
    together = simplified(normalize("\n".join(lines)).text).split("\n")
    return [" ".join(map(_folded.__getitem__, line.split())) for line in together]


def scratch(directory: Path) -> Path:
    """Where the words of batches are laid down; it goes when they have been gathered."""
    return directory / "lexicon.tmp"


def lay_down(entries: Entries, directory: Path, number: int) -> Path:
    """Lay down the words of a batch in a file, in whatever process.

    A lexicon has the same columns, and more. ``words`` ascend, with the ``documents`` in which each stands,
    and its ``occurrences``; by words, ``written`` is how they are written otherwise than folded:
    ``written.words`` is which, and ``written.times`` how often; one may come twice, and nothing is the word
    capitalized. ``folded_titles`` and ``titles`` ascend together, with ``titles.documents``.
    """
    path = scratch(directory) / str(number)
    path.parent.mkdir(parents=True, exist_ok=True)
    with TableWriter(path) as writer:
        _put_words(writer, entries)
        _put_titles(writer, entries)
    return path


def _put_words(writer: TableWriter, entries: Entries) -> None:
    text, title = (entries.fields[Field(zone, Tier.WORD)].inversion for zone in (Zone.TEXT, Zone.TITLE))
    numbers = dict(zip(text.terms, range(len(text.terms)), strict=True))
    in_titles = np.array([numbers.setdefault(word, len(numbers)) for word in title.terms], np.int64)
    words = list(numbers)
    documents, occurrences = _counted(text, title, in_titles, len(words))
    # The words of the texts ascend, and so do those behind them: such two are merged at once.
    order = np.array(sorted(range(len(words)), key=words.__getitem__), np.int64)
    order = order[_typed(words)[order]]
    writer.put_pieces("words", [[words[number] for number in order.tolist()]])
    writer.put("documents", documents[order])
    writer.put("occurrences", occurrences[order])

    place = np.full(len(words), -1)
    place[order] = np.arange(len(order))
    spelled = all_encoded([word for _, word, _ in entries.spellings])
    owners = place[np.fromiter(map(numbers.__getitem__, spelled), np.int64, len(spelled))]
    rows = np.argsort(owners, kind="stable")
    rows = rows[owners[rows] >= 0]
    # Most are capitalized and no more, which takes no room.
    written = all_encoded(
        ["" if spelling == word.capitalize() else spelling for spelling, word, _ in entries.spellings]
    )
    writer.put_pieces("written", [[written[row] for row in rows.tolist()]])
    writer.put("written.words", owners[rows])
    writer.put("written.times", np.array([times for _, _, times in entries.spellings], np.int64)[rows])


def _put_titles(writer: TableWriter, entries: Entries) -> None:
    counts = Counter(document.title for document in entries.documents if "\n" not in document.title)
    titles = list(counts)
    rows = sorted(row for row in zip(folded_lines(titles), titles, counts.values(), strict=True) if row[0])
    writer.put_pieces("folded_titles", [all_encoded([folded for folded, _, _ in rows])])
    writer.put_pieces("titles", [all_encoded([title for _, title, _ in rows])])
    writer.put("titles.documents", np.array([documents for _, _, documents in rows], np.int64))


def _typed(words: Sequence[bytes]) -> NDArray[np.bool_]:
    """Whether each word is short enough for anyone to type."""
    typed = np.fromiter(map(len, words), np.int64, len(words)) <= LONGEST
    for number in np.flatnonzero(~typed).tolist():
        typed[number] = len(words[number].decode("utf-8", "surrogatepass")) <= LONGEST
    return typed


def _counted(text: Inversion, title: Inversion, in_titles: Counts, size: int) -> tuple[Counts, Counts]:
    """In how many documents each word stands, wherever, and how often; shape (size,).

    The words of the texts are numbered in their order, those of the titles as ``in_titles`` says.
    """
    documents, occurrences = np.zeros(size, np.int64), np.zeros(size, np.int64)
    pairs = []
    for lists, words in ((text, np.arange(len(text.terms))), (title, in_titles)):
        documents[words] += lists.frequencies
        ends = np.concatenate([[0], np.cumsum(lists.counts, dtype=np.int64)])
        occurrences[words] += np.diff(ends[lists.bounds])
        # The word and the document as one number.
        pairs.append(np.repeat(words << 32, lists.frequencies) | lists.documents)
    in_text, in_title = pairs
    found = np.searchsorted(in_text, in_title)
    twice = in_title[found < np.searchsorted(in_text, in_title, side="right")]
    documents -= np.bincount(twice >> 32, minlength=size)
    return documents, occurrences

"""The passages that are indexed: real documents, cut where paragraphs and sentences end.

All sizes come from one list of about 96,000 passages of about a kilobyte (100 MB). Smaller
corpora take evenly spaced passages of each language; a larger one recombines the sentences of real
documents, so its word frequencies are real and its vocabulary is no larger than the list's.
"""

import gzip
import json
import os
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

import regex

ROOT = Path(__file__).parent.parent
LANGUAGES = ("en", "de", "zh", "hi", "th")

#: A passage is closed once it holds this much, and a piece is cut smaller above it; bytes of UTF-8.
CLOSED_AT = 990
#: What is left of a document joins its last passage when it is smaller than this; bytes.
SCRAP = 450
#: Stands for every passage there is, however many there are.
EVERY = 100_000

# Each piece keeps the white space after it, so that pieces side by side are the text again.
_PARAGRAPHS = regex.compile(r"[^\n]*\n\s*|[^\n]+\Z")
_SENTENCES = regex.compile(r".+?(?:[.!?](?=\s)|[。！？।॥])[\p{Pe}\p{Pf}\p{Pi}\"']*\s*|.+\Z", regex.DOTALL)
_WORDS = regex.compile(r".{1,250}(?:\s+|\Z)|\X{1,250}", regex.DOTALL)


@dataclass(frozen=True, slots=True)
class Corpus:
    """One size of the corpus on disk: ``passages`` is JSON Lines, ``size`` is in bytes of text."""

    passages: Path
    count: int
    size: int
    recombined: bool


def data_folder() -> Path:
    """Where the documents are: ``SERAI_EVAL_DATA``, or beside the clone."""
    return Path(os.environ.get("SERAI_EVAL_DATA") or ROOT.parent / "shared" / "data")


def corpus_of(size: int, cache: Path, data: Path | None = None) -> Corpus:
    """The corpus of about ``size`` passages, written into ``cache`` the first time."""
    path = cache / f"passages-{size}.jsonl"
    facts = path.with_suffix(".facts.json")
    if not facts.exists():
        cache.mkdir(parents=True, exist_ok=True)
        texts = _texts(size, data or data_folder())
        facts.write_text(json.dumps(_write(path, texts, recombined=size > EVERY)), encoding="utf-8")
    return Corpus(path, **json.loads(facts.read_text(encoding="utf-8")))


def passages_of(text: str) -> Iterator[str]:
    """The passages of one document; joined they are its text."""
    held: list[str] = []
    size = 0
    last = ""
    for piece in _pieces(text):
        held.append(piece)
        size += len(piece.encode())
        if size >= CLOSED_AT:
            if last:
                yield last
            last, held, size = "".join(held), [], 0
    rest = "".join(held)
    if rest and size < SCRAP and last:
        last, rest = last + rest, ""
    yield from (passage for passage in (last, rest) if passage.strip())


def _pieces(
    text: str, splitters: tuple[regex.Pattern[str], ...] = (_PARAGRAPHS, _SENTENCES, _WORDS)
) -> Iterator[str]:
    """Paragraphs, the long ones as sentences, the long ones of those as stretches of words."""
    if not splitters or len(text.encode()) <= CLOSED_AT // 2:
        yield text
        return
    for match in splitters[0].finditer(text):
        yield from _pieces(match[0], splitters[1:])


def _documents(language: str, data: Path) -> Iterator[str]:
    with gzip.open(data / "bulk" / f"{language}.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)["text"]


def _texts(size: int, data: Path) -> Iterator[str]:
    """Passages, the languages by turns: an archive that grows day by day holds them mixed."""
    by_language = [
        _recombined(language, size // len(LANGUAGES), data)
        if size > EVERY
        else _sampled([p for text in _documents(language, data) for p in passages_of(text)], size)
        for language in LANGUAGES
    ]
    for row in zip_longest(*by_language):
        yield from (text for text in row if text is not None)


def _sampled(passages: list[str], size: int) -> Iterable[str]:
    wanted = size // len(LANGUAGES)
    if size >= EVERY or wanted >= len(passages):
        return passages
    return [passages[index * len(passages) // wanted] for index in range(wanted)]


def _recombined(language: str, count: int, data: Path) -> Iterator[str]:
    """Passages of sentences drawn from all documents of a language."""
    sentences = [
        piece
        for text in _documents(language, data)
        for paragraph in _PARAGRAPHS.findall(text)
        for piece in _pieces(paragraph, (_SENTENCES, _WORDS))
        if piece.strip()
    ]
    choose = random.Random(f"{language} {count}").choice
    for _ in range(count):
        held: list[str] = []
        size = 0
        while size < CLOSED_AT:
            held.append(choose(sentences))
            size += len(held[-1].encode())
        yield "".join(held)


def _write(path: Path, texts: Iterable[str], *, recombined: bool) -> dict[str, int | bool]:
    count = size = 0
    part = path.with_suffix(".part")
    with part.open("w", encoding="utf-8") as lines:
        for text in texts:
            lines.write(json.dumps({"id": str(count), "text": text}, ensure_ascii=False) + "\n")
            count += 1
            size += len(text.encode())
    part.rename(path)
    return {"count": count, "size": size, "recombined": recombined}

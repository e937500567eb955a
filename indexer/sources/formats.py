"""The formats Serai reads, one line each; CONTRIBUTING.md says how to add one."""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from indexer.document import Document
from indexer.errors import CorpusError
from indexer.sources import html, jsonl, markdown, plain
from indexer.sources.decoding import decoded
from indexer.sources.files import GZIP, content_of
from indexer.sources.records import Kind, Parsed, Read, Remark, Row, SourceFile, Unit, digest_of

#: A file that is one document: its text -> what is in it.
PARSERS: dict[str, Callable[[str], Parsed]] = {
    ".txt": plain.parsed,
    ".text": plain.parsed,
    ".md": markdown.parsed,
    ".markdown": markdown.parsed,
    ".html": html.parsed,
    ".htm": html.parsed,
    ".xhtml": html.parsed_xhtml,
}


class Reader(NamedTuple):
    """How a file of many documents is read: in rows, one at a time, each of which is parsed by itself.

    ``id`` says under which id a row would be a document, without parsing all of it.
    """

    rows: Callable[[SourceFile], Iterator[Row | Remark]]
    document: Callable[[SourceFile, Row], Document | Remark]
    id: Callable[[SourceFile, Row], str]


#: A file of many documents: what reads it.
READERS: dict[str, Reader] = {
    ".jsonl": Reader(jsonl.rows, jsonl.document, jsonl.id_of),
    ".ndjson": Reader(jsonl.rows, jsonl.document, jsonl.id_of),
}


def format_of(name: str) -> str:
    """The ending of a file's name that says what it holds, in lower case: ".jsonl" of "2024.JSONL.gz"."""
    stem = name.lower().removesuffix(GZIP)
    return stem[stem.rfind(".") :] if "." in stem[1:] else ""


def is_read(name: str) -> bool:
    """Whether Serai reads files of such a name."""
    return format_of(name) in PARSERS or format_of(name) in READERS


def read(file: SourceFile) -> Iterator[Document | Remark]:
    """The documents of one file, and a remark for whatever cannot be read."""
    return parsed(units(file))


def units(file: SourceFile) -> Iterator[Unit | Remark]:
    """What is to be parsed of one file, and a remark for whatever cannot be read."""
    reader = READERS.get(format_of(file.source))
    if reader is None:
        yield Unit(file, None, file.size)
        return
    try:
        for row in reader.rows(file):
            yield row if isinstance(row, Remark) else Unit(file, row, len(row.content))
    except CorpusError as error:
        yield _rejected(file, error)


def origin(unit: Unit) -> tuple[str, bytes]:
    """The id under which a unit would be a document, and the digest of its bytes; nothing is parsed.

    Raises:
        CorpusError: it cannot be read.
    """
    if unit.row is None:
        return unit.file.source, digest_of(content_of(unit.file))
    return READERS[format_of(unit.file.source)].id(unit.file, unit.row), _digest_of(unit.row)


def parsed(some: Iterable[Unit | Remark]) -> Iterator[Document | Remark]:
    """The documents that these are, and a remark for each that is none; remarks stay as they are."""
    return (one.document if isinstance(one, Read) else one for one in digested(some))


def digested(some: Iterable[Unit | Remark]) -> Iterator[Read | Remark]:
    """The documents that these are, each with its digest, and remarks as above."""
    for unit in some:
        if isinstance(unit, Remark):
            yield unit
        elif unit.row is not None:
            made = READERS[format_of(unit.file.source)].document(unit.file, unit.row)
            yield made if isinstance(made, Remark) else Read(made, _digest_of(unit.row))
        else:
            try:
                yield from _whole(unit.file)
            except CorpusError as error:
                yield _rejected(unit.file, error)


def _digest_of(row: Row) -> bytes:
    # A line is no other one for standing last, without its end.
    return digest_of(row.content.strip())


def _rejected(file: SourceFile, error: CorpusError) -> Remark:
    return Remark(Kind.REJECTED, file.source, str(error), error.hint)


def _whole(file: SourceFile) -> Iterator[Read | Remark]:
    """The one document that a file is."""
    whole = content_of(file)
    content = decoded(whole)
    parsed = PARSERS[format_of(file.source)](content.text)
    if not parsed.text.strip() and not parsed.title:
        raise CorpusError("it holds no text", hint="Remove it, or fill it and run the command again.")
    for note in (content.note, *parsed.notes):
        if note:
            yield Remark(Kind.NOTED, file.source, note)
    document = Document(
        id=file.source,
        title=parsed.title or file.name,
        text=parsed.text,
        source=file.source,
        language=parsed.language,
        date=parsed.date,
        tags=parsed.tags,
    )
    yield Read(document, digest_of(whole))

"""The formats Serai reads, one line each; CONTRIBUTING.md says how to add one."""

from collections.abc import Callable, Iterator

from indexer.document import Document
from indexer.errors import CorpusError
from indexer.sources import html, jsonl, markdown, plain
from indexer.sources.decoding import decoded
from indexer.sources.files import GZIP, content_of
from indexer.sources.records import Kind, Parsed, Remark, SourceFile

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
#: A file of many documents: the file -> its documents, one at a time.
READERS: dict[str, Callable[[SourceFile], Iterator[Document | Remark]]] = {
    ".jsonl": jsonl.read,
    ".ndjson": jsonl.read,
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
    try:
        reader = READERS.get(format_of(file.source))
        yield from reader(file) if reader else _whole(file)
    except CorpusError as error:
        yield Remark(Kind.REJECTED, file.source, str(error), error.hint)


def _whole(file: SourceFile) -> Iterator[Document | Remark]:
    """The one document that a file is."""
    content = decoded(content_of(file))
    parsed = PARSERS[format_of(file.source)](content.text)
    if not parsed.text.strip() and not parsed.title:
        raise CorpusError("it holds no text", hint="Remove it, or fill it and run the command again.")
    for note in (content.note, *parsed.notes):
        if note:
            yield Remark(Kind.NOTED, file.source, note)
    yield Document(
        id=file.source,
        title=parsed.title or file.name,
        text=parsed.text,
        source=file.source,
        language=parsed.language,
        date=parsed.date,
        tags=parsed.tags,
    )

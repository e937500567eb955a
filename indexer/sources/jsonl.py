"""JSON Lines: one document a line, UTF-8; ``text`` is required."""

import json
import re
import unicodedata
from array import array
from collections.abc import Iterable, Iterator
from functools import lru_cache

import numpy as np

from indexer.document import Document, iso_date, language_tag, well_formed
from indexer.errors import CorpusError
from indexer.sources.files import MAX_BYTES, empty, most_bytes, opened
from indexer.sources.records import Kind, Remark, Row, SourceFile
from indexer.sources.titles import title_of

MAX_HELD = 32 << 20  #: bytes of lines that are kept from the first reading for the second
MARK = b"\xef\xbb\xbf"
UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
ID_FIRST = re.compile(rb'\s*\{\s*"id"\s*:\s*("(?:[^"\\]|\\.)*"|-?\d+)\s*[,}]')
SURROGATE = re.compile(rb"\\u[dD][89a-fA-F]")

tag_of = lru_cache(maxsize=1024)(language_tag)

Fields = dict[str, object]


def rows(file: SourceFile) -> Iterator[Row | Remark]:
    """The lines that are to be documents, and a remark for each that a later one replaces.

    The file is read twice, a line at a time: of two lines with one id the later stands, and only the end
    of the file tells which is the later.
    """
    lines = _Lines(file)
    replaced = _replaced(file, lines)
    for number, line in lines:
        if number in replaced:
            reason = f"line {replaced[number]} has the same id and stands in its place"
            yield Remark(Kind.REPLACED, f"{file.source}:{number}", reason)
        else:
            yield Row(number, line)


def id_of(file: SourceFile, row: Row) -> str:
    """The id that the document of a line would have."""
    return f"{file.source}#{_key(row.number, row.content)}"


def document(file: SourceFile, row: Row) -> Document | Remark:
    """The document of a line, or what is wrong with it."""
    try:
        return _document(file, row.number, _fields(row.content))
    except CorpusError as error:
        return Remark(Kind.REJECTED, f"{file.source}:{row.number}", str(error), error.hint)


class _Lines:
    """The lines of a file, to be gone through again and again; a small file is unpacked only once."""

    def __init__(self, file: SourceFile) -> None:
        self._file = file
        self._held: list[tuple[int, bytes]] = []
        self._all_held = False

    def __iter__(self) -> Iterator[tuple[int, bytes]]:
        if self._all_held:
            yield from self._held
            return
        self._held.clear()
        size = 0
        for number, line in _lines(self._file):
            size += len(line)
            if size <= MAX_HELD:
                self._held.append((number, line))
            else:
                self._held.clear()
            yield number, line
        self._all_held = size <= MAX_HELD


def _lines(file: SourceFile) -> Iterator[tuple[int, bytes]]:
    """The lines that hold something, numbered from 1; one too long comes a byte longer than allowed.

    Raises:
        CorpusError: the file cannot be read, or not to its end.
    """
    left = most_bytes(file)
    with opened(file) as stream:
        number = 0
        while line := stream.readline(MAX_BYTES + 1):
            number += 1
            left -= len(line)
            if number == 1:
                line = _unmarked(line)
            if line and not line.isspace():
                yield number, line
            while len(line) > MAX_BYTES and not line.endswith(b"\n") and left > 0:
                line = stream.readline(MAX_BYTES + 1)
                left -= len(line)
            if left < 0:
                most = most_bytes(file) / (1 << 20)
                raise CorpusError(
                    f"it unpacks to more than {most:,.0f} MiB, so the rest was not read",
                    hint="If it is what it should be, unpack it and index the plain file.",
                )


def _unmarked(line: bytes) -> bytes:
    if line.startswith(UTF16_MARKS):
        raise CorpusError("it is UTF-16, and JSON Lines are UTF-8", hint="Save it as UTF-8.")
    return line.removeprefix(MARK)


def _replaced(file: SourceFile, lines: Iterable[tuple[int, bytes]]) -> dict[int, int]:
    """The lines whose id a later line has again, and for each the last such line.

    Sixteen bytes a line are held, its number and a hash of its id: a file of many millions of lines fits.

    Raises:
        CorpusError: the file holds no line, or cannot be read.
    """
    hashes, numbers = array("q"), array("q")
    for number, line in lines:
        hashes.append(hash(_key(number, line)))
        numbers.append(number)
    if not numbers:
        raise empty()
    ordered = np.sort(np.frombuffer(hashes, dtype=np.int64))
    repeated = set(ordered[1:][ordered[1:] == ordered[:-1]].tolist())
    if not repeated:
        return {}
    candidates = {number: key for key, number in zip(hashes, numbers, strict=True) if key in repeated}
    last = {}
    for number, line in lines:
        # A line that is no document replaces none: the last of a file may be cut short.
        if number in candidates and _is_document(file, number, line):
            last[candidates[number]] = number
    return {number: last[key] for number, key in candidates.items() if number < last.get(key, 0)}


def _is_document(file: SourceFile, number: int, line: bytes) -> bool:
    try:
        _document(file, number, _fields(line))
    except CorpusError:
        return False
    return True


def _key(number: int, line: bytes) -> str:
    """The id of a line, read without the rest of the line where that can be."""
    first = ID_FIRST.match(line)
    # An empty id is none, and -0 is 0: both are for the parser to say.
    plain = first and first[1] not in (b'""', b"-0") and b"\\" not in first[1]
    if first and plain and line.count(b'"id"') == 1:
        return unicodedata.normalize("NFC", first[1].strip(b'"').decode("utf-8", "replace"))
    try:
        return _name(number, _fields(line))
    except CorpusError:
        return f"\0{number}"  # It will be rejected, and replaces nothing.


def _fields(line: bytes) -> Fields:
    if len(line) > MAX_BYTES:
        raise CorpusError(
            f"the line is longer than {MAX_BYTES >> 20} MiB", hint="Split its text into several documents."
        )
    try:
        fields = json.loads(line.decode())
    except UnicodeDecodeError:
        raise CorpusError("the line is not UTF-8", hint="Save the file as UTF-8.") from None
    except RecursionError:
        raise CorpusError("its values are nested too deeply", hint="Leave out what is nested.") from None
    except json.JSONDecodeError as error:
        column = min(error.pos, len(error.doc.rstrip())) + 1
        reason = f"it is not valid JSON at column {column}: {error.msg}"
        raise CorpusError(reason, hint="Write one JSON object a line.") from None
    except ValueError as error:  # a number of thousands of digits
        raise CorpusError(f"it cannot be read: {error}", hint="Write such a number as a string.") from None
    if not isinstance(fields, dict):
        raise CorpusError("it is not a JSON object", hint='Write one a line: {"id": "a1", "text": "…"}')
    if b"\\u" in line and SURROGATE.search(line):
        fields = {name: _scrubbed(value) for name, value in fields.items()}
    return fields


def _scrubbed(value: object) -> object:
    # Half of a pair, "\ud83d", can be escaped in JSON but neither stored nor shown.
    if isinstance(value, str):
        return well_formed(value)
    return [_scrubbed(item) for item in value] if isinstance(value, list) else value


def _document(file: SourceFile, number: int, fields: Fields) -> Document:
    """The document of one line.

    Raises:
        CorpusError: a field is missing, of the wrong type or not well formed.
    """
    text = _string(fields, "text")
    if text is None:
        raise CorpusError('it has no "text"', hint=f"Its fields are: {', '.join(fields) or 'none'}.")
    title = _string(fields, "title") or ""
    if not text.strip() and not title.strip():
        raise CorpusError("its text is empty", hint="Remove the line, or give it a text.")
    name = _name(number, fields)
    language, date = _string(fields, "language"), _string(fields, "date")
    return Document(
        id=f"{file.source}#{name}",
        title=title.strip() or title_of(text) or f"{file.name}#{name}",
        text=text,
        source=file.source,
        language=tag_of(language) if language else "",
        url=_string(fields, "url") or None,
        date=iso_date(date) if date else None,
        tags=_tags(fields),
    )


def _name(number: int, fields: Fields) -> str:
    """A line's own id, or its number where it has none."""
    own = fields.get("id")
    if own is None or own == "":
        return str(number)
    if isinstance(own, bool) or not isinstance(own, str | int):
        raise CorpusError('"id" is neither a string nor a number', hint="Leave it out to number the line.")
    return unicodedata.normalize("NFC", str(own))


def _string(fields: Fields, name: str) -> str | None:
    value = fields.get(name)
    if value is None or isinstance(value, str):
        return value
    raise CorpusError(f'"{name}" is not a string', hint=f'Write it in quotes: "{name}": "…"')


def _tags(fields: Fields) -> tuple[str, ...]:
    tags = fields.get("tags") or []
    tags = [tags] if isinstance(tags, str) else tags
    if not isinstance(tags, list) or not all(isinstance(tag, str) for tag in tags):
        raise CorpusError('"tags" is not a list of strings', hint='Write it as "tags": ["law", "2024"].')
    return tuple(tag.strip() for tag in tags if tag.strip())

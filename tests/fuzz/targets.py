"""What is fuzzed: a function of bytes for each target, which fails where a promise is broken, and seeds."""

import atexit
import gzip
import json
import shutil
import tempfile
import unicodedata
from collections.abc import Callable, Iterable
from functools import cache, partial
from html import unescape
from pathlib import Path
from typing import NamedTuple

import regex

from analyzers import analyzer_for
from analyzers.folding import exact, fold
from analyzers.normal import normalize
from indexer import cut
from indexer.document import Document, well_formed
from indexer.engines.memory import MemorySearcher
from indexer.engines.rows import rows_of
from indexer.entries import entries_of
from indexer.marking import Marker
from indexer.page import Snippet
from indexer.query import is_plain, parse, sought
from indexer.rebuild import rebuild
from indexer.request import MAX_QUERY, SearchRequest
from indexer.schema import Zone
from indexer.service import SearchService
from indexer.settings import Settings
from indexer.showing import shown
from indexer.snippet import marked
from indexer.sources import Remark, SourceFile, digested, origin, units
from indexer.terms import query_of
from indexer.wire import search_object
from tests.analyzers.test_contract import CODES, PROMISES, clusters_of, found, joined
from tests.fuzz import seeds
from web.highlight import marked_html, paragraphs, with_html

#: A first byte chooses one of these.
LANGUAGES = sorted(CODES)
_ENGINES = ("whoosh", "memory")
_MARK = regex.compile("</?mark>")
#: So many parts of a query are cut.
_CUT = 4


class Target(NamedTuple):
    """What is called, the bytes that it is called with at first, and how long they may become."""

    call: Callable[[bytes], object]
    seeds: Iterable[bytes]
    longest: int


def text_of(data: bytes) -> str:
    """The bytes as text, lone surrogates too; what is no UTF-8 even so is replaced."""
    try:
        return data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return data.decode("utf-8", "replace")


def bytes_of(text: str, first: int = 0) -> bytes:
    """What `text_of` reads, behind a byte that chooses."""
    return bytes([first]) + text.encode("utf-8", "surrogatepass")


def _choice(data: bytes) -> tuple[int, str]:
    return (data[0] if data else 0), text_of(data[1:])


# ----- queries


def query(data: bytes) -> None:
    """Any text is a query: what it is read as stands in it where it says, and nests no deeper than it may."""
    text = well_formed(text_of(data))[:MAX_QUERY]
    tree = parse(text)
    is_plain(tree)
    for number, part in enumerate(sought(tree)):
        assert text[part.start : part.start + len(part.text)] == part.text, (ascii(text), part)
        # To cut takes longer than to read, and what is cut tells little of what stands beside it.
        if number >= _CUT:
            continue
        for run in cut.runs(part.text):
            assert all(term and surface for surface, term in run.words), (ascii(text), run)
        cut.phrase(part.text)
    assert parse(text) == tree


@cache
def _services() -> list[SearchService]:
    folder = Path(tempfile.mkdtemp(prefix="serai-fuzz-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    source = folder / "notes.jsonl"
    source.write_text("\n".join(map(json.dumps, seeds.DOCUMENTS)), encoding="utf-8")
    services = []
    for engine in _ENGINES:
        settings = Settings(index=folder / engine, engine=engine, jobs=1)
        rebuild([source], settings, strict=True)
        services.append(SearchService.open(settings))
    return services


def search(data: bytes) -> None:
    """Any query is answered, alike by both engines; marks are what matched, and HTML is inert."""
    request = SearchRequest(well_formed(text_of(data))[:MAX_QUERY])
    pages = [service.search(request) for service in _services()]
    answers = [with_html(search_object(page)) for page in pages]
    for answer in answers:
        json.dumps(answer, ensure_ascii=False).encode()
        for hit in answer["hits"]:
            text = _services()[0].document(hit["id"]).text
            for snippet in hit["snippets"]:
                _check_snippet(Snippet(snippet["text"], snippet["start"], tuple(snippet["marks"])), text)
    tested, reference = answers
    for key in ("read_as", "notices", "total", "facets", "did_you_mean"):
        assert tested[key] == reference[key], (ascii(request.query), key, tested[key], reference[key])
    one, other = ({hit["id"]: hit["match"] for hit in answer["hits"]} for answer in answers)
    # Equal scores may differ in the last bit, and the page holds ten of twelve.
    if tested["total"] <= request.size:
        assert one == other, (ascii(request.query), one, other)
    _services()[0].suggest(request.query)


# ----- folding and analysis


def folding(data: bytes) -> None:
    """Normal form and folding are settled by one pass, whatever the form of the text.

    And every promise of analysis is kept (`tests/analyzers/test_contract.py`).
    """
    first, text = _choice(data)
    stored = unicodedata.normalize("NFC", text)
    normal = normalize(stored)
    assert normalize(normal.text).text == normal.text, ascii(stored)
    for term in normal.text.split():
        assert exact(exact(term)) == exact(term), ascii(term)
        assert fold(fold(term)) == fold(term), ascii(term)
        assert fold(unicodedata.normalize("NFD", term)) == fold(term), ascii(term)
        assert not any(map(str.isspace, fold(term))), ascii(term)
    analysis = analyzer_for(LANGUAGES[first % len(LANGUAGES)])(stored)
    for promise in PROMISES:
        promise(stored, analysis)
    for run in clusters_of(stored)[:4]:
        start = first % len(run)
        stretch = joined(run[start : start + 1 + first % 5])
        assert found(stretch, analysis), (ascii(stored), ascii(stretch))


# ----- snippets and marks


def marks(data: bytes) -> None:
    """What is shown of a document is a slice of it, what is marked is in it, and its HTML says no more.

    The first line is the query, the rest the text; the first byte chooses the language.
    """
    first, written = _choice(data)
    asked, _, text = well_formed(written).partition("\n")
    document = Document("a", asked[:20], text, "x", LANGUAGES[first % len(LANGUAGES)])
    entries = entries_of([document])
    searcher = MemorySearcher(rows_of(entries))
    node = query_of(parse(asked[:MAX_QUERY]), searcher).node
    marker = Marker(node)
    ((title, snippets),) = shown([document], marker)
    analyze = analyzer_for(document.language)
    whole = marked(document.text, marker, analyze, Zone.TEXT)
    _check_snippet(title, document.title)
    _check_snippet(whole, document.text)
    every = {place for start, end in whole.marks for place in range(start, end)}
    for snippet in snippets:
        _check_snippet(snippet, document.text)
        places = {snippet.start + place for start, end in snippet.marks for place in range(start, end)}
        assert places <= every, (ascii(asked), ascii(text), places - every)
    # What is found is marked somewhere, but by `*` or `NOT` alone, and where compounds are cut.
    for paragraph in paragraphs(whole):
        _check_snippet(paragraph, document.text)


def _check_snippet(snippet: Snippet, text: str) -> None:
    """An exact slice; its marks apart, in order, within, without white space, and whole in HTML."""
    assert text[snippet.start : snippet.start + len(snippet.text)] == snippet.text, ascii(text)
    before = -1
    for start, end in snippet.marks:
        inside = snippet.text[start:end]
        assert before < start < end <= len(snippet.text), (ascii(snippet.text), snippet.marks)
        assert not any(map(str.isspace, inside)), (ascii(snippet.text), ascii(inside))
        before = end
    html = str(marked_html(snippet))
    assert unescape_once(_MARK.sub("", html)) == snippet.text, ascii(html)
    assert html.count("<") == html.count(">") == 2 * len(snippet.marks), ascii(html)


def unescape_once(html: str) -> str:
    """The text that was escaped; of the standard library's, only what our escaping writes."""
    for entity in ("&lt;", "&gt;", "&#34;", "&#39;", "&amp;"):
        html = html.replace(entity, unescape(entity))
    return html


# ----- files


@cache
def _folder() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="serai-fuzz-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def file(data: bytes, ending: str) -> None:
    """Any file is read: it is documents that can be analyzed, or remarks that name no path of this machine.

    An odd first byte stands before what is packed.
    """
    packed = bool(data) and data[0] % 2 == 1
    path = _folder() / f"fuzzed{ending}{'.gz' if packed else ''}"
    path.write_bytes(gzip.compress(data[1:], 0) if packed and len(data) % 3 else data[1:])
    source = SourceFile(f"x/{path.name}", path, path.stat().st_size)
    some = list(units(source))
    for unit in some:
        if not isinstance(unit, Remark):
            for made in digested([unit]):
                if not isinstance(made, Remark) and unit.row is not None:
                    assert origin(unit) == (made.document.id, made.digest), unit
    read = list(digested(some))
    documents = [made.document for made in read if not isinstance(made, Remark)]
    for document in documents:
        for value in (document.id, document.title, document.text, document.source, *document.tags):
            assert unicodedata.is_normalized("NFC", value), ascii(value)
            value.encode()
        assert document.id.startswith(source.source), document.id
        assert document.text.strip() or document.title, ascii(document)
    for remark in read:
        if isinstance(remark, Remark):
            said = f"{remark.source} {remark.reason} {remark.hint}"
            assert remark.reason, said
            assert str(_folder()) not in said, said
    entries_of(documents)


TARGETS = {
    "query": Target(query, [bytes_of(text)[1:] for text in seeds.asked()], 4_000),
    "search": Target(search, [bytes_of(text)[1:] for text in seeds.asked() if len(text) < 100], 400),
    "folding": Target(
        folding, [bytes_of(text, number % 256) for number, text in enumerate(seeds.texts())], 400
    ),
    "marks": Target(
        marks,
        [
            bytes_of(f"{asked}\n{text}", number % 256)
            for number, (asked, text) in enumerate(seeds.asked_of_texts())
        ],
        1_500,
    ),
    **{
        name: Target(
            partial(file, ending=ending),
            [bytes_of(content, packed) for content in seeds.FILES[name] for packed in (0, 1)],
            2_000,
        )
        for name, ending in (
            ("text", ".txt"),
            ("markdown", ".md"),
            ("html", ".html"),
            ("xhtml", ".xhtml"),
            ("jsonl", ".jsonl"),
        )
    },
}

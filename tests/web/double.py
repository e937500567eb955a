"""A search service that answers what a test tells it to, and keeps what it was asked."""

from dataclasses import dataclass, field

from analyzers import Tier
from indexer.attempts import Attempt
from indexer.document import Document
from indexer.errors import DocumentNotFound
from indexer.explanation import ClueReport, Explanation, PartReport, Place
from indexer.page import (
    AnalysisReport,
    FacetCount,
    Hit,
    IndexStatus,
    MarkedDocument,
    Reading,
    SearchPage,
    Snippet,
    Suggestion,
    Suggestions,
)
from indexer.schema import Field, Zone
from indexer.termquery import Match

THAI = "ประธานาธิบดีปูตินของรัสเซีย"
ARABIC = "التقى الرئيس الصيني نظيره الروسي"


@dataclass
class Double:
    """``page`` is answered to every search, ``error`` raised by every question."""

    page: SearchPage | None = None
    documents: dict[str, Document] = field(default_factory=dict)
    error: Exception | None = None
    generation: str = "gen-1"
    hurried: bool = False
    tried: Attempt | None = None
    asked: list[object] = field(default_factory=list)

    def search(self, request):
        self._note(request)
        return self.page or one_page(request)

    def suggest(self, text, limit=10):
        self._note((text, limit))
        found = [Suggestion("ปูติน", "word"), Suggestion("ปูตินเยือนจีน", "title")][:limit]
        return Suggestions(text, found, complete=not self.hurried)

    def document(self, id):
        self._note(id)
        if id not in self.documents:
            raise DocumentNotFound(id)
        return self.documents[id]

    def marked(self, id, query, part=None):
        document = self.document(id)
        return MarkedDocument(
            document, first_marked(document.title, query), first_marked(document.text, query)
        )

    def analyze(self, text, language=None):
        self._note((text, language))
        return AnalysisReport(text=text, language=language or "th", tokens=(), runs=())

    def explain(self, request, id):
        self._note((request, id))
        document = self.documents.get(id)
        if document is None:
            raise DocumentNotFound(id)
        place = Place(0, len(document.title), document.title)
        clue = ClueReport(
            Field(Zone.TITLE, Tier.WORD), Match.WORD, True, ("x",), 1, 2, 0.5, 2.0, 1.25, (place,)
        )
        part = PartReport("x", True, 0.5, 1.25, [clue])
        read = [Reading("x", "word", ("th",))]
        return Explanation(request.query, document, read, True, Match.WORD, 1.25, 1.25, None, 1.0, [part], [])

    def status(self):
        self._note("status")
        return IndexStatus(
            engine="whoosh",
            generation=self.generation,
            built="2024-06-20T10:00:00+00:00",
            documents=3,
            languages={"th": 2, "ar": 1},
            sources={"seeds": 3},
            bytes=1234,
            version="0.1.0",
            kind="rebuild",
            seconds=2.5,
            rejected=1,
            skipped=0,
        )

    def attempt(self):
        return self.tried

    def ready(self):
        self._note("ready")

    def close(self):
        self._note("close")

    def _note(self, asked):
        self.asked.append(asked)
        if self.error:
            raise self.error


def first_marked(text, query):
    """The whole text, the first place where the query stands marked."""
    start = text.find(query) if query else -1
    return Snippet(text, 0, ((start, start + len(query)),) if start >= 0 else ())


def hit(**changes):
    """A hit, with some of its fields changed."""
    fields = {
        "id": "seeds/th.txt",
        "source": "seeds/th.txt",
        "title": Snippet("ปูติน"),
        "language": "th",
        "score": 4.2,
        "match": "word",
        "snippets": (Snippet(THAI, 7, ((12, 17),)),),
    }
    return Hit(**fields | changes)


def page_of(*hits, query="ปูติน", **changes):
    """A page that holds these hits, with some of its fields changed."""
    fields = {
        "query": query,
        "read_as": [Reading(query, "word", ("th",))],
        "notices": [],
        "total": len(hits),
        "page": 1,
        "size": 10,
        "took_ms": 1.94,
        "facets": {"language": [], "source": [], "tag": [], "year": []},
        "hits": hits,
    }
    return SearchPage(**fields | changes)


def one_page(request):
    """The page that answers a request when the test did not say which: a Thai hit and an Arabic one."""
    hits = (hit(), hit(id="seeds/ar.txt", language="ar", title=Snippet(ARABIC), snippets=()))
    languages = [FacetCount("th", 1), FacetCount("ar", 1)]
    return page_of(
        *hits,
        query=request.query,
        page=request.page,
        size=request.size,
        facets={"language": languages, "source": [], "tag": [], "year": []},
    )

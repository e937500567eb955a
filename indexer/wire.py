"""Every answer as a JSON-ready object, without HTML; the shape of each in one file.

The keys stand in the order in which they are written. ``web`` describes the same shapes
in its OpenAPI document, and adds ``html`` to each marked text.
"""

from typing import TYPE_CHECKING, Literal, NotRequired, cast

from typing_extensions import TypedDict

from analyzers.analysis import Tier
from indexer.document import Document
from indexer.page import (
    AnalysisReport,
    FacetCount,
    Hit,
    IndexStatus,
    Notice,
    SearchPage,
    Snippet,
    Suggestions,
)
from indexer.reports import ReadingObject, RecallObject, reading_object, recall_object

if TYPE_CHECKING:
    # What only some commands load.
    from indexer.evaluation import Evaluation
    from indexer.rebuild import Rebuilt
    from indexer.recall import Recall
    from indexer.rollback import RolledBack
    from indexer.update import Updated
    from indexer.verification import Verified


MatchName = Literal["word", "stem", "part", "related"]
SuggestionKind = Literal["word", "title"]


class TitleObject(TypedDict):
    """A title. ``marks`` are half-open ranges of Unicode code points of ``text``."""

    text: str
    marks: list[tuple[int, int]]
    html: NotRequired[str]


class SnippetObject(TypedDict):
    """The slice of a document's text that begins at code point ``start``, with its marks."""

    text: str
    start: int
    marks: list[tuple[int, int]]
    html: NotRequired[str]


class HitObject(TypedDict):
    """One document of the answer; ``match`` is its best tier: word, stem, part or related."""

    id: str
    source: str
    title: TitleObject
    language: str
    url: str | None
    date: str | None
    tags: list[str]
    score: float
    match: MatchName
    snippets: list[SnippetObject]


class NoticeObject(TypedDict):
    """A sentence for the searcher; ``key`` names its kind and stays the same across releases."""

    key: str
    text: str


class FacetObject(TypedDict):
    """How many matching documents hold one value of a facet."""

    value: str
    count: int


class SearchObject(TypedDict):
    """One page of hits. ``total`` and ``facets`` count every match, not only this page.

    If a notice has the key ``time-up``, they count what was found in time.
    """

    query: str
    read_as: list[ReadingObject]
    notices: list[NoticeObject]
    total: int
    page: int
    size: int
    pages: int
    took_ms: float
    did_you_mean: str | None
    facets: dict[str, list[FacetObject]]
    hits: list[HitObject]


class SuggestionObject(TypedDict):
    """What the searcher may be typing; ``kind`` is word or title."""

    text: str
    kind: SuggestionKind


class SuggestObject(TypedDict):
    """Completions of what has been typed so far, the likeliest first; each finds something."""

    query: str
    suggestions: list[SuggestionObject]


class DocumentObject(TypedDict):
    """One stored document; every mark and offset of Serai points into its ``text`` and ``title``."""

    id: str
    source: str
    title: str
    language: str
    url: str | None
    date: str | None
    tags: list[str]
    text: str


class RunObject(TypedDict):
    """A stretch of text in one script, and the language it was read in."""

    text: str
    start: int
    end: int
    script: str
    language: str


class TokenObject(TypedDict):
    """One term of the text: ``text[start:end]`` produced it; ``tier`` says which kind of term it is."""

    term: str
    tier: Tier
    start: int
    end: int
    position: int


class AnalysisObject(TypedDict):
    """How a text is cut into runs and terms."""

    text: str
    language: str
    runs: list[RunObject]
    tokens: list[TokenObject]


class StatusObject(TypedDict):
    """What is indexed, by what, when, and how large it is; ``built`` is ISO 8601."""

    engine: str
    generation: str
    built: str
    documents: int
    languages: dict[str, int]
    sources: dict[str, int]
    bytes: int
    version: str


def search_object(page: SearchPage) -> SearchObject:
    """One page of a search."""
    return {
        "query": page.query,
        "read_as": [reading_object(reading) for reading in page.read_as],
        "notices": [_notice(notice) for notice in page.notices],
        "total": page.total,
        "page": page.page,
        "size": page.size,
        "pages": page.pages,
        "took_ms": round(page.took_ms, 1),
        "did_you_mean": page.did_you_mean,
        "facets": {name: [_facet(count) for count in counts] for name, counts in page.facets.items()},
        "hits": [_hit(hit) for hit in page.hits],
    }


def suggest_object(found: Suggestions) -> SuggestObject:
    """Completions of what has been typed so far."""
    return {
        "query": found.query,
        "suggestions": [
            {"text": each.text, "kind": cast(SuggestionKind, each.kind)} for each in found.suggestions
        ],
    }


def document_object(document: Document) -> DocumentObject:
    """One stored document."""
    return {
        "id": document.id,
        "source": document.source,
        "title": document.title,
        "language": document.language,
        "url": document.url,
        "date": document.date,
        "tags": list(document.tags),
        "text": document.text,
    }


def analysis_object(report: AnalysisReport) -> AnalysisObject:
    """How a text is cut."""
    return {
        "text": report.text,
        "language": report.language,
        "runs": [
            {
                "text": run.text,
                "start": run.start,
                "end": run.end,
                "script": run.script,
                "language": run.language,
            }
            for run in report.runs
        ],
        "tokens": [
            {
                "term": token.term,
                "tier": token.tier,
                "start": token.start,
                "end": token.end,
                "position": token.position,
            }
            for token in report.tokens
        ],
    }


def status_object(status: IndexStatus) -> StatusObject:
    """What is indexed."""
    return {
        "engine": status.engine,
        "generation": status.generation,
        "built": status.built,
        "documents": status.documents,
        "languages": dict(status.languages),
        "sources": dict(status.sources),
        "bytes": status.bytes,
        "version": status.version,
    }


def _hit(hit: Hit) -> HitObject:
    return {
        "id": hit.id,
        "source": hit.source,
        "title": {"text": hit.title.text, "marks": list(hit.title.marks)},
        "language": hit.language,
        "url": hit.url,
        "date": hit.date,
        "tags": list(hit.tags),
        "score": round(hit.score, 3),
        "match": cast(MatchName, hit.match),
        "snippets": [_snippet(snippet) for snippet in hit.snippets],
    }


def _snippet(snippet: Snippet) -> SnippetObject:
    return {"text": snippet.text, "start": snippet.start, "marks": list(snippet.marks)}


def _notice(notice: Notice) -> NoticeObject:
    return {"key": notice.key, "text": str(notice)}


def _facet(count: FacetCount) -> FacetObject:
    return {"value": count.value, "count": count.count}


class RemarkObject(TypedDict):
    """Something to tell about a file or a line; ``kind`` is rejected, skipped, replaced or noted."""

    kind: str
    source: str
    reason: str
    hint: str


class RebuiltObject(TypedDict):
    """What a rebuild did."""

    generation: str
    documents: int
    bytes: int
    seconds: float
    remarks: list[RemarkObject]


class UpdatedObject(RebuiltObject):
    """What an update did; ``bytes`` are those of new text, ``documents`` all that there are."""

    added: int
    changed: int
    deleted: int


class RolledBackObject(TypedDict):
    """Which generation is served now, and which was before."""

    generation: str
    built: str
    documents: int
    before: str


class VerifiedObject(TypedDict):
    """What a check of the index looked at, and what is wrong."""

    files: int
    documents: int
    terms: int
    faults: list[str]
    recall: NotRequired[RecallObject]


class EvaluationObject(TypedDict):
    """The figures of each judged set, by the name of its folder."""

    pooled: bool
    sets: dict[str, dict[str, float]]


def rebuilt_object(done: "Rebuilt | Updated") -> RebuiltObject:
    """What a rebuild did."""
    return {
        "generation": done.generation,
        "documents": done.documents,
        "bytes": done.size,
        "seconds": round(done.seconds, 2),
        "remarks": [
            {"kind": str(remark.kind), "source": remark.source, "reason": remark.reason, "hint": remark.hint}
            for remark in done.remarks
        ],
    }


def updated_object(done: "Updated") -> UpdatedObject:
    """What an update did."""
    return {
        **rebuilt_object(done),
        "added": done.added,
        "changed": done.changed,
        "deleted": done.deleted,
    }


def rolled_back_object(done: "RolledBack") -> RolledBackObject:
    """What going back did."""
    return {
        "generation": done.generation,
        "built": done.built,
        "documents": done.documents,
        "before": done.before,
    }


def verified_object(report: "Verified", recall: "Recall | None" = None) -> VerifiedObject:
    """What a check found."""
    shown: VerifiedObject = {
        "files": report.files,
        "documents": report.documents,
        "terms": report.terms,
        "faults": list(report.faults),
    }
    if recall is not None:
        shown["recall"] = recall_object(recall)
    return shown


def evaluation_object(report: "Evaluation") -> EvaluationObject:
    """The figures of a judged collection."""
    return {
        "pooled": report.pooled,
        "sets": {
            name: {"documents": measured.documents, "queries": measured.queries, **measured.figures}
            for name, measured in report.sets.items()
        },
    }

"""The shapes of the longer answers, JSON-ready: what `verify --recall` measured, and explanations."""

from typing import TYPE_CHECKING, Literal, NotRequired, cast

from typing_extensions import TypedDict

if TYPE_CHECKING:
    from indexer.explanation import ClueReport, Explanation
    from indexer.page import Reading
    from indexer.recall import Counts, Recall

#: Failures and faults of one kind that are told one by one.
TOLD = 20


ReadingKind = Literal["word", "run", "phrase", "prefix", "fuzzy", "filter", "all"]


class ReadingObject(TypedDict):
    """How one part of the query was understood.

    ``kind`` is ``word``, ``run`` (of a script written without spaces), ``phrase``, ``prefix``, ``fuzzy``,
    ``filter`` or ``all`` (every document). ``excluded`` stands only where it is true, ``field`` only where
    the query named one.
    """

    text: str
    kind: ReadingKind
    languages: list[str]
    excluded: NotRequired[bool]
    field: NotRequired[str]


class CountsObject(TypedDict):
    """What was asked and found: ``asked`` is ``words`` and ``stretches``; ``recall`` is null if nothing was.

    ``absent`` counts stretches that stand nowhere, ``tiers`` finds by the best tier in which they were made.
    """

    asked: int
    words: int
    stretches: int
    found: int
    recall: float | None
    absent: int
    false_finds: int
    tiers: dict[str, int]


class FailureObject(TypedDict):
    """A query that fails; ``kind`` is word or stretch, drawn from ``id``, or absent, and finds ``id``."""

    query: str
    id: str
    kind: str


class RecallObject(TypedDict):
    """What a sample of the documents says about recall; ``failures`` are the first of ``failed``."""

    sample: int
    seed: int
    total: CountsObject
    languages: dict[str, CountsObject]
    failed: int
    failures: list[FailureObject]


def recall_object(recall: "Recall") -> RecallObject:
    """What was found of what stands there."""
    return {
        "sample": recall.sample,
        "seed": recall.seed,
        "total": _counts(recall.total),
        "languages": {language: _counts(counts) for language, counts in recall.languages.items()},
        "failed": len(recall.failures),
        "failures": [
            {"query": failure.query, "id": failure.id, "kind": failure.kind}
            for failure in recall.failures[:TOLD]
        ],
    }


def _counts(counts: "Counts") -> CountsObject:
    return {
        "asked": counts.asked,
        "words": counts.words,
        "stretches": counts.stretches,
        "found": counts.found,
        "recall": counts.found / counts.asked if counts.asked else None,
        "absent": counts.absent,
        "false_finds": counts.false_finds,
        "tiers": dict(counts.tiers),
    }


def reading_object(reading: "Reading") -> ReadingObject:
    """How one part of the query was understood."""
    shown: ReadingObject = {
        "text": reading.text,
        "kind": cast(ReadingKind, reading.kind),
        "languages": list(reading.languages),
    }
    if reading.excluded:
        shown["excluded"] = True
    if reading.field is not None:
        shown["field"] = reading.field
    return shown


class PlaceObject(TypedDict):
    """A slice of the title or the text, as it is written, from code point ``start`` to ``end``."""

    start: int
    end: int
    text: str


class ClueObject(TypedDict):
    """One way in which a part of the query stands in the document, and what that adds to its score.

    ``match`` is ``word``, ``stem``, ``part``, ``related``, ``nearness`` or ``spelling`` (the accents that
    were typed; where none were, those of the document take from its score). ``finds`` says whether it makes
    the document match, or only moves its score. ``zone`` is ``title`` or ``text``; ``tier`` and ``terms``
    are what was looked up, folded as the index has it. ``score`` is ``weight`` times ``idf`` times the damped
    ``count``. ``places`` are the first ten.
    """

    match: str
    finds: bool
    zone: str
    tier: str
    terms: list[str]
    count: int
    documents: int
    idf: float
    weight: float
    score: float
    places: list[PlaceObject]


class PartObject(TypedDict):
    """One part of the query. ``text`` is null for nearness, words of the query beside each other.

    ``share`` is what holding the part counts for in ``coordination``; ``score`` the sum of its clues' scores.
    """

    text: str | None
    held: bool
    share: float
    score: float
    clues: list[ClueObject]


class GradeObject(TypedDict):
    """In which tier a document holds the words of a short query, at worst, and what that means.

    ``match`` is null if it does not hold every word.
    """

    match: str | None
    text: str


class ExplanationObject(TypedDict):
    """Why a document is found, or is not.

    The scores of ``parts``, times ``coordination``, are ``plain_score``. In a short query ``score`` is the
    number of the ``grade`` (word 4, stem 3, part 2, related 1, none 0) and x / (1 + |x|) of the plain
    score; in any other ``grade`` is null, and ``score`` is the plain score. ``reasons`` are sentences that
    say why it is not found; where it is there are none. A document that is not found has the scores that
    it would have had, and no ``match``. ``complete`` is false where time was up before a very
    long text was looked through: then there may be more places and reasons.
    """

    query: str
    id: str
    language: str
    read_as: list[ReadingObject]
    found: bool
    match: str | None
    score: float
    grade: GradeObject | None
    plain_score: float
    coordination: float
    parts: list[PartObject]
    reasons: list[str]
    complete: bool


def explanation_object(explained: "Explanation") -> ExplanationObject:
    """Why a document has its rank, or is not found."""
    return {
        "query": explained.query,
        "id": explained.document.id,
        "language": explained.document.language,
        "read_as": [reading_object(reading) for reading in explained.read_as],
        "found": explained.found,
        "match": explained.match.label if explained.found else None,
        "score": explained.score,
        "grade": _grade(explained),
        "plain_score": explained.plain,
        "coordination": explained.coordination,
        "parts": [
            {
                "text": part.text,
                "held": part.held,
                "share": part.share,
                "score": part.score,
                "clues": [_clue(clue) for clue in part.clues],
            }
            for part in explained.parts
        ],
        "reasons": list(explained.reasons),
        "complete": explained.complete,
    }


def _grade(explained: "Explanation") -> GradeObject | None:
    if explained.grade is None or explained.graded is None:
        return None
    return {"match": explained.grade.label if explained.grade else None, "text": explained.graded}


def _clue(clue: "ClueReport") -> ClueObject:
    return {
        "match": clue.label,
        "finds": clue.finds,
        "zone": str(clue.field.zone),
        "tier": str(clue.field.tier),
        "terms": list(clue.terms),
        "count": clue.count,
        "documents": clue.documents,
        "idf": clue.idf,
        "weight": clue.weight,
        "score": clue.score,
        "places": [{"start": place.start, "end": place.end, "text": place.text} for place in clue.places],
    }

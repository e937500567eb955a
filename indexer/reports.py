"""The shapes of the longer answers, JSON-ready: what `verify --recall` measured."""

from typing import TYPE_CHECKING

from typing_extensions import TypedDict

if TYPE_CHECKING:
    from indexer.recall import Counts, Recall

#: Failures and faults of one kind that are told one by one.
TOLD = 20


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

"""The figures of a ranking against judgements, as trec_eval defines them.

The kept libraries for this weigh 140 MB and more (through scipy or numba); a test holds these few
lines against one of them (ir-measures).
"""

from collections.abc import Mapping, Sequence
from math import log2

DEPTH = 10


def figures(ranked: Sequence[str], grades: Mapping[str, int]) -> dict[str, float]:
    """The figures of one query: ``ranked`` are document ids, the best first, ``grades`` judge some of them.

    A grade of 1 or more is relevant. nDCG takes grades as gains (Järvelin and Kekäläinen 2002).
    """
    relevant = {name for name, grade in grades.items() if grade > 0}
    gains = [max(0, grades.get(name, 0)) for name in ranked[:DEPTH]]
    ideal = sorted((grade for grade in grades.values() if grade > 0), reverse=True)[:DEPTH]
    first = next((rank for rank, name in enumerate(ranked[:DEPTH], 1) if name in relevant), 0)
    best = _discounted(ideal)
    return {
        "mrr@10": 1 / first if first else 0.0,
        "ndcg@10": _discounted(gains) / best if best else 0.0,
        "recall@1": len(relevant.intersection(ranked[:1])) / max(1, len(relevant)),
        "recall@10": len(relevant.intersection(ranked[:DEPTH])) / max(1, len(relevant)),
    }


def mean(rows: Sequence[Mapping[str, float]]) -> dict[str, float]:
    """The mean of every figure over queries."""
    return {name: sum(row[name] for row in rows) / len(rows) for name in (rows[0] if rows else ())}


def _discounted(gains: Sequence[int]) -> float:
    return sum(gain / log2(rank + 1) for rank, gain in enumerate(gains, 1))

"""How an index lies on the cluster: its fields, how terms are written into them, what Lucene makes of both.

A field of the cluster holds the terms of a tier and zone, joined by spaces, and the analyzer there does
nothing but part them again. ``cluster`` and ``pair`` share a field, since a chain may run through both: a
cluster at position p stands at 2p, and a pair at 2p + 1.
"""

from collections.abc import Mapping
from hashlib import blake2b
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer import ranking
from indexer.schema import FIELDS, POSITIONED, UNITS, Field, Zone

#: Changes when an index of before cannot be read any more.
FORM = "1"

#: Stands where no term does, and is left out by the analyzer, which keeps its place.
HOLE = "\x01"
#: Begins what stands for a term that cannot be written itself.
_ODD = "\x02"
#: Begins a pair of clusters.
_PAIR = "+"
#: A whitespace tokenizer cuts longer words, in UTF-16 units, and Lucene refuses longer keywords, in bytes.
_LONGEST, _LONGEST_KEYWORD = 255, 8_191
#: Positions between two values of one field.
GAP = 100

_CLUSTERS, _PAIRS = UNITS
#: The lengths to which a document of a first batch without any is compared.
_PIVOTS = {Zone.TITLE: 8, Zone.TEXT: 128}


def name_of(field: Field) -> str:
    """The field of the cluster that holds the terms of one of ours."""
    return f"{field.zone}_units" if field.tier in UNITS else field.name


#: The fields of the cluster, each with those of ours that it holds.
HELD: Mapping[str, tuple[Field, ...]] = {
    name: tuple(field for field in FIELDS if name_of(field) == name) for name in map(name_of, FIELDS)
}


def is_placed(name: str) -> bool:
    """Whether a field of the cluster keeps positions."""
    return HELD[name][0].tier in POSITIONED


def token(field: Field, term: str) -> str:
    """What stands for a term on the cluster: no white space, and no more than a tokenizer leaves whole."""
    written = f"{_PAIR}{term}" if field.tier is _PAIRS else term
    taken = field.tier is _CLUSTERS and term.startswith(_PAIR)
    return written if _is_plain(written) and not taken else f"{_ODD}{field.tier}:{_digest(term)}"


def _is_plain(text: str) -> bool:
    """Whether a whitespace tokenizer leaves a text whole, and UTF-8 holds it."""
    if not text or text[0] <= _ODD or len(text) > _LONGEST:
        return False
    if len(text) * 2 > _LONGEST and len(text.encode("utf-16-le", "surrogatepass")) > 2 * _LONGEST:
        return False
    if text.isprintable():
        return " " not in text
    return text.split() == [text] and not any("\ud800" <= one <= "\udfff" for one in text)


def keyword(value: str) -> str:
    """What stands for a value that is kept whole: itself, unless Lucene could not hold it."""
    written = value.encode("utf-8", "backslashreplace")
    if len(written) <= _LONGEST_KEYWORD:
        return written.decode()
    return f"{value[:200]}…{_digest(value)}"


def identity(id: str) -> str:
    """The name of a document on the cluster, of which 512 bytes are allowed."""
    return _digest(id)


def _digest(text: str) -> str:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def place(field: Field, position: int) -> int:
    """Where a position of one of our fields is in the field of the cluster."""
    if field.tier in UNITS:
        return 2 * position + (field.tier is _PAIRS)
    return position


def kept(lengths: NDArray[np.int64]) -> NDArray[np.int64]:
    """Lengths as Lucene remembers them, in a byte: exactly up to 39, the leading four bits of larger ones.

    So does ``SmallFloat.byte4ToInt(intToByte4(length))``; shape of the input.
    """
    rest = np.maximum(lengths - 24, 1)
    shift = np.maximum(np.floor(np.log2(rest)).astype(np.int64) - 3, 0)
    return np.where(lengths < 24, lengths, 24 + (np.maximum(lengths - 24, 0) >> shift << shift))


def damping(kept_lengths: NDArray[np.int64], pivot: int) -> NDArray[np.float64]:
    """What the cluster compares a term frequency with, as `similarity` has it; shape of the input."""
    return ranking.K1 * (1 - ranking.B) + ranking.K1 * ranking.B * kept_lengths / pivot


def similarity(pivot: int) -> Mapping[str, Any]:
    """BM25 without an idf, which comes with the query, and with a pivot in place of an average length.

    The average differs by language, and changes with each update; a score must not, or the count could not
    be read off it (`scoring.counted`).
    """
    least, slope = ranking.K1 * (1 - ranking.B), ranking.K1 * ranking.B
    source = (
        f"return query.boost * {ranking.MOST} * doc.freq"
        f" / (doc.freq + {least:.6g} + {slope:.6g} * doc.length / {pivot})"
    )
    return {"type": "scripted", "script": {"source": source}}


def pivots(averages: Mapping[Field, float]) -> dict[str, int]:
    """The pivot of each field of the cluster: the power of two that is nearest to the average length."""
    found = {}
    for name, fields in HELD.items():
        average = sum(averages.get(field, 0.0) for field in fields)
        found[name] = 2 ** round(np.log2(average)) if average >= 1 else _PIVOTS[fields[0].zone]
    return found


def index_body(settings: Mapping[str, Any], pivot: Mapping[str, int], meta: Mapping[str, Any]) -> Any:
    """What an index is made with. Replicas are there from the start: a node that fails ends no rebuild."""
    text = {
        name: {
            "type": "text",
            "analyzer": "placed" if is_placed(name) else "whitespace",
            "index_options": "positions" if is_placed(name) else "freqs",
            "similarity": f"of_{length}",
            **({"position_increment_gap": GAP} if is_placed(name) else {}),
        }
        for name, length in pivot.items()
    }
    number = {"type": "integer", "index": False}
    return {
        "settings": {
            **settings,
            "refresh_interval": "-1",
            "similarity": {f"of_{length}": similarity(length) for length in set(pivot.values())},
            "analysis": {
                "analyzer": {"placed": {"type": "custom", "tokenizer": "whitespace", "filter": ["holes"]}},
                "filter": {"holes": {"type": "stop", "stopwords": [HOLE]}},
            },
        },
        "mappings": {
            "dynamic": "strict",
            "_meta": meta,
            "_source": {"includes": ["document"]},
            "properties": {
                "order": {"type": "long"},
                "language": {"type": "keyword"},
                "source": {"type": "keyword"},
                "folder": {"type": "keyword"},
                "tag": {"type": "keyword"},
                "date": {"type": "date", "format": "strict_date"},
                "year": {"type": "keyword"},
                "document": {"type": "object", "enabled": False},
                "length": {"properties": {field.name: number for field in FIELDS}},
                **text,
            },
        },
    }

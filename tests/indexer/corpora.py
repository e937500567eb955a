"""Random corpora and random queries, in terms: what engines are given, without any text or analyzer."""

import random
from dataclasses import dataclass
from itertools import accumulate

import numpy as np

from analyzers import Tier
from indexer.document import Document
from indexer.entries import Entries, FieldTerms
from indexer.schema import FIELDS, POSITIONED, Field, Zone
from indexer.termquery import (
    AllOf,
    AnyOf,
    Chain,
    Clue,
    Everything,
    Leaf,
    Match,
    Near,
    Not,
    Only,
    Term,
    Union,
)

LANGUAGES = ("de", "en", "th", "zh", "zh-Hant")
SOURCES = ("a/1.txt", "a/2.txt", "a b/ü.md", "b.jsonl", "c/d/e.html", "中/文.txt")
TAGS = ("law", "法", "x y", "ก")
DATES = ("0999-01-01", "1970-01-01", "2024-02-29", "2024-03-01", "9999-12-31")
WORDS = ("a", "aa", "ab", "b", "ü", "ส", "สส", "普", "普京", "👍", "\U00020bb7")
#: How often each word stands, against the others: lists of all lengths, as words of a language have them.
SKEW = (24, 12, 8, 6, 4, 3, 2, 2, 1, 1, 1)
#: In how many positions two words may be near each other.
WINDOWS = (1, 2, 5, 100_000)
#: Stands in no document.
ABSENT = "zz"


@dataclass(frozen=True, slots=True)
class Corpus:
    """Documents with their terms, in batches as a rebuild hands them to an engine."""

    batches: tuple[Entries, ...]

    @property
    def documents(self):
        return [document for entries in self.batches for document in entries.documents]


def random_corpus(rng: random.Random) -> Corpus:
    """From none to some dozen small documents, in one batch or several."""
    sizes = [rng.randrange(6) for _ in range(rng.randrange(1, 5))]
    firsts = [0, *accumulate(sizes)]
    return Corpus(
        tuple(
            random_batch(rng, [f"{n}" for n in range(a, a + size)])
            for a, size in zip(firsts, sizes, strict=False)
        )
    )


def random_batch(rng: random.Random, ids) -> Entries:
    """Documents with these ids, and their terms."""
    return _batch(rng, [_document(rng, name) for name in ids])


def part_of(entries: Entries, kept) -> Entries:
    """The documents of a batch, by number and in their order, that are kept, with their terms."""
    fields = {}
    for field, columns in entries.fields.items():
        rows = np.isin(columns.documents, kept)
        used, ids = np.unique(columns.ids[rows], return_inverse=True)
        fields[field] = FieldTerms(
            [columns.terms[index] for index in used.tolist()],
            ids.astype(np.int32),
            np.searchsorted(kept, columns.documents[rows]).astype(np.int32),
            columns.positions[rows],
            columns.lengths[kept],
        )
    return Entries([entries.documents[number] for number in kept], fields)


def _document(rng, id):
    number = f"{id} {rng.randrange(1_000)}"
    return Document(
        id=id,
        title=f"title {number}",
        text=f"text {number}",
        source=rng.choice(SOURCES),
        language=rng.choice(LANGUAGES[: 1 + rng.randrange(len(LANGUAGES))]),
        date=rng.choice(DATES) if rng.random() < 0.7 else None,
        tags=tuple(rng.sample(TAGS, rng.choice([0, 0, 1, 2, len(TAGS)]))),
    )


def _batch(rng, documents):
    return Entries(documents, {field: _field_terms(rng, field, len(documents)) for field in FIELDS})


def _field_terms(rng, field, documents):
    rows = []
    lengths = []
    for number in range(documents):
        length = rng.choice([0, 1, 2, 5, 12, 60]) if rng.random() < 0.8 else 0
        position = 0
        for _ in range(length):
            # Sub-words share the position of their word; all else stands one after another, or further.
            position += rng.choice([0, 1] if field.tier is Tier.INNER else [1, 1, 1, 1, 2, 3, 70_000])
            rows.append((rng.choices(WORDS, SKEW)[0], number, position))
        lengths.append(length)
    terms = list(dict.fromkeys(term for term, _, _ in rows))
    ids = [terms.index(term) for term, _, _ in rows]
    return FieldTerms(
        terms,
        np.array(ids, np.int32),
        np.array([number for _, number, _ in rows], np.int32),
        np.array([position for _, _, position in rows], np.int32),
        np.array(lengths, np.int32),
    )


def random_node(rng: random.Random, depth: int = 3):
    """A tree of every kind of node."""
    kind = rng.choice(
        ["leaf", "leaf", "any", "all", "not", "only", "everything"] if depth else ["leaf", "only"]
    )
    match kind:
        case "leaf":
            return random_leaf(rng)
        case "any":
            nearness = tuple(random_clue(rng, finds=False) for _ in range(rng.randrange(3)))
            return AnyOf(_nodes(rng, depth), nearness, graded=rng.random() < 0.4)
        case "all":
            return AllOf(_nodes(rng, depth))
        case "not":
            return Not(random_node(rng, depth - 1))
        case "only":
            return _only(rng)
        case _:
            return Everything()


def _nodes(rng, depth):
    return tuple(random_node(rng, depth - 1) for _ in range(rng.randrange(4)))


def _only(rng):
    key = rng.choice(["language", "source", "tag", "date"])
    match key:
        case "language":
            return Only(key, tuple(rng.sample((*LANGUAGES, "xx"), rng.randrange(3))))
        case "source":
            return Only(key, (rng.choice(["", "a", "a/", "a/1.txt", "a b", "c/d", "中", "z"]),))
        case "tag":
            return Only(key, (rng.choice((*TAGS, "la", "")),))
        case _:
            return Only(key, tuple(rng.choice([*DATES, "", "2000-01-01"]) for _ in range(2)))


def random_leaf(rng: random.Random) -> Leaf:
    clues = tuple(random_clue(rng, finds=rng.random() < 0.8) for _ in range(rng.randrange(5)))
    return Leaf("leaf", clues, counts=rng.random() < 0.8)


def random_clue(rng: random.Random, *, finds: bool) -> Clue:
    weight = rng.choice([-0.2, 0.0, 0.2, 0.5, 1.0, 2.5])
    return Clue(random_source(rng), rng.choice(list(Match)[1:]), weight, _spread(rng), finds=finds)


def plain_query(rng: random.Random) -> AnyOf:
    """Any of some words, common and rare, in two tiers: what people ask most, and what pruning is for."""
    languages = (("de", 0.6), ("en", 0.4))
    tiers = ((Tier.WORD, Match.WORD, 0.2), (Tier.STEM, Match.STEM, 1.0))
    return AnyOf(
        tuple(
            Leaf(word, tuple(Clue(Term(Field(Zone.TEXT, t), word), m, w, languages) for t, m, w in tiers))
            for word in rng.sample(WORDS, rng.randrange(2, 6))
        ),
        graded=rng.random() < 0.3,
    )


def _spread(rng):
    chosen = rng.sample((*LANGUAGES, "xx"), rng.randrange(4))
    shares = [rng.random() + 0.01 for _ in chosen]
    return tuple((language, share / sum(shares)) for language, share in zip(chosen, shares, strict=True))


def random_source(rng: random.Random):
    """A term, terms one after another or near each other, or any of several such in one field."""
    kind = rng.choice(["term", "term", "chain", "near", "union"])
    if kind == "near":
        return _near(rng, (Field(rng.choice(list(Zone)), Tier.WORD),))
    if kind == "union":
        field = Field(rng.choice(list(Zone)), Tier.WORD)
        parts = [rng.choice([_term, _chain, _near])(rng, (field,)) for _ in range(rng.randrange(1, 4))]
        return Union(tuple(parts))
    if kind == "term":
        return _term(rng, FIELDS)
    zone = rng.choice(list(Zone))
    tiers = rng.choice([(Tier.WORD,), (Tier.CLUSTER, Tier.PAIR)])
    assert POSITIONED.issuperset(tiers)
    return _chain(rng, [Field(zone, tier) for tier in tiers])


def _term(rng, fields):
    return Term(rng.choice(fields), rng.choice((*WORDS, ABSENT)))


def _near(rng, fields):
    return Near((_term(rng, fields), _term(rng, fields)), rng.choice(WINDOWS))


def _chain(rng, fields):
    length = rng.randrange(2, 4)
    offsets = (0, *accumulate(rng.choice([1, 1, 1, 2]) for _ in range(length - 1)))
    return Chain(tuple(_term(rng, fields) for _ in range(length)), offsets)

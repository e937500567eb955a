"""Real text in five languages, in several segments: the default engine answers as the reference does."""

import gzip
import json
import os
import random
from itertools import islice

import numpy as np
import pytest

from analyzers import Tier
from benchmarks.corpus import LANGUAGES, passages_of
from indexer.document import Document
from indexer.engines.memory import MemoryEngine
from indexer.engines.whoosh import WhooshEngine
from indexer.entries import entries_of
from indexer.query import parse
from indexer.schema import FIELDS, Field, Zone
from indexer.termquery import AllOf, AnyOf, Chain, Clue, Leaf, Match, Not, Term
from indexer.terms import query_of
from tests.indexer.comparing import Renumbered, Unmerged, assert_best, assert_same_hits, pruned_early
from tests.indexer.corpora import part_of

#: Passages of all languages together; questions of each, and as many random queries of terms.
PASSAGES = int(os.environ.get("SERAI_TEST_PASSAGES", "600"))
QUESTIONS = int(os.environ.get("SERAI_TEST_QUESTIONS", "8"))
SEGMENTS = 4


def documents(data, language):
    """Passages from the beginnings of documents, which are spread over the collection."""
    wanted = PASSAGES // len(LANGUAGES)
    with gzip.open(data / "bulk" / f"{language}.jsonl.gz", "rt", encoding="utf-8") as stream:
        lines = stream.readlines()
    found = []
    for line in lines[:: max(1, 3 * len(lines) // wanted)]:
        row = json.loads(line)
        for number, passage in enumerate(islice(passages_of(row["text"]), 4)):
            name = f"{language}/{row['id']}#{number}"
            found.append(Document(name, row["title"], passage, f"{language}.jsonl", language))
    return found[:wanted]


@pytest.fixture(scope="module")
def batches(shared_data):
    if not (shared_data / "bulk").is_dir():
        pytest.skip("../shared/data/bulk is not here")
    every = [document for language in LANGUAGES for document in documents(shared_data, language)]
    random.Random(1).shuffle(every)
    return [entries_of(every[index::SEGMENTS]) for index in range(SEGMENTS)]


@pytest.fixture(scope="module")
def searchers(batches, tmp_path_factory):
    """The reference, and the default engine over several segments, each with deletions but the last."""
    folder, rng = tmp_path_factory.mktemp("real"), random.Random(2)
    engine = WhooshEngine(policy=Unmerged())
    engine.build(batches[:1], folder / "0")
    living = [list(range(len(batch.documents))) for batch in batches]
    for step, batch in enumerate(batches[1:], 1):
        gone = []
        for before in range(step):
            lost = set(rng.sample(living[before], len(living[before]) // 20))
            living[before] = [number for number in living[before] if number not in lost]
            gone += [batches[before].documents[number].id for number in lost]
        engine.update(folder / f"{step - 1}", [batch], gone, folder / f"{step}")
    kept = [part_of(batch, np.array(rows)) for batch, rows in zip(batches, living, strict=True)]
    reference = MemoryEngine()
    reference.build(kept, folder / "reference")
    tested = engine.open(folder / f"{SEGMENTS - 1}")
    yield reference.open(folder / "reference"), Renumbered(tested)
    tested.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_real_questions_are_answered_alike(shared_data, searchers, language):
    reference, tested = searchers
    path = shared_data / "xquad" / language / "queries.jsonl"
    lines = path.read_text(encoding="utf-8").splitlines()
    rng, found = random.Random(language), 0
    for line in rng.sample(lines, min(QUESTIONS, len(lines))):
        query = parse(json.loads(line)["text"])
        read = query_of(query, reference)
        assert query_of(query, tested) == read
        scores, hits = assert_same_hits(reference, tested, read.node)
        for size in (1, 3, 10):
            with pruned_early(rng):
                assert_best(tested, read.node, hits, scores, 0, size)
        found += len(scores)
    assert found > PASSAGES // 50


@pytest.mark.parametrize("language", LANGUAGES)
def test_random_terms_of_real_text_are_found_alike(batches, searchers, language):
    reference, tested = searchers
    rng, found = random.Random(language), 0
    spread = ((language, 0.75), (rng.choice(LANGUAGES), 0.25))
    for _ in range(QUESTIONS):
        leaves = [random_leaf(rng, rng.choice(batches), spread) for _ in range(rng.randrange(1, 4))]
        kind = rng.choice([AnyOf, AnyOf, AllOf])
        node = kind((*leaves, Not(random_leaf(rng, batches[0], spread))) if kind is AllOf else tuple(leaves))
        scores, hits = assert_same_hits(reference, tested, node)
        found += len(scores)
        with pruned_early(rng):
            assert_best(tested, node, hits, scores, rng.randrange(3), rng.randrange(1, 10))
        for hit in rng.sample(hits, min(3, len(hits))):
            assert tested.matches(node, hit.number)
            assert tested.document(hit.number) == reference.document(hit.number)
        for clue in leaves[0].clues:
            if isinstance(clue.source, Term):
                assert tested.frequencies([clue.source]) == reference.frequencies([clue.source])
    assert found


def random_leaf(rng, batch, spread):
    """A term of every tier that stands somewhere, and words that stand one after another."""
    clues = []
    for field in FIELDS:
        columns = batch.fields[field]
        if len(columns.ids):
            term = Term(field, columns.terms[rng.choice(columns.ids)])
            clues.append(Clue(term, Match.STEM, rng.random(), spread, finds=rng.random() < 0.3))
    word = Field(Zone.TEXT, Tier.WORD)
    columns = batch.fields[word]
    at = rng.randrange(len(columns.ids) - 2)
    terms = tuple(Term(word, columns.terms[index]) for index in columns.ids[at : at + 2])
    clues.append(Clue(Chain(terms, (0, 1)), Match.WORD, 1.0, spread))
    return Leaf("", tuple(clues))

"""The same ranking, run by Whoosh's own matchers over the same index, gives the same answers.

`tests.indexer.weighting` is the model: what the evaluation does with arrays, Whoosh does there a posting at
a time.
"""

import os
import random

import pytest
from whoosh import index

from analyzers import Tier
from indexer.engines.whoosh import WhooshEngine, layout, selection
from indexer.engines.whoosh.writer import INDEX_NAME
from indexer.request import Sort
from indexer.schema import Field, Zone
from indexer.termquery import AllOf, AnyOf, Chain, Clue, Leaf, Match, Near, Not, Term, Union
from tests.indexer.comparing import EVERY, Unmerged, pruned_early
from tests.indexer.corpora import WORDS, plain_query, random_batch, random_node
from tests.indexer.weighting import Statistics, answers

#: Random indexes, each of up to three segments with deletions, and random queries over each.
INDEXES = int(os.environ.get("SERAI_TEST_INDEXES", "20"))
QUERIES = 30


def made(rng, folder):
    """A random index; where it is."""
    engine, count, sizes = WhooshEngine(policy=Unmerged()), 0, [4, 3, 2][: rng.randrange(1, 4)]
    for step, most in enumerate(sizes):
        size = rng.randrange(1, 4 * most)
        batch = random_batch(rng, [f"{number}" for number in range(count, count + size)])
        if step:
            gone = [f"{number}" for number in range(count) if rng.random() < 0.2]
            engine.update(folder / f"{step - 1}", [batch], gone, folder / f"{step}")
        else:
            engine.build([batch], folder / "0")
        count += size
    return folder / f"{len(sizes) - 1}"


@pytest.fixture(scope="module")
def indexes(tmp_path_factory):
    """Of each index our searcher, Whoosh's, and what the model counts."""
    opened = []
    for seed in range(INDEXES):
        folder = made(random.Random(seed), tmp_path_factory.mktemp(f"{seed}"))
        theirs = index.open_dir(folder, INDEX_NAME, schema=layout.schema()).searcher()
        opened.append((WhooshEngine().open(folder), theirs, Statistics(theirs)))
    yield opened
    for ours, theirs, _ in opened:
        ours.close()
        theirs.close()


def assert_whoosh_agrees(ours, theirs, statistics, node, size=2):
    """The same documents and scores, and the same first page, which is found without scoring the rest."""
    matches = ours.search(node, Sort.RELEVANCE, 0, EVERY)
    given = answers(theirs, node, statistics)
    wanted = {found.number: found.score for found in matches.found}
    assert given == pytest.approx(wanted, rel=1e-9, abs=1e-12), node
    page = ours.search(node, Sort.RELEVANCE, 0, size).found
    best = sorted(given.values(), reverse=True)[:size]
    for scores in ([found.score for found in page], [given[found.number] for found in page]):
        assert scores == pytest.approx(best, rel=1e-9, abs=1e-12), node
    return wanted


@pytest.mark.parametrize("number", range(INDEXES))
def test_whooshs_matchers_find_and_score_alike(number, indexes):
    rng = random.Random(number)
    with pruned_early(rng):
        for _ in range(QUERIES):
            assert_whoosh_agrees(*indexes[number], random_node(rng))


@pytest.mark.parametrize("seed", range(5))
def test_the_best_are_found_without_scoring_all(seed, tmp_path, monkeypatch):
    """Over more documents, of which most are left out."""
    left_out = []
    promising = selection.Selection._promising

    def noted(self, wanted, matched):
        found, rest = promising(self, wanted, matched)
        left_out.append(matched.sum() - len(found.numbers))
        return found, rest

    monkeypatch.setattr(selection.Selection, "_promising", noted)
    rng = random.Random(seed)
    engine = WhooshEngine(policy=Unmerged())
    engine.build([random_batch(rng, [f"{number}" for number in range(80)])], tmp_path / "0")
    new = random_batch(rng, [f"{number}" for number in range(70, 120)])
    engine.update(tmp_path / "0", [new], [f"{number}" for number in range(0, 60, 7)], tmp_path / "1")
    theirs = index.open_dir(tmp_path / "1", INDEX_NAME, schema=layout.schema()).searcher()
    ours, statistics = engine.open(tmp_path / "1"), Statistics(theirs)
    for _ in range(QUERIES):
        with pruned_early(rng):
            assert_whoosh_agrees(ours, theirs, statistics, plain_query(rng), rng.randrange(1, 12))
    ours.close()
    theirs.close()
    assert sum(count > 0 for count in left_out) >= QUERIES // 15, left_out


WORD = Field(Zone.TEXT, Tier.WORD)
SPREAD = (("de", 0.7), ("en", 0.3))


def clue(source, *, weight=1.0, finds=True):
    return Clue(source, Match.WORD, weight, SPREAD, finds=finds)


def leaf(text, **options):
    return Leaf(text, (clue(Term(WORD, text), **options),))


@pytest.mark.parametrize(
    "node",
    [
        pytest.param(leaf("a"), id="a term"),
        pytest.param(AnyOf((leaf("a"), leaf("b"), leaf("普"))), id="any of three"),
        pytest.param(AllOf((leaf("a"), leaf("b"))), id="both"),
        pytest.param(AllOf((leaf("a"), Not(leaf("b")))), id="one without the other"),
        pytest.param(AnyOf((AllOf((leaf("a"), leaf("b"))), leaf("普"))), id="a part that only speaks"),
        pytest.param(
            Leaf("", tuple(clue(Term(Field(Zone.TEXT, tier), "a"), weight=0.5) for tier in Tier)), id="tiers"
        ),
        pytest.param(
            Leaf("", (clue(Term(Field(Zone.TITLE, Tier.STEM), "a")),)), id="a title's, as rare as in texts"
        ),
        pytest.param(
            Leaf("", (clue(Term(Field(Zone.TEXT, Tier.INNER), "a")),)), id="a sub-word, as rare as the word"
        ),
        pytest.param(
            Leaf("", (clue(Chain((Term(WORD, "a"), Term(WORD, "b")), (0, 1))),)), id="a phrase of two"
        ),
        pytest.param(
            Leaf("", (clue(Near((Term(WORD, "a"), Term(WORD, "b")), 4)),)), id="two words near each other"
        ),
        pytest.param(
            Leaf("", (clue(Union(tuple(Term(WORD, word) for word in WORDS[:3]))),)), id="a union is one term"
        ),
        pytest.param(
            AnyOf(
                (leaf("a"), leaf("b")),
                (clue(Chain((Term(WORD, "a"), Term(WORD, "b")), (0, 1)), finds=False),),
            ),
            id="nearness",
        ),
        pytest.param(AnyOf((leaf("a"), leaf("b")), graded=True), id="a short query, by the worst tier"),
    ],
)
def test_each_kind_is_found_and_scored_alike(indexes, node):
    """Something is found, and scores tell documents apart."""
    found = distinct = 0
    for searchers in indexes[:10]:
        wanted = assert_whoosh_agrees(*searchers, node)
        found += len(wanted)
        distinct += len(set(wanted.values()))
    assert found >= 5
    assert distinct >= 5


def test_whoosh_is_asked_over_segments_with_deletions(indexes):
    """The comparison above would be empty if they were whole."""
    readers = [theirs.reader() for _, theirs, _ in indexes[:20]]
    assert sum(len(reader.leaf_readers()) > 1 for reader in readers) >= 5
    assert sum(reader.has_deletions() for reader in readers) >= 5

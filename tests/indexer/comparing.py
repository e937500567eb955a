"""Whether two searchers hold the same documents and give the same answers."""

from contextlib import contextmanager
from dataclasses import replace

import pytest
from hypothesis import Phase, settings

from indexer.engines.whoosh import codec, listed, selection
from indexer.engines.whoosh.policy import Group, MergePolicy
from indexer.request import Sort
from indexer.schema import FIELDS
from indexer.termquery import Term, graded_leaves
from tests.indexer.corpora import ABSENT, WORDS

#: More documents than any corpus here has.
EVERY = 10_000


@contextmanager
def pruned_early(rng):
    """In a small corpus all lists are short; this makes some long, and looks at bounds early or never."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(selection, "_FIRST", rng.choice([1, 4, 2_048]))
        patch.setattr(selection, "_GROWTH", rng.choice([2, 6]))
        patch.setattr(selection, "_FEW", rng.choice([0, 64]))
        patch.setattr(selection, "_MANY", rng.choice([0, 0, 4]))
        patch.setattr(selection, "_STRETCHES", rng.choice([1, 8]))
        patch.setattr(listed, "_COMMON", rng.choice([0, 1, 30, 1_000]))
        patch.setattr(codec, "_TOGETHER", rng.choice([0, 12]))
        patch.setattr(codec, "_LONG", rng.choice([0, 3, 1_000]))
        yield


def as_drawn(examples):
    """So many histories, each as it was drawn: to make one smaller takes minutes, and its seed no simpler."""
    return settings(
        max_examples=examples,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.explicit, Phase.generate],
    )


class Unmerged(MergePolicy):
    """Leaves every segment as it is, so that an index has many, and many deletions."""

    def groups(self, segments):
        return [Group(number, number + 1, written=False) for number in range(len(segments))]


class Renumbered:
    """A searcher whose documents are numbered from 0 on, without gaps where some were deleted."""

    def __init__(self, searcher):
        self._searcher = searcher
        self._numbers = [searcher.number(document.id) for document in searcher.documents()]
        assert self._numbers == sorted(self._numbers)
        self._ranks = {number: rank for rank, number in enumerate(self._numbers)}

    def search(self, *args, **kwargs):
        matches = self._searcher.search(*args, **kwargs)
        found = [replace(found, number=self._ranks[found.number]) for found in matches.found]
        return replace(matches, found=found)

    def number(self, id):
        return self._ranks.get(self._searcher.number(id))

    def document(self, number):
        return self._searcher.document(self._numbers[number])

    def matches(self, query, number):
        return self._searcher.matches(query, self._numbers[number])

    def __getattr__(self, name):
        return getattr(self._searcher, name)


def assert_same_contents(reference, tested, rng):
    assert list(tested.documents()) == list(reference.documents())
    assert tested.languages() == reference.languages()
    for field in FIELDS:
        term = Term(field, rng.choice((*WORDS, ABSENT)))
        assert tested.frequencies([term]) == reference.frequencies([term])
    for document in reference.documents():
        assert tested.number(document.id) == reference.number(document.id)


def assert_same_hits(reference, tested, node):
    """The same documents, scores to rounding, tiers, counts, and an order that the scores allow.

    The reference's scores by number, and what the tested one found.
    """
    wanted = reference.search(node, Sort.RELEVANCE, 0, EVERY)
    given = tested.search(node, Sort.RELEVANCE, 0, EVERY)
    scores = {found.number: found.score for found in wanted.found}
    assert {found.number: found.score for found in given.found} == pytest.approx(
        scores, rel=1e-9, abs=1e-12
    ), node
    assert {f.number: f.match for f in given.found} == {f.number: f.match for f in wanted.found}, node
    assert (given.total, given.facets) == (wanted.total, wanted.facets), node
    assert tested.count(node) == reference.count(node) == wanted.total, node
    # Scores that differ in the last digit only may stand in either order; nothing else may. Grading may
    # make such scores equal, and leaves their documents as they stood.
    graded = bool(graded_leaves(node))
    in_order = sorted(given.found, key=lambda found: (-found.score, 0 if graded else found.number))
    assert given.found == in_order, node
    ranked = [scores[found.number] for found in given.found]
    assert ranked == pytest.approx(sorted(ranked, reverse=True), rel=1e-9, abs=1e-12), node
    return scores, given.found


def assert_best(tested, node, hits, scores, first, size):
    """A page, which is found without scoring everything, has the best of all hits, and their scores."""
    ranked = sorted(scores.values(), reverse=True)[first : first + size]
    page = tested.search(node, Sort.RELEVANCE, first, size)
    assert page.total == len(scores), node
    tiers = {found.number: found.match for found in hits}
    assert {found.number: found.match for found in page.found}.items() <= tiers.items(), node
    for given in ([found.score for found in page.found], [scores[found.number] for found in page.found]):
        assert given == pytest.approx(ranked, rel=1e-9, abs=1e-12), node


def assert_same_answers(reference, tested, node, rng):
    """The same hits, on any page and by date, and the same verdict on each document."""
    scores, hits = assert_same_hits(reference, tested, node)
    first, size = rng.randrange(6), rng.randrange(1, 6)
    assert_best(tested, node, hits, scores, first, size)
    for sort in (Sort.NEWEST, Sort.OLDEST):
        by_date = [found.number for found in reference.search(node, sort, first, size).found]
        assert [found.number for found in tested.search(node, sort, first, size).found] == by_date, node
    for number in scores.keys() | ({0} if list(reference.documents()) else set()):
        assert tested.matches(node, number) == (number in scores), node

"""An index that was built and then updated answers as one that was built of what it holds now.

Histories are random: documents are added, changed and deleted, segments linked, marked and merged.
At the end of each three indexes are compared: the updated one, a new one, and the reference's.
"""

import os
import random
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import mkdtemp

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from indexer.engines.memory import MemoryEngine
from indexer.engines.whoosh import WhooshEngine, layout
from indexer.engines.whoosh.policy import MergePolicy
from indexer.engines.whoosh.reader import Reader
from indexer.request import Sort
from tests.indexer.comparing import (
    EVERY,
    Renumbered,
    Unmerged,
    as_drawn,
    assert_same_answers,
    assert_same_contents,
    pruned_early,
)
from tests.indexer.corpora import LANGUAGES, WORDS, part_of, random_batch, random_node

#: Histories, each of one build and up to five updates; random queries at the end of each.
HISTORIES = int(os.environ.get("SERAI_TEST_HISTORIES", "25"))
QUERIES = 12


@dataclass(frozen=True, slots=True)
class Step:
    """What one update does: how many documents it deletes, changes and adds.

    ``emptied`` is a language of which it leaves none but those that it adds.
    """

    deleted: int
    changed: int
    added: int
    emptied: str | None = None


@dataclass(slots=True)
class History:
    """The batches so far, and which documents of each live."""

    rng: random.Random
    batches: list = field(default_factory=list)
    living: list = field(default_factory=list)
    count: int = 0

    @property
    def documents(self):
        return [self.batches[b].documents[n] for b, kept in enumerate(self.living) for n in kept]

    def advance(self, step):
        """The batches and the deleted ids of an update."""
        known = self.documents
        deleted = [document.id for document in self.rng.sample(known, min(step.deleted, len(known)))]
        deleted += [document.id for document in known if document.language == step.emptied]
        # Some of what is changed was deleted before, or is now: then it is there again.
        every = [f"{number}" for number in range(self.count)]
        changed = self.rng.sample(every, min(step.changed, len(every)))
        new = [f"{number}" for number in range(self.count, self.count + step.added)]
        self.count += step.added
        ids = [*changed, *new]
        self.rng.shuffle(ids)
        cut = self.rng.randrange(len(ids) + 1)
        batches = [random_batch(self.rng, some) for some in (ids[:cut], ids[cut:])]
        gone = {*deleted, *ids}
        for number, kept in enumerate(self.living):
            documents = self.batches[number].documents
            self.living[number] = [n for n in kept if documents[n].id not in gone]
        self.batches += batches
        self.living += [list(range(len(batch.documents))) for batch in batches]
        return batches, [*deleted, "never there"]

    def rebuilt(self):
        return [
            part_of(batch, np.array(kept, np.int64))
            for batch, kept in zip(self.batches, self.living, strict=True)
        ]


steps = st.builds(
    Step, st.integers(0, 6), st.integers(0, 4), st.integers(0, 8), st.sampled_from([None, *LANGUAGES])
)
policies = st.builds(
    MergePolicy,
    most=st.integers(1, 4),
    floor=st.sampled_from([0, 0, 20_000, 1 << 30]),
    deleted=st.sampled_from([0.0, 0.2, 0.5, 1.0]),
) | st.just(Unmerged())


@as_drawn(HISTORIES)
@given(
    seed=st.integers(0, 1 << 32),
    history=st.lists(steps, min_size=1, max_size=5),
    policy=policies,
    memory=st.sampled_from([1, 2_000, 1 << 30]),
)
def test_an_updated_index_answers_as_a_new_one(seed, history, policy, memory):
    folder = Path(mkdtemp())
    try:
        check_history(random.Random(seed), history, WhooshEngine(memory, policy), folder)
    finally:
        shutil.rmtree(folder)


def check_history(rng, steps, engine, folder):
    story, reference = History(rng), MemoryEngine()
    batches, _ = story.advance(Step(0, 0, rng.randrange(12)))
    assert engine.build(batches, folder / "whoosh 0") == reference.build(batches, folder / "memory 0")
    for number, step in enumerate(steps):
        batches, deleted = story.advance(step)
        for each in (engine, reference):
            before, after = (folder / f"{each.name} {n}" for n in (number, number + 1))
            assert each.update(before, batches, deleted, after) == len(story.documents)
    engine.build(story.rebuilt(), folder / "rebuilt")
    updated = Renumbered(engine.open(folder / f"whoosh {len(steps)}"))
    rebuilt = engine.open(folder / "rebuilt")
    known = reference.open(folder / f"memory {len(steps)}")
    for other in (known, rebuilt):
        assert_same_contents(other, updated, rng)
    with pruned_early(rng):
        for _ in range(QUERIES):
            node = random_node(rng)
            assert_same_answers(known, updated, node, rng)
            # Not only to rounding: the same documents make the same numbers.
            for page in ((0, EVERY), (rng.randrange(3), rng.randrange(1, 4))):
                asked = (node, Sort.RELEVANCE, *page)
                assert updated.search(*asked) == rebuilt.search(*asked)
    updated.close()
    rebuilt.close()
    assert places(folder / f"whoosh {len(steps)}") == places(folder / "rebuilt")


def places(folder):
    """How often, and where, every word stands in the living documents: few random phrases stand anywhere."""
    reader = Reader(folder)
    everywhere = np.ones(reader.count, np.bool_)
    placed = [name for name, kept in layout.POSITIONS.items() if kept]
    lists = [reader.places(name, word, everywhere) for name in placed for word in WORDS]
    reader.close()
    return [(found.counts.tolist(), found.positions.tolist()) for found in lists]


def test_histories_mark_merge_and_keep_segments(tmp_path):
    """The comparison above would be empty if they did not."""
    marked = merged = kept = 0
    for seed in range(4):
        story = History(random.Random(seed))
        engine = WhooshEngine(policy=MergePolicy(most=4, floor=0, deleted=0.5))
        engine.build(story.advance(Step(0, 0, 12))[0], tmp_path / f"{seed} 0")
        for number in range(4):
            before, after = (tmp_path / f"{seed} {n}" for n in (number, number + 1))
            engine.update(before, *story.advance(Step(1, 1, 3)), after)
            reader = Reader(after)
            marked += not reader.whole
            reader.close()
            names = [{path.name for path in folder.glob("*.trm")} for folder in (before, after)]
            kept += len(names[0] & names[1])
            merged += len(names[0] - names[1])
    assert min(marked, merged, kept) >= 3, (marked, merged, kept)

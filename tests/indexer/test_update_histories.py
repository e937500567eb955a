"""However an index came about, by a rebuild or by updates, it answers alike: files in, searches out.

Histories are random, and go through the commands. Segments are linked, marked and merged by policies that are
drawn too, or all would be merged, being small.
"""

import json
import os
import random
import shutil
from dataclasses import replace
from pathlib import Path
from tempfile import mkdtemp

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from indexer import generations
from indexer.cli import commands
from indexer.engines import ENGINES
from indexer.engines.memory import MemoryEngine
from indexer.engines.whoosh import WhooshEngine
from indexer.engines.whoosh.policy import MergePolicy
from indexer.lexicon.gathering import NAME as LEXICON
from indexer.request import SearchRequest, Sort
from indexer.service import SearchService
from indexer.settings import Settings
from indexer.verification import verify
from indexer.wire import search_object, suggest_object
from tests.indexer.comparing import Unmerged, as_drawn
from tests.indexer.edits import QUERIES, TYPED, Folder

#: Histories, each of a rebuild and some updates, with edits before each of them.
HISTORIES = int(os.environ.get("SERAI_TEST_UPDATES", "12"))

policies = st.sampled_from(
    [
        MergePolicy(),
        MergePolicy(most=3, floor=0, deleted=0.5),
        MergePolicy(floor=0, deleted=1.0),
        Unmerged(),
    ]
)


@as_drawn(HISTORIES)
@given(
    seed=st.integers(0, 1 << 32),
    edits=st.lists(st.integers(0, 4), min_size=1, max_size=5),
    policy=policies,
    engine=st.sampled_from(["whoosh", "whoosh", "whoosh", "memory"]),
)
def test_an_updated_index_answers_as_a_rebuilt_one(seed, edits, policy, engine):
    folder = Path(mkdtemp())
    try:
        with pytest.MonkeyPatch.context() as patch:
            patch.setitem(ENGINES, "whoosh", lambda _: WhooshEngine(policy=policy))
            patch.setitem(ENGINES, "memory", lambda _: MemoryEngine())
            check_history(folder, random.Random(seed), edits, engine)
    finally:
        shutil.rmtree(folder)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("engine", ["opensearch"])
def test_an_index_on_a_cluster_answers_as_a_rebuilt_one(seed, engine, tmp_path):
    rng = random.Random(seed)
    check_history(tmp_path, rng, [rng.randrange(5) for _ in range(3)], engine)


def check_history(folder, rng, edits, engine):
    updated = Settings(index=folder / "updated", engine=engine, jobs=1)
    rebuilt = replace(updated, index=folder / "rebuilt")
    documents = [Folder(folder / "one" / "docs", rng)]
    done("rebuild", updated, *paths(documents))
    for number, count in enumerate(edits):
        if len(documents) == 1 and rng.random() < 0.3:
            # Two folders of one name: from now on the sources of both begin with more of their paths.
            documents.append(Folder(folder / "two" / "docs", rng))
        else:
            for _ in range(count):
                rng.choice(documents).edit()
        # All of the index's paths when none is given; the new one has to be.
        done("update", updated, *(paths(documents) if len(documents) > 1 or rng.random() < 0.5 else []))
        if number % 2 or number == len(edits) - 1:
            done("rebuild", rebuilt, *paths(documents))
            assert lexicon(updated) == lexicon(rebuilt)
            asked = [(query, rng.choice(list(Sort)), rng.choice([1, 2])) for query in QUERIES]
            assert answers(updated, asked) == answers(rebuilt, asked)
            assert verify(updated).faults == ()
            assert not done("update", updated)["added"]


def paths(documents):
    return [str(folder.root) for folder in documents]


def done(command, settings, *arguments):
    """What a command says that it did."""
    options = ["--index", str(settings.index), "--engine", settings.engine, "--jobs", "1", "--json"]
    result = CliRunner().invoke(commands, [command, *options, *arguments], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def lexicon(settings):
    return (generations.current(settings.index) / LEXICON).read_bytes()


def answers(settings, asked):
    """All that a user sees, but for the time that it took; in pages, so that equals meet their edges."""
    service = SearchService.open(settings)
    found = []
    for query, sort, page in asked:
        answer = search_object(service.search(SearchRequest(query, sort=sort, page=page, size=4)))
        found.append({**answer, "took_ms": 0})
    found += [suggest_object(service.suggest(text)) for text in TYPED]
    state = service.status()
    found.append((state.documents, state.languages, state.sources))
    service.close()
    return found

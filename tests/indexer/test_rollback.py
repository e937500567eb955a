"""Going back to the generation before, on every engine."""

from dataclasses import replace

import pytest
from click.testing import CliRunner

from indexer import generations
from indexer.cli import commands
from indexer.engines import ENGINES
from indexer.errors import IndexBusy, IndexOutdated, IndexUnavailable
from indexer.rebuild import rebuild
from indexer.request import SearchRequest
from indexer.rollback import rollback
from indexer.service import SearchService
from indexer.settings import Settings
from indexer.update import update


@pytest.fixture(params=ENGINES)
def settings(request, tmp_path):
    return Settings(index=tmp_path / "index", engine=request.param, jobs=1)


def found(settings, query):
    service = SearchService.open(settings)
    ids = [hit.id for hit in service.search(SearchRequest(query)).hits]
    service.close()
    return ids


def test_what_was_served_before_is_served_again(settings, corpus):
    rebuild([corpus({"a.txt": "The heron waits."})], settings)
    first = generations.current(settings.index).name
    folder = corpus({"b.txt": "The stork waits."})
    second = rebuild([folder], settings).generation
    served = SearchService.open(settings)
    assert served.search(SearchRequest("waits")).total == 2

    done = rollback(settings)
    assert (done.generation, done.before, done.documents) == (first, second, 1)
    assert generations.current(settings.index).name == first
    assert served.search(SearchRequest("waits")).total == 1, "a server notices"
    assert found(settings, "stork") == []

    assert rollback(settings).generation == second, "twice, and all is as it was"
    assert found(settings, "stork") == ["corpus/b.txt"]
    served.close()


def test_an_update_begins_with_what_is_served(settings, corpus):
    rebuild([corpus({"a.txt": "The heron waits."})], settings)
    folder = corpus({"b.txt": "The stork waits."})
    update([], settings)
    rollback(settings)
    (folder / "b.txt").unlink()
    (folder / "c.txt").write_text("The crane waits.")
    done = update([], settings)
    assert (done.added, done.deleted, done.documents) == (1, 0, 2)
    assert found(settings, "waits") == ["corpus/a.txt", "corpus/c.txt"]
    assert len(list(settings.index.glob("gen-*"))) == 2


def test_nothing_to_go_back_to_is_said(settings, corpus):
    with pytest.raises(IndexUnavailable, match="there is no index"):
        rollback(settings)
    rebuild([corpus({"a.txt": "The heron waits."})], settings)
    with pytest.raises(IndexUnavailable, match="no earlier index"):
        rollback(settings)
    assert found(settings, "heron") == ["corpus/a.txt"]


def test_who_writes_is_left_alone(settings, corpus):
    rebuild([corpus({"a.txt": "The heron waits."})], settings)
    rebuild([corpus({"a.txt": "The heron waits."})], settings)
    with generations.locked(settings.index), pytest.raises(IndexBusy):
        rollback(settings)


def test_a_damaged_one_is_not_gone_to(settings, corpus):
    rebuild([corpus({"a.txt": "The heron waits."})], settings)
    rebuild([corpus({"a.txt": "The heron waits."})], settings)
    served = generations.current(settings.index)
    (generations.other(settings.index) / "ledger").unlink()
    with pytest.raises(IndexUnavailable, match="ledger"):
        rollback(settings)
    assert generations.current(settings.index) == served


def test_one_of_another_engine_is_not_gone_to(index, corpus):
    rebuild([corpus({"a.txt": "The heron waits."})], replace(index, engine="memory"))
    rebuild([corpus({"a.txt": "The heron waits."})], index)
    with pytest.raises(IndexOutdated, match="memory"):
        rollback(index)


def test_the_command_says_what_is_served(index, corpus):
    rebuild([corpus({"a.txt": "The heron waits."})], index)
    first = generations.current(index.index).name
    second = rebuild([corpus({"a.txt": "The heron waits."})], index).generation
    result = CliRunner().invoke(commands, ["rollback", "--index", str(index.index)])
    assert result.exit_code == 0
    assert first in result.stderr
    assert second in result.stderr
    result = CliRunner().invoke(commands, ["rollback", "--index", str(index.index), "--json"])
    assert f'"generation": "{second}"' in result.stdout

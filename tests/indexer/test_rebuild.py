"""A rebuild: what it reads, what it tells, and that the old index stays until it is done."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import replace

import pytest

from indexer import building, generations, manifest
from indexer.errors import BadRequest, CorpusError, IndexBusy, IndexUnavailable, SearchError
from indexer.pool import Pool
from indexer.rebuild import rebuild
from indexer.request import SearchRequest
from indexer.service import SearchService
from indexer.sources import Kind, corpus_in, units_in
from indexer.wire import search_object

FILES = {
    "a.txt": "Beekeeping\n\nThe hive stands behind the orchard.",
    "b.md": "# Imkerei\n\nDer Bienenstock steht hinter dem Obstgarten.",
    "c/d.jsonl": [{"id": "x", "text": "蜂箱在果园后面。"}, {"id": "y", "text": "รังผึ้งอยู่หลังสวน"}],
    "e.html": "<html lang='en'><title>Honey</title><p>Honey keeps.</p></html>",
}


def answers(settings, *queries):
    """What an index answers, without the time that it took."""
    service = SearchService.open(settings)
    found = [search_object(service.search(SearchRequest(query))) for query in queries]
    service.close()
    return [{**answer, "took_ms": 0} for answer in found]


def ids(settings, query):
    return [hit["id"] for answer in answers(settings, query) for hit in answer["hits"]]


def test_every_document_of_every_format_is_indexed(corpus, index):
    done = rebuild([corpus(FILES)], index)
    assert (done.documents, list(done.remarks)) == (5, [])
    assert done.generation == generations.current(index.index).name
    assert ids(index, "hive") == ["corpus/a.txt"]
    assert ids(index, "蜂箱") == ["corpus/c/d.jsonl#x"]
    assert sorted(ids(index, "*")) == [
        "corpus/a.txt",
        "corpus/b.md",
        "corpus/c/d.jsonl#x",
        "corpus/c/d.jsonl#y",
        "corpus/e.html",
    ]


def test_languages_are_detected_where_they_are_not_given(corpus, index):
    rebuild([corpus(FILES)], index)
    assert SearchService.open(index).status().languages == {"de": 1, "en": 2, "th": 1, "zh": 1}


BAD = {
    **FILES,
    "empty.txt": "",
    "blank.txt": " \n ",
    "broken.jsonl": b'{"id": "ok", "text": "hive too"}\n{"text": \n[1]\n{"id": "z"}\n',
    "cut.txt.gz": b"\x1f\x8b\x08\x00",
}


def test_what_cannot_be_read_is_listed_and_the_rest_is_indexed(corpus, index):
    done = rebuild([corpus(BAD)], index)
    rejected = {remark.source for remark in done.remarks if remark.kind is Kind.REJECTED}
    assert rejected == {
        "corpus/empty.txt",
        "corpus/blank.txt",
        "corpus/cut.txt.gz",
        *(f"corpus/broken.jsonl:{line}" for line in (2, 3, 4)),
    }
    assert all(remark.reason for remark in done.remarks)
    assert done.documents == 6
    assert set(ids(index, "hive")) == {"corpus/a.txt", "corpus/broken.jsonl#ok"}


def test_strict_fails_on_it_and_leaves_the_old_index(corpus, index):
    rebuild([corpus(FILES)], index)
    before = generations.current(index.index)
    with pytest.raises(CorpusError, match="6 files or lines") as caught:
        rebuild([corpus(BAD)], index, strict=True)
    assert "--strict" in caught.value.hint
    assert generations.current(index.index) == before
    assert ids(index, "hive") == ["corpus/a.txt"]


def test_strict_passes_over_other_types_of_file(corpus, index):
    assert rebuild([corpus({**FILES, "picture.png": b"\x89PNG"})], index, strict=True).documents == 5


def test_a_path_that_leads_nowhere_is_said_before_anything_is_made(index, tmp_path):
    with pytest.raises(CorpusError, match="nowhere"):
        rebuild([tmp_path / "nowhere"], index)
    assert not index.index.exists()


def test_an_empty_folder_makes_an_index_that_answers(index, tmp_path):
    (tmp_path / "empty").mkdir()
    assert rebuild([tmp_path / "empty"], index).documents == 0
    assert ids(index, "hive") == []
    assert ids(index, "*") == []


def test_a_second_rebuild_replaces_the_first(corpus, index, tmp_path):
    rebuild([corpus(FILES)], index)
    (tmp_path / "corpus" / "a.txt").write_text("Beekeeping\n\nThe smoker is empty.")
    rebuild([tmp_path / "corpus"], index)
    assert ids(index, "hive") == []
    assert ids(index, "smoker") == ["corpus/a.txt"]


def test_a_rebuild_of_the_same_files_answers_the_same(corpus, index):
    queries = ["hive", "Imkerei", "蜂箱", "สวน", "*"]
    rebuild([corpus(FILES)], index)
    first = answers(index, *queries)
    rebuild([corpus(FILES)], index)
    assert answers(index, *queries) == first


def test_an_error_in_the_middle_leaves_the_old_index(corpus, index, monkeypatch):
    rebuild([corpus(FILES)], index)
    before = sorted(path.name for path in index.index.iterdir())

    def no_room(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(generations, "_flush", no_room)
    with pytest.raises(IndexUnavailable, match="No space left") as caught:
        rebuild([corpus(FILES)], index)
    assert "as it was before" in caught.value.hint
    assert sorted(path.name for path in index.index.iterdir()) == before
    assert ids(index, "hive") == ["corpus/a.txt"]


def test_an_interruption_leaves_the_old_index(corpus, index):
    rebuild([corpus(FILES)], index)

    def interrupt(step):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rebuild([corpus(FILES)], index, progress=interrupt)
    assert ids(index, "hive") == ["corpus/a.txt"]
    assert not list(index.index.glob("building-*"))


def test_two_rebuilds_at_once_are_one_too_many(corpus, index):
    files = [corpus(FILES)]
    with generations.writing(index.index), pytest.raises(IndexBusy, match="another process"):
        rebuild(files, index)


def test_an_engine_that_is_not_there_is_said(corpus, index):
    with pytest.raises(BadRequest, match="nope"):
        rebuild([corpus(FILES)], replace(index, engine="nope"))


def test_progress_counts_documents_and_text(corpus, index):
    told = []
    files = corpus(FILES)
    done = rebuild([files], index, progress=told.append)
    read = sum(path.stat().st_size for path in files.rglob("*") if path.is_file())
    assert [sum(column) for column in list(zip(*told, strict=True))[:3]] == [done.documents, done.size, read]
    assert {step.total for step in told} == {read}


LANGUAGES = {
    "en": "The keeper opened the hive and counted the frames. ",
    "de": "Der Imker öffnete den Stock und zählte die Rähmchen. ",
    "zh": "养蜂人打开蜂箱，数了数巢框。",
    "th": "คนเลี้ยงผึ้งเปิดรังและนับคอน ",
}


def large(documents, length):
    """Documents of four languages, of about ``length`` code points, each with a number of its own."""
    return [
        {"id": str(number), "text": f"n{number} " + LANGUAGES[code] * (length // len(LANGUAGES[code]))}
        for number, code in zip(range(documents), list(LANGUAGES) * documents, strict=False)
    ]


def test_batches_grow_smaller_towards_the_end(monkeypatch, tmp_path):
    monkeypatch.setattr(building, "_LARGEST", 4_000)
    monkeypatch.setattr(building, "_SMALLEST", 500)
    lines = tmp_path / "large.jsonl"
    lines.write_text("".join(f"{json.dumps(row)}\n" for row in large(200, 100)), encoding="utf-8")
    total = lines.stat().st_size
    batches = building._batches(units_in(corpus_in([lines])), total)
    sizes = [sum(unit.size for unit in batch) for batch in batches]
    assert sum(sizes) == total
    assert sizes[0] >= 4_000
    # None but by its last document is larger than its share of what is left.
    longest = max(map(len, lines.read_bytes().splitlines(keepends=True)))
    for number, size in enumerate(sizes):
        assert size < max(500, min(4_000, sum(sizes[number:]) // building._SHARE)) + longest


def test_two_processes_make_the_index_that_one_makes(corpus, index, tmp_path, monkeypatch):
    # As much in proportion as a real rebuild hands to its processes, a fortieth in size.
    for size in ("_LARGEST", "_SMALLEST", "_ALONE"):
        monkeypatch.setattr(building, size, getattr(building, size) // 40)
    files = [corpus({"large.jsonl": large(24, 9_000)})]
    both = replace(index, index=tmp_path / "both", jobs=2)
    assert rebuild(files, index).size == rebuild(files, both).size > building._ALONE
    queries = ["n7", "hive frames", "Rähmchen", '"数了数巢框"', "รัง", "*"]
    assert answers(index, *queries) == answers(both, *queries)
    alone, together = (generations.current(settings.index) for settings in (index, both))
    assert alone.name.rpartition("-")[2] == together.name.rpartition("-")[2]
    assert manifest.read(alone).files == manifest.read(together).files


def end(_):
    """Ends the process that works, as an operating system does that has no memory left."""
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.mark.parametrize("call", [Pool.stream, Pool.for_each])
def test_a_process_that_is_ended_from_outside_is_said(call):
    with pytest.raises(SearchError, match="ended from outside") as caught:
        list(call(Pool(2), end, [1, 2, 3]))
    assert "--jobs 1" in caught.value.hint


@pytest.mark.parametrize("processes", [0, 2])
def test_a_pool_answers_in_order_and_draws_no_more_than_it_needs(processes):
    drawn = []
    values = (drawn.append(number) or number for number in range(100))
    answers = Pool(processes).stream(abs, values)
    assert next(answers) == 0
    assert len(drawn) < 10
    assert list(answers) == list(range(1, 100))
    assert list(Pool(processes).for_each(abs, [-3, -1, -2])) == [3, 1, 2]


def test_a_rebuild_that_is_killed_at_any_moment_leaves_the_old_index(corpus, index):
    """The process and its workers are killed; then a search, and a leftover goes with the next rebuild."""
    rebuild([corpus(FILES)], index)
    files = corpus({"large.jsonl": large(24, 90_000)})
    command = [
        sys.executable,
        "-m",
        "indexer",
        "rebuild",
        str(files),
        "--jobs",
        "2",
        "--index",
        str(index.index),
    ]
    rng = random.Random(9)
    killed = 0
    for _ in range(4):
        process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        time.sleep(rng.uniform(0.2, 1.4))
        killed += process.poll() is None
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        assert "corpus/a.txt" in ids(index, "beekeeping")
    assert killed
    rebuild([corpus(FILES)], index)
    assert len(list(index.index.glob("gen-*"))) <= 2
    assert not list(index.index.glob("building-*"))
    assert ids(index, "beekeeping") == ["corpus/a.txt"]

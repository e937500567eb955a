"""An update: what it looks at, what it does with it, and what it refuses."""

import os
import shutil
from dataclasses import replace

import pytest

from indexer import building, generations, ledger, manifest
from indexer import entries as analysis
from indexer.engines.whoosh import WhooshEngine
from indexer.errors import CorpusError, IndexBusy, IndexOutdated, IndexUnavailable
from indexer.rebuild import rebuild
from indexer.request import SearchRequest
from indexer.service import SearchService
from indexer.sources import Kind
from indexer.update import update
from indexer.verification import verify

FILES = {
    "a.txt": "Beekeeping\n\nThe hive stands behind the orchard.",
    "b.md": "# Imkerei\n\nDer Bienenstock steht hinter dem Obstgarten.",
    "c/d.jsonl": [{"id": "x", "text": "蜂箱在果园后面。"}, {"id": "y", "text": "รังผึ้งอยู่หลังสวน"}],
    "c/e.txt": "Honey\n\nHoney keeps.",
}


@pytest.fixture
def folder(corpus, index):
    """A folder that has been indexed."""
    folder = corpus(FILES)
    rebuild([folder], index)
    return folder


def found(settings, query="*"):
    service = SearchService.open(settings)
    page = service.search(SearchRequest(query, size=100))
    service.close()
    return sorted(hit.id for hit in page.hits)


def counts(done):
    return done.added, done.changed, done.deleted


def test_what_was_added_changed_deleted_and_renamed_is_found_and_nothing_else(folder, index):
    (folder / "new.txt").write_text("A swarm hangs in the lime tree.")
    (folder / "a.txt").write_text("Beekeeping\n\nThe smoker is empty.")
    (folder / "b.md").unlink()
    (folder / "c" / "e.txt").rename(folder / "c" / "f.txt")
    done = update([], index)
    assert counts(done) == (2, 1, 2)
    assert done.generation == generations.current(index.index).name
    assert found(index) == [
        "corpus/a.txt",
        "corpus/c/d.jsonl#x",
        "corpus/c/d.jsonl#y",
        "corpus/c/f.txt",
        "corpus/new.txt",
    ]
    assert found(index, "swarm") == ["corpus/new.txt"]
    assert found(index, "hive") == found(index, "Bienenstock") == []
    assert found(index, "honey") == ["corpus/c/f.txt"]
    assert verify(index).faults == ()


def test_only_what_changed_is_analyzed(folder, index, monkeypatch):
    seen = []

    def entries_of(documents):
        documents = list(documents)
        seen.extend(document.id for document in documents)
        return analysis.entries_of(documents)

    monkeypatch.setattr(building, "entries_of", entries_of)
    rows = ['{"id": "y", "text": "รังผึ้งอยู่หลังสวน"}', '{"id": "z", "text": "Wax."}']
    (folder / "c" / "d.jsonl").write_text("\n".join(rows))
    (folder / "a.txt").touch()
    assert counts(update([], index)) == (1, 0, 1)
    assert seen == ["corpus/c/d.jsonl#z"]
    (folder / "c" / "d.jsonl").write_text("\n".join([*rows, '{"id": "w", "text": "Comb."}', ""]))
    assert counts(update([], index)) == (1, 0, 0)
    assert seen[1:] == ["corpus/c/d.jsonl#w"], "the line before it has an end now"


def test_where_nothing_has_changed_the_generation_stays(folder, index):
    before = generations.current(index.index)
    inode = (index.index / "CURRENT").stat().st_ino
    (folder / "a.txt").write_text(FILES["a.txt"])  # another time, the same content
    done = update([], index)
    assert (counts(done), done.anew, done.documents) == ((0, 0, 0), False, 5)
    assert done.generation == before.name
    assert generations.current(index.index) == before
    assert (index.index / "CURRENT").stat().st_ino == inode
    assert not list(index.index.glob("building-*"))


def test_lines_in_another_order_are_no_change_of_documents(folder, index):
    path = folder / "c" / "d.jsonl"
    path.write_text("\n".join(reversed(path.read_text().splitlines())))
    done = update([], index)
    assert (counts(done), done.anew) == ((0, 0, 0), True)
    page = SearchService.open(index).search(SearchRequest("*"))
    assert [hit.id for hit in page.hits if "#" in hit.id] == ["corpus/c/d.jsonl#y", "corpus/c/d.jsonl#x"]


def test_what_could_not_be_read_is_told_and_tried_each_time(folder, index):
    (folder / "a.txt").write_text("")
    done = update([], index)
    assert (counts(done), [remark.kind for remark in done.remarks]) == ((0, 0, 1), [Kind.REJECTED])
    done = update([], index)
    assert (done.anew, [remark.source for remark in done.remarks]) == (False, ["corpus/a.txt"])
    with pytest.raises(CorpusError, match="could not be read"):
        update([], index, strict=True)
    (folder / "a.txt").write_text("The hive again.")
    assert counts(update([], index, strict=True)) == (1, 0, 0)


def test_a_path_below_limits_the_look(folder, index):
    (folder / "a.txt").unlink()
    (folder / "c" / "e.txt").write_text("Honey crystallizes.")
    assert counts(update([folder / "c"], index)) == (0, 1, 0)
    assert "corpus/a.txt" in found(index)
    assert counts(update([folder / "a.txt"], index)) == (0, 0, 1), "a file that is gone, by its name"
    assert "corpus/a.txt" not in found(index)


def test_a_folder_that_is_gone_takes_its_documents_along_when_it_is_named(folder, index):
    shutil.rmtree(folder / "c")
    assert counts(update([folder / "c"], index)) == (0, 0, 3)
    assert found(index) == ["corpus/a.txt", "corpus/b.md"]


def test_a_new_path_is_added_and_looked_at_from_then_on(folder, index, tmp_path):
    other = tmp_path / "letters"
    other.mkdir()
    (other / "l.txt").write_text("A letter about swarms.")
    (folder / "a.txt").unlink()
    assert counts(update([other], index)) == (1, 0, 0), "the old path is not looked at"
    assert {"corpus/a.txt", "letters/l.txt"} < set(found(index))
    (other / "l.txt").write_text("A letter about frames.")
    assert counts(update([], index)) == (0, 1, 1)


def test_a_new_path_of_the_same_name_gives_both_longer_names(folder, index, tmp_path):
    other = tmp_path / "second" / "corpus"
    other.mkdir(parents=True)
    (other / "a.txt").write_text("Another one.")
    update([other], index)
    rebuilt = replace(index, index=tmp_path / "rebuilt")
    rebuild([folder, other], rebuilt)
    assert found(index) == found(rebuilt)
    assert f"{tmp_path.name}/corpus/a.txt" in found(index)


def test_a_path_above_looks_at_all_below(folder, index, tmp_path):
    (folder / "a.txt").unlink()
    rebuilt = replace(index, index=tmp_path.parent / f"{tmp_path.name}-rebuilt")
    update([tmp_path], index)
    rebuild([folder, tmp_path], rebuilt)
    assert found(index) == found(rebuilt)


def test_a_hidden_file_is_added_when_it_is_named(folder, index):
    (folder / ".hidden.txt").write_text("The queen is hidden.")
    assert not update([], index).anew
    assert counts(update([folder / ".hidden.txt"], index)) == (1, 0, 0)
    assert not update([], index).anew


def test_a_path_that_went_away_unnamed_is_refused(folder, index, tmp_path):
    folder.rename(tmp_path / "elsewhere")
    with pytest.raises(CorpusError, match="is not there") as caught:
        update([], index)
    assert f"serai update {folder}" in caught.value.hint
    assert len(found(index)) == 5
    assert counts(update([folder], index)) == (0, 0, 5)
    assert found(index) == []
    assert not update([], index).anew
    (tmp_path / "elsewhere").rename(folder)
    assert counts(update([folder], index)) == (5, 0, 0)


def test_a_path_that_never_was_is_refused(folder, index, tmp_path):
    with pytest.raises(CorpusError, match="nowhere"):
        update([tmp_path / "nowhere"], index)


def test_without_an_index_there_is_nothing_to_update(corpus, index):
    with pytest.raises(IndexUnavailable, match="no index"):
        update([corpus(FILES)], index)
    assert not index.index.exists()


def test_an_index_of_other_analyzers_is_refused_with_the_command_that_mends_it(folder, index):
    generation = generations.current(index.index)
    record = manifest.read(generation)
    replace(record, analyzers={**record.analyzers, "th": "0"}).write(generation)
    with pytest.raises(IndexOutdated, match="for: th") as caught:
        update([], index)
    assert f"serai rebuild {folder}" in caught.value.hint


def test_files_that_other_libraries_read_are_refused(folder, index, monkeypatch):
    monkeypatch.setattr(ledger, "reading", lambda: "another parser")
    with pytest.raises(IndexOutdated, match="read the files") as caught:
        update([], index)
    assert f"serai rebuild {folder}" in caught.value.hint


def test_damage_is_never_taken_over(folder, index):
    """What stays is linked and not read: its damage would get a digest of its own."""
    (folder / "new.txt").write_text("A swarm.")
    generation = generations.current(index.index)
    for path in sorted(generation.iterdir()):
        content = path.read_bytes()
        path.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
        with pytest.raises(IndexUnavailable) as caught:
            update([], index)
        assert "serai rebuild" in caught.value.hint, path.name
        path.write_bytes(content)
    assert generations.current(index.index) == generation
    assert counts(update([], index)) == (1, 0, 0)


@pytest.mark.parametrize("name", ["serai_0000.pst", "serai_0000.trm", "lexicon"])
def test_damage_done_meanwhile_is_never_taken_over_either(folder, index, monkeypatch, name):
    """It is read of a file that has been looked through, as anything or nothing."""
    before = generations.current(index.index)
    assembled = WhooshEngine.assembled

    def harmed(*arguments):
        # Where it stands, as a disk does it.
        with (before / name).open("r+b") as file:
            content = file.read()
            file.seek(0)
            file.write(bytes(byte ^ 0x55 for byte in content))
        return assembled(*arguments)

    monkeypatch.setattr(WhooshEngine, "assembled", harmed)
    (folder / "a.txt").unlink()
    with pytest.raises(IndexUnavailable, match=f"the index is damaged: .*{name}") as caught:
        update([], index)
    assert caught.value.hint.startswith("Nothing was changed. Build it anew with: serai rebuild ")
    assert generations.current(index.index) == before


def test_while_another_process_writes_nothing_is_done(folder, index):
    with generations.writing(index.index), pytest.raises(IndexBusy):
        update([], index)


def test_a_full_disk_leaves_the_old_index(folder, index, monkeypatch):
    (folder / "new.txt").write_text("A swarm.")
    before = generations.current(index.index)

    def full(*_):
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(ledger.Ledger, "write", full)
    with pytest.raises(IndexUnavailable, match="No space left"):
        update([], index)
    assert generations.current(index.index) == before
    assert sorted(path.name for path in index.index.iterdir()) == ["CURRENT", before.name, "lock"]


def test_many_updates_pile_nothing_up(folder, index):
    for number in range(6):
        (folder / "a.txt").write_text(f"Hive {number}.")
        update([], index)
    assert len(list(index.index.iterdir())) == 4  # CURRENT, lock, two generations
    assert found(index, "5") == ["corpus/a.txt"]


def test_two_processes_make_the_index_that_one_makes(corpus, index, tmp_path, monkeypatch):
    for size in ("_LARGEST", "_SMALLEST", "_MEDIUM", "_ALONE"):
        monkeypatch.setattr(building, size, 4_000)
    monkeypatch.setattr("indexer.update._PIECE", 4_000)
    rows = [
        {"id": f"{n}", "text": f"word{n % 50} hive honey " * 20, "title": f"T{n % 7}"} for n in range(200)
    ]
    settings = [replace(index, index=tmp_path / f"jobs {jobs}", jobs=jobs) for jobs in (1, 2)]
    folder = corpus({"a.jsonl": rows})
    for each in settings:
        rebuild([folder], each)
    folder = corpus({"a.jsonl": [{**row, "text": row["text"] + "wax"} for row in rows[:150]]})
    assert [counts(update([], each)) for each in settings] == [(0, 150, 50)] * 2
    alone, together = (generations.current(each.index) for each in settings)
    assert manifest.read(alone).files == manifest.read(together).files

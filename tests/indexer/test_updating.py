"""What an update does with files: it links what stays, writes what is new, and leaves the old ones alone."""

import errno
import hashlib
import os
import random
import threading
import tracemalloc

import numpy as np
import pytest
from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC

from analyzers import Tier
from indexer.document import Document
from indexer.engines.whoosh import WhooshEngine
from indexer.engines.whoosh.dictionary import FieldPart, FieldWriter, write_directory
from indexer.engines.whoosh.kept import Kept, KeptLists
from indexer.engines.whoosh.policy import MergePolicy
from indexer.engines.whoosh.reader import Reader
from indexer.engines.whoosh.writer import INDEX_NAME, scratch, write_segment
from indexer.entries import Entries, FieldTerms, entries_of
from indexer.errors import IndexUnavailable
from indexer.request import Sort
from indexer.schema import Field, Zone
from indexer.termquery import Everything, Not, Only
from tests.indexer.comparing import Unmerged
from tests.indexer.corpora import part_of, random_batch

#: Nothing is merged that need not be.
LAZY = MergePolicy(most=8, floor=0, deleted=1.0)


def documents(*ids):
    return [Document(each, f"title {each}", f"some words of {each}", f"{each}.txt", "en") for each in ids]


def built(folder, *ids, engine=None):
    (engine or WhooshEngine()).build([entries_of(documents(*ids))], folder)
    return folder


def segments(folder):
    return sorted(path.stem for path in folder.glob("*.trm"))


def digests(folder):
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}


@pytest.fixture
def before(tmp_path):
    return built(tmp_path / "before", *"abcdefgh")


def test_files_of_a_segment_that_stays_are_links(before, tmp_path):
    WhooshEngine(policy=LAZY).update(before, [entries_of(documents("i"))], ["a"], tmp_path / "after")
    kept = [path for path in before.iterdir() if path.suffix != ".toc"]
    assert len(kept) > 10
    for path in kept:
        assert path.samefile(tmp_path / "after" / path.name)
    assert segments(tmp_path / "after") == ["serai_0000", "serai_0001"]


def test_the_index_of_before_stays_as_it_is(before, tmp_path):
    known = digests(before)
    for number, policy in enumerate([LAZY, MergePolicy()]):
        WhooshEngine(policy=policy).update(
            before, [entries_of(documents("c", "i"))], ["a"], tmp_path / f"after {number}"
        )
    assert digests(before) == known
    searcher = WhooshEngine().open(before)
    assert [document.id for document in searcher.documents()] == list("abcdefgh")
    searcher.close()


@pytest.mark.parametrize("number", [errno.EXDEV, errno.EPERM, errno.EOPNOTSUPP])
def test_what_cannot_be_linked_is_copied(before, tmp_path, monkeypatch, number):
    def refuse(*_args):
        raise OSError(number, "no links here")

    monkeypatch.setattr(os, "link", refuse)
    WhooshEngine(policy=LAZY).update(before, [], ["a"], tmp_path / "after")
    searcher = WhooshEngine().open(tmp_path / "after")
    assert [document.id for document in searcher.documents()] == list("bcdefgh")
    searcher.close()
    assert not (before / "serai_0000.trm").samefile(tmp_path / "after" / "serai_0000.trm")


def test_a_full_disk_is_not_taken_for_one_without_links(before, tmp_path, monkeypatch):
    def refuse(*_args):
        raise OSError(errno.ENOSPC, "no room")

    monkeypatch.setattr(os, "link", refuse)
    with pytest.raises(OSError, match="no room"):
        WhooshEngine(policy=LAZY).update(before, [], ["a"], tmp_path / "after")


def test_deletions_are_whooshs_own(before, tmp_path):
    WhooshEngine(policy=LAZY).update(before, [], ["a", "c"], tmp_path / "after")
    reader = Reader(tmp_path / "after")
    assert [segment.deleted.tolist() for segment in reader.segments] == [[0, 2]]
    assert reader.alive.tolist() == [False, True, False, *[True] * 5]
    reader.close()


def test_a_worn_segment_is_written_anew(before, tmp_path):
    WhooshEngine(policy=MergePolicy(floor=0, deleted=0.2)).update(before, [], ["a", "c"], tmp_path / "after")
    reader = Reader(tmp_path / "after")
    assert reader.whole
    assert reader.count == 6
    assert segments(tmp_path / "after") == ["serai_0001"]
    assert list(reader.terms_from("id", "")) == list("bdefgh")
    reader.close()


def test_a_segment_without_living_documents_is_left_out(before, tmp_path):
    WhooshEngine(policy=LAZY).update(
        before, [entries_of(documents("i"))], list("abcdefgh"), tmp_path / "after"
    )
    assert segments(tmp_path / "after") == ["serai_0001"]


def test_nothing_piles_up(tmp_path):
    """Segments stay few, and no folder holds a file that its index has no use for."""
    engine, rng = WhooshEngine(policy=MergePolicy(most=4, floor=0, deleted=0.3)), random.Random(1)
    folder = built(tmp_path / "0", *"abc", engine=engine)
    for number in range(1, 20):
        after = tmp_path / f"{number}"
        count = engine.update(folder, [random_batch(rng, [f"{number}"])], [f"{number - 3}"], after)
        reader = Reader(after)
        assert len(reader.segments) <= 4
        assert count == reader.alive.sum()
        assert reader.count - count <= 0.3 * reader.count
        reader.close()
        assert len(segments(after)) == len(reader.segments)
        stems = {path.name.split(".")[0] for path in after.iterdir() if path.suffix != ".toc"}
        assert stems == set(segments(after))
        folder = after


def test_a_failed_update_leaves_no_index(before, tmp_path):
    def failing():
        yield entries_of(documents("i"))
        raise ValueError("no more")

    with pytest.raises(ValueError, match="no more"):
        WhooshEngine().update(before, failing(), ["a"], tmp_path / "after")
    with pytest.raises(IndexUnavailable):
        WhooshEngine().open(tmp_path / "after")


def test_a_damaged_index_is_not_updated(before, tmp_path):
    (before / "serai_0000.trm").write_bytes(b"")
    with pytest.raises(IndexUnavailable, match="damaged"):
        WhooshEngine().update(before, [entries_of(documents("i"))], [], tmp_path / "after")


def harm(before, documents_said):
    """Let the dictionary of a segment say of every term that it stands in so many documents."""
    parts = {}
    path = before / "serai_0000.trm"
    with path.with_suffix(".new").open("wb") as file:
        for name, field in Reader(before).segments[0].terms._fields.items():
            start, writer = file.tell(), FieldWriter(file)
            if field._count:
                listing = field.listing(0, field._count)
                said = np.full_like(listing.documents, documents_said)
                writer.add(listing.terms, said, said, listing.lengths)
            parts[name] = FieldPart(start, writer.finish(), field._postings)
        write_directory(file, file.tell(), parts)
    path.with_suffix(".new").replace(path)


@pytest.mark.parametrize("documents_said", [9, 1 << 32])
def test_a_term_of_more_documents_than_there_are_is_damage(before, documents_said):
    """Lists of successive documents take no room on disk; in memory they would, however many are read."""
    harm(before, documents_said)
    with pytest.raises(ValueError, match="more documents"):
        Reader(before).postings("text_word", "words")
    with pytest.raises(ValueError, match="more documents"):
        KeptLists(Reader(before).segments[0], "text_word", np.arange(8))


def test_threads_search_an_index_while_others_are_made_of_it(before, tmp_path):
    engine = WhooshEngine()
    searcher, known, wrong, made = engine.open(before), digests(before), [], threading.Event()
    nodes = [Everything(), Only("language", ("en",)), Not(Only("source", ("a.txt",)))]
    alone = [searcher.search(node, Sort.RELEVANCE, 0, 9) for node in nodes]

    def ask():
        rounds = 0
        while rounds < 20 or not made.is_set():
            given = [searcher.search(node, Sort.RELEVANCE, 0, 9) for node in nodes]
            ids = [document.id for document in searcher.documents()]
            wrong.extend([given] if given != alone or ids != list("abcdefgh") else [])
            rounds += 1

    threads = [threading.Thread(target=ask) for _ in range(3)]
    for thread in threads:
        thread.start()
    try:
        for number, policy in enumerate([LAZY, MergePolicy(), LAZY, MergePolicy()]):
            batch = entries_of(documents("b", f"new {number}"))
            assert WhooshEngine(policy=policy).update(before, [batch], ["a"], tmp_path / f"{number}") == 8
    finally:
        made.set()
        for thread in threads:
            thread.join()
    searcher.close()
    assert not wrong
    assert digests(before) == known


def many_words(first):
    """A thousand documents with three hundred words each, of a vocabulary of five hundred."""
    rng, count, length = np.random.default_rng(first), 1_000, 300
    some = documents(*(f"{number}" for number in range(first, first + count)))
    words = FieldTerms(
        [f"word{number}" for number in range(500)],
        rng.integers(0, 500, count * length).astype(np.int32),
        np.repeat(np.arange(count, dtype=np.int32), length),
        np.tile(np.arange(length, dtype=np.int32), count),
        np.full(count, length, np.int32),
    )
    return Entries(some, {**entries_of(some).fields, Field(Zone.TEXT, Tier.WORD): words})


def test_a_merge_keeps_to_its_memory(tmp_path):
    """It holds a range of the postings, and not all of them, which take many times as much."""
    folders = [tmp_path / f"{number}" for number in range(2)]
    for number, folder in enumerate(folders):
        WhooshEngine().build([many_words(1_000 * number)], folder)
    parts = [Kept(folder, TOC.read(FileStorage(folder), INDEX_NAME).segments[0]) for folder in folders]
    peaks = []
    for number, memory in enumerate([4 << 20, 1 << 30], 2):
        scratch(tmp_path / f"{number}").mkdir(parents=True)
        tracemalloc.start()
        segment = write_segment(parts, tmp_path / f"{number}", number, memory, map)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        assert segment.doc_count() == 2_000
    assert peaks[0] < 12 << 20
    assert peaks[1] > 4 * peaks[0]
    WhooshEngine().build([many_words(0), many_words(1_000)], tmp_path / "4")
    paths = [
        tmp_path / "2" / "serai_0002.pst",
        tmp_path / "3" / "serai_0003.pst",
        tmp_path / "4" / "serai_0000.pst",
    ]
    assert len({path.read_bytes() for path in paths}) == 1


@pytest.mark.parametrize("seed", range(10))
def test_a_merge_writes_what_a_build_would(tmp_path, seed):
    """To the byte: there is one way to write a segment, whatever it is written from."""
    rng = random.Random(seed)
    batches = [random_batch(rng, [f"{n} {m}" for m in range(rng.randrange(1, 30))]) for n in range(3)]
    living = [[n for n in range(len(batch.documents)) if rng.random() < 0.8] for batch in batches]
    gone = [
        batch.documents[n].id
        for batch, kept in zip(batches, living, strict=True)
        for n in range(len(batch.documents))
        if n not in kept
    ]
    unmerged = WhooshEngine(policy=Unmerged())
    unmerged.build(batches[:1], tmp_path / "0")
    unmerged.update(tmp_path / "0", batches[1:2], [], tmp_path / "1")
    unmerged.update(tmp_path / "1", [], gone, tmp_path / "2")
    added = [part_of(batches[2], np.array(living[2], np.int64))]
    WhooshEngine(policy=MergePolicy(most=1)).update(tmp_path / "2", added, [], tmp_path / "merged")
    kept = [
        part_of(batch, np.array(rows, np.int64)) for batch, rows in zip(batches[:2], living[:2], strict=True)
    ]
    WhooshEngine().build([*kept, *added], tmp_path / "built")
    assert written(tmp_path / "merged") == written(tmp_path / "built")


def written(folder):
    """What the files of the one segment hold, by their names without its number."""
    (stem,) = segments(folder)
    return {
        path.name.removeprefix(stem): path.read_bytes()
        for path in folder.iterdir()
        if path.name.startswith(stem)
    }


def test_the_same_update_makes_the_same_files(before, tmp_path):
    for number in range(2):
        WhooshEngine().update(before, [entries_of(documents("i", "b"))], ["a", "c"], tmp_path / f"{number}")
    assert digests(tmp_path / "0") == digests(tmp_path / "1")

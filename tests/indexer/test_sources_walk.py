"""Paths become files: each once, in order, by names that survive a rebuild."""

import os
from pathlib import Path

import pytest

from indexer.document import Document
from indexer.errors import CorpusError
from indexer.sources import Kind, corpus_in, documents_in
from indexer.sources.walk import labels_of


@pytest.fixture
def tree(tmp_path, monkeypatch):
    """A folder to stand in, and a way to fill it: each name is a file that holds a line."""
    monkeypatch.chdir(tmp_path)

    def grow(*names):
        for name in names:
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("Bees")
        return tmp_path

    return grow


def sources(*paths):
    return [file.source for file in corpus_in([Path(path) for path in paths]).files]


@pytest.mark.parametrize(
    ("paths", "expected"),
    [
        pytest.param(["box"], ["box/a.txt", "box/in/b.txt"], id="a folder"),
        pytest.param(["box/"], ["box/a.txt", "box/in/b.txt"], id="with a slash"),
        pytest.param(["./box/../box/."], ["box/a.txt", "box/in/b.txt"], id="in a roundabout way"),
        pytest.param(["box/in"], ["in/b.txt"], id="the last name only"),
        pytest.param(["box/a.txt"], ["a.txt"], id="a file"),
        pytest.param(["box", "box"], ["box/a.txt", "box/in/b.txt"], id="twice"),
        pytest.param(["box/in", "box"], ["box/a.txt", "box/in/b.txt"], id="one within the other"),
        pytest.param(["box/in/b.txt", "box/a.txt", "box/in"], ["a.txt", "in/b.txt"], id="files within"),
        pytest.param(["other", "box"], ["box/a.txt", "box/in/b.txt", "other/a.txt"], id="sorted"),
        pytest.param(["box/a.txt", "other/a.txt"], ["box/a.txt", "other/a.txt"], id="files that agree"),
        pytest.param(["box/in", "far/in"], ["box/in/b.txt", "far/in/b.txt"], id="folders that agree"),
        pytest.param([], [], id="none"),
    ],
)
def test_sources_begin_with_the_last_name_of_their_path(tree, paths, expected):
    tree("box/a.txt", "box/in/b.txt", "other/a.txt", "far/in/b.txt")
    assert sources(*paths) == expected


def test_the_folder_one_stands_in_has_a_name(tree, monkeypatch):
    monkeypatch.chdir(tree("box/a.txt") / "box")
    assert sources(".") == ["box/a.txt"]
    assert sources("..")[0].endswith("/box/a.txt")


@pytest.mark.parametrize(
    ("paths", "labels"),
    [
        pytest.param(["/a/x", "/b/y"], ["x", "y"], id="apart"),
        pytest.param(["/a/x", "/b/x"], ["a/x", "b/x"], id="one name more"),
        pytest.param(["/a/m/x", "/b/m/x", "/c/y"], ["a/m/x", "b/m/x", "y"], id="two names more"),
        pytest.param(["/x", "/b/x"], ["x", "b/x"], id="as far as there are names"),
        pytest.param(["/z/m", "/q/m/x", "/n/x"], ["z/m", "q/m/x", "n/x"], id="one begins with the other"),
        pytest.param(["/", "/a"], ["", "a"], id="the root has none"),
    ],
)
def test_paths_that_agree_take_more_names_in_front(paths, labels):
    roots = [Path(path) for path in paths]
    assert list(labels_of(roots).values()) == labels


def test_thousands_of_paths_are_named_in_a_moment():
    roots = [Path(f"/a/{number}/x.txt") for number in range(5_000)]
    assert list(labels_of(roots).values())[7] == "7/x.txt"


def test_hidden_files_and_folders_are_passed_over(tree):
    tree("box/a.txt", "box/.b.txt", "box/.git/c.txt", ".kept/d.txt")
    assert sources("box", ".kept") == [".kept/d.txt", "box/a.txt"]


def test_links_that_leave_the_path_are_passed_over(tree):
    root = tree("box/a.txt", "secret/s.txt", "boxes/t.txt")
    (root / "box/out").symlink_to("../secret")
    (root / "box/out.txt").symlink_to(root / "secret/s.txt")
    (root / "box/near.txt").symlink_to("../boxes/t.txt")
    (root / "box/gone.txt").symlink_to("nowhere.txt")
    assert sources("box") == ["box/a.txt"]


def test_links_within_the_path_add_no_file_twice(tree):
    root = tree("box/in/z.txt", "box/.store/y.txt")
    (root / "box/a.txt").symlink_to("in/z.txt")
    (root / "box/also").symlink_to("in")
    (root / "box/y.txt").symlink_to(".store/y.txt")
    assert sources("box") == ["box/in/z.txt", "box/y.txt"]


def test_a_path_that_is_a_link_keeps_its_name(tree):
    root = tree("box/a.txt")
    (root / "link").symlink_to("box")
    assert sources("link") == ["link/a.txt"]
    assert len(sources("link", "box")) == 1


def test_loops_of_links_end(tree):
    root = tree("box/in/a.txt")
    (root / "box/in/up").symlink_to("..")
    (root / "box/self").symlink_to("self")
    (root / "box/one").symlink_to("two")
    (root / "box/two").symlink_to("one")
    assert sources("box") == ["box/in/a.txt"]


@pytest.mark.parametrize("path", ["nowhere", "box/b.txt", "box/a.txt/deeper"])
def test_a_path_that_leads_nowhere_fails_at_once(tree, path):
    tree("box/a.txt")
    with pytest.raises(CorpusError, match="there is no file or folder") as failure:
        documents_in([Path("box"), Path(path)])
    assert path in str(failure.value)
    assert "spelling" in failure.value.hint


def test_a_path_that_is_no_file_fails_at_once(tree):
    os.mkfifo(tree() / "pipe.txt")
    with pytest.raises(CorpusError, match="neither a file nor a folder"):
        corpus_in([Path("pipe.txt")])


def test_a_pipe_within_a_folder_is_not_waited_for(tree):
    os.mkfifo(tree("box/a.txt") / "box/pipe.txt")
    assert sources("box") == ["box/a.txt"]


def test_other_types_are_counted_not_rejected(tree):
    tree("box/a.txt", "box/b.pdf", "box/in/c.PDF", "box/README", "box/d.pdf.gz")
    corpus = corpus_in([Path("box"), Path("box/in")])
    assert [(r.kind, r.source, r.reason) for r in corpus.remarks] == [
        (Kind.SKIPPED, "no ending", "1 such file was passed over"),
        (Kind.SKIPPED, ".pdf", "3 such files were passed over"),
    ]
    assert ".jsonl" in corpus.remarks[0].hint


def test_a_file_of_another_type_that_is_named_is_rejected(tree):
    tree("box/b.pdf")
    [remark] = documents_in([Path("box/b.pdf")])
    assert (remark.kind, remark.source) == (Kind.REJECTED, "b.pdf")


def test_names_that_are_written_alike_do_not_share_an_id(tree):
    tree("box/\u00e9.txt", "box/e\u0301.txt")
    corpus = corpus_in([Path("box")])
    assert [file.source for file in corpus.files] == ["box/\u00e9.txt"]
    assert [(r.kind, r.source) for r in corpus.remarks] == [(Kind.REJECTED, "box/\u00e9.txt")]


def test_a_name_that_is_no_utf8_can_be_written(tree):
    root = tree("box/a.txt")
    with open(os.path.join(os.fsencode(root), b"box", b"caf\xe9.txt"), "w") as stream:  # noqa: PTH118, PTH123
        stream.write("Bees")
    assert [d.id for d in documents_in([Path("box")])] == ["box/a.txt", "box/caf\ufffd.txt"]


def test_a_folder_that_cannot_be_read_is_rejected(tree, monkeypatch):
    tree("box/a.txt", "box/in/b.txt")
    scandir = os.scandir

    def refuse(folder):
        if Path(folder).name == "in":
            raise PermissionError(13, "Permission denied")
        return scandir(folder)

    monkeypatch.setattr(os, "scandir", refuse)
    corpus = corpus_in([Path("box")])
    assert [file.source for file in corpus.files] == ["box/a.txt"]
    assert [r.reason for r in corpus.remarks] == ["the folder cannot be read: Permission denied"]


def test_the_size_of_a_corpus_is_known_before_it_is_read(tree):
    tree("box/a.txt", "box/in/b.txt", "box/c.pdf")
    corpus = corpus_in([Path("box")])
    assert (len(corpus.files), corpus.size) == (2, 8)


def test_bad_files_among_many_leave_the_others(tree):
    root = tree(*(f"box/{number:03}.txt" for number in range(200)))
    (root / "box/007.txt").write_bytes(b"")
    (root / "box/050.txt").write_bytes(b"\0\1\2" * 99)
    with (root / "box/051.txt").open("wb") as sparse:
        sparse.truncate(200 << 20)
    (root / "box/loop").symlink_to(".")
    records = list(documents_in([Path("box")]))
    assert sum(isinstance(record, Document) for record in records) == 197
    rejected = [r.source for r in records if not isinstance(r, Document)]
    assert rejected == ["box/007.txt", "box/050.txt", "box/051.txt"]


def test_the_seeds_are_five_documents():
    documents = list(documents_in([Path(__file__).parents[2] / "seeds"]))
    assert all(isinstance(document, Document) for document in documents)
    assert [d.id for d in documents] == sorted(d.id for d in documents)
    assert len(documents) == 5
    assert documents[1].id == "seeds/001_198679287b7c35b7.txt"

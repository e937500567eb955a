"""The record of what built an index, and the refusal of what was built otherwise."""

import json
from dataclasses import replace

import pytest

from analyzers import LANGUAGES
from indexer import manifest, schema
from indexer.errors import IndexOutdated, IndexUnavailable

RECORD = manifest.Manifest(
    engine="whoosh",
    schema=schema.VERSION,
    analyzers=manifest.analyzers(),
    built="2024-06-20T10:00:00+00:00",
    version="0.1.0",
    documents=2,
    languages={"th": 2},
    sources={"ข่าว": 2},
    files={"a": (3, "00"), "b": (4, "11")},
)


def test_what_is_written_is_read(tmp_path):
    RECORD.write(tmp_path)
    assert manifest.read(tmp_path) == RECORD
    assert manifest.read(tmp_path).bytes == 7


def test_this_program_can_search_what_it_built():
    manifest.check(RECORD, "whoosh")


def test_every_language_has_a_version_of_its_own_and_of_its_libraries():
    versions = manifest.analyzers()
    assert {profile.code for profile in LANGUAGES} < versions.keys()
    for profile in LANGUAGES:
        assert versions[profile.code].startswith(profile.version)
        assert all(library in versions[profile.code] for library in profile.libraries)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        pytest.param({"engine": "memory"}, "engine 'memory'", id="another engine"),
        pytest.param({"schema": "0"}, "another version", id="another form"),
        pytest.param({"analyzers": {**RECORD.analyzers, "th": "0"}}, "for: th", id="another analyzer"),
        pytest.param({"analyzers": {**RECORD.analyzers, "xx": "1"}}, "for: xx", id="one that is gone"),
        pytest.param({"analyzers": {}}, "zh", id="none of the analyzers"),
    ],
)
def test_what_was_built_otherwise_is_refused_with_the_command_that_mends_it(change, said):
    with pytest.raises(IndexOutdated, match=said) as caught:
        manifest.check(replace(RECORD, **change), "whoosh")
    assert "serai rebuild" in caught.value.hint


def test_a_change_of_a_library_is_a_change_of_the_language():
    older = {code: version.replace("rjieba ", "rjieba 0.") for code, version in RECORD.analyzers.items()}
    with pytest.raises(IndexOutdated, match=r"for: zh$"):
        manifest.check(replace(RECORD, analyzers=older), "whoosh")


WRITTEN = {
    "missing": None,
    "empty": "",
    "cut short": json.dumps({"engine": "whoosh"})[:-3],
    "no object": "[]",
    "a number": "1",
    "null": "null",
    "no fields": "{}",
    "too many fields": json.dumps({**json.loads("{}"), "files": {}, "more": 1}),
    "files of another kind": json.dumps({"files": []}),
    "a file without a size": json.dumps({"files": {"a": ["x", "y"]}}),
    "deep": "[" * 100_000,
}


@pytest.mark.parametrize("written", WRITTEN.values(), ids=WRITTEN.keys())
def test_a_damaged_record_is_said_with_the_command_that_mends_it(tmp_path, written):
    if written is not None:
        (tmp_path / manifest.NAME).write_text(written)
    with pytest.raises(IndexUnavailable, match="damaged or half-written") as caught:
        manifest.read(tmp_path)
    assert "serai rebuild" in caught.value.hint


def test_a_record_that_is_no_text_is_damaged(tmp_path):
    (tmp_path / manifest.NAME).write_bytes(b"\xff\x00{}")
    with pytest.raises(IndexUnavailable):
        manifest.read(tmp_path)


def test_analyzers_of_another_kind_are_damaged(tmp_path):
    RECORD.write(tmp_path)
    record = json.loads((tmp_path / manifest.NAME).read_text(encoding="utf-8"))
    (tmp_path / manifest.NAME).write_text(json.dumps({**record, "analyzers": ["th"]}))
    with pytest.raises(IndexUnavailable):
        manifest.check(manifest.read(tmp_path), "whoosh")


def test_digests_tell_files_apart_by_one_byte(tmp_path):
    (tmp_path / "a").write_bytes(b"abc")
    (tmp_path / "b").write_bytes(b"abd")
    (tmp_path / manifest.NAME).write_bytes(b"not among them")
    found = manifest.digests(tmp_path)
    assert found.keys() == {"a", "b"}
    assert found["a"][0] == found["b"][0] == 3
    assert found["a"][1] != found["b"][1]

"""The commands as a person and as a program call them: answers, exit codes, and never a traceback."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from indexer import generations, manifest
from indexer.cli import commands
from indexer.query import parse

ROOT = Path(__file__).parents[2]
SEEDS = ROOT / "seeds"


@pytest.fixture(scope="module")
def seeds(tmp_path_factory):
    """The folder of an index of the seeds."""
    folder = tmp_path_factory.mktemp("seeds") / "index"
    result = CliRunner().invoke(commands, ["rebuild", str(SEEDS), "--index", str(folder), "--quiet"])
    assert (result.exit_code, result.output) == (0, "")
    return folder


@pytest.fixture
def serai(seeds, monkeypatch):
    """Run a command over the index of the seeds, unless it is told another."""

    def run(*arguments, index=seeds):
        monkeypatch.setenv("SERAI_INDEX", str(index))
        return CliRunner().invoke(commands, list(map(str, arguments)))

    return run


def check_said(result, code, *said):
    """A sentence, a hint and an exit code; no traceback, and nothing on standard output."""
    assert result.exit_code == code, result.output
    assert result.stdout == ""
    assert "Traceback" not in result.output
    for words in said:
        assert words in result.stderr


def the_json(result):
    """The one JSON document that standard output holds."""
    assert result.exit_code == 0, result.output
    assert result.stdout.count("\n") == 1
    return json.loads(result.stdout)


def test_search_as_json_is_what_the_api_answers(serai):
    answer = the_json(serai("search", "普京", "--json"))
    assert list(answer) == [
        "query", "read_as", "notices", "total", "page", "size", "pages", "took_ms", "did_you_mean",
        "facets", "hits",
    ]  # fmt: skip
    (hit,) = answer["hits"]
    assert hit["language"] == "zh"
    assert "html" not in hit["title"]


def test_search_for_people(serai):
    result = serai("search", "Zusammenarbeit")
    assert result.exit_code == 0
    assert result.stdout.startswith("1. ")
    assert "Zusammenarbeit" in result.stdout
    assert "1 document," in result.stderr


def test_quiet_search_says_nothing_but_the_hits(serai):
    result = serai("search", "Zusammenarbeit", "--quiet")
    assert result.stderr == ""
    assert result.stdout.startswith("1. ")


def test_a_search_that_finds_nothing_is_no_failure(serai):
    assert the_json(serai("search", "zeppelin", "--json"))["total"] == 0
    result = serai("search", "zeppelin", "--quiet")
    assert (result.exit_code, result.output) == (0, "")


def test_search_takes_language_page_and_size(serai):
    answer = the_json(serai("search", "NATO", "--lang", "th", "--size", "1", "--page", "1", "--json"))
    assert [hit["language"] for hit in answer["hits"]] == ["th"]
    assert answer["size"] == 1


def test_a_language_that_is_absent_is_noticed(serai):
    assert [n["key"] for n in the_json(serai("search", "x", "--lang", "sw", "--json"))["notices"]] == [
        "absent-language"
    ]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param(["search", "x" * 1001], "1,001", id="a query too long"),
        pytest.param(["search", "x", "--lang", "tha-"], "tha-", id="a language that is none"),
        pytest.param(["search", "x", "--lang", "ไทย"], "BCP 47", id="a language by its name"),
        pytest.param(["search", "x", "--page", "0"], "page", id="page 0"),
        pytest.param(["search", "x", "--page", "-3"], "page", id="a page below"),
        pytest.param(["search", "x", "--size", "101"], "100", id="a page too large"),
        pytest.param(["search", "x", "--page", "101", "--size", "100"], "10,000", id="too far"),
        pytest.param(["search", "x", "--page", "two"], "two", id="a page that is no number"),
        pytest.param(["search"], "QUERY", id="no query"),
        pytest.param(["search", "x", "y"], "y", id="two queries"),
        pytest.param(["find", "x"], "find", id="another command"),
        pytest.param(["search", "x", "--colour"], "--colour", id="another option"),
        pytest.param(["search", "x", "--engine", "lucene"], "lucene", id="another engine"),
        pytest.param(["analyze", "x", "--lang", "tha-"], "tha-", id="analyze as no language"),
        pytest.param(["rebuild", "--jobs", "0"], "jobs", id="no process"),
        pytest.param(["evaluate", ".", "--fields", "tags"], "tags", id="other fields"),
    ],
)
def test_wrong_usage_is_said_with_code_2(serai, arguments, said):
    check_said(serai(*arguments), 2, said)


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("SERAI_JOBS", "many"),
        ("SERAI_JOBS", "0"),
        ("SERAI_JOBS", "-1"),
        ("SERAI_MEMORY", "1.5"),
        ("SERAI_PORT", " 80 "),
        ("SERAI_WORKERS", "²"),
        ("SERAI_JOBS", "9" * 5000),
        ("SERAI_ENGINE", "lucene"),
    ],
)
def test_a_setting_that_cannot_be_read_is_said_with_code_2(serai, monkeypatch, variable, value):
    monkeypatch.setenv(variable, value)
    check_said(serai("search", "x"), 2, "hint:", "lucene" if variable == "SERAI_ENGINE" else variable)


ZH = "seeds/001_198679287b7c35b7.txt"


def test_an_explanation_as_json(serai):
    answer = the_json(serai("explain", "普京", ZH, "--json"))
    assert list(answer) == [
        "query", "id", "language", "read_as", "found", "match", "score", "grade", "plain_score",
        "coordination", "parts", "reasons", "complete",
    ]  # fmt: skip
    assert answer["complete"] is True
    added = sum(clue["score"] for part in answer["parts"] for clue in part["clues"])
    assert answer["plain_score"] == pytest.approx(added * answer["coordination"])
    assert answer["grade"]["match"] == "word"
    assert answer["score"] == pytest.approx(4 + answer["plain_score"] / (1 + answer["plain_score"]))
    (hit,) = the_json(serai("search", "普京", "--json"))["hits"]
    assert hit["score"] == round(answer["score"], 3)


def test_an_explanation_for_people(serai):
    told = serai("explain", "普京 NATO", ZH).stdout
    assert f"{ZH} (zh) is found as word" in told
    assert "the word" in told
    assert "for holding 1 of 2 parts of the query" in told
    assert "It does not hold every word of the query, and stands below what does" in told
    assert (
        "It holds every word of the query as words, which comes before the score.\n"
        in serai("explain", "普京", ZH).stdout
    )
    assert "“zeppelin” is nowhere in it" in serai("explain", "zeppelin", ZH).stdout
    check_said(serai("explain", "x", "nowhere"), 1, "no document has the id 'nowhere'")


def test_recall_is_measured_as_json(serai):
    answer = the_json(serai("verify", "--recall", "--sample", "60", "--seed", "3", "--json"))
    assert list(answer) == ["files", "documents", "terms", "faults", "recall"]
    measured = answer["recall"]
    assert (measured["sample"], measured["seed"], measured["failed"], measured["failures"]) == (60, 3, 0, [])
    assert list(measured["total"]) == [
        "asked", "words", "stretches", "found", "recall", "absent", "false_finds", "tiers",
    ]  # fmt: skip
    assert (measured["total"]["asked"], measured["total"]["recall"]) == (60, 1.0)
    assert sorted(measured["languages"]) == ["de", "en", "hi", "th", "zh"]
    assert "recall" not in the_json(serai("verify", "--json"))


def test_recall_for_people(serai):
    result = serai("verify", "--recall", "--sample", "50")
    assert result.exit_code == 0
    assert "50 of 50 words and stretches found their documents" in result.stdout
    assert "asking what stands there: 50 of 50" in result.stderr
    assert serai("verify", "--recall", "--sample", "50", "--quiet").output == ""


def test_what_is_missed_is_told_and_fails(serai, monkeypatch):
    monkeypatch.setattr("indexer.recall.parse", lambda query: parse("zeppelin"))
    result = serai("verify", "--recall", "--sample", "50", "--quiet")
    assert result.exit_code == 1
    assert "0 of 50 words" in result.stdout
    assert result.stdout.count("failure: ") == 20
    result = serai("verify", "--recall", "--sample", "50", "--json")
    assert result.exit_code == 1
    measured = json.loads(result.stdout)["recall"]
    assert (measured["failed"], len(measured["failures"])) == (50, 20)
    assert list(measured["failures"][0]) == ["query", "id", "kind"]


@pytest.mark.parametrize("command", [["search", "x"], ["status"], ["verify"]])
def test_a_missing_index_is_said_with_the_command_that_mends_it(serai, tmp_path, command):
    check_said(serai(*command, index=tmp_path / "nowhere"), 1, "no index in", "serai rebuild")
    check_said(serai(*command, "--json", index=tmp_path), 1, "serai rebuild")


@pytest.fixture
def own(tmp_path):
    """The folders of an index of its own, to be harmed, and of its generation."""
    index = tmp_path / "own"
    CliRunner().invoke(commands, ["rebuild", str(SEEDS), "--index", str(index), "--quiet"])
    return index, generations.current(index)


@pytest.mark.parametrize("command", [["search", "x"], ["status"], ["verify"]])
def test_an_outdated_index_is_said_with_the_command_that_mends_it(serai, own, command):
    index, folder = own
    record = manifest.read(folder)
    replace(record, analyzers={**record.analyzers, "th": "0"}).write(folder)
    check_said(serai(*command, index=index), 1, "other analyzers for: th", "serai rebuild")


@pytest.mark.parametrize("command", [["search", "x"], ["status"], ["verify"]])
def test_a_damaged_index_is_said_and_can_be_rebuilt(serai, own, command):
    index, folder = own
    (folder / manifest.NAME).write_bytes(b"\xff")
    check_said(serai(*command, index=index), 1, "damaged or half-written", "serai rebuild")
    (index / "CURRENT").write_bytes(b"\xff")
    check_said(serai(*command, index=index), 1, "serai rebuild")
    assert serai("rebuild", SEEDS, "--quiet", index=index).exit_code == 0
    assert serai(*command, index=index).exit_code == 0


def test_verify_fails_on_a_fault(serai, own):
    index, folder = own
    path = max((path for path in folder.iterdir()), key=lambda path: path.stat().st_size)
    content = path.read_bytes()
    path.write_bytes(bytes([content[0] ^ 1]) + content[1:])
    result = serai("verify", index=index)
    assert result.exit_code == 1
    assert f"{path.name} is damaged" in result.stdout
    as_json = serai("verify", "--json", index=index)
    assert as_json.exit_code == 1
    assert json.loads(as_json.stdout)["faults"] == [f"{path.name} is damaged"]


def test_verify_of_a_sound_index(serai):
    assert the_json(serai("verify", "--json")) == {
        **the_json(serai("verify", "--json")),
        "documents": 5,
        "faults": [],
    }
    assert serai("verify", "--quiet").output == ""
    assert "0 faults" in serai("verify").stdout


def test_status(serai):
    state = the_json(serai("status", "--json"))
    assert state["documents"] == 5
    assert state["languages"] == {"de": 1, "en": 1, "hi": 1, "th": 1, "zh": 1}
    assert "5 documents" in serai("status").stdout


def test_analyze(serai):
    answer = the_json(serai("analyze", "ปูตินและ NATO", "--json"))
    assert {run["script"] for run in answer["runs"]} == {"Thai", "Latin"}
    assert {"nato", "ปูติน"} <= {token["term"] for token in answer["tokens"]}
    assert "word      0-4\t0\tnato\tNATO" in serai("analyze", "NATO").stdout.splitlines()
    assert the_json(serai("analyze", "Haus", "--lang", "de", "--json"))["language"] == "de"


def test_rebuild_tells_what_it_did(serai, tmp_path, corpus):
    files = corpus({"a.txt": "A heron.", "b.txt": "", "c.png": b"\x89"})
    result = serai("rebuild", files, index=tmp_path / "index")
    assert result.exit_code == 0
    assert result.stdout == ""
    assert "left out: corpus/b.txt: " in result.stderr
    assert "Indexed 1 documents" in result.stderr
    done = the_json(serai("rebuild", files, "--json", index=tmp_path / "index"))
    assert (done["documents"], done["bytes"]) == (1, len("A heron."))
    assert {remark["kind"] for remark in done["remarks"]} == {"rejected", "skipped"}
    assert serai("rebuild", files, "--quiet", index=tmp_path / "index").output == ""


def test_update_tells_what_it_did(serai, tmp_path, corpus):
    files, index = corpus({"a.txt": "A heron waits.", "b.txt": "A bittern booms."}), tmp_path / "index"
    assert serai("rebuild", files, "--quiet", index=index).exit_code == 0
    assert "Nothing has changed: 2 documents" in serai("update", index=index).stderr
    (files / "a.txt").write_text("A heron flies.")
    (files / "c.txt").write_text("A rail calls.")
    result = serai("update", files, index=index)
    assert result.stdout == ""
    assert "1 documents added, 1 changed, 0 deleted" in result.stderr
    (files / "c.txt").rename(files / "d.txt")
    done = the_json(serai("update", "--json", index=index))
    assert [done[name] for name in ("documents", "added", "changed", "deleted")] == [3, 1, 0, 1]
    assert serai("update", "--quiet", index=index).output == ""


def test_update_fails_as_a_rebuild_does(serai, tmp_path, corpus):
    files, index = corpus({"a.txt": "A heron waits."}), tmp_path / "index"
    check_said(serai("update", files, index=index), 1, "no index in", "serai rebuild")
    serai("rebuild", files, "--quiet", index=index)
    (files / "b.txt").write_text("")
    check_said(serai("update", "--strict", "--quiet", index=index), 1, "1 files or lines", "--strict")
    check_said(serai("update", tmp_path / "nowhere", index=index), 1, "nowhere", "hint:")
    check_said(serai("update", "--jobs", "0", index=index), 2, "jobs")


def test_rebuild_strict_fails(serai, tmp_path, corpus):
    files = corpus({"a.txt": "A heron.", "b.txt": ""})
    check_said(
        serai("rebuild", files, "--strict", "--quiet", index=tmp_path / "index"),
        1,
        "corpus/b.txt",
        "--strict",
    )


def test_rebuild_of_a_missing_folder_is_said(serai, tmp_path):
    check_said(serai("rebuild", tmp_path / "nowhere", index=tmp_path / "index"), 1, "nowhere", "hint:")
    assert not (tmp_path / "index").exists()


def test_rebuild_where_nothing_can_be_written_is_said(serai, tmp_path):
    (tmp_path / "file").write_text("")
    check_said(serai("rebuild", SEEDS, "--quiet", index=tmp_path / "file" / "index"), 1, "cannot be written")


def test_rebuild_of_a_busy_index_is_said(serai, tmp_path):
    with generations.writing(tmp_path / "index"):
        check_said(
            serai("rebuild", SEEDS, "--quiet", index=tmp_path / "index"), 1, "another process", "hint:"
        )


def test_evaluate_of_nothing_is_said(serai, tmp_path):
    check_said(serai("evaluate", tmp_path), 1, "docs.jsonl")
    check_said(serai("evaluate", tmp_path / "nowhere"), 1, "no folder")


# As processes: what a shell and a program see.


def process(*arguments, stdout=subprocess.PIPE, **environment):
    command = [sys.executable, "-W", "error", "-m", "indexer", *map(str, arguments)]
    known = {name: value for name, value in os.environ.items() if not name.startswith("SERAI_")}
    return subprocess.run(
        command, stdout=stdout, stderr=subprocess.PIPE, cwd=ROOT, env={**known, **environment}, check=False
    )


def test_a_process_answers_in_utf8_and_exits_with_0(seeds):
    done = process("search", "प", "--json", "--index", seeds, PYTHONIOENCODING="", LC_ALL="C.UTF-8")
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout.decode("utf-8"))["query"] == "प"
    assert "प" in done.stdout.decode("utf-8")


def test_a_process_that_fails_exits_with_1_and_one_that_is_misused_with_2(tmp_path):
    failed = process("search", "x", SERAI_INDEX=str(tmp_path / "nowhere"))
    assert (failed.returncode, failed.stdout) == (1, b"")
    assert failed.stderr.startswith(b"error: there is no index in ")
    misused = process("search", "x", SERAI_JOBS="none")
    assert (misused.returncode, misused.stdout) == (2, b"")
    assert misused.stderr.startswith(b"error: SERAI_JOBS is 'none'")
    assert b"Traceback" not in failed.stderr + misused.stderr


def test_bytes_that_are_no_text_are_a_query_like_any_other(seeds):
    done = process("search", b"\xff\xfe".decode("utf-8", "surrogateescape"), "--json", "--index", seeds)
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout)["total"] == 0


def test_a_reader_that_leaves_is_no_failure(seeds):
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = process("search", "*", "--index", seeds, stdout=writing)
    finally:
        os.close(writing)
    assert b"Traceback" not in done.stderr
    assert done.returncode == 0

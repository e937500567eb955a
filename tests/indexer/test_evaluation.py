"""The figures of a ranking, held against a kept library, and the reading of judged collections."""

import gzip
import json
import math
import random

import ir_measures
import pytest
from ir_measures import RR, R, nDCG

from indexer.errors import CorpusError
from indexer.evaluation import evaluate
from indexer.metrics import DEPTH, figures, mean

ARBITER = {"mrr@10": RR @ 10, "ndcg@10": nDCG @ 10, "recall@1": R @ 1, "recall@10": R @ 10}


def random_query(rng):
    """A ranking without ties, and grades of some of its documents and of others."""
    documents = [f"d{number}" for number in range(rng.randrange(1, 40))]
    ranked = rng.sample(documents, rng.randrange(len(documents) + 1))
    judged = rng.sample(documents, rng.randrange(1, len(documents) + 1))
    return ranked, {document: rng.choice([0, 0, 1, 1, 2, 3]) for document in judged}


def test_figures_are_those_of_the_arbiter():
    rng = random.Random(20240620)
    compared = 0
    for _ in range(400):
        ranked, grades = random_query(rng)
        if not ranked or not any(grades.values()):
            continue
        run = {"q": {document: float(len(ranked) - rank) for rank, document in enumerate(ranked)}}
        wanted = ir_measures.calc_aggregate(ARBITER.values(), {"q": grades}, run)
        found = figures(ranked, grades)
        assert found == pytest.approx({name: wanted[measure] for name, measure in ARBITER.items()})
        compared += 1
    assert compared > 300


@pytest.mark.parametrize(
    ("ranked", "grades", "found"),
    [
        pytest.param([], {"a": 1}, (0, 0, 0, 0), id="nothing found"),
        pytest.param(["a"], {}, (0, 0, 0, 0), id="nothing judged"),
        pytest.param(["a"], {"a": 0}, (0, 0, 0, 0), id="nothing relevant"),
        pytest.param(["a"], {"a": 1}, (1, 1, 1, 1), id="the one"),
        pytest.param(["b", "a"], {"a": 1}, (0.5, 1 / math.log2(3), 0, 1), id="second"),
        pytest.param([*"bcdefghijk", "a"], {"a": 1}, (0, 0, 0, 0), id="eleventh"),
        pytest.param(["a", "b"], {"a": -1, "b": 2}, (0.5, 1 / math.log2(3), 0, 1), id="a negative grade"),
    ],
)
def test_figures(ranked, grades, found):
    assert tuple(figures(ranked, grades).values()) == pytest.approx(found)
    assert DEPTH == 10


def test_the_mean_is_over_queries():
    assert mean([{"x": 1.0}, {"x": 0.0}, {"x": 0.5}]) == {"x": 0.5}
    assert mean([]) == {}


DOCUMENTS = {"a": "The owl hunts at night.", "b": "The lark sings at dawn.", "c": "蝙蝠夜间出来。"}
QUERIES = {"1": "owl", "2": "蝙蝠", "3": "lark dawn", "4": "owl unjudged"}
JUDGED = "1\t0\ta\t1\n2\t0\tc\t2\n3\t0\ta\t1\n"


def write(folder, *, zipped=False, judged=JUDGED, documents=DOCUMENTS, queries=QUERIES):
    folder.mkdir(parents=True, exist_ok=True)
    files = {
        "docs.jsonl": [{"id": key, "title": f"Title {key}", "text": text} for key, text in documents.items()],
        "queries.jsonl": [{"id": key, "text": text} for key, text in queries.items()],
    }
    texts = {name: "\n".join(map(json.dumps, rows)) for name, rows in files.items()} | {"qrels.tsv": judged}
    for name, text in texts.items():
        if zipped:
            (folder / f"{name}.gz").write_bytes(gzip.compress(text.encode()))
        else:
            (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize("zipped", [False, True], ids=["plain", "gz"])
def test_one_set_is_measured(tmp_path, index, zipped):
    report = evaluate(write(tmp_path / "set", zipped=zipped), index)
    assert not report.pooled
    measured = report.sets["."]
    assert (measured.documents, measured.queries) == (3, 3)
    assert measured.figures["recall@1"] == pytest.approx(2 / 3, abs=1e-4)
    assert not index.index.exists(), "the user's own index is left alone"


def test_every_subfolder_is_a_set_of_its_own(tmp_path, index):
    for name in ("ja", "de"):
        write(tmp_path / "sets" / name)
    (tmp_path / "sets" / "notes").mkdir()
    assert list(evaluate(tmp_path / "sets", index).sets) == ["de", "ja"]


def test_pooled_sets_share_an_index_and_not_their_ids(tmp_path, index):
    write(tmp_path / "sets" / "x")
    write(tmp_path / "sets" / "y", documents={"a": "An owl, an owl, an owl."}, judged="1\t0\ta\t1\n")
    report = evaluate(tmp_path / "sets", index, pooled=True)
    assert report.pooled
    assert {name: (m.documents, m.queries) for name, m in report.sets.items()} == {"x": (3, 3), "y": (1, 1)}
    assert report.sets["y"].figures["recall@10"] == 1


def test_titles_may_be_left_out(tmp_path, index):
    folder = write(tmp_path / "set", queries={"1": "Title"}, judged="1\t0\ta\t1\n")
    assert evaluate(folder, index).sets["."].figures["recall@10"] == 1
    assert evaluate(folder, index, titles=False).sets["."].figures["recall@10"] == 0


def broken(name, content):
    def harm(folder):
        (folder / name).write_bytes(content)

    return harm


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        pytest.param(lambda folder: (folder / "docs.jsonl").unlink(), "docs.jsonl", id="no documents"),
        pytest.param(lambda folder: (folder / "qrels.tsv").unlink(), "qrels.tsv", id="no judgements"),
        pytest.param(broken("queries.jsonl", b"{\n"), r"queries\.jsonl:1", id="no JSON"),
        pytest.param(broken("queries.jsonl", b"[]\n"), r"queries\.jsonl:1", id="no object"),
        pytest.param(broken("queries.jsonl", b'{"id": "1"}\n'), "'text'", id="no text"),
        pytest.param(broken("qrels.tsv", b"1 0 a\n"), "qrels.tsv:1", id="three columns"),
        pytest.param(broken("qrels.tsv", b"1 0 a 1\n1 0 a x\n"), "qrels.tsv:2", id="no grade"),
        pytest.param(broken("qrels.tsv", b"1 0 a --1\n"), "qrels.tsv:1", id="a grade of two signs"),
        pytest.param(broken("qrels.tsv", b"1 0 \xff 1\n"), "qrels.tsv", id="no UTF-8"),
    ],
)
def test_what_is_wrong_with_a_collection_is_said(tmp_path, index, harm, said):
    folder = write(tmp_path / "set")
    harm(folder)
    with pytest.raises(CorpusError, match=said):
        evaluate(folder, index)


def test_a_gz_that_is_none_is_said(tmp_path, index):
    folder = write(tmp_path / "set", zipped=True)
    (folder / "qrels.tsv.gz").write_bytes(b"plain")
    with pytest.raises(CorpusError, match=r"qrels\.tsv"):
        evaluate(folder, index)


def test_a_folder_that_is_not_there_is_said(tmp_path, index):
    with pytest.raises(CorpusError, match="no folder") as caught:
        evaluate(tmp_path / "nowhere", index)
    assert caught.value.hint

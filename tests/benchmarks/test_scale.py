"""The model of a cluster: it finds the line that figures lie on, and plans no less for more."""

import json
from itertools import pairwise

import pytest

from benchmarks.corpus import Corpus
from benchmarks.protocol import Question, Questions
from benchmarks.scale import measuring, model
from benchmarks.scale.measuring import Setup, measured


def row(documents, *, nodes=1, shards=1, copies=1, **costs):
    """What would be measured if every cost were a known line."""
    millions = documents / 1e6
    figures = {
        "engine": "opensearch",
        "nodes": nodes,
        "shards": shards,
        "copies": copies,
        "documents": documents,
        "text": documents * 1000,
        "seconds": 400 * millions,
        "answering_nodes_cpu": 0.01 + 0.2 * millions + 0.004 * (shards - 1),
        "answering_cpu": 0.02,
        "building_nodes_cpu": 300 * millions * copies,
        "building_cpu": 700 * millions + 2,
        "disk": 2e9 * millions * copies,
        "read": 1e9 * millions,
        "heap": 1e8 + 1e7 * millions,
        "p50": 20,
        "p95": 40,
        "p99": 60,
        "load": {"requests": 100, "seconds": 10, "p99": 90},
    }
    return figures | costs


MEASURED = [row(10_000), row(100_000), row(300_000), row(100_000, nodes=3, shards=3, copies=2)]


def test_the_line_is_found():
    found = model.fitted(MEASURED)
    assert found.answering.fixed == pytest.approx(0.01)
    assert found.answering.growing == pytest.approx(0.2)
    assert found.answering.worst < 1e-9
    assert found.shard == pytest.approx(0.004)
    assert found.serving.growing == pytest.approx(0, abs=1e-9)
    assert found.disk.at(3_000_000) == pytest.approx(6e9)
    assert found.heap.fixed == pytest.approx(1e8)


def test_no_cost_is_less_than_nothing():
    falling = [
        row(size, answering_cpu=cost) for size, cost in [(10_000, 3.0), (100_000, 2.0), (300_000, 1.0)]
    ]
    line = model.fitted([*falling, MEASURED[-1]]).serving
    assert line.growing == 0
    assert line.fixed > 0
    steep = [row(size, heap=cost) for size, cost in [(10_000, 1.0), (100_000, 90.0), (300_000, 310.0)]]
    line = model.fitted([*steep, MEASURED[-1]]).heap
    assert line.fixed == 0
    assert line.growing > 0
    assert line.worst > 0


def test_more_documents_need_no_less():
    plans = [model.planned(model.fitted(MEASURED), documents) for documents in model.PLANS]
    for fewer, more in pairwise(plans):
        assert fewer.shards <= more.shards
        assert fewer.nodes <= more.nodes
        assert fewer.disk < more.disk
    assert plans[0].nodes == 3
    # 0.2 s of a core a million documents, and 0.25 s a shard; 2 GB a million, and 50 GB a shard.
    assert plans[-1].shards == 800
    assert all(plan.least <= model.SHARD_SECONDS + 0.01 for plan in plans)
    # 700 s of a core a million documents, on a machine of 16; of three nodes of 16, half busy, 600 s.
    assert plans[0].hours == pytest.approx(702 / 16 / 3600)
    assert plans[-1].hours == pytest.approx(700_002 / 16 / 3600)


def test_tables_tell_of_figures_lines_and_plans():
    told = "\n".join(model.tables({"began": "2026-11-26", "machine": "two cores", "figures": MEASURED}))
    assert "| 100,000 | OpenSearch, 3 nodes, 3 shards, 2 copies | 2.50 |" in told
    assert "| nodes, a question, processor ms | 10 | 200 | 0% |" in told
    assert "| disk, GB, each copy | 0 | 2 | 0% |" in told
    assert "| 1,000,000,000 | 800 |" in told


def test_both_engines_are_measured(cluster, tmp_path, monkeypatch):
    """On a few texts, without the load of many clients; no figure of it is judged."""
    monkeypatch.setattr(measuring.shutil, "which", lambda _: None)
    texts = [f"The river {number} and the house of stone." for number in range(40)]
    lines = [json.dumps({"id": str(number), "text": text}) for number, text in enumerate(texts)]
    (tmp_path / "passages.jsonl").write_text("\n".join(lines), encoding="utf-8")
    corpus = Corpus(tmp_path / "passages.jsonl", len(texts), sum(map(len, texts)), recombined=False)
    asked = Questions(
        [Question("river", "en", ("river",))], [Question("stone house", "en", ("stone", "house"))]
    )
    figures = []
    for setup in (Setup("whoosh"), Setup("opensearch", cluster, shards=1, copies=1)):
        (tmp_path / setup.engine).mkdir()
        figures.append(measured(setup, corpus, asked, tmp_path / setup.engine))
    alone, three = figures
    assert (alone.nodes, three.nodes) == (0, 3)
    assert alone.building_nodes_cpu == alone.answering_nodes_cpu == alone.heap == 0
    assert three.building_nodes_cpu > 0
    assert 0 < three.read < three.disk
    assert three.heap > 10_000_000
    for each in figures:
        assert each.rate > 0
        assert 0 < each.p50 <= each.p99
        assert each.building_cpu > 0
        assert each.building_memory > 10_000_000

"""The benchmark measures something on small texts; no figure of it is judged here."""

import gzip
import json
import random

import pytest

from benchmarks import growth, limits, report
from benchmarks.corpus import CLOSED_AT, LANGUAGES, corpus_of, passages_of
from benchmarks.protocol import ENGINES, lines_of
from benchmarks.run import Run, measure
from benchmarks.turns import Figures, overlap

WORDS = {
    "en": ["the", "river", "a", "house", "of", "stone", "and", "water"],
    "de": ["der", "Fluss", "ein", "Haus", "aus", "Stein", "und", "Wasser"],
    "zh": ["河流", "房子", "石头", "。", "水"],
    "hi": ["नदी", "घर", "पत्थर", "और", "पानी।"],
    "th": ["แม่น้ำ", "บ้าน", "หิน ", "และ", "น้ำ"],
}


@pytest.fixture
def data(tmp_path, monkeypatch):
    """A folder of made-up documents and questions, as SERAI_EVAL_DATA names one."""
    rng = random.Random(20240131)
    for language, words in WORDS.items():
        space = "" if language in {"zh", "th"} else " "
        lines = [
            json.dumps({"id": str(number), "text": space.join(rng.choices(words, k=900)) + "\n"})
            for number in range(3)
        ]
        bulk, questions = tmp_path / "bulk" / f"{language}.jsonl.gz", tmp_path / "xquad" / language
        bulk.parent.mkdir(exist_ok=True)
        bulk.write_bytes(gzip.compress("\n".join(lines).encode()))
        questions.mkdir(parents=True)
        asked = [json.dumps({"id": str(number), "text": space.join(words[number:])}) for number in range(3)]
        (questions / "queries.jsonl").write_text("\n".join(asked), encoding="utf-8")
    monkeypatch.setenv("SERAI_EVAL_DATA", str(tmp_path))
    return tmp_path


@pytest.mark.parametrize("language", LANGUAGES)
def test_passages_joined_are_the_document(language):
    rng = random.Random(language)
    for length in (0, 1, 40, 2_000):
        text = "".join(rng.choices([*WORDS[language], " ", ". ", "\n", "\n\n"], k=length))
        passages = list(passages_of(text))
        assert "".join(passages) == (text if text.strip() else "")
        assert all(len(passage.encode()) < 3 * CLOSED_AT for passage in passages)


def test_a_corpus_takes_as_many_passages_of_each_language(data):
    corpus = corpus_of(10, data / "cache")
    texts = [json.loads(line)["text"] for line in corpus.passages.read_text(encoding="utf-8").splitlines()]
    assert corpus.count == len(texts) == 10
    assert corpus.size == sum(len(text.encode()) for text in texts)
    assert corpus_of(10, data / "cache") == corpus
    for first, language in enumerate(LANGUAGES):
        whole = {word.strip() for word in WORDS[language]}
        assert all(any(word in text for word in whole) for text in texts[first :: len(LANGUAGES)])


def test_engines_are_given_the_same_terms_and_find_much_the_same(data):
    told = []
    run = measure([20], ["serai-engine", "sqlite-fts5", "whoosh-stock"], data / "cache", told.append)
    (step,) = run.steps
    assert not run.notes
    assert sum(len(terms.split()) for _, terms in lines_of(step.terms.path)) == step.terms.count
    for figures in step.figures.values():
        assert len(figures.latencies) == len(figures.found) == 1000
        assert figures.size > 0
        assert figures.building_memory > 0
        assert figures.answering_memory > 0
    found = [figures.found for figures in step.figures.values()]
    assert overlap(found[0], found[1]) > 0.5
    assert "serai-engine" in "\n".join(report.tables(run))
    report.write_json(run, data / "results.json")
    assert json.loads((data / "results.json").read_text(encoding="utf-8"))["corpora"][0]["passages"] == 20


@pytest.mark.parametrize("exponent", [0.0, 0.5, 1.0, 2.0])
def test_the_exponent_of_a_power_law_is_found(exponent):
    sizes = [1_000, 10_000, 100_000]
    assert growth.slope(sizes, [3 * size**exponent for size in sizes]) == pytest.approx(exponent, abs=1e-9)


def test_what_was_not_measured_is_neither_met_nor_missed():
    assert {verdict.word for verdict in limits.verdicts(Run())} == {"not measured"}


def test_percentiles_are_in_milliseconds():
    figures = Figures("", 1.0, 1, 1, latencies=[0.001, 0.002, 0.003])
    assert figures.latency(50) == pytest.approx(2.0)


def test_every_engine_has_a_module():
    for name, engine in ENGINES.items():
        assert engine.module.rpartition(".")[2] == name.replace("-", "_")

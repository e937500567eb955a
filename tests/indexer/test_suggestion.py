"""Suggestions, through the service."""

import random

import pytest

from indexer.errors import BadRequest
from indexer.request import MAX_QUERY, SearchRequest

ROWS = [
    {"id": "1", "title": "Über die Weide", "text": "Die Weide steht am Weiher. Weiden!"},
    {"id": "2", "title": "Weiher", "text": "Der Weiher friert zu."},
    {"id": "3", "title": "ปูตินเยือนจีน", "text": "ประธานาธิบดีปูตินเยือนจีน"},
    {"id": "4", "title": "重庆", "text": "总统来到重庆的银行。重庆很大。"},
    {"id": "5", "title": "NOT all", "text": "Resume and Résumé and Résumé; willow."},
]


@pytest.fixture
def service(service_over):
    return service_over({"a.jsonl": ROWS})


def suggested(service, text, limit=10):
    return [(each.text, each.kind) for each in service.suggest(text, limit).suggestions]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        pytest.param("ปูติ", [("ปูติน", "word"), ("ปูตินเยือนจีน", "title")], id="Thai half typed"),
        pytest.param("ประธานาธิบดีปูติ", [("ประธานาธิบดีปูติน", "word")], id="the end of a run"),
        pytest.param("wei", [("Weiher", "word"), ("Weide", "word"), ("Weiden", "word")], id="case is folded"),
        pytest.param("resu", [("Résumé", "word")], id="accents are folded"),
        pytest.param("the wil", [("the willow", "word")], id="the last word"),
        pytest.param("重", [("重庆", "word"), ("重庆", "title")][:1], id="Chinese"),
        pytest.param("chongq", [("重庆", "word")], id="pinyin"),
        pytest.param("cq", [("重庆", "word")], id="initials"),
        pytest.param("die wei", [("die Weiher", "word")], id="words before titles"),
        pytest.param("zzz", [], id="nothing"),
        pytest.param("", [], id="an empty box"),
        pytest.param("wei ", [("Weiher", "title")], id="no word is being typed"),
    ],
)
def test_suggestions(service, typed, first):
    found = suggested(service, typed)
    assert found[: len(first)] == first
    assert bool(found) == bool(first)


def test_titles_come_last_and_are_written_as_they_are(service):
    assert suggested(service, "die wei")[-1] == ("Über die Weide", "title")


def test_no_more_than_asked_for_and_never_more_than_ten(service_over):
    service = service_over(
        {"a.jsonl": [{"text": " ".join(f"reed{letter}" for letter in "abcdefghijklmnop")}]}
    )
    assert len(suggested(service, "reed")) == 10
    assert len(suggested(service, "reed", 50)) == 10
    assert len(suggested(service, "reed", 3)) == 3


def test_words_leave_room_for_titles(service_over):
    """In a large archive words alone would fill every list."""
    words = " ".join(f"reed{letter}" for letter in "abcdefghijklmnop")
    titles = [f"Reed beds of the {place}" for place in ("north", "south", "east", "west")]
    service = service_over({"a.jsonl": [{"id": title, "title": title, "text": words} for title in titles]})
    kinds = [kind for _, kind in suggested(service, "reed")]
    assert kinds == ["word"] * 7 + ["title"] * 3
    assert [kind for _, kind in suggested(service, "reed", 2)] == ["word"] * 2
    assert {text for text, _ in suggested(service, "reed beds of")} >= set(titles)


def test_every_suggestion_finds_something(service):
    draw = random.Random(20240620)
    starts = [
        "W",
        "we",
        "über",
        "ปู",
        "ป",
        "ประ",
        "重",
        "银",
        "zong",
        "cq",
        "y",
        "r",
        "N",
        "no",
        "NOT",
        "di",
        "-we",
        "title:we",
        "(we",
    ]
    for _ in range(60):
        typed = " ".join(draw.sample(starts, draw.randint(1, 2)))
        for text, _ in suggested(service, typed):
            assert service.search(SearchRequest(text)).total, (typed, text)


def test_what_is_too_long_is_refused(service):
    with pytest.raises(BadRequest):
        service.suggest("x" * (MAX_QUERY + 1))
    assert suggested(service, "wei" * 333) == []

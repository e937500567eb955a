"""The lexicon: the index's own words, however they were gathered, by their letters and by their sound."""

import random
from dataclasses import replace
from itertools import product

import pytest
from rapidfuzz.distance import DamerauLevenshtein

from indexer import generations
from indexer.document import Document
from indexer.entries import entries_of
from indexer.errors import IndexUnavailable
from indexer.lexicon import Lexicon, gather, lay_down
from indexer.lexicon.gathering import NAME
from indexer.rebuild import rebuild
from indexer.verification import verify


@pytest.fixture
def lexicon_over(tmp_path):
    """A lexicon of texts, or of documents, gathered in batches of two."""

    def lexicon(*documents):
        documents = [
            Document(str(number), "", document, "x") if isinstance(document, str) else document
            for number, document in enumerate(documents)
        ]
        batches = [entries_of(documents[start : start + 2]) for start in range(0, len(documents), 2)]
        gather([lay_down(batch, tmp_path, number) for number, batch in enumerate(batches)], tmp_path)
        return Lexicon(tmp_path)

    return lexicon


def test_a_word_is_counted_once_a_document_wherever_it_stands(lexicon_over):
    lexicon = lexicon_over(Document("1", "Otter", "An otter, an OTTER.", "x"), "One otter.", "No beast.")
    assert lexicon.documents("otter") == 2
    assert lexicon.documents("an") == 1
    assert lexicon.documents("absent") == 0


@pytest.mark.parametrize(
    ("texts", "word", "written"),
    [
        pytest.param(["Oslo and Oslo", "oslo"], "oslo", "Oslo", id="the commonest"),
        pytest.param(["Moss", "moss"], "moss", "moss", id="of equals the plain one"),
        pytest.param(["The moss, the fern. Moss."], "the", "the", id="a sentence's first word"),
        pytest.param(["Müller sah Müller, Muller"], "muller", "Müller", id="accents"),
        pytest.param(["圖書館很大,圖書館很舊。", "图书馆"], "图书馆", "圖書館", id="Traditional"),
        pytest.param(["ＡＢＣ ＡＢＣ"], "abc", "ＡＢＣ", id="width"),
        pytest.param([Document("1", "Weiher", "Weiher", "x")], "weiher", "Weiher", id="in titles and texts"),
        pytest.param(["fern"], "absent", "absent", id="what is not there"),
    ],
)
def test_spelling(lexicon_over, texts, word, written):
    assert lexicon_over(*texts).spelling(word) == written


def test_completions_are_the_most_frequent_first(lexicon_over):
    lexicon = lexicon_over("reed reeds", "reed", "reedbed", "reeds", "reed")
    assert lexicon.completions("ree", 2) == [("reed", 3), ("reeds", 2)]
    assert lexicon.completions("ree", 9)[-1] == ("reedbed", 1)
    assert lexicon.completions("x", 9) == []


def test_neighbours_are_all_that_lie_within_so_many_edits(lexicon_over):
    draw = random.Random(20240620)
    letters = ["abcde", "กขคงจ", "कखगघङ", "aäбz"]
    words = {"".join(draw.choices(draw.choice(letters), k=draw.randint(1, 7))) for _ in range(400)}
    lexicon = lexicon_over(" ".join(sorted(words)))
    every = [word for word, _ in lexicon.every()]
    for word, edits in product(draw.sample(every, 40), (1, 2)):
        near = {other.word: other.edits for other in lexicon.neighbours(word, edits)}
        measured = {other: DamerauLevenshtein.distance(word, other) for other in every}
        assert near == {other: far for other, far in measured.items() if 0 < far <= edits}


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        pytest.param("chongqing", ["重庆"], id="a reading that the phrase decides"),
        pytest.param("yinhang", ["银行"], id="another one"),
        pytest.param("nvren", ["女人"], id="v for ü"),
        pytest.param("nuren", ["女人"], id="u for ü"),
        pytest.param("zhongqing", [], id="not the other reading"),
        pytest.param("yin", [], id="not a part"),
    ],
)
def test_words_by_their_pinyin(lexicon_over, typed, found):
    lexicon = lexicon_over("重庆的银行", "女人去重庆")
    assert [word for word, _ in lexicon.read_as(typed)] == found


def test_words_by_initials_and_by_the_beginning_of_pinyin(lexicon_over):
    lexicon = lexicon_over("重庆的银行", "女人去重庆")
    assert [word for word, _ in lexicon.with_initials("cq", 9)] == ["重庆"]
    assert [word for word, _ in lexicon.read_from("chongq", 9)] == ["重庆"]


@pytest.mark.parametrize(
    ("text", "typed", "meant"),
    [
        pytest.param("银行很远", "银航", "银行", id="the same pinyin"),
        pytest.param("首尔很远", "首儿", "首尔", id="of two characters one"),
        pytest.param("山水很美", "三水", "山水", id="nearly the same pinyin"),
        pytest.param("ศาลา", "สาลา", "ศาลา", id="Thai letters that are read alike"),
    ],
)
def test_words_that_sound_alike(lexicon_over, text, typed, meant):
    assert meant in [near.word for near in lexicon_over(text).sounding_like(typed)]


def test_titles_that_hold_a_text(lexicon_over):
    lexicon = lexicon_over(
        Document("1", "Über die Weide", "a", "x"), Document("2", "Die Weide", "b", "x"), "die weide"
    )
    assert lexicon.titles("die weide", 9) == [
        ("die weide", "Die Weide"),
        ("uber die weide", "Über die Weide"),
    ]
    assert lexicon.titles("die weide", 1) == [("die weide", "Die Weide")]
    assert lexicon.titles("weide die", 9) == []


@pytest.mark.parametrize("texts", [[], [""], ["..."]], ids=["no document", "no text", "no word"])
def test_a_lexicon_without_words_answers(lexicon_over, texts):
    lexicon = lexicon_over(*texts)
    assert lexicon.completions("a", 9) == lexicon.neighbours("abcdef", 2) == lexicon.titles("a", 9) == []
    assert lexicon.spelling("a") == "a"


def test_it_is_the_same_however_many_processes_gather_it(corpus, index):
    draw = random.Random(5)
    words = ["Reiher", "reiher", "鹤", "沼泽", "นกกระสา", "Ried", "ried", "RIED"]
    rows = [{"text": " ".join(draw.choices(words, k=3_000)), "title": f"T {n % 300}"} for n in range(900)]
    folder = corpus({"a.jsonl": rows})
    written = []
    for jobs in (1, 2):
        rebuild([folder], replace(index, jobs=jobs))
        written.append((generations.current(index.index) / NAME).read_bytes())
    assert written[0] == written[1]


def test_damage_is_found_by_verify(service_over, index):
    service_over({"a.txt": "The bog keeps what falls into it."})
    path = generations.current(index.index) / NAME
    content = bytearray(path.read_bytes())
    content[3] ^= 1
    path.write_bytes(content)
    assert verify(index).faults == (f"{NAME} is damaged",)


@pytest.mark.parametrize("content", [b"", b"x", bytes(40)], ids=["empty", "short", "zeros"])
def test_a_damaged_lexicon_is_told(tmp_path, content):
    (tmp_path / NAME).write_bytes(content)
    with pytest.raises(IndexUnavailable) as caught:
        Lexicon(tmp_path).documents("bog")
    assert "serai rebuild" in caught.value.hint

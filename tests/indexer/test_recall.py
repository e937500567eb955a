"""`verify --recall` draws by Unicode's rules, and notices what is missed and what is found in vain."""

import random
from collections import Counter

import pytest

from indexer import recall as module
from indexer.document import Document
from indexer.drawing import drawn, recombined, runs_of, stretch, words_of
from indexer.engines import ENGINES
from indexer.engines.memory import MemoryEngine
from indexer.entries import entries_of
from indexer.query import parse
from indexer.recall import recall_of
from indexer.settings import Settings
from indexer.standing import spellings, standing

DOCUMENTS = [
    Document("zh", "苍鹭", "苍鹭站在水边，一动不动。它在等鱼，等了一个上午。", "x", "zh"),
    Document("hant", "蒼鷺", "蒼鷺站在水邊，頭髮一樣的羽毛隨風飄動。", "x", "zh-Hant"),
    Document("ja", "サギ", "鷺は水辺に立っている。ﾊﾞｯﾃﾘｰの修理はコーヒー店で。", "x", "ja"),
    Document("th", "นกกระสา", "นกกระสายืนอยู่ริมน้ำ๒๕๖๗ และรอนํ้าลด เเล้วบิน", "x", "th"),
    Document("km", "កុក", "សត្វកុកឈរនៅមាត់ទឹក ហើយរង់ចាំ", "x", "km"),
    Document("hi", "बगुला", "बगुला पानी के किनारे खड़ा है ৷৷. ंिखगिल ३½", "x", "hi"),
    Document("ar", "مالك الحزين", "يقف مَالِك الحـزين عند الماء", "x", "ar"),
    Document("he", "אנפה", 'האנפה של צה"ל עומדת', "x", "he"),
    Document(
        "en",
        "O'Hara's e-mail",
        "don't l'homme 3.14 a_b U.S.A. 10:30 @name #tag C++ source:list x² Ⓐ",
        "x",
        "en",
    ),
    Document("emoji", "👩‍👩‍👧", "🇩🇪🇫🇷 👍🏽 1️⃣ AND NOT 🌻🌻", "x", "und"),
]


def quiet(doing, done, total):
    pass


def indexed(engine, folder, documents=DOCUMENTS, without=()):
    entries = entries_of(documents)
    for field in [field for field in entries.fields if field.tier in without]:
        del entries.fields[field]
    engine.build([entries], folder)
    return engine.open(folder)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("", [], id="nothing"),
        pytest.param(
            "don't l'homme, e-mail", ["don't", "l'homme", "e", "mail"], id="apostrophes and hyphens"
        ),
        pytest.param("3.14 U.S.A. 10:30 a_b", ["3.14", "U.S.A", "10", "30", "a_b"], id="points and lines"),
        pytest.param("@name #tag C++", ["name", "tag", "C"], id="signs"),
        pytest.param('विश्व كـتاب צה"ל', ["विश्व", "كـتاب", 'צה"ל'], id="virama, tatweel, gershayim"),
        pytest.param("👩‍👩‍👧 🇩🇪🇫🇷 👍🏽", ["👩‍👩‍👧", "🇩🇪", "🇫🇷", "👍🏽"], id="emoji"),
        pytest.param("iPhone手机 ภาษา3", ["iPhone", "3"], id="no word of a script without spaces"),
        pytest.param(" ि x", ["x"], id="a vowel sign on a space"),
    ],
)
def test_words_are_those_of_unicode(text, words):
    assert words_of(text) == words


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        pytest.param("Latin 123", [], id="none"),
        pytest.param(
            "中文，鷺は", [("Han", ["中", "文"]), ("Han", ["鷺", "は"])], id="punctuation ends a run"
        ),
        pytest.param("น้ำ2ไทย", [("Thai", ["น้ำ"]), ("Thai", ["ไ", "ท", "ย"])], id="a digit ends a run"),
        pytest.param("นํ้า", [("Thai", ["น้ำ"])], id="sara am composed"),
        pytest.param("เเก", [("Thai", ["แ", "ก"])], id="sara ae composed"),
        pytest.param("中\u200b文", [("Han", ["中", "文"])], id="nothing invisible"),
        pytest.param("中ไ", [("Han", ["中"]), ("Thai", ["ไ"])], id="one script"),
    ],
)
def test_runs_are_of_clusters_of_one_script(text, runs):
    assert runs_of(text) == runs


def test_a_stretch_is_quoted_and_a_word_is_bare():
    rng = random.Random(1)
    for document in DOCUMENTS:
        for piece in drawn(document, 50, rng):
            if piece.clusters:
                assert piece.query == f'"{piece.text}"'
                assert 1 <= len(piece.clusters) <= 12
            else:
                assert piece.query == (f'"{piece.text}"' if ":" in piece.text else piece.text)


def test_a_long_text_is_drawn_from_everywhere_and_no_word_is_cut():
    words = [f"w{number:05}" for number in range(5_000)]
    document = Document("long", "", " ".join(words), "x", "en")
    found = [piece.text for piece in drawn(document, 500, random.Random(2))]
    assert set(found) <= set(words)
    thousands = Counter(word[2] for word in found)
    assert sorted(thousands) == ["0", "1", "2", "3", "4"]
    assert min(thousands.values()) > 50


def test_no_cluster_is_cut_where_a_long_run_is_cut():
    document = Document("long", "", "เเนํ้า" * 2_000, "x", "th")
    found = [cluster for piece in drawn(document, 500, random.Random(3)) for cluster in piece.clusters]
    assert set(found) == {"แ", "น้ำ"}


def test_what_stands_is_found_as_by_looking_for_each():
    rng = random.Random(3)
    texts = ["".join(rng.choices("กขคงあ中文頭发\n", k=rng.randrange(40))) for _ in range(200)]
    strings = {"".join(rng.choices("กขคงあ中文头發", k=rng.randrange(1, 6))) for _ in range(400)}
    forms = [form for text in texts for form in spellings(text)]
    here = {string for string in strings if any(own in form for own in spellings(string) for form in forms)}
    assert standing(strings, texts) == here
    assert here
    assert strings - here


def test_what_stands_is_found_across_the_blocks_that_are_searched(monkeypatch):
    monkeypatch.setattr("indexer.standing._BLOCK", 3)
    assert standing({"中文字", "文中"}, ["x\n一中文字一\ny", "ก"]) == {"中文字"}


@pytest.mark.parametrize("spelled", ["頭髮", "头发"])
def test_what_stands_stands_in_every_spelling(spelled):
    assert standing({spelled}, ["頭髮很長"]) == {spelled}
    assert standing({"น้ํา"}, ["นํ้า"]) == {"น้ํา"}


def test_recombined_stretches_hold_clusters_of_others():
    pool = [stretch("Thai", ["น้ำ", "ไ", "ท", "ย"]), stretch("Thai", ["ก", "ขี่"])]
    made = list(recombined(pool, 100, random.Random(4)))
    assert {cluster for piece in made for cluster in piece.clusters} == {"น้ำ", "ไ", "ท", "ย", "ก", "ขี่"}
    assert {len(piece.clusters) for piece in made} <= set(range(2, 13))


@pytest.mark.parametrize("name", ENGINES)
def test_everything_is_found_and_nothing_else(name, tmp_path):
    searcher = indexed(ENGINES[name](Settings(engine=name)), tmp_path)
    found = recall_of(searcher, 400, 5, quiet)
    assert not found.failures
    total = found.total
    assert total.asked == total.found == sum(total.tiers.values()) == 400
    assert total.absent == total.stretches > 100
    searcher.close()


def test_a_sample_is_spread_over_languages(tmp_path):
    documents = [*DOCUMENTS, *(Document(f"en{n}", "", f"stork {n}", "x", "en") for n in range(50))]
    found = recall_of(indexed(MemoryEngine(), tmp_path, documents), 103, 1, quiet)
    assert {counts.asked for counts in found.languages.values()} == {10, 11}
    assert found.total.asked == 103


def test_one_seed_asks_the_same(tmp_path, monkeypatch):
    searcher = indexed(MemoryEngine(), tmp_path)
    asked = []
    monkeypatch.setattr(module, "parse", lambda query: asked.append(query) or parse(query))
    recall_of(searcher, 50, 7, quiet)
    first = asked.copy()
    asked.clear()
    recall_of(searcher, 50, 7, quiet)
    assert asked == first
    asked.clear()
    recall_of(searcher, 50, 8, quiet)
    assert asked != first


@pytest.mark.parametrize(
    ("without", "kind"),
    [(("cluster",), "stretch"), (("pair",), "stretch"), (("word", "inner", "stem"), "word")],
)
def test_a_tier_that_is_missing_is_noticed(without, kind, tmp_path):
    found = recall_of(indexed(MemoryEngine(), tmp_path, without=without), 300, 6, quiet)
    assert kind in {failure.kind for failure in found.failures}
    assert found.total.found < found.total.asked
    missed = next(failure for failure in found.failures if failure.kind == kind)
    assert missed.id in {document.id for document in DOCUMENTS}


def test_what_is_found_in_vain_is_noticed(tmp_path, monkeypatch):
    monkeypatch.setattr(
        module, "parse", lambda query: parse(query.strip('"'))
    )  # any of its words is evidence
    found = recall_of(indexed(MemoryEngine(), tmp_path), 300, 6, quiet)
    vain = [failure for failure in found.failures if failure.kind == "absent"]
    assert found.total.false_finds == len(vain) > 0
    assert {failure.id for failure in vain} <= {document.id for document in DOCUMENTS}


def test_an_index_without_documents_asks_nothing(tmp_path):
    found = recall_of(indexed(MemoryEngine(), tmp_path, []), 10, 1, quiet)
    assert (found.total.asked, found.failures, found.languages) == (0, [], {})

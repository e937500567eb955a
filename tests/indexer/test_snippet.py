"""The part of a text that is shown: an exact slice, with the match in it, however long the text."""

import random
import unicodedata

import pytest
import regex

from indexer import showing
from indexer.document import Document
from indexer.marking import Marker
from indexer.query import parse
from indexer.snippet import WIDTH
from indexer.terms import query_of

LONG = 300_000


@pytest.fixture
def shown(searcher_over):
    """The snippets of a text for a query, each checked to be a slice of it."""

    def of(query, text, language="en", vocabulary=None):
        # The index holds a short text with the same words: it only tells what they are.
        searcher = searcher_over(Document("a", "", vocabulary or text, "x", language))
        marker = Marker(query_of(parse(query), searcher).node)
        ((_, found),) = showing.shown([Document("a", "", text, "x", language)], marker)
        for snippet in found:
            assert snippet.text == text[snippet.start : snippet.start + len(snippet.text)]
            assert len(snippet.text) <= 2 * WIDTH
        return found

    return of


def marked(found):
    return [snippet.text[start:end] for snippet in found for start, end in snippet.marks]


def filler(words, length, seed=1):
    rng = random.Random(seed)
    pieces = []
    while length > 0:
        pieces.append(rng.choice(words))
        length -= len(pieces[-1])
    return "".join(pieces)


ENGLISH = ["the road went on ", "and on, ", "past a mill. ", "Nobody came ", "by that day; "]
CHINESE = ["路一直往前，", "經過磨坊。", "那天沒有人來，", "只有風。", "過了很久"]
THAI = ["ถนนทอดยาวไป", "ผ่านโรงสี ", "วันนั้นไม่มีใครมา", "มีแต่ลม "]


def test_a_short_text_is_shown_whole(shown):
    (snippet,) = shown("mill", "Past a mill.")
    assert (snippet.text, snippet.start, snippet.marks) == ("Past a mill.", 0, ((7, 11),))


def test_an_empty_text_has_no_snippet(shown):
    assert shown("mill", "", vocabulary="mill") == ()


def test_without_a_match_the_beginning_is_shown(shown):
    text = filler(ENGLISH, 2_000)
    (snippet,) = shown("zebra", text)
    assert snippet.start == 0
    assert not snippet.marks
    assert len(snippet.text) <= WIDTH
    assert text[len(snippet.text)].isspace() or text[len(snippet.text) - 1] in ",.;"


def test_the_match_is_in_the_snippet_wherever_it_stands(shown):
    rng = random.Random(4)
    for _ in range(40):
        before, after = (filler(ENGLISH, rng.randrange(1, 3_000), rng.random()) for _ in range(2))
        assert marked(shown("zebra", f"{before} zebra {after}")) == ["zebra"]


def test_a_place_with_more_of_the_query_is_preferred(shown):
    text = f"A zebra. {filler(ENGLISH, 2_000)} A zebra and a giraffe. {filler(ENGLISH, 2_000)}"
    (snippet,) = shown("zebra giraffe", text)
    assert marked([snippet]) == ["zebra", "giraffe"]
    assert snippet.start > 1_000


def test_a_rare_word_is_preferred_to_many_common_ones(searcher_over):
    """Two documents of three hold ``the``, one ``zebra``: it is the zebra that is shown."""
    text = f"the road and the mill, and on {filler(ENGLISH, 2_000)} a zebra. {filler(ENGLISH, 2_000)}"
    documents = [
        Document(name, "", told, "x", "en") for name, told in (("a", text), ("b", "the road and on"))
    ]
    marker = Marker(query_of(parse("and on the zebra"), searcher_over(*documents)).node)
    ((_, found),) = showing.shown([documents[0]], marker)
    assert "zebra" in marked(found)
    assert len(found) == 1


def test_words_that_stand_far_apart_are_shown_in_two_snippets(shown):
    text = f"{filler(ENGLISH, 2_000)} A zebra. {filler(ENGLISH, 2_000)} A giraffe. {filler(ENGLISH, 2_000)}"
    found = shown("giraffe zebra", text)
    assert len(found) == 2
    assert marked(found) == ["zebra", "giraffe"]
    assert found[0].start + len(found[0].text) <= found[1].start


def test_a_snippet_begins_between_words(shown):
    text = filler(ENGLISH, 3_000) + "zebra " + filler(ENGLISH, 3_000)
    (snippet,) = shown("zebra", text)
    assert text[snippet.start - 1].isspace() or text[snippet.start - 1] in ",.;"
    end = snippet.start + len(snippet.text)
    assert text[end].isspace() or text[end - 1] in ",.;"


STOPS = "。，、！？；：．.!?;।။។…»”）)"


@pytest.mark.parametrize(
    ("language", "words", "word"),
    [
        ("zh", ["索引", "数据", "查询", "很快"], "磨坊"),
        ("hi", ["पानी ", "बहता ", "नदी "], "किताब"),
        ("en", ENGLISH, "zebra"),
    ],
    ids=["Chinese", "Hindi", "English"],
)
def test_a_snippet_begins_with_no_sign_that_ends_something(shown, language, words, word):
    """But for one that begins a line, as the numbers of verses do: ।।6।।."""
    signs = ["。 。", "...", ")) ", " । ", "।। ", "\n।।6।।", "!\n"]
    for seed in range(30):
        rng = random.Random(seed)
        before, behind = ("".join(rng.choices([*words, *signs], k=400)) for _ in range(2))
        text = f"{before} {word} {behind}"
        for snippet in shown(word, text, language):
            assert snippet.text[0] not in STOPS or text[snippet.start - 1] == "\n", (seed, snippet.text[:20])


def test_a_snippet_does_not_begin_within_a_chinese_word(shown):
    text = "俄罗斯总统" * 200 + "訪問了磨坊" + "俄罗斯总统" * 200
    (snippet,) = shown("磨坊", text, "zh")
    assert marked([snippet]) == ["磨坊"]
    assert not snippet.text.startswith("罗斯")


@pytest.mark.parametrize("language", ["th", "km", "my", "hi"])
def test_a_snippet_never_parts_a_letter_from_its_sign(shown, language):
    letters = {"th": "กำกี่ผู้น้ำ", "km": "ខ្ញុំស្រី", "my": "မြို့ကျွန်", "hi": "कि़स्त्री"}[language]
    target = {"th": "ทะเล", "km": "សមុទ្រ", "my": "ပင်လယ်", "hi": "समुद्र"}[language]
    clusters = regex.findall(r"\X", letters)
    for seed in range(12):
        rng = random.Random(seed)
        text = "".join(rng.choices(clusters, k=700)) + target + "".join(rng.choices(clusters, k=700))
        text = unicodedata.normalize("NFC", text)
        query = f'"{target}"' if language != "hi" else "zebra"
        for snippet in shown(query, text, language, vocabulary=target):
            for edge in (snippet.start, snippet.start + len(snippet.text)):
                assert edge in (0, len(text)) or unicodedata.category(text[edge])[0] != "M", edge


@pytest.mark.parametrize(
    ("query", "words", "match", "language"),
    [
        pytest.param("zebra", ENGLISH, "zebra", "en", id="a word"),
        pytest.param("zebra", ENGLISH, "Zebras", "en", id="its plural"),
        pytest.param('"a zebra"', ENGLISH, "a zebra", "en", id="a phrase"),
        pytest.param("zebra", ENGLISH, "ＺＥＢＲＡ", "en", id="full width"),
        pytest.param("cafe", ENGLISH, "Café", "en", id="an accent"),
        pytest.param("Kühe", [*ENGLISH, "kuckuck "], "Kühe", "de", id="an umlaut"),
        pytest.param("strasse", ENGLISH, "Straße", "de", id="ß"),
        pytest.param("verify", [*ENGLISH, "very "], "verify", "en", id="a common beginning"),
        pytest.param("斑马", CHINESE, "斑馬", "zh-Hant", id="Traditional under a Simplified query"),
        pytest.param('"匹斑马从"', CHINESE, "匹斑馬從", "zh-Hant", id="a Traditional piece"),
        pytest.param("ม้าลาย", THAI, "ม้าลาย", "th", id="Thai"),
        pytest.param("ตัวน้ำเงิน", THAI, "ตัวนํ้าเงิน", "th", id="sara am in two characters"),
        pytest.param("zebra", [*ENGLISH, "İstanbul "], "zebra", "en", id="beside İ"),
    ],
)
def test_a_match_near_the_end_of_a_long_text_is_shown(shown, query, words, match, language):
    text = filler(words, LONG) + f" {match} " + filler(words, 2_000)
    pieces = marked(shown(query, text, language, vocabulary=f"{match} {words[0]}"))
    assert "".join(pieces).replace(" ", "") == match.replace(" ", "")


def test_a_text_of_nothing_but_matches_is_shown(shown):
    (snippet,) = shown("a", "a " * 50_000, vocabulary="a")
    assert len(snippet.marks) > 50


def test_a_text_without_any_space_is_shown(shown):
    found = shown("b", "a" * 100_000 + " b", vocabulary="a b")
    assert marked(found) == ["b"]

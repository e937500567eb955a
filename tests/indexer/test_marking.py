"""What is marked is what matched, to the character."""

import random
import unicodedata

import pytest
import regex

from analyzers import Tier, analyzer_for
from indexer.document import Document
from indexer.marking import Marker, Matched, marks
from indexer.query import parse
from indexer.schema import Field, Zone
from indexer.showing import shown
from indexer.snippet import marked
from indexer.termquery import Clue, Leaf, Match, Term
from indexer.terms import query_of


@pytest.fixture
def marks_of(searcher_over, lexicon_over):
    """The pieces of a text that a query marks, in a text of a language."""

    def pieces(query, text, language="en", zone=Zone.TEXT):
        document = Document("a", text, text, "x", language)
        node = query_of(parse(query), searcher_over(document), None, lexicon_over(document)).node
        snippet = marked(text, Marker(node), analyzer_for(language), zone)
        assert snippet.text == text
        return [text[start:end] for start, end in snippet.marks]

    return pieces


@pytest.mark.parametrize(
    ("query", "text", "language", "pieces"),
    [
        pytest.param("otter", "An otter, two OTTERS.", "en", ["otter", "OTTERS"], id="stems"),
        pytest.param("cafe", "Café Zürich", "en", ["Café"], id="accents"),
        pytest.param("cafe", unicodedata.normalize("NFD", "Café"), "en", ["Cafe\u0301"], id="accents apart"),
        pytest.param("strasse", "Die Straße.", "de", ["Straße"], id="ß"),
        pytest.param("nato", "ＮＡＴＯ峰会", "zh", ["ＮＡＴＯ"], id="full width"),
        pytest.param("学习", "他們在學習。", "zh-Hant", ["學習"], id="Traditional"),
        pytest.param("學習", "他们在学习。", "zh", ["学习"], id="Simplified"),
        pytest.param("น้ำ", "ดื่มนํ้า", "th", ["นํ้า"], id="sara am in two characters"),
        pytest.param("สวน", "ใน\u200bสวน\u200bดอกไม้", "th", ["สวน"], id="no zero-width space beside"),
        pytest.param("ดอกไม้", "ดอก\u200bไม้", "th", ["ดอก\u200bไม้"], id="zero-width space within"),
        pytest.param("soft", "so\u00adft snow", "en", ["so\u00adft"], id="soft hyphen within"),
        pytest.param("क़लम", "क़लम और काग़ज़", "hi", ["क़लम"], id="nukta"),
        pytest.param("كتاب", "كِتَابٌ جديد", "ar", ["كِتَابٌ"], id="harakat after the last letter"),
        pytest.param("日本 電車", "日本電車", "ja", ["日本電車"], id="touching words are one"),
        pytest.param("red blue", "red blue", "en", ["red", "blue"], id="white space between words stays"),
        pytest.param('"red blue"', "red\nblue, red, blue", "en", ["red", "blue", "red", "blue"], id="phrase"),
        pytest.param('"red blue"', "blue red green", "en", [], id="no phrase"),
        pytest.param("red -blue", "red", "en", ["red"], id="what is excluded is not marked"),
        pytest.param("red lang:en", "red en", "en", ["red"], id="a filter is not marked"),
        pytest.param("title:red", "red", "en", [], id="a title word in the text"),
        pytest.param("mor*", "morning, more, moor", "en", ["morning", "more"], id="prefix"),
        pytest.param("👍", "ok 👍🏽!", "en", ["👍🏽"], id="an emoji and its modifier"),
        pytest.param("*", "anything", "en", [], id="every document"),
        pytest.param("马克思", "马克思主义中国化", "zh", ["马克思"], id="a sub-word"),
        pytest.param("段简", "这是一段简单的文字", "zh", ["段简"], id="a piece"),
        pytest.param("สวน", "", "th", [], id="nothing to mark"),
    ],
)
def test_marks(marks_of, query, text, language, pieces):
    assert marks_of(query, unicodedata.normalize("NFC", text), language) == [
        unicodedata.normalize("NFC", piece) for piece in pieces
    ]


def test_titles_are_marked_by_what_is_sought_in_titles(marks_of):
    assert marks_of("title:red blue", "red blue", zone=Zone.TITLE) == ["red", "blue"]
    assert marks_of("title:red blue", "red blue", zone=Zone.TEXT) == ["blue"]


def test_touching_and_overlapping_matches_are_one_mark():
    matched = [Matched(0, 2, 0), Matched(1, 4, 1), Matched(4, 5, 0), Matched(6, 7, 0)]
    assert marks(matched, "abcde fg") == ((0, 5), (6, 7))
    assert marks([], "abc") == ()


def test_a_mark_takes_the_signs_of_its_last_letter_along():
    assert marks([Matched(0, 1, 0)], "e\u0323\u0301x") == ((0, 3),)
    assert marks([Matched(0, 1, 0)], "กำ") == ((0, 1),)


# What is marked, cut again, is what was sought.

ALPHABETS = {
    "th": ["ก", "ป่า", "น้ำ", "นํ้า", "เเละ", "ปลา", "ๆ", "\u200b", " ", "๒", "X"],
    "zh": ["學", "学", "习", "習", "里", "裡", "后", "，", "2024", "ＡＢ", "\u200b", "𠮷", " "],
    "hi": ["की", "ज़", "ज़", "ड़", "लड़का", "लड़के", "।", " ", "१", "\u200d", "a"],
    "de": ["ß", "ss", "Haus", "Häuser", "haeuser", "-", " ", "e\u0301", "\u00ad", "İ", "15", "ﬁ"],
    "km": ["ក", "ខ្ញុំ", "ា", "្", "ទឹក", "\u200b", " ", "។", "៥"],
    "ja": ["東", "京", "ｶﾞ", "ガ", "ー", "駅", "、", " ", "Ａ"],
    "ar": ["كتاب", "كِتَاب", "ـ", "ال", "ى", "ي", " ", "،", "٣"],
}


@pytest.mark.parametrize("language", ALPHABETS)
def test_every_term_of_a_text_marks_pieces_that_hold_it(language):
    rng = random.Random(20240620)
    analyze = analyzer_for(language)
    checked = 0
    for _ in range(60):
        text = unicodedata.normalize("NFC", "".join(rng.choices(ALPHABETS[language], k=rng.randrange(1, 30))))
        analysis = analyze(text)
        for tier in (Tier.WORD, Tier.INNER, Tier.STEM, Tier.CLUSTER, Tier.PAIR):
            for term in sorted(set(analysis[tier].terms))[:4]:
                clue = Clue(Term(Field(Zone.TEXT, tier), term), Match.WORD, 1.0, ())
                marker = Marker(Leaf(term, (clue,)))
                ((_, snippets),) = shown([Document("a", "", text, "x", language)], marker)
                for snippet in (marked(text, marker, analyze, Zone.TEXT), *snippets):
                    check(snippet, text)
                    assert snippet.marks, (text, tier, term)
                    checked += 1
                    for start, end in snippet.marks if tier in (Tier.CLUSTER, Tier.PAIR) else ():
                        again = analyze(snippet.text[start:end])
                        assert term in {token.term for token in again.tokens()}, (text, term)
    assert checked > 300


def check(snippet, text):
    assert text[snippet.start :].startswith(snippet.text)
    before = -1
    for start, end in snippet.marks:
        assert before < start < end <= len(snippet.text), (text, snippet)
        assert not regex.search(r"\s", snippet.text[start:end]), (text, snippet)
        for edge in {start, end} - {0, len(snippet.text)}:
            # A sign with nothing to stand on is a term of its own.
            if snippet.text[edge - 1] not in " \u200b":
                assert unicodedata.category(snippet.text[edge])[0] != "M", (text, snippet, edge)
        before = end


def test_a_text_that_is_only_read_is_not_analyzed(searcher_over):
    def analyze(text):
        raise AssertionError(text)

    for query in ("", "*", "-red", "lang:en", "title:red"):
        marker = Marker(query_of(parse(query), searcher_over("red")).node)
        assert marker.found("red " * 1_000, analyze, Zone.TEXT) == []

"""Marks as HTML, and a text in paragraphs."""

import pytest

from indexer.page import Snippet
from web.highlight import marked_html, paragraphs


@pytest.mark.parametrize(
    ("text", "marks", "html"),
    [
        pytest.param("", (), "", id="nothing"),
        pytest.param("ปูติน", ((0, 5),), "<mark>ปูติน</mark>", id="all"),
        pytest.param("a普京b", ((1, 3),), "a<mark>普京</mark>b", id="inside"),
        pytest.param("👍a👍", ((1, 2),), "👍<mark>a</mark>👍", id="code points, not UTF-16 units"),
        pytest.param("a b", ((0, 1), (2, 3)), "<mark>a</mark> <mark>b</mark>", id="two"),
        pytest.param("<b>&\"'", ((1, 2),), "&lt;<mark>b</mark>&gt;&amp;&#34;&#39;", id="escaped"),
        pytest.param("<mark>", ((0, 6),), "<mark>&lt;mark&gt;</mark>", id="a tag of the text"),
    ],
)
def test_marks(text, marks, html):
    assert marked_html(Snippet(text, 0, marks)) == html


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        pytest.param("", [], id="nothing"),
        pytest.param("\n \n", [], id="white space"),
        pytest.param("one", ["one"], id="one"),
        pytest.param("one\ntwo", ["one", "two"], id="a line each"),
        pytest.param("one\ntwo\n\nthree", ["one\ntwo", "three"], id="by blank lines where there are some"),
        pytest.param("one\n \t\n\n\n  two\n", ["one", "  two\n"], id="blank lines with white space"),
    ],
)
def test_paragraphs(text, pieces):
    found = paragraphs(Snippet(text))
    assert [piece.text for piece in found] == pieces
    assert all(text[piece.start :].startswith(piece.text) for piece in found)


def test_marks_follow_their_paragraph():
    text = "one\n\ntwo two\n\nthree"
    found = paragraphs(Snippet(text, 0, ((0, 3), (5, 8), (9, 12), (14, 19))))
    assert [[piece.text[start:end] for start, end in piece.marks] for piece in found] == [
        ["one"],
        ["two", "two"],
        ["three"],
    ]

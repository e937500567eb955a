"""The documents of a page are analyzed together, and each is marked as if it were alone."""

import pytest

from indexer.document import Document
from indexer.marking import Marker
from indexer.query import parse
from indexer.showing import shown
from indexer.terms import query_of


@pytest.mark.parametrize(
    ("query", "texts", "expected"),
    [
        pytest.param('"old mill"', ["it is old", "mill on the river"], [[], []], id="no phrase across texts"),
        pytest.param('"水磨坊"', ["清水", "磨坊"], [[], []], id="no stretch across texts"),
        pytest.param(
            "mill", ["a mill", "no", "mills, the mill"], [["mill"], [], ["mill"]], id="each its own"
        ),
        pytest.param(
            "mill 磨坊", ["磨坊", "", "mill"], [["磨坊"], [], ["mill"]], id="languages, and nothing"
        ),
    ],
)
def test_texts_are_marked_as_if_alone(searcher_over, query, texts, expected):
    languages = ["zh" if text and text[0] > "\u2e80" else "en" for text in texts]
    documents = [
        Document(str(number), text, text, "x", language)
        for number, (text, language) in enumerate(zip(texts, languages, strict=True))
    ]
    marker = Marker(query_of(parse(query), searcher_over(*documents)).node)
    for (title, snippets), wanted in zip(shown(documents, marker), expected, strict=True):
        for part in (title, *snippets):
            found = [part.text[start:end] for start, end in part.marks]
            assert [text for text in found if text in wanted] == wanted, part
            assert bool(found) == bool(wanted), part

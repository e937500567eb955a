"""Answers as JSON: the shapes and the order of keys that other programs rely on."""

import json

from indexer.document import Document
from indexer.page import FacetCount, Hit, Notice, Reading, SearchPage, Snippet
from indexer.wire import document_object, search_object

ID = "seeds/001_198679287b7c35b7.txt"
TITLE = "习近平访俄甚过当年毛泽东拜会斯大林"

PAGE = SearchPage(
    query="普京",
    read_as=[Reading("普京", "word", ("zh",))],
    notices=[],
    total=1,
    page=1,
    size=2,
    took_ms=1.9371,
    facets={"language": [FacetCount("zh", 1)], "source": [FacetCount("seeds", 1)], "tag": [], "year": []},
    hits=[
        Hit(
            id=ID,
            source=ID,
            title=Snippet(TITLE),
            language="zh",
            score=4.209999,
            match="word",
            snippets=(Snippet("俄罗斯总统普京和他的", 312, ((5, 7),)),),
        )
    ],
)

WRITTEN = f"""
{{
  "query": "普京",
  "read_as": [{{"text": "普京", "kind": "word", "languages": ["zh"]}}],
  "notices": [],
  "total": 1, "page": 1, "size": 2, "pages": 1, "took_ms": 1.9,
  "did_you_mean": null,
  "facets": {{"language": [{{"value": "zh", "count": 1}}], "source": [{{"value": "seeds", "count": 1}}],
             "tag": [], "year": []}},
  "hits": [
    {{
      "id": "{ID}", "source": "{ID}",
      "title": {{"text": "{TITLE}", "marks": []}},
      "language": "zh", "url": null, "date": null, "tags": [], "score": 4.21, "match": "word",
      "snippets": [{{"text": "俄罗斯总统普京和他的", "start": 312, "marks": [[5, 7]]}}]
    }}
  ]
}}
"""


def test_a_search_is_written_as_the_contract_has_it():
    assert json.dumps(search_object(PAGE)) == json.dumps(json.loads(WRITTEN))


def test_a_reading_says_only_what_there_is_to_say():
    readings = [Reading("x", "phrase", (), excluded=True), Reading("y", "word", (), field="title")]
    page = SearchPage("q", readings, [Notice("key", "About {x}.", {"x": "y"})], 0, 1, 10, 0.0, {}, [])
    answer = search_object(page)
    assert answer["read_as"] == [
        {"text": "x", "kind": "phrase", "languages": [], "excluded": True},
        {"text": "y", "kind": "word", "languages": [], "field": "title"},
    ]
    assert answer["notices"] == [{"key": "key", "text": "About y."}]


def test_a_document_is_written_whole():
    document = Document("a#1", "title", "text", "a", "th", "https://example.org/", "2024-06-20", ("x",))
    assert json.dumps(document_object(document)) == json.dumps(
        {
            "id": "a#1",
            "source": "a",
            "title": "title",
            "language": "th",
            "url": "https://example.org/",
            "date": "2024-06-20",
            "tags": ["x"],
            "text": "text",
        }
    )

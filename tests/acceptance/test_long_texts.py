"""Texts that no segmenter was made for: 40,000 characters of one word (line 22)."""

import json
import time

import pytest

from analyzers.registry import load
from indexer.rebuild import rebuild
from indexer.request import MAX_QUERY, SearchRequest
from indexer.service import SearchService
from indexer.settings import Settings

#: Within so many seconds such a text is indexed, and searched.
PATIENCE = 2

LONG = {
    "Thai": "ด้านหน้า" * 5_000,
    "Thai, one vowel": "ฮื" + "อ" * 40_000,
    "Chinese": "哈" * 40_000,
    "Japanese": "ありがとう" * 8_000,
    "Khmer": "ក្រុម" * 8_000,
    "Korean": "ㅋ" * 40_000,
    "Latin": "a" * 40_000,
    "Latin, hyphens": "tick-tock-" * 4_000,
    "German": "Rinder" + "kennzeichnungs" * 3_000,
    "marks": "e" + "\u0301" * 40_000,
    "Arabic": "ههه" * 13_000,
    "emoji": "👩\u200d" * 20_000,
}


@pytest.mark.line(22)
@pytest.mark.parametrize("text", [pytest.param(text, id=f"line 22: {name}") for name, text in LONG.items()])
def test_long_repetition_is_indexed_in_time(text, tmp_path):
    """A text of 40,000 characters that no segmenter was made for, and what is found of it."""
    archive = tmp_path / "archive.jsonl"
    archive.write_text(json.dumps({"id": "long", "title": "—", "text": f"{text} willow"}))
    settings = Settings(index=tmp_path / "index", jobs=1)
    load(["th", "zh", "ja", "ko", "de"])
    started = time.process_time()
    rebuild([archive], settings)
    assert time.process_time() - started < PATIENCE
    service = SearchService.open(settings)
    started = time.process_time()
    assert service.search(SearchRequest("willow")).total == 1
    # Between spaces it is the beginning of a word, and no word.
    assert service.search(SearchRequest(text[:MAX_QUERY])).total in (0, 1)
    assert time.process_time() - started < PATIENCE
    service.close()

"""The service: it notices new generations, is asked by many at once, and says what is wrong."""

import random
import shutil
import threading
from dataclasses import replace

import pytest

from indexer import generations, manifest
from indexer.engines import ENGINES
from indexer.errors import BadRequest, DocumentNotFound, IndexOutdated, IndexUnavailable, SearchError
from indexer.rebuild import rebuild
from indexer.request import MAX_QUERY, SearchRequest
from indexer.service import SearchService

FILES = {
    "a.txt": "Peat bogs\n\nThe bog keeps what falls into it.",
    "notes.jsonl": [
        {"id": "1", "text": "沼泽里有鹤。", "date": "2020-02-02", "tags": ["x"]},
        {"id": "ä ö/#2?", "title": "Moor", "text": "Das Moor brennt lange."},
    ],
}


def found(service, query, **asked):
    return [hit.id for hit in service.search(SearchRequest(query, **asked)).hits]


def test_a_new_generation_is_noticed(service_over, corpus, index):
    service = service_over(FILES)
    assert found(service, "bog") == ["corpus/a.txt"]
    first = service.status()
    rebuild([corpus({"a.txt": "Dunes\n\nThe dune moves with the wind."})], index)
    assert found(service, "dune") == ["corpus/a.txt"]
    assert found(service, "bog") == []
    assert service.status().generation != first.generation


def test_an_index_that_comes_later_is_noticed(corpus, index):
    service = SearchService.open(index)
    with pytest.raises(IndexUnavailable) as caught:
        service.search(SearchRequest("bog"))
    assert "serai rebuild" in caught.value.hint
    rebuild([corpus(FILES)], index)
    assert found(service, "bog") == ["corpus/a.txt"]


def test_a_closed_service_opens_again(service_over):
    service = service_over(FILES)
    service.close()
    service.close()
    assert found(service, "bog") == ["corpus/a.txt"]


def test_many_threads_ask_while_generations_change(service_over, corpus, index):
    service = service_over(FILES)
    wrong, stop = [], threading.Event()

    def ask():
        while not stop.is_set():
            try:
                if found(service, "bog 沼泽 Moor") != found(service, "bog 沼泽 Moor"):
                    wrong.append("order")
                assert service.document("corpus/a.txt").title == "Peat bogs"
            except (SearchError, AssertionError, ValueError, OSError) as error:
                wrong.append(repr(error))

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for _ in range(4):
        rebuild([corpus(FILES)], index)
    stop.set()
    for thread in threads:
        thread.join()
    assert not wrong


def test_documents_are_found_by_their_ids_whatever_these_hold(service_over):
    service = service_over(FILES)
    assert service.document("corpus/a.txt").text.startswith("Peat bogs")
    assert service.document("corpus/notes.jsonl#1").tags == ("x",)
    assert service.document("corpus/notes.jsonl#ä ö/#2?").title == "Moor"
    assert service.document("corpus/notes.jsonl#a\u0308 o\u0308/#2?").title == "Moor"


@pytest.mark.parametrize("id", ["", "corpus", "corpus/a", "corpus/a.txt ", "\0", "\ud800", "x" * 10_000])
def test_an_id_that_is_not_there_is_said(service_over, id):
    with pytest.raises(DocumentNotFound) as caught:
        service_over(FILES).document(id)
    assert caught.value.hint


def test_a_document_is_marked_whole(service_over):
    service = service_over(FILES)
    shown = service.marked("corpus/a.txt", "bogs keeps")
    assert shown.text.text == service.document("corpus/a.txt").text
    assert [shown.text.text[start:end] for start, end in shown.text.marks] == ["bogs", "bog", "keeps"]
    assert service.marked("corpus/a.txt", "").text.marks == ()


def test_the_state_of_the_index_is_told(service_over):
    state = service_over(FILES).status()
    assert (state.engine, state.documents, state.languages) == ("whoosh", 3, {"de": 1, "en": 1, "zh": 1})
    assert state.sources == {"corpus": 3}
    assert state.bytes > 1_000


def test_a_service_gets_ready_for_every_language_that_it_holds(service_over, monkeypatch):
    loaded = []
    monkeypatch.setattr("indexer.serving.load", loaded.extend)
    service_over(FILES).ready()
    assert sorted(loaded) == ["de", "en", "zh"]


# What is wrong is said, with the command that mends it.


def check_unavailable(settings, kind=IndexUnavailable):
    service = SearchService.open(settings)
    for ask in (service.status, service.ready, lambda: service.search(SearchRequest("bog"))):
        with pytest.raises(kind) as caught:
            ask()
        assert "serai rebuild" in caught.value.hint


def test_a_generation_that_is_gone_is_said(service_over, index):
    service_over(FILES)
    shutil.rmtree(generations.current(index.index))
    check_unavailable(index)


def test_an_index_of_other_analyzers_is_outdated(service_over, index):
    service_over(FILES)
    folder = generations.current(index.index)
    record = manifest.read(folder)
    replace(record, analyzers={**record.analyzers, "zh": "0"}).write(folder)
    check_unavailable(index, IndexOutdated)


def test_an_index_of_another_engine_is_outdated(service_over, index):
    service_over(FILES)
    with pytest.raises(IndexOutdated, match="whoosh"):
        SearchService.open(replace(index, engine="memory")).status()


def test_an_engine_that_is_not_there_is_said(index):
    with pytest.raises(BadRequest):
        SearchService.open(replace(index, engine="nope"))


@pytest.mark.parametrize("engine", ENGINES)
def test_a_half_written_index_is_said(corpus, index, engine):
    index = replace(index, engine=engine)
    rebuild([corpus(FILES)], index)
    rng = random.Random(5)
    for path in filled(generations.current(index.index)):
        content = path.read_bytes()
        for length in {0, 1, len(content) // 2, len(content) - 2, rng.randrange(len(content))}:
            path.write_bytes(content[:length])
            assert not answers(index), f"{path.name}, cut to {length:,} bytes"
        path.unlink()
        assert not answers(index), f"without {path.name}"
        path.write_bytes(content)
    assert answers(index)


@pytest.fixture
def large(monkeypatch):
    """Every file is taken for a large one, which is not looked through when it is opened."""
    monkeypatch.setattr(manifest, "_SMALL", -1)


@pytest.mark.parametrize("engine", ENGINES)
def test_a_wrong_bit_in_a_small_file_is_said_at_once(corpus, index, engine):
    index = replace(index, engine=engine)
    rebuild([corpus(FILES)], index)
    rng = random.Random(6)
    for path in filled(generations.current(index.index)):
        content = path.read_bytes()
        place = rng.randrange(len(content))
        path.write_bytes(content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :])
        assert not answers(index, searches=()), path.name
        path.write_bytes(content)
    assert answers(index)


@pytest.mark.usefixtures("large")
@pytest.mark.parametrize("engine", ENGINES)
def test_a_damaged_index_is_said_or_opened(corpus, index, engine):
    """A bit changed anywhere: only `verify` promises to find it."""
    index = replace(index, engine=engine)
    rebuild([corpus(FILES)], index)
    rng = random.Random(6)
    opened = []
    for path in filled(generations.current(index.index)):
        content = path.read_bytes()
        for _ in range(40):
            place, bit = rng.randrange(len(content)), 1 << rng.randrange(8)
            path.write_bytes(content[:place] + bytes([content[place] ^ bit]) + content[place + 1 :])
            opened.append(answers(index, searches=()))
        path.write_bytes(content)
    assert any(opened)
    assert not all(opened)


@pytest.mark.parametrize("engine", ENGINES)
def test_what_is_harmed_while_it_is_served_is_said(corpus, index, engine):
    """Each file by itself, after it was opened, cut short; what was read before may still be answered."""
    index = replace(index, engine=engine)
    rebuild([corpus(FILES)], index)
    said = 0
    for path in filled(generations.current(index.index)):
        content = path.read_bytes()
        service = SearchService.open(index)
        service.status()
        path.write_bytes(content[: len(content) // 2])
        for query in ("bog 沼泽", '"Das Moor"', "*", "tag:x"):
            if (error := refusal(service, query)) is not None:
                said += 1
                assert "damaged" in str(error)
                assert path.name in str(error)
                assert "serai rebuild" in error.hint
        service.close()
        path.write_bytes(content)
    assert said or engine == "memory"


@pytest.mark.usefixtures("large")
@pytest.mark.parametrize("engine", ENGINES)
def test_whatever_bit_is_wrong_nobody_is_surprised(corpus, index, engine):
    """A service that loads what it opens says what is wrong; a wrong answer is for `verify` to find."""
    index = replace(index, engine=engine)
    rebuild([corpus(FILES)], index)
    rng = random.Random(7)
    said = 0
    for path in filled(generations.current(index.index)):
        content = path.read_bytes()
        for place in rng.sample(range(len(content)), min(12, len(content))):
            path.write_bytes(
                content[:place] + bytes([content[place] ^ 1 << rng.randrange(8)]) + content[place + 1 :]
            )
            service = SearchService.within_time(index)
            said += sum(refusal(service, query) is not None for query in ("bog 沼泽", '"Das Moor"', "tag:x"))
            service.close()
        path.write_bytes(content)
    assert said


def refusal(service, query):
    """What a search is refused with, if it is."""
    try:
        service.search(SearchRequest(query))
    except IndexUnavailable as error:
        return error
    return None


def test_a_mistake_of_ours_is_not_taken_for_damage(corpus, index, monkeypatch):
    rebuild([corpus(FILES)], index)
    service = SearchService.open(index)
    monkeypatch.setattr("indexer.service.parse", lambda _: 1 // 0)
    with pytest.raises(ZeroDivisionError):
        service.search(SearchRequest("bog"))
    service.close()


def filled(folder):
    """The files of a generation that hold something."""
    return sorted(path for path in folder.iterdir() if path.stat().st_size)


def answers(settings, searches=("bog 沼泽", '"Das Moor"', "*", "tag:x")):
    """Whether a fresh service answers; it may say that there is nothing to search, and nothing else."""
    service = SearchService.open(settings)
    try:
        service.status()
        for query in searches:
            service.search(SearchRequest(query))
    except IndexUnavailable as error:
        return "serai rebuild" not in error.hint
    finally:
        service.close()
    return True


# Any query answers.

PIECES = [
    *'"“”„()-*:~ ', " AND ", " OR ", " NOT ", "title:", "lang:", "source:", "tag:", "bog", "Moor",
    "沼", "泽里",
    "ก", "ำ", "\u0301", "\u200b", "\0", "\ud800", "ß", "İ", "👍", "2024", "C++", "ꦲ", "ｶﾞ",
]  # fmt: skip


@pytest.mark.parametrize("engine", ENGINES)
def test_any_query_answers(corpus, index, engine):
    index = replace(index, engine=engine)
    rebuild([corpus(FILES)], index)
    service = SearchService.open(index)
    rng = random.Random(7)
    for _ in range(150):
        query = "".join(rng.choices(PIECES, k=rng.randrange(1, 25)))
        page = service.search(SearchRequest(query))
        assert page.total >= len(page.hits)
        assert 0 <= page.total <= 3
        for hit in page.hits:
            service.marked(hit.id, query)
    service.close()


OVER_AND_OVER = [
    "bog ", "b ", "沼", "泽里", "ก", '"沼" ', "a*", "(", "-a ", "b OR ", "👍", "\u0301", "lang:x ", "a1",
]  # fmt: skip


@pytest.mark.parametrize("piece", OVER_AND_OVER, ids=ascii)
def test_the_longest_queries_answer(service_over, piece):
    service = service_over(FILES)
    service.search(SearchRequest((piece * MAX_QUERY)[:MAX_QUERY]))
    words = " ".join(f"w{number}" for number in range(200))
    assert service.search(SearchRequest(words)).total == 0


def test_facets_and_totals_count_all_pages(service_over):
    service = service_over({"a.jsonl": [{"text": f"reed number {number}"} for number in range(25)]})
    page = service.search(SearchRequest("reed", page=3, size=10))
    assert (page.total, page.pages, len(page.hits)) == (25, 3, 5)
    assert page.facets["source"][0].count == 25
    assert service.search(SearchRequest("reed", page=4, size=10)).hits == []
    every = [hit for number in range(1, 4) for hit in found(service, "reed", page=number, size=10)]
    assert len(set(every)) == 25

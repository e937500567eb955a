"""Every scenario on every engine, through the real path: rebuild, then search.

`tests/scenarios/README.md` says how one is written.
"""

import json
import shutil
import unicodedata
from datetime import date
from pathlib import Path

import pytest
import regex

from analyzers import LANGUAGES
from indexer.engines import ENGINES
from indexer.rebuild import rebuild
from indexer.request import SearchRequest, Sort
from indexer.service import SearchService
from indexer.settings import Settings
from indexer.wire import search_object

SCENARIOS = Path(__file__).parent / "scenarios"
SEARCHES = "searches.json"
DOCUMENTS = "documents.jsonl"

ASKED = {"q", "lang", "source", "tag", "from", "to", "sort", "page", "size"}
ANSWERED = {"hits", "total", "facets", "read_as", "notices", "did_you_mean"}


FOLDERS = sorted(path for path in SCENARIOS.iterdir() if path.is_dir())


def searches():
    """Every search of every scenario, named by its folder and its ``why``."""
    return [
        pytest.param(folder, search, id=f"{folder.name}: {search.get('why', '?')}")
        for folder in FOLDERS
        for search in json.loads((folder / SEARCHES).read_text(encoding="utf-8"))
    ]


@pytest.fixture(scope="session")
def services(tmp_path_factory):
    """The service over a scenario's documents, by folder and engine; each is built once."""
    made = {}

    def service(folder, engine):
        if (folder, engine) not in made:
            home = tmp_path_factory.mktemp(f"{folder.name}-{engine}")
            settings = Settings(index=home / "index", engine=engine, jobs=1)
            corpus = shutil.copytree(folder, home / folder.name, ignore=shutil.ignore_patterns(SEARCHES))
            rebuild(sorted(corpus.iterdir()), settings, strict=True)
            made[folder, engine] = SearchService.open(settings)
        return made[folder, engine]

    yield service
    for opened in made.values():
        opened.close()


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(("folder", "search"), searches())
def test_scenario(folder, search, engine, services):
    service = services(folder, engine)
    page = service.search(request_of(search))
    for hit in page.hits:
        check_marks(hit, service.document(hit.id))
    answer = shown(search_object(page), search)
    assert answer == expected(search), (
        f"\nanswered:\n{written(answer)}\nexpected:\n{written(expected(search))}"
    )


def request_of(search):
    """A search of ``searches.json`` as a request; its keys are the parameters of the API."""
    days = {name: date.fromisoformat(search[name]) if name in search else None for name in ("from", "to")}
    return SearchRequest(
        search["q"],
        language=search.get("lang"),
        source=search.get("source"),
        tag=search.get("tag"),
        since=days["from"],
        until=days["to"],
        sort=Sort(search.get("sort", "relevance")),
        page=search.get("page", 1),
        size=search.get("size", 10),
    )


def expected(search):
    """What the scenario asks for, in the form of `shown`."""
    hits = [{"match": "word", "title": [], "text": [], **hit} for hit in search["hits"]]
    wanted = {key: search[key] for key in ANSWERED & search.keys()}
    return {**wanted, "hits": hits, "total": search.get("total", len(hits))}


def shown(answer, search):
    """What an answer says about the things that a scenario asks for."""
    parts = {
        "total": answer["total"],
        "hits": [
            {
                "match": hit["match"],
                "title": marked(hit["title"]),
                "text": [piece for snippet in hit["snippets"] for piece in marked(snippet)],
                "id": hit["id"].removeprefix(f"{DOCUMENTS}#"),
            }
            for hit in answer["hits"]
        ],
        "facets": {
            name: {count["value"]: count["count"] for count in answer["facets"][name]}
            for name in search.get("facets", ())
        },
        "did_you_mean": answer["did_you_mean"],
        "notices": [notice["key"] for notice in answer["notices"]],
        "read_as": [
            {key: reading.get(key) for key in wanted}
            for reading, wanted in zip(answer["read_as"], search.get("read_as", ()), strict=False)
        ],
    }
    if len(answer["read_as"]) != len(search.get("read_as", ())):
        parts["read_as"] = answer["read_as"]
    return {key: value for key, value in parts.items() if key in {"total", "hits"} | search.keys()}


def marked(snippet):
    return [snippet["text"][start:end] for start, end in snippet["marks"]]


def check_marks(hit, document):
    """What holds for every mark of every answer, whatever was searched for."""
    assert hit.title.text == document.title
    for snippet in hit.snippets:
        assert snippet.text == document.text[snippet.start : snippet.start + len(snippet.text)]
    for snippet in (hit.title, *hit.snippets):
        before = -1
        for start, end in snippet.marks:
            assert before < start < end <= len(snippet.text), "marks ascend, and touching ones are one"
            assert not regex.search(r"\s", snippet.text[start:end]), "no mark crosses white space"
            for edge in {start, end} - {len(snippet.text)}:
                assert unicodedata.category(snippet.text[edge])[0] != "M", (
                    "no mark parts a letter from its sign"
                )
            before = end


def written(answer):
    return json.dumps(answer, ensure_ascii=False, indent=1)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_scenario_is_well_formed(folder):
    assert (folder / DOCUMENTS).is_file()
    for search in json.loads((folder / SEARCHES).read_text(encoding="utf-8")):
        assert search.keys() <= {"why"} | ASKED | ANSWERED, f"{folder.name}: what is this? {search.keys()}"
        assert search["why"], f"{folder.name}: say why, for {search['q']}"
        assert {"q", "hits"} <= search.keys(), f"{folder.name}: {search['why']}"


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda profile: profile.code)
def test_every_language_has_a_scenario(language):
    assert (SCENARIOS / language.name.lower()).is_dir(), f"add tests/scenarios/{language.name.lower()}/"

"""Every line that users hold a search engine to, with neighbours: other words, other scripts, other orders.

Asked of the whole path: documents through a rebuild, queries through HTTP. `lines/` holds the cases.
"""

import ast
import json
import time
from urllib.parse import quote

import pytest
import regex

from tests.acceptance.lines import ANSWERED, ASKED, CASES, HERE, LINES, cases, named, printable
from tests.tree import modules, syntax

#: Within so many seconds every query is answered, whatever it is.
PATIENCE = 2

DOCUMENTS = {
    document["id"]: document
    for path in HERE.glob("documents/*.jsonl")
    for document in map(json.loads, path.read_text(encoding="utf-8").splitlines())
}


@pytest.mark.parametrize("case", cases())
def test_line(case, client):
    said = case.said
    answer = asked(client, said.get("raw") or f"q={escaped(case.query)}", said)
    if answer is None:
        return
    hits = {short(hit["id"]): hit for hit in answer["hits"]}
    check_found(list(hits), answer, said)
    check_marks(hits, said)
    check_reading(answer, said)
    for other in said.get("same", ()):
        again = asked(client, f"q={escaped(other)}", said)
        found = {short(hit["id"]) for hit in again["hits"]}
        assert found == hits.keys(), f"{printable(other)} finds other documents than {printable(case.query)}"
    check_suggestions(client, case)


def asked(client, query, said):
    """The answer of the API; None where it refuses, as it should. The page must say the same."""
    started = time.process_time()
    response = client.get(f"/api/v1/search?{query}&size=100")
    assert time.process_time() - started < PATIENCE
    wanted = said.get("status", 200)
    assert response.status_code == wanted, response.text
    page = client.get(f"/search?{query}&size=100")
    assert page.status_code == wanted
    if wanted != 200:
        assert said.get("says", "") in response.json["detail"]
        assert said.get("says", "") in page.text
        return None
    return response.json


def check_found(found, answer, said):
    """Which documents are there, and in which order."""
    assert answer["total"] == len(found) or answer["total"] > 100
    for name in said.get("finds", ()):
        assert name in found, f"{name} is not among {found}"
    if "only" in said:
        assert set(found) == set(said["only"])
    if "first" in said:
        assert found[: len(said["first"])] == list(said["first"])
    if "order" in said:
        assert [name for name in found if name in said["order"]] == said["order"]
    for name in said.get("leaves_out", ()):
        assert name not in found, f"{name} is among {found}"
    if said.get("absent"):
        assert found == []
    if said.get("total") == "all":
        assert answer["total"] == len(DOCUMENTS)


def check_marks(hits, said):
    """What is marked, that the text is the stored one, and that our marks are all that is HTML."""
    wanted = {
        name: {pieces} if isinstance(pieces, str) else set(pieces)
        for key in ("finds", "only", "first", "marks")
        if isinstance(said.get(key), dict)
        for name, pieces in said[key].items()
    }
    for name, pieces in wanted.items():
        assert marked(hits[name]) == pieces, f"marked in {name}"
    for name, tier in said.get("as", {}).items():
        assert hits[name]["match"] == tier, f"how {name} is found"
    for name, hit in hits.items():
        for snippet in hit["snippets"]:
            stored = DOCUMENTS[name]["text"]
            end = snippet["start"] + len(snippet["text"])
            assert snippet["text"] == stored[snippet["start"] : end]
            for word in said.get("whole", ()):
                for match in regex.finditer(word, stored):
                    for edge in (snippet["start"], end):
                        assert not match.start() < edge < match.end(), f"{name} is cut inside {word}"


def check_reading(answer, said):
    if "read" in said:
        assert [reading["text"] for reading in answer["read_as"]] == said["read"]
    if "notices" in said:
        assert [notice["key"] for notice in answer["notices"]] == said["notices"]


def check_suggestions(client, case):
    if not case.said.keys() & {"suggests", "suggests_not"}:
        return
    answer = client.get(f"/api/v1/suggest?q={escaped(case.query)}").json
    suggested = [suggestion["text"] for suggestion in answer["suggestions"]]
    for word in case.said.get("suggests", ()):
        assert word in suggested
    for word in case.said.get("suggests_not", ()):
        assert word not in suggested


def marked(hit):
    """The distinct pieces that are marked in the title and the snippets of a hit."""
    pieces = (hit["title"], *hit["snippets"])
    return {piece["text"][start:end] for piece in pieces for start, end in piece["marks"]}


def short(id):
    return id.rpartition("#")[2]


def escaped(query):
    return quote(query, errors="surrogatepass")


def test_every_line_is_there():
    assert list(LINES) == list(range(1, 44))


def test_every_line_is_asked():
    """By a case of its own, or by a test elsewhere that is marked with its number."""
    marked = {
        call.args[0].value
        for path in modules("tests")
        for call in ast.walk(syntax(path))
        if isinstance(call, ast.Call) and ast.unparse(call.func) == "pytest.mark.line"
        if isinstance(call.args[0], ast.Constant)
    }
    assert {case.line for case in CASES} | marked == set(LINES)


def test_every_case_is_well_formed():
    for case in CASES:
        assert case.said.keys() <= ASKED | ANSWERED | {"why"}, case.id
        assert named(case) <= DOCUMENTS.keys(), case.id

"""A very long document is read a part at a time: which, what is marked there, what time leaves out."""

import random
from functools import partial

import pytest

from analyzers.registry import analyzer_for
from indexer.budget import UNLIMITED
from indexer.errors import BadRequest
from indexer.marking import Marker, marks
from indexer.portions import LARGEST, PIECE, marked_in, portions_of
from indexer.query import parse
from indexer.rebuild import rebuild
from indexer.request import SearchRequest
from indexer.schema import Zone
from indexer.service import SearchService
from indexer.settings import Settings
from indexer.terms import query_of
from tests.indexer.test_budget import budget

PARAGRAPHS = {
    "en": "The ferry leaves the harbour before the storm, and the gulls follow it out to sea.",
    "zh": "渡轮在风暴之前离开港口，海鸥跟着它飞向大海。",
    "th": "เรือข้ามฟากออกจากท่าเรือก่อนพายุ และนกนางนวลบินตามออกทะเล",
}
#: Stand once each, far behind the beginning; one of them shows only once its letters are folded.
RARE = {"en": "Leuchtturmwärter", "zh": "圖書館", "th": "ประภาคาร"}


def text_of(language, length):
    """A text of about so many code points, the rare word at four fifths of it."""
    paragraph = PARAGRAPHS[language]
    count = length // (len(paragraph) + 2)
    paragraphs = [paragraph] * count
    paragraphs[4 * count // 5] += f" {RARE[language]}."
    return "\n\n".join(paragraphs)


@pytest.fixture(scope="module")
def long(tmp_path_factory):
    """The settings of an index of documents that have five parts and a half, one a language."""
    folder = tmp_path_factory.mktemp("long")
    for language in PARAGRAPHS:
        path = folder / "docs" / f"{language}.txt"
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"About {language}\n\n{text_of(language, 11 * LARGEST // 2)}", encoding="utf-8")
    settings = Settings(index=folder / "index", jobs=1)
    rebuild([folder / "docs"], settings)
    return settings


@pytest.fixture
def service(long):
    service = SearchService.open(long)
    yield service
    service.close()


@pytest.fixture
def hurried(long):
    """A service whose time is up after so many checkpoints."""
    opened = []

    def hurried(checkpoints):
        opened.append(SearchService(long, partial(budget, checkpoints)))
        return opened[-1]

    yield hurried
    for each in opened:
        each.close()


@pytest.mark.parametrize("seed", range(20))
def test_parts_are_the_text_and_end_between_letters(seed):
    rng = random.Random(seed)
    units = ["e\u0301", "ท่า", "港", "word ", "line\n", "paragraph\n\n", "\u0301" * 3]
    text = "".join(rng.choices(units, k=rng.randrange(400)))
    largest = rng.randrange(20, 60)
    portions = portions_of(text, largest)
    assert "".join(text[start:end] for start, end in portions) == text
    assert all(0 < end - start <= largest for start, end in portions[:-1])
    assert portions_of("", largest) == [(0, 0)]


def test_a_part_ends_with_a_paragraph_where_one_ends_nearby():
    text = text_of("en", 3 * LARGEST)
    portions = portions_of(text)
    assert len(portions) > 3
    assert all(text[start:end].endswith("\n\n") for start, end in portions[:-1])
    assert all(end - start > 0.9 * LARGEST for start, end in portions[:-1])


@pytest.mark.parametrize("language", PARAGRAPHS)
def test_the_first_part_with_a_match_is_shown(service, language):
    """However the word is written there: in other characters, with other accents."""
    one = f"docs/{language}.txt"
    typed = {"en": "leuchtturmwarter", "zh": "图书馆", "th": "ประภาคาร"}[language]
    found = service.marked(one, typed)
    assert (found.part, found.parts) == (5, 6)
    assert [found.text.text[start:end] for start, end in found.text.marks] == [RARE[language]]
    document = found.document.text
    assert document[found.text.start :].startswith(found.text.text)
    assert not found.notices
    everywhere = service.marked(one, {"en": "harbour", "zh": "港口", "th": "ท่าเรือ"}[language])
    assert everywhere.part == 1
    assert len(everywhere.text.marks) == everywhere.text.text.count(PARAGRAPHS[language])


def test_any_part_may_be_asked_for(service):
    every = [service.marked("docs/en.txt", "ferry", part) for part in range(1, 7)]
    assert "".join(each.text.text for each in every) == every[0].document.text
    assert all(each.text.marks for each in every)
    assert service.marked("docs/en.txt", "", 3).text.marks == ()
    for part in (0, 7, -1):
        with pytest.raises(BadRequest, match=f"6 parts, and no part {part}"):
            service.marked("docs/en.txt", "ferry", part)


@pytest.mark.parametrize("language", PARAGRAPHS)
@pytest.mark.parametrize("query", ['"before the storm" gull', "港口 海鸥", '"风暴之前"', "ท่าเรือ พายุ"])
def test_a_part_is_marked_as_if_it_were_analyzed_whole(service, language, query):
    """Its pieces overlap: nothing is marked twice, and no phrase is cut in two."""
    with service._serving.reading() as served:
        marker = Marker(query_of(parse(query), served.searcher, None, served.lexicon).node)
    text = text_of(language, 3 * PIECE)
    analyze = analyzer_for(language)
    whole = marks(marker.found(text, analyze, Zone.TEXT), text)
    assert marked_in(text, (0, len(text)), marker, analyze, UNLIMITED) == whole


def test_when_time_is_up_the_marks_so_far_are_shown_and_the_rest_is_said(service, hurried):
    every = service.marked("docs/en.txt", "harbour", 1).text.marks
    seen = set()
    for checkpoints in range(12):
        found = hurried(checkpoints).marked("docs/en.txt", "harbour", 1)
        assert every[: len(found.text.marks)] == found.text.marks
        keys = {said.key for said in found.notices}
        assert len(found.text.marks) == len(every) or keys & {"time-up-marks", "time-up"}
        seen.add(len(found.text.marks))
    assert len(seen) > 3
    assert max(seen) == len(every)


def test_when_time_is_up_before_a_match_was_found_that_is_said(hurried):
    for checkpoints in range(8):
        found = hurried(checkpoints).marked("docs/zh.txt", "图书馆")
        if found.part == 1:
            assert found.text.marks == ()
            assert {said.key for said in found.notices} & {"time-up-places", "time-up"}
    assert hurried(10_000).marked("docs/zh.txt", "图书馆").part == 5


def test_a_word_that_is_nowhere_is_looked_for_everywhere(service):
    found = service.marked("docs/en.txt", "submarine")
    assert (found.part, found.text.marks, found.notices) == (1, (), [])


def test_an_explanation_says_what_time_left_out(service, hurried):
    request = SearchRequest("harbour Leuchtturmwärter")
    whole = service.explain(request, "docs/en.txt")
    assert whole.complete
    places = {place.text for part in whole.parts for clue in part.clues for place in clue.places}
    assert {"harbour", "Leuchtturmwärter"} <= places
    text = whole.document.text
    for part in whole.parts:
        for clue in part.clues:
            assert all(
                place.text in (text[place.start : place.end], whole.document.title[place.start : place.end])
                for place in clue.places
            )
    cut = hurried(3).explain(request, "docs/en.txt")
    assert not cut.complete
    assert cut.score == whole.score
    assert [len(part.clues) for part in cut.parts] == [len(part.clues) for part in whole.parts]
    assert "Leuchtturmwärter" not in {
        place.text for part in cut.parts for clue in part.clues for place in clue.places
    }


def test_what_is_found_at_the_beginning_takes_no_reading_of_the_rest(hurried):
    """Ten places of each clue are shown, and they stand in the first piece."""
    told = hurried(1).explain(SearchRequest("harbour"), "docs/en.txt")
    assert told.complete
    assert all(len(clue.places) == 10 for part in told.parts for clue in part.clues if clue.finds)


def test_why_a_long_document_is_not_found_is_said_in_time(hurried):
    told = hurried(2).explain(SearchRequest("submarine"), "docs/en.txt")
    assert not told.complete
    assert told.reasons == [
        "“submarine” is nowhere in it: neither as a word, nor as a form of one, nor as a piece."
    ]

"""Did you mean, `~`, pinyin and other keyboards, through the service."""

import random

import pytest

from indexer.lexicon import keyboards
from indexer.request import SearchRequest

TEXTS = {
    "de.txt": "Die Ringelnatter schwimmt.\n\nEine Ringelnatter lebt am Weiher in Mecklenburg.",
    "en.txt": "Where the heron waits\n\nA heron catches newts beside the sluice; grebes dive.",
    "ru.txt": "Привет из болота.\n\nЦапля стоит в камышах.",
    "el.txt": "Καλημέρα.\n\nΟ ερωδιός στέκεται στη λίμνη.",
    "he.txt": "שלום.\n\nהאנפה עומדת בביצה.",
    "ar.txt": "مرحبا.\n\nيقف مالك الحزين في المستنقع.",
    "hi.txt": "नमस्ते।\n\nसारस दलदल में खड़ा है, किताब पढ़ता है।",
    "th.txt": "สวัสดีครับ\n\nนกกระสายืนอยู่ในหนองน้ำ ประธานาธิบดีมาดู",
    "zh.txt": "重庆的银行\n\n白鹭站在沼泽里,总统来到重庆参观图书馆。",
}


@pytest.fixture
def search(service_over):
    service = service_over(TEXTS)
    return lambda query, **asked: service.search(SearchRequest(query, **asked))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        pytest.param("Ringelnater", "Ringelnatter", id="a letter left out"),
        pytest.param("mecklenbrug", "Mecklenburg", id="two that changed places"),
        pytest.param("xeron waits", "heron waits", id="the first letter, beside a known word"),
        pytest.param('"slucie" OR weihre', '"sluice" OR Weiher', id="quotes and operators stay"),
        pytest.param("xeron waits OR", "heron waits OR", id="an operator that joins nothing stays"),
        pytest.param("lang:en herom -otter", "lang:en heron -otter", id="filters and what is excluded stay"),
        pytest.param("किताव", "किताब", id="Hindi"),
        pytest.param("किता७", "किताब", id="Hindi, a digit's key"),
        pytest.param("heron7", None, id="a word with a number"),
        pytest.param("ประทานาธิบดี", "ประธานาธิบดี", id="Thai, a letter read alike"),
        pytest.param("重情", "重庆", id="Chinese, a character read alike"),
        pytest.param("总统来到重情", "总统来到重庆", id="in a longer run"),
        pytest.param("l;ylfu8iy[", "สวัสดีครับ", id="Thai on a Latin keyboard"),
        pytest.param("ghbdtn", "привет", id="Russian"),
        pytest.param("kalhm;era", "καλημέρα", id="Greek, with a dead key"),
        pytest.param("akuo", "שלום", id="Hebrew"),
        pytest.param("lvpfh", "مرحبا", id="Arabic"),
        pytest.param("veJmlds", None, id="nothing on any keyboard"),
        pytest.param("้ำพนื", "heron", id="Latin on a Thai keyboard"),
        pytest.param("บ้ำพนื", None, id="signs around a word of another keyboard"),
        pytest.param("heron", None, id="a word of the index"),
        pytest.param("herons", None, id="an inflection of one"),
        pytest.param("zqxjkvw", None, id="like nothing"),
        pytest.param("-herom", None, id="what is excluded alone"),
        pytest.param("herom*", None, id="a prefix"),
        pytest.param("lang:fr herom", None, id="nothing under the filter"),
        pytest.param("2031", None, id="numbers are not misspelled"),
        pytest.param("", None, id="nothing"),
        pytest.param('"', None, id="a lone quote"),
    ],
)
def test_did_you_mean(search, typed, meant):
    page = search(typed)
    assert page.did_you_mean == meant
    if meant is not None:
        assert search(meant).total > 0


def test_a_typo_that_cuts_a_word_of_thai_into_many_is_one_word(service_over):
    """Its pieces are words, and find something; that does not make it a question."""
    pieces = ["ไข้", "ประ", "จ", "จำ", "ตัว"]
    service = service_over(
        {f"{number}.txt": f"{piece} {piece}" for number, piece in enumerate([*pieces, "ไข้ประจำตัว"])}
    )
    page = service.search(SearchRequest("ไข้ประจจำตัว"))
    assert page.total > 0
    assert page.did_you_mean == "ไข้ประจำตัว"


def test_what_hardly_stands_may_be_meant_for_what_stands_often(service_over):
    service = service_over({"0.txt": "ภาษาที่", "odd.txt": "ภาศา", "more.txt": "ภา", "other.txt": "ศา"})
    assert service.search(SearchRequest("ภาศา")).did_you_mean is None
    service = service_over({f"{number}.txt": f"ภาษาที่ {number}" for number in range(60)})
    assert service.search(SearchRequest("ภาศา")).did_you_mean == "ภาษา"


def test_what_is_proposed_always_finds_something(search):
    draw = random.Random(20240620)
    alphabet = [
        *'abehinorst "-~*():|^',
        "重",
        "庆",
        "银",
        "航",
        "ส",
        "ว",
        "ั",
        "ด",
        "ี",
        "क",
        "ि",
        "ь",
        "AND ",
        "NOT ",
    ]
    for _ in range(400):
        query = "".join(draw.choices(alphabet, k=draw.randint(1, 14)))
        proposed = search(query).did_you_mean
        assert proposed is None or search(proposed).total > 0, (query, proposed)


@pytest.mark.parametrize("layout", ["th", "ru", "uk", "hi", "el", "he", "ar"])
def test_a_keyboard_gives_back_what_was_typed_on_it(layout):
    data = keyboards._data()["layouts"]
    latin, own = data["us"]["plain"], data[layout]["plain"]
    keys = [
        (key, letter)
        for key, letter in zip(latin, own, strict=True)
        if letter not in " ´" and letter < "\ufb50"
    ]
    typed = "".join(key for key, _ in keys)
    assert "".join(letter for _, letter in keys) in set(keyboards.retyped(typed))


@pytest.mark.parametrize(
    ("query", "marked"),
    [
        pytest.param("herom~", ["heron"], id="a letter wrong"),
        pytest.param("ehron~99", ["heron"], id="a number says nothing more"),
        pytest.param("Ringlnater~ absent", ["Ringelnatter"], id="two of a long word"),
        pytest.param("重情~", ["重庆"], id="Chinese, by pinyin"),
        pytest.param("ประทานาทิบดี~", ["ประธานาธิบดี"], id="Thai, by sound"),
        pytest.param("title:wiats~", ["waits"], id="in titles"),
    ],
)
def test_a_typo_is_tolerated_and_marked(search, query, marked):
    page = search(query)
    found = {
        shown.text[start:end].casefold()
        for hit in page.hits
        for shown in (hit.title, *hit.snippets)
        for start, end in shown.marks
    }
    assert {word.casefold() for word in marked} <= found
    assert page.hits[0].match == "word"
    assert page.read_as[-1].kind == "fuzzy" or page.read_as[0].kind == "fuzzy"


def test_the_exact_spelling_comes_first(service_over):
    rows = [{"id": f"near{n}", "text": "grobe " * (n + 1)} for n in range(5)]
    rows += [{"id": "exact", "text": "A long text about much else, in which a grebe is named but once. " * 3}]
    page = service_over({"a.jsonl": rows}).search(SearchRequest("grebe~"))
    assert page.hits[0].id.endswith("#exact")
    assert page.total == 6


def test_a_tilde_behind_what_no_dictionary_cuts_finds_it_as_it_stands(service_over):
    text = "ក្នុងការទិញថ្នាំ " * 60
    service = service_over(
        {
            "km.jsonl": [
                {"id": "far", "title": "ថ្នាំ", "text": text},
                {"id": "none", "title": "ទន្លេ", "text": "ក្រុម"},
            ]
        }
    )
    page = service.search(SearchRequest("ទិញថ្នាំ~"))
    assert [hit.id for hit in page.hits] == ["corpus/km.jsonl#far"]
    (snippet, *_) = page.hits[0].snippets
    assert {snippet.text[start:end] for start, end in snippet.marks} == {"ទិញថ្នាំ"}
    # Found by its title, and nothing of it stands in its text.
    (hit,) = service.search(SearchRequest("ទន្លេ~")).hits
    assert (hit.title.marks, [snippet.marks for snippet in hit.snippets]) == (((0, 5),), [()])
    assert service.search(SearchRequest("ទិញក្រុម~")).total == 0
    assert service.marked("corpus/km.jsonl#far", "ទិញក្រុម~").text.marks == ()


@pytest.mark.parametrize(
    "query", ["~", "a~", "~~", "~9", "x ~ y", "-herom~", '"herom"~', "a~b", "น~", "重~", "~a~"]
)
def test_odd_tildes_are_answered(search, query):
    page = search(query)
    assert page.query == query
    assert page.total >= len(page.hits)
    # Whatever was understood is said, or that there was nothing to understand.
    assert page.read_as or [notice.key for notice in page.notices] == ["no-words"]


def test_pinyin_finds_chinese_below_all_else(service_over):
    rows = [
        {"id": "zh", "text": "重庆重庆重庆"},
        {"id": "en", "text": "A much longer text that names the town of Chongqing once among other things."},
    ]
    service = service_over({"a.jsonl": rows})
    page = service.search(SearchRequest("chongqing"))
    assert [(hit.id.partition("#")[2], hit.match) for hit in page.hits] == [("en", "word"), ("zh", "related")]
    assert [page.hits[1].snippets[0].text[start:end] for start, end in page.hits[1].snippets[0].marks] == [
        "重庆重庆重庆"
    ]
    assert service.search(SearchRequest("* -chongqing")).total == 1
    assert service.search(SearchRequest('"chongqing"')).total == 1
    assert service.search(SearchRequest("cq")).total == 0


def test_a_frequent_latin_word_is_no_pinyin(service_over):
    rows = [{"text": f"The women of {n}."} for n in range(30)] + [{"text": "我们在沼泽里。"}]
    assert service_over({"a.jsonl": rows}).search(SearchRequest("women")).total == 30

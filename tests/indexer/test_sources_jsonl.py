"""JSON Lines: a document a line, and a remark for each line that is none."""

import gzip
import json
import tracemalloc

import pytest

from indexer.document import Document
from indexer.sources import Kind, SourceFile, files, formats, jsonl


@pytest.fixture
def read(tmp_path):
    """What the lines of a file become; lines are bytes, text or objects."""

    def read(*lines, name="b.jsonl"):
        content = b"\n".join(
            line
            if isinstance(line, bytes)
            else (line if isinstance(line, str) else json.dumps(line)).encode()
            for line in lines
        )
        path = tmp_path / name
        path.write_bytes(gzip.compress(content) if name.endswith(".gz") else content)
        return list(formats.read(SourceFile(f"box/{name}", path, path.stat().st_size)))

    return read


@pytest.mark.parametrize("name", ["b.jsonl", "b.ndjson", "b.jsonl.gz", "B.JSONL"])
def test_a_line_is_a_document(read, name):
    line = {"id": "h1", "title": " Honig ", "text": "Bienen", "language": "DE", "url": "https://b.example/h"}
    [document] = read(line | {"date": "2019-05-03T10:00:00Z", "tags": ["Tiere", " Essen "]}, name=name)
    assert document == Document(
        id=f"box/{name}#h1",
        title="Honig",
        text="Bienen",
        source=f"box/{name}",
        language="de",
        url="https://b.example/h",
        date="2019-05-03",
        tags=("Tiere", "Essen"),
    )


@pytest.mark.parametrize(
    ("line", "title"),
    [
        pytest.param({"text": "Von den Bienen\nSie fliegen."}, "Von den Bienen", id="its first line"),
        pytest.param({"text": "Sie fliegen."}, "b.jsonl#1", id="the file's name and its own"),
        pytest.param({"text": "Sie fliegen.", "title": None}, "b.jsonl#1", id="null is absent"),
        pytest.param({"text": "", "title": "Bienen"}, "Bienen", id="a title is enough"),
    ],
)
def test_title_of_a_line(read, line, title):
    assert read(line)[0].title == title


def test_ids_are_their_own_or_the_number_of_the_line(read):
    documents = read(
        {"text": "a"}, b"", {"id": 7, "text": "b"}, {"id": "é/ #", "text": "c"}, {"id": "", "text": "d"}
    )
    assert [d.id for d in documents] == [f"box/b.jsonl#{name}" for name in ("1", "7", "é/ #", "5")]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        pytest.param(b'{"text": "a"', "it is not valid JSON at column 13: Expecting", id="cut short"),
        pytest.param(b"bees", "it is not valid JSON at column 1: Expecting value", id="no JSON"),
        pytest.param(b'["a"]', "it is not a JSON object", id="a list"),
        pytest.param(b'{"text": "\xff"}', "the line is not UTF-8", id="not UTF-8"),
        pytest.param(b'{"text": "\xed\xa0\x80"}', "the line is not UTF-8", id="a surrogate in UTF-8"),
        pytest.param(b"[" * 100_000, "its values are nested too deeply", id="nested 100,000 deep"),
        pytest.param(b'{"text":"a","n":' + b"9" * 9_000 + b"}", "it cannot be read: Ex", id="a huge number"),
        pytest.param({"body": "a"}, 'it has no "text"', id="no text"),
        pytest.param({"text": None}, 'it has no "text"', id="text is null"),
        pytest.param({"text": ["a"]}, '"text" is not a string', id="text is a list"),
        pytest.param({"text": " \n"}, "its text is empty", id="white space"),
        pytest.param({"text": "a", "title": 5}, '"title" is not a string', id="title is a number"),
        pytest.param({"text": "a", "id": 1.5}, '"id" is neither a string nor a number', id="id is 1.5"),
        pytest.param({"text": "a", "id": True}, '"id" is neither a string nor a number', id="id is true"),
        pytest.param({"text": "a", "language": "tha-"}, "\"language\" is 'tha-'", id="language is malformed"),
        pytest.param({"text": "a", "date": "soon"}, "\"date\" is 'soon'", id="date is none"),
        pytest.param({"text": "a", "date": 20190503}, '"date" is not a string', id="date is a number"),
        pytest.param({"text": "a", "tags": [1]}, '"tags" is not a list of strings', id="tags are numbers"),
        pytest.param({"text": "a", "tags": {"a": 1}}, '"tags" is not a list of strings', id="tags are named"),
        pytest.param({"text": "a", "url": []}, '"url" is not a string', id="url is a list"),
    ],
)
def test_a_bad_line_is_rejected_and_the_rest_is_read(read, line, reason):
    first, remark, last = read({"text": "before"}, line, {"text": "after"})
    assert (first.text, last.text) == ("before", "after")
    assert (remark.kind, remark.source) == (Kind.REJECTED, "box/b.jsonl:2")
    assert remark.reason.startswith(reason)
    assert remark.hint


def test_a_missing_text_names_the_fields_that_are_there(read):
    assert read({"id": "a", "body": "b"})[0].hint == "Its fields are: id, body."


@pytest.mark.parametrize(
    ("line", "text"),
    [
        pytest.param(rb'{"text": "a\ud83db"}', "a\ufffdb", id="a lone half becomes U+FFFD"),
        pytest.param(rb'{"text": "\ud83d\udc1d"}', "\U0001f41d", id="a pair is one character"),
        pytest.param(rb'{"text": "a\u0000b"}', "a\0b", id="NUL stays"),
        pytest.param('{"text": "e\u0301"}', "é", id="composed"),
        pytest.param(rb'{"text": "a\r\n\tb"}', "a\r\n\tb", id="line ends stay"),
        pytest.param(b'\xef\xbb\xbf{"text": "a"}', "a", id="a mark before the first line"),
        pytest.param('{"text": "a\u2028b\x85c"}', "a\u2028b\x85c", id="only \\n ends a line"),
    ],
)
def test_text_is_kept_as_it_stands(read, line, text):
    assert read(line)[0].text == text


def test_lone_surrogates_stay_nowhere(read):
    [document] = read(rb'{"id":"\udc00","title":"\ud800","text":"a","url":"\ud800","tags":["\udfff"]}')
    for value in (document.id, document.title, document.url, *document.tags):
        assert "\ufffd" in value
        value.encode()


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param('{"id": "a", "text": "1"}', '{"id": "a", "text": "2"}', id="alike"),
        pytest.param('{"id": "a", "text": "1"}', '{"text": "2", "id": "a"}', id="in another place"),
        pytest.param('{"id": "a", "text": "1"}', r'{"id": "\u0061", "text": "2"}', id="escaped"),
        pytest.param('{"id": "é", "text": "1"}', '{"id": "e\u0301", "text": "2"}', id="composed and not"),
        pytest.param('{"id": 5, "text": "1"}', '{"id": "5", "text": "2"}', id="a number and a string"),
        pytest.param('{"id": 2, "text": "1"}', '{"text": "2"}', id="the number of another line"),
        pytest.param('{"id": "b", "text": "1", "id": "a"}', '{"id": "a", "text": "2"}', id="said twice"),
    ],
)
def test_of_two_lines_with_one_id_the_later_stands(read, first, second):
    remark, document = read(first, second)
    assert (remark.kind, remark.source) == (Kind.REPLACED, "box/b.jsonl:1")
    assert remark.reason == "line 2 has the same id and stands in its place"
    assert document.text == "2"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param('{"id": "a", "text": "1"}', '{"m": {"id": "a"}, "text": "2"}', id="an inner id"),
        pytest.param('{"id": "a", "text": "1"}', r'{"text": "{\"id\": \"a\"}"}', id="an id within the text"),
        pytest.param('{"id": "a", "text": "1"}', '{"id": "A", "text": "2"}', id="capitals tell ids apart"),
    ],
)
def test_lines_with_other_ids_both_stand(read, first, second):
    assert [type(record) for record in read(first, second)] == [Document, Document]


@pytest.mark.parametrize("second", ['{"id": "a", "text": "cut sh', '{"id": "a", "text": 5}', '{"id": "a"}'])
def test_a_line_that_is_no_document_replaces_none(read, second):
    document, remark = read('{"id": "a", "text": "1"}', second)
    assert document.text == "1"
    assert (remark.kind, remark.source) == (Kind.REJECTED, "box/b.jsonl:2")


@pytest.mark.parametrize("held", [0, 40, 1 << 20], ids=["none held", "some held", "all held"])
def test_the_last_of_many_stands_and_each_other_is_told(read, monkeypatch, held):
    monkeypatch.setattr(jsonl, "MAX_HELD", held)
    records = read(*({"id": f"{n % 3}", "text": f"{n}"} for n in range(9)))
    assert [r.text for r in records if isinstance(r, Document)] == ["6", "7", "8"]
    assert [r.source.rpartition(":")[2] for r in records if not isinstance(r, Document)] == list("123456")


def test_utf16_is_one_remark_not_one_a_line(read):
    [remark] = read('{"text": "a"}\n{"text": "b"}'.encode("utf-16"))
    assert remark.reason == "it is UTF-16, and JSON Lines are UTF-8"


def test_a_line_that_is_too_long_is_rejected_and_the_rest_is_read(read, monkeypatch):
    monkeypatch.setattr(jsonl, "MAX_BYTES", 1_000)
    remark, document = read({"text": "a" * 5_000}, {"text": "b"})
    assert remark.source == "box/b.jsonl:1"
    assert remark.reason.startswith("the line is longer than")
    assert document.id == "box/b.jsonl#2"


def test_a_line_that_is_just_short_enough_is_read(read, monkeypatch):
    monkeypatch.setattr(jsonl, "MAX_BYTES", 1_000)
    line = '{"text": "' + "a" * 987 + '"}'
    assert [record.text[:1] for record in read(line, line)] == ["a", "a"]


@pytest.mark.parametrize("bomb", [b"\n" * 3_000_000, b" " * 3_000_000, b'{"text": "a"}\n' * 200_000])
def test_a_gzip_bomb_is_rejected_before_it_is_unpacked(read, monkeypatch, bomb):
    monkeypatch.setattr(files, "MAX_BYTES", 100_000)
    monkeypatch.setattr(files, "MAX_EXPANSION", 50)
    [remark] = read(bomb, name="b.jsonl.gz")
    assert remark.source == "box/b.jsonl.gz"
    assert remark.reason.startswith("it unpacks to more than")


def test_a_large_file_is_never_held_whole(tmp_path, monkeypatch):
    monkeypatch.setattr(jsonl, "MAX_HELD", 1 << 20)
    path = tmp_path / "b.jsonl"
    with path.open("w") as stream:
        for number in range(300):
            stream.write(json.dumps({"id": number, "text": "bees " * 8_000}) + "\n")
    tracemalloc.start()
    count = sum(
        isinstance(r, Document) for r in formats.read(SourceFile("b.jsonl", path, path.stat().st_size))
    )
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 300
    assert peak < 3 << 20 < path.stat().st_size / 3


@pytest.mark.parametrize("content", [b"", b"\n\n  \n"])
def test_a_file_without_lines_is_empty(tmp_path, content):
    path = tmp_path / "b.jsonl"
    path.write_bytes(content)
    [remark] = formats.read(SourceFile("b.jsonl", path, len(content)))
    assert (remark.kind, remark.reason) == (Kind.REJECTED, "it is empty")

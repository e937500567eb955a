"""Plain text, Markdown and HTML: what each becomes as a document."""

import gzip
import time

import pytest

from indexer.document import Document
from indexer.sources import Kind, Remark, files, formats, html, markdown
from indexer.sources.records import SourceFile


@pytest.fixture
def read(tmp_path):
    """What a file of this name and content becomes."""

    def read(name, content):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return list(formats.read(SourceFile(f"box/{name}", path, path.stat().st_size)))

    return read


@pytest.mark.parametrize("ending", [*formats.PARSERS, *(f"{name}.gz" for name in formats.PARSERS), ".TXT"])
def test_every_format_of_one_document_is_read(read, ending):
    text = "Honey\n\nBees make it."
    content = gzip.compress(text.encode()) if ending.endswith(".gz") else text
    [document] = read(f"a{ending}", content)
    assert isinstance(document, Document)
    assert (document.id, document.source) == (f"box/a{ending}",) * 2
    assert "Bees make it." in document.text


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        pytest.param("a.txt", b"", "it is empty", id="0 bytes"),
        pytest.param("a.txt", b" \r\n\t", "it holds no text", id="white space"),
        pytest.param("a.txt", bytes(99), "it is no text in any known encoding", id="binary"),
        pytest.param("a.html", "<script>let bees = 1</script>", "it holds no text", id="a page without text"),
        pytest.param("a.md", "<!-- later -->", "it holds no text", id="Markdown without text"),
        pytest.param("a.txt.gz", b"plain", "it is broken gzip", id="not gzip"),
        pytest.param("a.md.gz", gzip.compress(b"bees" * 9)[:-9], "it is broken gzip", id="gzip cut short"),
        pytest.param("a.md.gz", gzip.compress(b"")[:10] + b"\xff" * 30, "it is broken gzip", id="noise"),
        pytest.param(
            "a.txt.gz", gzip.compress(bytes(70 << 20), 1), "it is larger than 64 MiB", id="gzip bomb"
        ),
    ],
)
def test_a_bad_file_is_rejected_with_its_reason(read, name, content, reason):
    [remark] = read(name, content)
    assert isinstance(remark, Remark)
    assert (remark.kind, remark.source, remark.reason) == (Kind.REJECTED, f"box/{name}", reason)
    assert remark.hint.endswith((".", "gzip"))


def test_a_large_file_is_rejected_without_being_read(tmp_path, monkeypatch):
    path = tmp_path / "a.txt"
    with path.open("wb") as sparse:
        sparse.truncate(200 << 20)
    monkeypatch.setattr(files, "opened", None)
    [remark] = formats.read(SourceFile("a.txt", path, 200 << 20))
    assert remark.reason == "it is larger than 64 MiB"


def test_a_file_that_vanished_is_rejected(tmp_path):
    [remark] = formats.read(SourceFile("a.txt", tmp_path / "a.txt", 9))
    assert remark.reason == "it cannot be read: No such file or directory"


def test_an_unreadable_file_is_rejected(tmp_path, monkeypatch):
    def refuse(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.open", refuse)
    [remark] = formats.read(SourceFile("a.txt", tmp_path / "a.txt", 9))
    assert remark.reason == "it cannot be read: Permission denied"


def test_another_encoding_is_noted_and_read(read):
    text = "Пчёлы собирают мёд с цветов.\nОни живут в ульях и летают целый день."
    note, document = read("a.txt", text.encode("koi8-r"))
    assert (note.kind, note.source) == (Kind.NOTED, "box/a.txt")
    assert "koi8" in note.reason
    assert document.text == text


def test_plain_text_is_not_altered(read):
    text = "Bees\r\n\r\n\tand \u200bflowers\x0c\u00a0 \r\n"
    [document] = read("a.txt", b"\xef\xbb\xbf" + text.encode())
    assert document.text == text


def test_a_file_without_a_title_is_called_by_its_name(read):
    [document] = read("ข้าว.txt", "Rice is grown in water.")
    assert document.title == "ข้าว.txt"


@pytest.mark.parametrize(
    ("page", "text"),
    [
        pytest.param("<p><b>ho</b>ney", "honey", id="markup splits no word"),
        pytest.param("น้ำ<i>ผึ้ง</i>ป่า", "น้ำผึ้งป่า", id="nor a Thai one"),
        pytest.param("honey<wbr>comb", "honeycomb", id="nor does a chance to break"),
        pytest.param("<p>one<p>two<br>three", "one\n\ntwo\nthree", id="blocks are lines"),
        pytest.param("<ul><li>one<li>two</ul>three", "one\ntwo\n\nthree", id="items are lines"),
        pytest.param("<table><tr><td>a<td>b</table>", "a\nb", id="cells are apart"),
        pytest.param("  bees \n\t and\n flowers ", "bees and flowers", id="white space is one space"),
        pytest.param("<p>蜜蜂\n  和花</p>", "蜜蜂和花", id="a line end within Chinese is no space"),
        pytest.param("<p>벌과\n꽃</p>", "벌과 꽃", id="but within Korean it is"),
        pytest.param("<pre>\n  if bees:\n\n    fly</pre>", "  if bees:\n\n    fly", id="preformatted text"),
        pytest.param(
            "<script>a<b</script><style>p</style><template>t</template>x", "x", id="scripts are no text"
        ),
        pytest.param("&lt;b&gt; caf&eacute; &#x871C; &amp;c", "<b> café 蜜 &c", id="entities"),
        pytest.param("a&nbsp;b", "a\u00a0b", id="a no-break space stays"),
        pytest.param(
            "<ruby>蜜<rp>(</rp><rt>みつ</rt>蜂<rt>ばち</rt></ruby>は",
            "蜜蜂（みつばち）は",
            id="ruby",
        ),
        pytest.param("a &#xD800; b", "a \ufffd b", id="no lone surrogates"),
        pytest.param("a\0b", "a\ufffdb", id="NUL does not end the page"),
        pytest.param("<p>a</p></body></html><p>b", "a\n\nb", id="what follows the end"),
        pytest.param(
            "<p hidden>h</p><details><summary>s</summary>d</details>", "h\n\ns\nd", id="folded away"
        ),
        pytest.param('<meta charset="koi8-r"><p>мёд', "мёд", id="text is not decoded twice"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_text_of_a_page(page, text):
    assert html.parsed(page).text == text


@pytest.mark.parametrize(
    ("page", "title"),
    [
        ("<title>\n Bees &amp;\n flowers </title><h1>Other</h1>", "Bees & flowers"),
        ("<title> </title><h1>Bee <i>ke</i>eping</h1><h1>Later</h1>", "Bee keeping"),
        ("<p>Of bees<p>They fly.", "Of bees"),
        ("<p>They fly.", ""),
        ("<title>Bees</title><svg><title>drawing</title></svg>", "Bees"),
    ],
)
def test_title_of_a_page(page, title):
    assert html.parsed(page).title == title


def test_a_title_that_was_never_closed_is_text():
    page = html.parsed("<title>" + "bees " * 400)
    assert page.title == ""
    assert page.text.startswith("bees bees")


def test_an_empty_element_of_xhtml_swallows_nothing():
    page = html.parsed_xhtml('<html><title/><script src="b.js" /><body><p>bees</p></body></html>')
    assert page.text == "bees"


@pytest.mark.parametrize("label", ["windows-1251", "koi8-r"])
def test_the_charset_that_a_page_declares_is_believed(read, label):
    documents = read("a.html", f'<meta charset="{label}"><p>мёд</p>'.encode(label))
    assert documents[-1].text == "мёд"


@pytest.mark.parametrize(
    ("page", "text"),
    [
        pytest.param("<div>" * 100_000 + "bees" + "</div>" * 100_000 + "end", "bees\nend", id="deep blocks"),
        pytest.param("<b>" * 100_000 + "bees", "bees", id="deep inline"),
        pytest.param("<table>" * 20_000 + "bees", "bees", id="tables in tables"),
        pytest.param("<p>bees" + "<a" * 5_000_000, "bees", id="10 MB of tags not closed"),
        pytest.param("<p " + " ".join(f"a{i}=1" for i in range(200_000)) + ">bees", "bees", id="attributes"),
        pytest.param("蜂" + " " * 3_000_000 + "x" + "\n" * 3_000_000 + "蜂", "蜂 x 蜂", id="white space"),
        pytest.param("&" * 1_000_000, "&" * 1_000_000, id="ampersands"),
        pytest.param("bees" + "<!--" * 500_000, "bees", id="comments"),
    ],
)
def test_a_hostile_page_neither_crashes_nor_hangs(page, text):
    begun = time.perf_counter()
    assert html.parsed(page).text == text
    assert time.perf_counter() - begun < 5


@pytest.mark.parametrize(
    ("source", "text"),
    [
        pytest.param("**ho**ney and น้ำ*ผึ้ง*ป่า", "honey and น้ำผึ้งป่า", id="markup splits no word"),
        pytest.param("- one\n- [two](http://b.example)", "one\ntwo", id="lists and links"),
        pytest.param(
            "`x<y` is\n\n```py\nif bees:\n    fly()\n```", "x<y is\n\nif bees:\n    fly()", id="code"
        ),
        pytest.param("| a | b |\n|---|---|\n| c | d |", "a\nb\nc\nd", id="tables"),
        pytest.param("蜜蜂\n和花", "蜜蜂和花", id="wrapped Chinese"),
        pytest.param("ho<b>ney</b> &copy;", "honey ©", id="HTML inside"),
        pytest.param("~~no~~ yes", "no yes", id="struck out is still written"),
        pytest.param(">" * 60 + "bees", "bees", id="nested sixty deep"),
    ],
)
def test_text_of_markdown(source, text):
    assert markdown.parsed(source).text == text


FRONT = """---
title: 2019
date: 2019-05-03T10:00:00Z
lang: "no"
tags: [a, b]
---
# Bier

De flyr.
"""


def test_front_matter_is_read():
    page = markdown.parsed(FRONT)
    assert (page.title, page.language, page.date, page.tags) == (
        "2019",
        "no",
        "2019-05-03",
        ("a", "b"),
    )
    assert page.text == "Bier\n\nDe flyr."


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("---\n[[[\n---\n\nBees", id="no YAML"),
        pytest.param("---\n\nBees\n\n---\n\nFlowers", id="rules between paragraphs"),
        pytest.param("---\n" + "[" * 5_000 + "\n---\nBees", id="nested too deeply"),
        pytest.param("---\nBees", id="never closed"),
    ],
)
def test_what_is_no_front_matter_is_text(source):
    page = markdown.parsed(source)
    assert "Bees" in page.text
    assert page.language == ""


def test_front_matter_that_cannot_be_read_is_left_out_and_noted(read):
    *notes, document = read("a.md", "---\nlang: xx-\ndate: soon\ntags: a, b\n---\n# Bees\n")
    assert [note.kind for note in notes] == [Kind.NOTED, Kind.NOTED]
    assert (document.title, document.language, document.date, document.tags) == ("Bees", "", None, ("a", "b"))


@pytest.mark.parametrize("source", ["[" * 20_000, "![" * 5_000, "*a_ " * 5_000, "> " * 3_000, "`" * 50_000])
def test_hostile_markdown_neither_crashes_nor_hangs(source):
    begun = time.perf_counter()
    markdown.parsed(source)
    assert time.perf_counter() - begun < 5


@pytest.mark.parametrize(
    ("source", "excess"),
    [
        pytest.param("![" * 1_000_000, "brackets", id="brackets that are never closed"),
        pytest.param("|a" * 100_000 + "\n" + "|-" * 100_000 + "\n", "columns", id="a table of one row"),
        pytest.param("a\n\n" * 2_000_000, "characters", id="a paragraph a letter"),
    ],
)
def test_markup_that_nobody_writes_is_read_as_it_stands(read, source, excess):
    begun = time.perf_counter()
    note, document = read("a.md", "# Bees\n\n" + source)
    assert time.perf_counter() - begun < 5
    assert (note.kind, excess in note.reason) == (Kind.NOTED, True)
    assert document.text.startswith("# Bees")


def test_a_long_list_of_links_is_no_excess(read):
    (document,) = read("a.md", "# Bees\n\n" + "- [hive](https://example.org/hive)\n" * 5_000)
    assert document.text.count("hive") == 5_000

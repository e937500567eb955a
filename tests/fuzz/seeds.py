"""What fuzzing begins with: texts of many scripts, queries of every form, files of every format."""

import json
from collections.abc import Iterator

from benchmarks.hostile import queries
from indexer.request import MAX_QUERY
from tests.analyzers.texts import EVERY, random_texts
from tests.tree import ROOT

#: Documents of the small index that is searched: short, of many languages, and of one another's words.
DOCUMENTS = [
    {
        "id": "en",
        "title": "The heron",
        "text": "The heron waits in the reeds of the lake; NATO waits, too. C++ and x86_64.",
    },
    {
        "id": "en2",
        "title": "Putin",
        "text": "Putin's reeds. The lake of the heron, café and cafe, İstanbul.",
        "tags": ["law", "x y"],
    },
    {
        "id": "de",
        "title": "Straße",
        "text": "Die Militärzusammenarbeit am Staubecken: Häuser, Haus, Größe, grosse Strasse.",
        "date": "2024-01-05",
    },
    {
        "id": "zh",
        "title": "南京市长江大桥",
        "text": "俄罗斯总统普京宣布，中国农业发展银行在北京大学。这是一段简单的测试文本。2024年",
    },
    {
        "id": "tw",
        "title": "國際論壇",
        "text": "普京總統宣布：頭髮與發展，皇后以後，乾隆乾淨。",
        "language": "zh-Hant",
    },
    {"id": "th", "title": "ปูติน", "text": "ประธานาธิบดีปูตินของรัสเซีย กลุ่มนาโตขยายตัว น้ำ เเมว วิทย์ พ.ศ. ๒๕๖๗"},
    {"id": "hi", "title": "लड़के", "text": "यूक्रेन के लड़के और लड़का। राष्ट्रपति पुतिन ने कहा।", "tags": ["法"]},
    {
        "id": "ja",
        "title": "東京都議会",
        "text": "東京の都議会で食べました。ｶﾞｷﾟ カタカナ 引越し",
        "date": "1970-01-01",
    },
    {"id": "ko", "title": "서울", "text": "서울에서 국립중앙도서관까지 물을 마신다. 선물"},
    {"id": "ar", "title": "الرئيس", "text": "التقى الرئيس الصيني نَظِيرَهُ الروسيّ في مدينةٍ كبيرة"},
    {"id": "km", "title": "ទិញ", "text": "ក្នុងការទិញថ្នាំ និងក្រុមហ៊ុន"},
    {
        "id": "odd",
        "title": "<mark>&amp;",
        "text": "<script>alert(1)</script> \u0000 \u202e 👍🏽 👩\u200d👧 ﬃ ß \u0301\u0301 =1+1",
    },
]

#: Files of each format, to be cut up.
FILES = {
    "text": [
        "A title\n\nA text.\n",
        "标题\n\n一段文字。",
        "ข่าว\n\nปูติน",
        "\ufeffBOM\n",
        "\x00\x01",
        "x" * 500,
    ],
    "markdown": [
        "---\ntitle: T\ndate: 2024-01-05\ntags: [a]\nlang: de\n---\n# H\n\n**bo**ld `code` [a](b) <b>x</b>",
        "# A\n\n* x\n  1. y\n\n> q\n\n```py\ncode\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |\n",
        "![[[[[[((((",
        "---\n: : :\n---\n",
        "---\na: &a [*a]\n---\nx",
        "&amp; &#0; &#x110000; <!-- x -->",
    ],
    "html": [
        (
            "<!DOCTYPE html><html lang=th><head><meta charset=utf-8><title>T</title><style>a{}</style></head>"
            "<body><p>ข่าว<b>bo</b>ld<script>x()</script><br>a&nbsp;b&#x0;&#xD800;<td>c</body></html>"
        ),
        "<p><p><p><div><span",
        "<title>a<b>c</title>",
        "<![CDATA[x]]><!--",
        "<a href='javascript:x'>y</a>",
        "<meta name=date content=2024-01-05><meta name=keywords content='a,b'>x",
        "<plaintext>x<textarea>y",
    ],
    "xhtml": [
        (
            '<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml" xml:lang="zh">'
            "<head><title>T</title></head><body><p>一段<br/>文字</p></body></html>"
        ),
        '<!DOCTYPE x [<!ENTITY a "b"><!ENTITY c "&a;&a;">]><html>&c;</html>',
        "<html><![CDATA[<b>]]></html>",
    ],
    "jsonl": [
        "\n".join(json.dumps(row, ensure_ascii=False) for row in DOCUMENTS[:4]),
        '{"id": "a", "text": "x"}\n{"id": "a", "text": "y"}\n',
        '{"text": "\\ud800"}\n',
        '{"text": 1}\n[]\n{',
        '{"id": 7, "text": "x", "url": "javascript:x", "date": "2024-06-20T10:00:00Z", "tags": "t"}',
        "[" * 300,
        '{"text": "x", "text": "y", "n": 1e999, "m": NaN}',
        '{"id": "", "text": "x", "language": "xx-"}',
    ],
}


def texts() -> Iterator[str]:
    """Texts of every script, and mixed ones."""
    yield from (row["text"] for row in DOCUMENTS)
    yield from random_texts(20261126, 60)
    yield from ("".join(alphabet)[:60] for alphabet in EVERY.values())


def asked() -> Iterator[str]:
    """Queries of every form: those that cost most, those that the documentation shows, and words."""
    for query in queries():
        yield query.text[:MAX_QUERY]
        yield query.text[:40]
    for line in (ROOT / "docs" / "search.md").read_text(encoding="utf-8").splitlines():
        if line.startswith("| `"):
            yield line.split("`")[1]
    yield from ('"a b" OR (c -d) AND title:e* lang:th NOT f~', 'source:a tag:"x y" „q“', "heorn pujing ปูติ")


def asked_of_texts() -> Iterator[tuple[str, str]]:
    """A query and a text in which it may stand."""
    texts_ = [row["text"] for row in DOCUMENTS]
    for text in texts_:
        words = text.split()
        yield words[0], text
        yield f'"{text[3:9]}"', text * 3
        yield f"{words[-1]} {text[2:4]}* {words[0]}~", text
    for text in random_texts(7, 40):
        yield f'"{text[:4]}" {text[5:9]}', text * 2

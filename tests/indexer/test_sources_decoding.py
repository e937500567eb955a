"""Bytes become the text that was written, whatever encoding it was written in."""

import random

import pytest

from indexer.errors import CorpusError
from indexer.sources.decoding import decoded

PASSAGES = {
    "zh": "图书馆每天早上八点开门，晚上十点关门。读者可以免费借阅五本书，期限为一个月。",
    "zh-Hant": "圖書館每天早上八點開門，晚上十點關門。讀者可以免費借閱五本書，期限為一個月。",
    "zh-HK": "佢哋嘅屋企喺旺角，啲嘢好平，唔使去咁遠買餸。圖書館每天早上八點開門。",
    "th": "ห้องสมุดเปิดทุกวันเวลาแปดโมงเช้า ปิดเวลาสี่ทุ่ม ผู้อ่านยืมหนังสือได้ครั้งละห้าเล่ม",
    "ja": "図書館は毎朝八時に開き、夜十時に閉まります。本は一度に五冊まで借りることができます。",
    "ko": "도서관은 매일 아침 여덟 시에 문을 열고 밤 열 시에 닫습니다. 책은 다섯 권까지 빌릴 수 있습니다.",
    "ru": "Библиотека открывается каждое утро в восемь часов. Читатели могут взять пять книг на месяц.",
    "uk": "Бібліотека відчиняється щоранку о восьмій годині. Її читачі можуть взяти п'ять книжок на місяць.",
    "de": "Die Bücherei öffnet täglich um acht Uhr und schließt um zehn. Für größere Bände gilt eine Gebühr.",
    "pl": "Biblioteka otwiera się codziennie o ósmej. Czytelnicy mogą wypożyczyć pięć książek na miesiąc.",
    "tr": "Kütüphane her sabah saat sekizde açılır, akşam onda kapanır. Beş kitap ödünç alınabilir, ığdır.",
    "el": "Η βιβλιοθήκη ανοίγει κάθε πρωί στις οκτώ και κλείνει στις δέκα το βράδυ.",
    "he": "הספרייה נפתחת בכל בוקר בשעה שמונה ונסגרת בעשר בלילה. אפשר לשאול חמישה ספרים.",
    "ar": "تفتح المكتبة أبوابها كل صباح في الساعة الثامنة وتغلق في العاشرة مساء. يمكن استعارة خمسة كتب.",
}


@pytest.mark.parametrize(
    ("language", "encoding"),
    [
        ("zh", "gb18030"),
        ("zh", "gbk"),
        ("zh-Hant", "big5"),
        ("zh-HK", "big5hkscs"),
        ("th", "tis-620"),
        ("th", "cp874"),
        ("ja", "shift_jis"),
        ("ja", "euc_jp"),
        ("ja", "iso2022_jp"),
        ("ko", "euc_kr"),
        ("ru", "koi8-r"),
        ("ru", "cp1251"),
        ("ru", "cp866"),
        ("ru", "iso8859-5"),
        ("uk", "koi8-u"),
        ("de", "cp1252"),
        ("de", "latin-1"),
        ("pl", "iso8859-2"),
        ("pl", "cp1250"),
        ("tr", "iso8859-9"),
        ("el", "iso8859-7"),
        ("he", "cp1255"),
        ("ar", "cp1256"),
        ("ar", "iso8859-6"),
    ],
)
def test_a_passage_in_an_older_encoding_comes_out_right(language, encoding):
    found = decoded(PASSAGES[language].encode(encoding))
    assert found.text == PASSAGES[language]
    assert found.encoding != "utf-8"
    assert 0 < found.confidence <= 1
    assert found.encoding in found.note
    assert f"{found.confidence:.2f}" in found.note


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
@pytest.mark.parametrize("language", PASSAGES)
def test_unicode_with_its_mark_or_in_utf8_is_certain(language, encoding):
    found = decoded(PASSAGES[language].encode(encoding))
    assert (found.text, found.confidence, found.damaged) == (PASSAGES[language], 1.0, 0)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("language", PASSAGES)
def test_utf16_without_a_mark_shows_by_its_line_ends(language, encoding):
    text = f"{PASSAGES[language]}\n{PASSAGES[language]}\n"
    assert decoded(text.encode(encoding)).text == text


def test_sound_utf8_needs_no_note():
    assert decoded("déjà vu".encode()).note == ""


@pytest.mark.parametrize(
    ("content", "text", "damaged"),
    [
        pytest.param(b"\xef\xbb\xbf" + "ὀξύς".encode(), "ὀξύς", 0, id="the mark is no part of the text"),
        pytest.param(("книга " * 40).encode() + b"\xd0", "книга " * 40 + "\ufffd", 1, id="cut short"),
        pytest.param("ปลา\ufffdน้ำ".encode() * 9, "ปลา\ufffdน้ำ" * 9, 0, id="U+FFFD written by its author"),
        pytest.param(b"one\0two " + b"three " * 50, "one\0two " + "three " * 50, 0, id="a stray NUL stays"),
        pytest.param(b"a\r\nb\rc\n\x0cd", "a\r\nb\rc\n\x0cd", 0, id="line ends stay as written"),
        pytest.param(b"\x1b[1mbold\x1b[0m", "\x1b[1mbold\x1b[0m", 0, id="a terminal's colours"),
        pytest.param(b"", "", 0, id="nothing"),
    ],
)
def test_utf8_is_kept_as_it_stands(content, text, damaged):
    found = decoded(content)
    assert (found.text, found.encoding, found.damaged) == (text, "utf-8", damaged)
    assert ("U+FFFD" in found.note) == bool(damaged)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(bytes(512), id="zeros"),
        pytest.param(random.Random(7).randbytes(4096), id="noise"),
        pytest.param(b"\x89PNG\r\n\x1a\n" + random.Random(8).randbytes(300), id="a picture"),
        pytest.param(b"PK\x03\x04" + random.Random(9).randbytes(300), id="an archive"),
        pytest.param(b"ABC\0\0\0\0\0" * 40, id="records padded with NUL"),
        pytest.param(b"\xff\xfe\x00\xd8\x00\xd8\x00\xd8", id="UTF-16 of lone surrogates"),
    ],
)
def test_what_is_no_text_is_refused(content):
    with pytest.raises(CorpusError, match="no text in any known encoding") as refusal:
        decoded(content)
    assert "UTF-8" in refusal.value.hint


def test_no_bytes_crash_it_or_give_lone_surrogates():
    rng = random.Random(20240131)
    read = refused = 0
    for _ in range(400):
        content = rng.randbytes(rng.randrange(60))
        try:
            decoded(content).text.encode()
            read += 1
        except CorpusError:
            refused += 1
    assert min(read, refused) > 20


@pytest.mark.parametrize("length", [1_000, 300])
@pytest.mark.parametrize(
    ("language", "encoding"), [("th", "tis-620"), ("ru", "koi8-r"), ("zh", "gb18030"), ("el", "iso8859-7")]
)
def test_passages_that_nobody_here_wrote(shared_data, language, encoding, length):
    content = (shared_data / "xquad" / language / "docs.jsonl").read_text(encoding="utf-8")
    text = content.encode(encoding, "ignore").decode(encoding)
    passages = [text[i : i + length] for i in range(0, 60_000, 6_000)]
    assert [p for p in passages if decoded(p.encode(encoding)).text != p] == []

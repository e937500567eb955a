"""Random text of many scripts, put together as text is: stretches of one script after another."""

import random
import unicodedata

from hypothesis import strategies as st


def _span(first, last):
    every = map(chr, range(ord(first), ord(last) + 1))
    return [character for character in every if unicodedata.category(character) not in {"Cn", "Cc"}]


#: What deleting changes nothing: zero-width spaces and joiners, soft hyphen, BOM, directions, selectors.
INVISIBLE = [
    "\u200b",
    "\u200c",
    "\u200d",
    "\u00ad",
    "\ufeff",
    "\u2060",
    "\u202e",
    "\ufe0f",
    "\ufe00",
    "\U000e0101",
]

#: The scripts that are written without spaces.
UNSPACED = {
    "Han": list("中国农业发展银行普京总统俄罗斯北京大学生活动物京一的々〇𠮷龘㐀")
    + list("國際論壇頭髮發展後裡里皇乾隆淨雲"),
    "Kana": [*"ひらがなカタカナーゃっをンゞヽｶﾞｷﾟｰ", "か\u3099", "い\u3099", "㌀"],
    "Thai": [*_span("\u0e01", "\u0e3a"), *_span("\u0e40", "\u0e5b"), *"กขนมาเแ่้ํำ" * 2],
    "Lao": [*_span("\u0e81", "\u0ebd"), *_span("\u0ec0", "\u0ed9"), *"ກຂນມາເ່້ໍຳ"],
    "Khmer": _span("\u1780", "\u17e9"),
    "Myanmar": _span("\u1000", "\u109f"),
    "Javanese": _span("\ua980", "\ua9d9"),
    "Balinese": _span("\u1b00", "\u1b59"),
    "Tai Tham": _span("\u1a20", "\u1a99"),
}

SPACED = {
    "Latin": [*"abcxyzABCßÄöüéñçŁøæĳﬁⅷªᴬſİıＮＡａ", "q\u0303", "e\u0332"],
    "Cyrillic": list("абвёйїґЖЯѣ"),
    "Greek": list("αβγΣςάΐΩϐ"),
    "Arabic": [*"ابتكیىةـگأ", "\u064e", "\u0651", "ﻻ", "ﷺ"],
    "Hebrew": [*"אבגשלםﭏ", "\u05b8", "\u05c1"],
    "Devanagari": _span("\u0900", "\u097f"),
    "Tamil": _span("\u0b82", "\u0bfa"),
    "Hangul": [*"한국서울문장", *"\u1112\u1161\u11ab", "ㄱ", "\u3164"],
    "digits": [*"0123456789２０۲٣५๓²½①Ⅷ"],
    "names": ["C++", "c#", "F#", "iPhone15", "x86_64", "C++17", "½C#", "①C++", "#1", "abc++"],
    "emoji": [*"👍👩🏽🏿❤☺🇩🇪🇫㊗™‼", "1\ufe0f\u20e3", "👨\u200d👧"],
}

BETWEEN = {
    "spaces": [" ", "\n", "\t", "\u3000", "\u00a0", "\u2028"],
    "punctuation": list("，。！·.,-_'’“”()#+/។๏।ฯ｡"),
    "marks": ["\u0301", "\u0323", "\u20e3", "\u093c", "\u0e48", "\u3099", "\u1039", "\u0951"],
    "oddities": ["\x00", "\ud800", "\udfff", "\ue000", "\U0010ffff", "\ufffd", "\u0600", "\u0e3f", "¼"],
    "invisible": INVISIBLE,
}

EVERY = {**UNSPACED, **SPACED, **BETWEEN}


def nfc(text):
    """A text as a document holds it."""
    return unicodedata.normalize("NFC", text)


def random_text(rng, scripts=EVERY, stretches=8, longest=9):
    """Up to so many stretches of one script each, in NFC."""
    alphabets = list(scripts.values())
    parts = (
        "".join(rng.choices(rng.choice(alphabets), k=rng.randrange(1, longest)))
        for _ in range(rng.randrange(stretches))
    )
    return nfc("".join(parts))


def random_texts(seed, count, scripts=EVERY, stretches=8, longest=9):
    """The same texts every time."""
    rng = random.Random(seed)
    return [random_text(rng, scripts, stretches, longest) for _ in range(count)]


def texts(scripts=EVERY):
    """The same for hypothesis, which finds the shortest text that fails, and any character at all."""
    stretches = [
        st.lists(st.sampled_from(alphabet), max_size=6).map("".join) for alphabet in scripts.values()
    ]
    anything = st.text(st.characters(codec=None), max_size=6)
    return st.lists(st.one_of(anything, *stretches), max_size=6).map("".join).map(nfc)

"""Random words in one spelling find the document that has them in another, and are marked to the letter."""

import os
import random
import unicodedata
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

import pytest
from opencc import OpenCC

from analyzers.registry import analyzer_for
from indexer.document import Document
from indexer.marking import Marker
from indexer.query import parse
from indexer.schema import Zone
from indexer.snippet import marked
from indexer.terms import query_of

#: Cases in all; `SERAI_TEST_MARKS=100000` is a long run.
CASES = int(os.environ.get("SERAI_TEST_MARKS", "600"))
BATCH = 60
SEED = 20260204

CONSONANTS = "bcdfghjklmnpqrstvwxz"
ACCENTS = "\u0300\u0301\u0302\u0303\u0304\u0307\u030a\u030c\u0323\u0327\u0328"
HARAKAT = [chr(code) for code in range(0x64B, 0x653)]
INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad\ufe0f"
#: The zeros of ten scripts, from Arabic-Indic to full width.
ZEROS = (0x660, 0x6F0, 0x966, 0x9E6, 0xBE6, 0xE50, 0xED0, 0x1040, 0x17E0, 0xFF10)
TONES = "\u0e48\u0e49\u0e4a\u0e4b"
THAI = [chr(code) for code in range(0xE01, 0xE2F) if chr(code) not in "ฃฅฤฦ"]
VOWELS = ["", "\u0e31", "\u0e34", "\u0e35", "\u0e36", "\u0e37", "\u0e38", "\u0e39"]


class Spelled(NamedTuple):
    """A word as it is asked for, and as a text has it."""

    asked: str
    written: str


Maker = Callable[[random.Random], Spelled]


def word_of(rng: random.Random, letters: str, least: int = 3, most: int = 9) -> str:
    return "".join(rng.choices(letters, k=rng.randint(least, most)))


def altered(rng: random.Random, word: str, respell: Callable[[str], str]) -> str:
    """The word, some of its letters spelled otherwise, one of them at least where one can be."""
    some = [respell(letter) if rng.random() < 0.5 else letter for letter in word]
    return "".join(some) if "".join(some) != word else "".join(map(respell, word))


def cased(rng: random.Random, word: str) -> str:
    return rng.choice([word, word.upper(), word.title()])


def accents(rng: random.Random) -> Spelled:
    word = word_of(rng, CONSONANTS + "aeiou")
    return Spelled(word, cased(rng, altered(rng, word, lambda letter: letter + rng.choice(ACCENTS))))


def widths(rng: random.Random) -> Spelled:
    word = word_of(rng, CONSONANTS + "aeiou0123456789")
    return Spelled(word, altered(rng, cased(rng, word), lambda letter: chr(ord(letter) + 0xFEE0)))


def sharp_s(rng: random.Random) -> Spelled:
    before, after = word_of(rng, CONSONANTS.replace("s", "") + "aou", 2, 4), word_of(rng, "bdgaou", 1, 3)
    return Spelled(f"{before}ss{after}", f"{before}{rng.choice('ßẞ')}{after}")


def umlauts(rng: random.Random) -> Spelled:
    first, last = word_of(rng, "bdfgklmprst", 1, 2), word_of(rng, "bdfgkmp", 1, 2)
    umlaut = rng.choice("äöü")
    apart = {"ä": "ae", "ö": "oe", "ü": "ue"}[umlaut]
    both = [f"{first}{umlaut}{last}", f"{first}{apart}{last}"]
    rng.shuffle(both)
    return Spelled(both[0], cased(rng, both[1]))


def dotless(rng: random.Random) -> Spelled:
    word = word_of(rng, "bcdklmnrtaeo", 2, 4) + "i" + word_of(rng, "bcdklmnrtaeo", 1, 3)
    return Spelled(word, word.replace("i", rng.choice("ıİI")))


def sigmas(rng: random.Random) -> Spelled:
    word = word_of(rng, "αβγδεζηθικλμνοπρτυφχψω", 2, 6)
    return Spelled(f"{word}ς", rng.choice([f"{word}σ", f"{word}Σ".upper(), f"{word.title()}ς"]))


def yo(rng: random.Random) -> Spelled:
    word = word_of(rng, "абвгджзклмнопрстуфхцчш", 2, 5) + "е" + word_of(rng, "бвгджзк", 1, 3)
    return Spelled(word, cased(rng, word.replace("е", "ё")))


def arabic(rng: random.Random) -> Spelled:
    word = word_of(rng, "بتثجحخدذرزسشصضطظعغفقلمن", 3, 7)
    return Spelled(word, altered(rng, word, lambda letter: letter + rng.choice([*HARAKAT, "ـ", "ــ"])))


def arabic_letters(rng: random.Random) -> Spelled:
    word = word_of(rng, "بتثجحخدذرزسش", 2, 5) + "ك" + word_of(rng, "بتثجحخدذرزسش", 1, 2) + "ي"
    return Spelled(word, word.replace("ك", "ک").replace("ي", rng.choice("یى")))


def devanagari(rng: random.Random) -> Spelled:
    syllables = [
        rng.choice("कगघचजटडतदनपबमरलसह") + rng.choice(["", "ा", "ि", "ी", "ु", "े", "ो"]) for _ in range(4)
    ]
    word = "".join(syllables) + "ं"
    written = "".join(
        syllable[0] + ("\u093c" if syllable[0] in "कगजड" and rng.random() < 0.5 else "") + syllable[1:]
        for syllable in syllables
    )
    return Spelled(word, written + rng.choice("ँं"))


def joiners(rng: random.Random) -> Spelled:
    one, other = word_of(rng, "कगचजतदनपबम", 1, 3), word_of(rng, "कगचजतदनपबम", 2, 3)
    return Spelled(f"{one}\u094d{other}", f"{one}\u094d{rng.choice(chr(0x200C) + chr(0x200D))}{other}")


def digits(rng: random.Random) -> Spelled:
    word = word_of(rng, "0123456789", 2, 8)
    zero = rng.choice(ZEROS)
    return Spelled(word, "".join(chr(zero + int(digit)) for digit in word))


def thai_syllables(rng: random.Random) -> list[tuple[str, str]]:
    """Syllables as they should be written, and with vowels and tone marks in another order, or twice."""
    found = []
    for _ in range(rng.randint(2, 5)):
        letter, tone = rng.choice(THAI), rng.choice(TONES)
        kind = rng.randrange(4)
        if kind == 0:
            orders = [f"\u0e4d{tone}\u0e32", f"{tone}\u0e4d\u0e32", f"\u0e33{tone}", f"{tone}{tone}\u0e33"]
            found.append((f"{letter}{tone}\u0e33", letter + rng.choice(orders)))
        elif kind == 1:
            found.append((f"แ{letter}", f"เเ{letter}"))
        else:
            vowel = rng.choice(VOWELS)
            found.append(
                (f"{letter}{vowel}{tone}", letter + rng.choice([f"{vowel}{tone}{tone}", f"{tone}{vowel}"]))
            )
    return found


def thai(rng: random.Random) -> Spelled:
    syllables = thai_syllables(rng)
    return Spelled("".join(one for one, _ in syllables), "".join(other for _, other in syllables))


def invisible(rng: random.Random) -> Spelled:
    syllables = [one for one, _ in thai_syllables(rng)]
    hidden = "".join(one + rng.choice(["", rng.choice(INVISIBLE)]) for one in syllables[:-1])
    return Spelled("".join(syllables), hidden + syllables[-1])


@cache
def traditional() -> tuple[tuple[str, str], ...]:
    """Characters, and what each is simplified to."""
    simplify = OpenCC("t2s").convert
    every = [chr(code) for code in range(0x4E00, 0x9FA6)]
    return tuple((one, simple) for one in every if (simple := simplify(one)) != one and len(simple) == 1)


def chinese(rng: random.Random) -> Spelled:
    pairs = rng.choices(traditional(), k=rng.randint(2, 6))
    return Spelled("".join(simple for _, simple in pairs), "".join(one for one, _ in pairs))


#: By name: the language of the text, how a word is made, and whether it is quoted.
KINDS: dict[str, tuple[str, Maker, bool]] = {
    "accents": ("fr", accents, False),
    "width": ("en", widths, False),
    "ß": ("de", sharp_s, False),
    "umlauts": ("de", umlauts, False),
    "dotless i": ("tr", dotless, False),
    "final sigma": ("el", sigmas, False),
    "ё": ("ru", yo, False),
    "harakat and tatweel": ("ar", arabic, False),
    "Arabic letters": ("fa", arabic_letters, False),
    "nukta and chandrabindu": ("hi", devanagari, False),
    "joiners": ("hi", joiners, False),
    "digits": ("en", digits, False),
    "Thai order": ("th", thai, True),
    "invisible": ("th", invisible, True),
    "Traditional": ("zh-Hant", chinese, True),
}


@pytest.mark.parametrize("kind", KINDS)
def test_another_spelling_finds_and_marks_what_is_written(kind, searcher_over):
    language, make, quoted = KINDS[kind]
    rng = random.Random(f"{SEED} {kind}")
    left = max(1, CASES // len(KINDS))
    while left > 0:
        some = [make(rng) for _ in range(min(left, BATCH))]
        # In either direction: what is asked for may be what another one writes.
        some = [Spelled(*one[::-1]) if rng.random() < 0.5 else one for one in some]
        left -= len(some)
        written = [unicodedata.normalize("NFC", one.written) for one in some]
        before = [word_of(rng, "ვზთკლმნო") for _ in some]  # Georgian, which nobody asks for
        texts = [f"{first} {word}, {first}." for first, word in zip(before, written, strict=True)]
        documents = [Document(str(n), "", text, "x.txt", language) for n, text in enumerate(texts)]
        searcher = searcher_over(*documents)
        for number, (one, text, first, word) in enumerate(zip(some, texts, before, written, strict=True)):
            asked = f'"{one.asked}"' if quoted else one.asked
            node = query_of(parse(asked), searcher).node
            assert searcher.matches(node, number), (kind, one)
            marks = marked(text, Marker(node), analyzer_for(language), Zone.TEXT).marks
            start = len(first) + 1
            assert marks == ((start, start + len(word)),), (kind, one, [text[a:b] for a, b in marks])

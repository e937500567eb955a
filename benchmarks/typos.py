"""How often did-you-mean knows the word behind a typo: 500 seeded typos a language.

    python -m benchmarks.typos ../shared/data/bulk

indexes a folder for the time being, draws words of each language that stand in five documents or more,
spoils each, searches for it, and counts how often the word itself is proposed. A spoiled word that is
a word of the index is drawn anew.
"""

import random
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from analyzers.analysis import Tier
from analyzers.characters import script_of
from analyzers.pinyin import readings
from indexer import generations
from indexer.engines import engine_for
from indexer.lexicon import Lexicon, folded_text, keyboards
from indexer.rebuild import rebuild
from indexer.request import SearchRequest
from indexer.schema import Field, Zone
from indexer.service import SearchService
from indexer.settings import Settings
from indexer.termquery import Term

SEED, DRAWN, FREQUENT = 20240620, 500, 5
SCRIPTS = {"en": "LATIN", "de": "LATIN", "zh": "CJK", "th": "THAI", "hi": "DEVANAGARI"}
#: The shortest word that is spoiled, in code points.
SHORTEST = {"zh": 2}
#: Thai letters that are read alike, as school books list them; tone marks and long vowels that ears miss.
THAI = ("สศษซ", "ทธฒฑ", "ตฏ", "ดฎ", "นณ", "ลฬร", "ยญ", "พภ", "คฆ", "ชฌ", "ถฐ", "ใไ", "ิี", "ุู", "่้")

Spoiler = Callable[[str, random.Random], str]


def main(folder: Path) -> None:
    """Print the figures of each language."""
    with TemporaryDirectory(prefix="serai-typos-") as home:
        settings = Settings(index=Path(home) / "index")
        rebuild([folder], settings)
        service = SearchService.open(settings)
        service.ready()
        print("| language | typos | right | by kind | ms, median | 95 % |\n|---|---|---|---|---|---|")
        for language, words in drawable(settings).items():
            print(measured(language, words, service))
        service.close()


def drawable(settings: Settings) -> dict[str, list[str]]:
    """The words of each language that may be spoiled, in order."""
    current = generations.current(settings.index)
    searcher, lexicon = engine_for(settings).open(current), Lexicon(current)
    found: dict[str, list[str]] = {language: [] for language in SCRIPTS}
    for word, documents in lexicon.every():
        if documents < FREQUENT:
            continue
        (frequencies,) = searcher.frequencies([Term(Field(Zone.TEXT, Tier.WORD), word)])
        language = max(frequencies, key=lambda code: (frequencies[code], code), default="")
        if (
            language in SCRIPTS
            and script_of(word) == SCRIPTS[language]
            and len(word) >= SHORTEST.get(language, 4)
            and not any(character.isdigit() for character in word)
        ):
            found[language].append(word)
    searcher.close()
    return found


def measured(language: str, words: Sequence[str], service: SearchService) -> str:
    """A row of the table."""
    draw = random.Random(SEED)
    known = set(words)
    right: dict[str, list[bool]] = defaultdict(list)
    times = []
    for number in range(DRAWN):
        by_ear = language == "zh" or (language == "th" and number % 2)
        kind, spoil = ("homophone", HOMOPHONES[language]) if by_ear else draw.choice(FINGERS)
        word = typo = draw.choice(words)
        while typo == word or typo in known:
            word = draw.choice(words)
            typo = spoil(word, draw)
        started = perf_counter()
        page = service.search(SearchRequest(typo, size=1))
        times.append(1000 * (perf_counter() - started))
        right[kind].append(folded_text(page.did_you_mean or "") == word)
    every = [hit for hits in right.values() for hit in hits]
    kinds = " · ".join(f"{kind} {sum(hits) / len(hits):.2f}" for kind, hits in sorted(right.items()))
    slow = sorted(times)[int(0.95 * len(times))]
    share = sum(every) / len(every)
    return f"| {language} | {len(every)} | {share:.3f} | {kinds} | {median(times):.1f} | {slow:.1f} |"


def neighbouring_key(word: str, draw: random.Random) -> str:
    """A letter replaced by one on a key that touches it."""
    place = draw.randrange(len(word))
    others = [other for other in _touching(word[place]) if other.isalpha() or other >= "\u0900"]
    return word[:place] + draw.choice(others) + word[place + 1 :] if others else word


def transposed(word: str, draw: random.Random) -> str:
    """Two letters that changed places."""
    place = draw.randrange(len(word) - 1)
    return word[:place] + word[place + 1] + word[place] + word[place + 2 :]


def doubled(word: str, draw: random.Random) -> str:
    """A letter typed twice."""
    place = draw.randrange(len(word))
    return word[: place + 1] + word[place:]


def omitted(word: str, draw: random.Random) -> str:
    """A letter left out."""
    place = draw.randrange(len(word))
    return word[:place] + word[place + 1 :]


def homophone_thai(word: str, draw: random.Random) -> str:
    """A letter replaced by one that is read alike."""
    places = [
        (place, other)
        for place, letter in enumerate(word)
        for group in THAI
        if letter in group
        for other in group
        if other != letter
    ]
    if not places:
        return word
    place, other = draw.choice(places)
    return word[:place] + other + word[place + 1 :]


def homophone_chinese(word: str, draw: random.Random) -> str:
    """A character replaced by one with the same reading in this word, as an input method offers it."""
    read = readings(word)
    place = draw.randrange(len(word))
    others = [other for other in _read(read[0][place]) if other != word[place]] if read else []
    return word[:place] + draw.choice(others) + word[place + 1 :] if others else word


FINGERS: list[tuple[str, Spoiler]] = [
    ("neighbouring key", neighbouring_key),
    ("transposed", transposed),
    ("doubled", doubled),
    ("omitted", omitted),
]


@cache
def _touching(letter: str) -> tuple[str, ...]:
    return tuple(
        sorted(other for pair in keyboards.touching() if letter in pair for other in pair - {letter})
    )


@cache
def _read(syllable: str) -> tuple[str, ...]:
    """The common characters (GB 2312, level 1) with a reading."""
    common = _common()
    return tuple(character for character in common if (syllable,) in readings(character)[:1])


@cache
def _common() -> Sequence[str]:
    def every() -> Iterator[str]:
        for row in range(0xB0, 0xD8):
            for cell in range(0xA1, 0xFF):
                yield bytes([row, cell]).decode("gb2312", "ignore")

    return [character for character in every() if character]


HOMOPHONES: dict[str, Spoiler] = {"zh": homophone_chinese, "th": homophone_thai}


if __name__ == "__main__":
    main(Path(sys.argv[1]))

"""How often a text's language is known: texts of the Declaration of Human Rights in 78 languages.

    python -m benchmarks.detection ../shared/data

Whole texts, sentences, and two to six words of a sentence; sentences into which names were put, which are of
no language, until they are a share of the letters; and texts of which a share is in another language.
"""

import gzip
import json
import random
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from time import process_time

import regex

from analyzers.detection import detected

SEED, DRAWN = 20240620, 12
#: Which shares of the letters are names, and of a text in another language.
NAMED, FOREIGN = (0.3, 0.5, 0.7), (0.2, 0.3, 0.4)
#: Languages of one script, which a text is mixed of.
MIXED = ("en", "de-1996", "es", "fr", "it", "nl", "sv", "pl", "tr", "id")
MIXED_LENGTH = 1_500
#: What the files call otherwise than detection does.
SAME = {"nb": "no", "nn": "no"}
#: The shortest sentence, in code points; in scripts whose letters say more, less.
SHORTEST, DENSE = 40, {"zh": 12, "zh-Hant": 12, "ja": 12, "th": 12}

_NAMES = regex.compile(r"(?<![.!?] )\b[A-Z][a-z]+ [A-Z][a-z]+(?: [A-Z][a-z]+)?\b")
_SENTENCES = regex.compile(r"(?<=[.!?。।])\s+|\n+")

Sample = Sequence[tuple[str, str]]


def main(data: Path) -> None:
    """Print the table."""
    print("| | texts | right | µs a text |\n|---|---|---|---|")
    for name, sample in samples(data).items():
        started = process_time()
        found = [detected(text) for _, text in sample]
        spent = (process_time() - started) / len(sample)
        right = sum(_main(tag) == _main(other) for (tag, _), other in zip(sample, found, strict=True))
        print(f"| {name} | {len(sample)} | {right / len(sample):.1%} | {1e6 * spent:.0f} |")


def samples(data: Path) -> Mapping[str, Sample]:
    """What is asked: the tag and the text of each."""
    draw = random.Random(SEED)
    texts = {path.stem: path.read_text(encoding="utf-8") for path in sorted((data / "udhr").glob("*.txt"))}
    names = _names(data)
    sentences = [(tag, sentence) for tag, text in texts.items() for sentence in _drawn(tag, text, draw)]
    return {
        "whole text": list(texts.items()),
        "sentence": sentences,
        "2 to 6 words": [(tag, _some_words(sentence, draw)) for tag, sentence in sentences],
        **{
            f"sentence, {share:.0%} names": [
                (tag, _named(text, share, names, draw)) for tag, text in sentences
            ]
            for share in NAMED
        },
        "mixed, majority": list(_mixed(texts, draw)),
    }


def _names(data: Path) -> Sequence[str]:
    """Names of people and things, as English texts have them."""
    found: set[str] = set()
    with gzip.open(data / "bulk" / "en.jsonl.gz", "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            if row["id"].startswith("peps"):
                found.update(_NAMES.findall(row["text"][:5_000]))
    return sorted(found)


def _drawn(tag: str, text: str, draw: random.Random) -> Sequence[str]:
    shortest = DENSE.get(tag, SHORTEST)
    sentences = [each.strip() for each in _SENTENCES.split(text) if len(each.strip()) > shortest]
    return draw.sample(sentences, min(DRAWN, len(sentences)))


def _some_words(sentence: str, draw: random.Random) -> str:
    words, count = sentence.split(), draw.randrange(2, 7)
    first = draw.randrange(max(1, len(words) - count))
    return " ".join(words[first : first + count])


def _named(sentence: str, share: float, names: Sequence[str], draw: random.Random) -> str:
    """The sentence with names in it, alone or as lists."""
    spaced = " " if len(sentence.split()) > 3 else ""
    pieces: list[str] = sentence.split() if spaced else list(sentence)
    added = 0
    while added < share / (1 - share) * len(sentence):
        name = draw.choice(names)
        place = draw.randrange(1, len(pieces) + 1)
        pieces.insert(place, name if spaced else f" {name} ")
        added += len(name)
    return spaced.join(pieces)


def _mixed(texts: Mapping[str, str], draw: random.Random) -> Iterator[tuple[str, str]]:
    for tag in MIXED:
        for other in MIXED:
            for share in FOREIGN if other != tag else ():
                length = int(MIXED_LENGTH * share)
                first = draw.randrange(3_000)
                parts = [
                    texts[tag][first : first + MIXED_LENGTH - length],
                    texts[other][first : first + length],
                ]
                yield tag, " ".join(draw.sample(parts, 2))


def _main(tag: str) -> str:
    return SAME.get(tag, tag).split("-")[0]


if __name__ == "__main__":
    main(Path(sys.argv[1]))

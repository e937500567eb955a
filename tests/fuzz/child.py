"""One target under atheris, in a process of its own, which libFuzzer ends: its arguments are libFuzzer's.

python -m tests.fuzz.child TARGET -max_total_time=60 CORPUS
"""

import random
import sys

import atheris

with atheris.instrument_imports(include=["analyzers", "indexer", "web"]):
    from tests.fuzz.targets import TARGETS, bytes_of, text_of

from tests.analyzers.texts import EVERY, random_text


def changed(data: bytes, longest: int, seed: int) -> bytes:
    """The input with bytes changed, or, as often, with text of some script put in or pieces of it moved."""
    rng = random.Random(seed)
    if rng.random() < 0.5:
        return atheris.Mutate(data, len(data))[:longest]
    first, text = data[0] if data else 0, text_of(data[1:])
    start, end = sorted(rng.randrange(len(text) + 1) for _ in range(2))
    match rng.randrange(5):
        case 0:
            text = text[:start] + random_text(rng, EVERY, 3, 5) + text[start:]
        case 1:
            text = text[:start] + random_text(rng, EVERY, 3, 5) + text[end:]
        case 2:
            text = text[:start] + text[start:end] * rng.randrange(2, 5) + text[end:]
        case 3:
            text = text[end:] + text[start:end] + text[:start]
        case _:
            first = rng.randrange(256)
    return bytes_of(text, first)[:longest]


def main() -> None:
    """Fuzz the target that the first argument names."""
    target = TARGETS[sys.argv[1]]
    atheris.Setup([sys.argv[0], *sys.argv[2:]], target.call, custom_mutator=changed)
    atheris.Fuzz()


if __name__ == "__main__":
    main()

"""What can be wrong with a file: a bit, an end, a piece, or that it is not there."""

import random
from pathlib import Path

KINDS = ("flip", "cut", "blank", "grow", "remove")


def damage(path: Path, kind: str, rng: random.Random) -> bool:
    """Harm a file; whether it is another one now."""
    content = path.read_bytes()
    if kind == "remove":
        path.unlink()
        return True
    place = rng.randrange(len(content)) if content else 0
    length = rng.randrange(1, 64)
    worse = {
        "flip": content[:place]
        + bytes(byte ^ 1 << rng.randrange(8) for byte in content[place : place + 1])
        + content[place + 1 :],
        "cut": content[:place],
        "blank": content[:place] + bytes(min(length, len(content) - place)) + content[place + length :],
        "grow": content + rng.randbytes(length),
    }[kind]
    # In place, as a disk does it: other names of the file, and whoever has it open, see it too.
    with path.open("r+b") as file:
        file.write(worse)
        file.truncate(len(worse))
    return worse != content

"""Thai: written without spaces; words come from PyThaiNLP's dictionary, by its newmm."""

import os
from collections.abc import Callable, Sequence
from functools import cache
from importlib.metadata import distribution

from analyzers.profile import LanguageProfile

_DICTIONARY = "serai-thai"

# newmm takes up to the square of a run's length. No real run is this long.
_LONGEST = 2_000


def _pythainlp() -> Callable[[str], list[str]]:
    """PyThaiNLP's own newmm."""
    # Importing PyThaiNLP makes a folder in the user's home, or fails where it may not.
    os.environ.setdefault("PYTHAINLP_READ_ONLY", "1")
    from pythainlp.tokenize.newmm import segment

    segment("ก")  # reads the dictionary
    return segment


def _nlpo3() -> Callable[[str], list[str]]:
    """The newmm of nlpo3, on PyThaiNLP's word list (which is found without importing PyThaiNLP)."""
    path = distribution("pythainlp").locate_file("pythainlp/corpus/words_th.txt")
    message, loaded = nlpo3.load_dict(str(path), _DICTIONARY)
    if not loaded:
        raise RuntimeError(f"the Thai dictionary cannot be read: {message}")
    # Not safe=True: from 140 characters on, it repeats the run's beginning in place of its end.
    return lambda run: nlpo3.segment(run, _DICTIONARY)


# nlpo3 is newmm, 7 times faster, where there is a build of it; a test compares the two.
_libraries: tuple[str, ...]
try:
    import nlpo3
except ImportError:
    _cutter, _libraries = cache(_pythainlp), ("pythainlp",)
else:
    _cutter, _libraries = cache(_nlpo3), ("nlpo3", "pythainlp")


def load() -> None:
    """Read PyThaiNLP's word list into the segmenter."""
    _cutter()


def segment(runs: Sequence[str]) -> list[str]:
    """Cut runs of Thai script into dictionary words (newmm: the fewest words)."""
    cut = _cutter()
    parts = (run[start : start + _LONGEST] for run in runs for start in range(0, len(run), _LONGEST))
    return [word for part in parts for word in cut(part)]


def sounds(word: str) -> list[tuple[str, ...]]:
    """The code that a word shares with those that sound like it (Suwanvisat and Prasitjutrakul 1998)."""
    return [(code,)] if (code := _soundex()(word)) else []


@cache
def _soundex() -> Callable[[str], str]:
    os.environ.setdefault("PYTHAINLP_READ_ONLY", "1")
    from pythainlp.soundex.prayut_and_somchaip import prayut_and_somchaip

    return prayut_and_somchaip


PROFILE = LanguageProfile(
    code="th",
    name="Thai",
    endonym="ไทย",
    scripts=frozenset({"Thai"}),
    segment=segment,
    sounds=sounds,
    load=load,
    libraries=_libraries,
)

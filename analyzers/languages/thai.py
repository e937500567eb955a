"""Thai: written without spaces; words come from PyThaiNLP's dictionary."""

from functools import cache
from importlib.resources import as_file, files

import nlpo3

from analyzers.profile import LanguageProfile

_DICTIONARY = "serai-thai"


@cache
def load() -> None:
    """Read PyThaiNLP's word list into the segmenter."""
    with as_file(files("pythainlp.corpus") / "words_th.txt") as path:
        message, loaded = nlpo3.load_dict(str(path), _DICTIONARY)
    if not loaded:
        raise RuntimeError(f"the Thai dictionary cannot be read: {message}")


def segment(run: str) -> list[str]:
    """Cut a run of Thai script into dictionary words (newmm: fewest words, inside clusters never)."""
    load()
    return nlpo3.segment(run, _DICTIONARY, safe=True)


PROFILE = LanguageProfile(
    code="th",
    name="Thai",
    endonym="ไทย",
    scripts=frozenset({"Thai"}),
    segment=segment,
    load=load,
    libraries=("nlpo3", "pythainlp"),
)

"""Words and stretches drawn at random from texts, cut by Unicode's own rules.

No analyzer of ours takes part: what is drawn here says whether the analyzers keep their promise, so it
must not know how they cut. Words are those of UAX #29; a stretch is one or more consecutive grapheme
clusters (UAX #29) inside one run of one script that is written without spaces, after normalization.
"""

import random
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

import regex

from indexer.document import Document
from indexer.query import Bare, parse

#: Clusters of the longest stretch.
_LONGEST = 12
#: What is cut at once, in code points: a book is not cut as a whole for one word.
_WINDOW = 500
#: Clusters beside the edge of a window that may have been cut there, or normalized without their neighbours.
_EDGE = 4
#: A place may hold neither words nor stretches (a table of signs): then another one is looked at.
_TRIES = 8

# The scripts that the promise is made for. Kana and Han are one run, since Japanese words are of both.
_SCRIPTS = {
    "Han": r"\p{Han}\p{Hiragana}\p{Katakana}ーｰ\uff9e\uff9f",
    **{name: rf"\p{{{name}}}" for name in ("Thai", "Lao", "Khmer", "Myanmar")},
    **{name: rf"\p{{{name}}}" for name in ("Tai_Le", "New_Tai_Lue", "Tai_Tham", "Tai_Viet")},
    **{name: rf"\p{{{name}}}" for name in ("Javanese", "Balinese", "Ahom")},
    **{name: rf"\p{{{name}}}" for name in ("Tangut", "Nushu", "Khitan_Small_Script")},
}
UNSEGMENTED = regex.compile("[" + "".join(_SCRIPTS.values()) + "]")
_SCRIPT = regex.compile("|".join(rf"(?P<{name}>[{members}])" for name, members in _SCRIPTS.items()))

_WORD_BOUNDARY = regex.compile(r"\b", regex.V1 | regex.WORD)
_CLUSTER = regex.compile(r"\X")
#: What makes a word of what lies between two boundaries; a vowel sign on a space does not.
_WORDLIKE = regex.compile(
    r"[[\p{Alphabetic}\p{N}--\p{M}]\p{Extended_Pictographic}\p{Regional_Indicator}]", regex.V1
)

# The fillers of Hangul are ignorable as well, but stand for a letter.
_IGNORABLE = regex.compile(r"[\p{Default_Ignorable_Code_Point}--[\u115f\u1160\u3164\uffa0]]+", regex.V1)
_THAI, _LAO = r"\u0e31\u0e34-\u0e3a\u0e47-\u0e4e", r"\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ece"
_AM = [
    (regex.compile(rf"([{_THAI}]*?)\u0e4d([{_THAI}]*)\u0e32"), "\\1\\2\u0e33"),
    (regex.compile(rf"([{_LAO}]*?)\u0ecd([{_LAO}]*)\u0eb2"), "\\1\\2\u0eb3"),
]
_DOUBLED = (("\u0e40\u0e40", "\u0e41"), ("\u0ec0\u0ec0", "\u0ec1"))


@dataclass(frozen=True, slots=True)
class Piece:
    """What was drawn: a word as it is written, or a stretch with its clusters and its script."""

    text: str
    script: str = ""
    clusters: tuple[str, ...] = ()

    @property
    def query(self) -> str:
        """What is typed to find it: a word as it is, a stretch in quotes.

        A word that the grammar reads as something else (``source:list``) has to be quoted too.
        """
        bare = not self.clusters and all(isinstance(part, Bare) for part in parse(self.text).parts)
        return self.text if bare else f'"{self.text}"'


def drawn(document: Document, count: int, draw: random.Random) -> Iterator[Piece]:
    """So many pieces of a document's title and text, or fewer where it holds next to none."""
    whole = f"{document.title}\n{document.text}"
    for _ in range(count):
        for _ in range(_TRIES):
            first = max(0, draw.randrange(len(whole)) - _WINDOW // 2)
            last = min(len(whole), first + _WINDOW)
            piece = _piece(whole[first:last], first > 0, last < len(whole), draw)
            if piece is not None:
                yield piece
                break


def _piece(window: str, cut_before: bool, cut_behind: bool, draw: random.Random) -> Piece | None:
    """A word or a stretch of a window, each as likely where it holds both."""
    words = words_of(_inside(window, cut_before, cut_behind))
    runs = runs_of(window, _EDGE * cut_before, _EDGE * cut_behind)
    if words and not (runs and draw.random() < 0.5):
        return Piece(draw.choice(words))
    if not runs:
        return None
    script, run = draw.choices(runs, [len(run) for _, run in runs])[0]
    start = draw.randrange(len(run))
    return stretch(script, run[start : start + draw.randint(1, _LONGEST)])


def stretch(script: str, clusters: Sequence[str]) -> Piece:
    """A stretch of a script."""
    return Piece("".join(clusters), script, tuple(clusters))


def words_of(text: str) -> list[str]:
    """The words of a text (UAX #29), but for those in scripts written without spaces."""
    pieces = _WORD_BOUNDARY.split(text)
    return [piece for piece in pieces if _WORDLIKE.search(piece) and not UNSEGMENTED.search(piece)]


def runs_of(text: str, before: int = 0, behind: int = 0) -> list[tuple[str, list[str]]]:
    """The runs of scripts written without spaces, each with its script and its clusters.

    So many clusters at the beginning and at the end of the text are passed over.
    """
    if not UNSEGMENTED.search(text):
        return []
    clusters = _CLUSTER.findall(normal(text))
    inner = clusters[before : len(clusters) - behind]
    grouped = groupby(inner, key=_script_of)
    return [(script, list(run)) for script, run in grouped if script]


def normal(text: str) -> str:
    """A text as stretches are cut from it: NFC, nothing invisible, sara am and sara ae one letter each."""
    text = _IGNORABLE.sub("", unicodedata.normalize("NFC", text))
    for two, one in _DOUBLED:
        text = text.replace(two, one)
    return composed(text)


def composed(text: str) -> str:
    """The text with Thai and Lao am as one letter, wherever a tone mark stands."""
    for pattern, together in _AM:
        text = pattern.sub(together, text)
    return text


def _inside(window: str, cut_before: bool, cut_behind: bool) -> str:
    """What of a window lies between white space, where its words cannot have been cut."""
    spaces = [at for at, character in enumerate(window) if character.isspace()]
    if (cut_before or cut_behind) and not spaces:
        return ""
    return window[spaces[0] if cut_before else 0 : spaces[-1] if cut_behind else None]


def _script_of(cluster: str) -> str:
    """The script of a cluster that is written without spaces; empty for every other one."""
    match = _SCRIPT.match(cluster)
    return (match.lastgroup or "") if match else ""


def recombined(pool: Sequence[Piece], count: int, draw: random.Random) -> Iterable[Piece]:
    """Stretches made of the clusters of others, joined or exchanged. Some of them may stand somewhere."""
    for _ in range(count):
        one, other = draw.choice(pool), draw.choice(pool)
        clusters = list(one.clusters)
        match draw.randrange(3):
            case 0:
                clusters = [*clusters[-draw.randint(1, len(clusters)) :], *other.clusters][:_LONGEST]
            case 1:
                clusters[draw.randrange(len(clusters))] = draw.choice(other.clusters)
            case _:
                draw.shuffle(clusters)
        if len(clusters) > 1:
            yield stretch(one.script, clusters)

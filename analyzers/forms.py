"""What a distinct word becomes: folded, by its stem, its own spelling, its sub-words and its parts.

A corpus holds few distinct words, many times: what each becomes is remembered.
"""

from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

from analyzers import characters, han
from analyzers.analysis import Tier
from analyzers.folding import Memo, exact, unaccented
from analyzers.owners import Owners
from analyzers.profile import LanguageProfile
from analyzers.subwords import pieces_of

#: A term that stands in a word, and where: from the first of these offsets to the second.
Inside = tuple[str, int, int]


class Form(NamedTuple):
    """What a word of a text becomes: see `Forms`. ``inside`` holds what stands in it, by tier."""

    folded: str
    stem: str
    bare: int
    inside: dict[Tier, Sequence[Inside]]


class Forms:
    """The forms of words in texts of one language, by the word as it is written.

    ``folded`` are what the index holds. ``stems`` are tagged (``de:haus`` of Häuser), and empty where nobody
    stems a word; ``bare`` is how many letters of a word its stem is marked by. ``subwords`` are words inside
    a word, ``parts`` the stems of a compound's parts.
    """

    def __init__(self, profile: LanguageProfile, owners: Owners) -> None:
        self._profile = profile
        self._owners = owners
        self.folded = Memo(lambda word: self._as_folded(word, exact(word)))
        self.stems = Memo(
            lambda word: self._as_stem(word, exact(word), is_spaced(word), owners.of_word(word))
        )
        self.parts = Memo(lambda word: self._as_parts(word, exact(word)) if is_spaced(word) else ())

    def spelling(self, word: str) -> tuple[str, bool]:
        """The term of a word's own spelling in the tier `EXACT`, and whether it is the accented one."""
        accented, folded = exact(word), self.folded[word]
        return accented, accented != folded

    def of(self, word: str, *, spaced: bool) -> Form:
        """All forms of a word of a text, which stands between spaces or is a segmenter's.

        A segmenter's word has a stem only where that is another word.
        """
        accented = exact(word)
        # No word between spaces holds a character that would be simplified.
        folded = unaccented(accented) if spaced else self._as_folded(word, accented)
        owner, of_letters = self._owners.of_word(word), is_spaced(word)
        stem = self._as_stem(word, accented, of_letters, owner)
        if not spaced and stem.partition(":")[2] == folded:
            stem = ""
        inside: dict[Tier, Sequence[Inside]] = {}
        if subwords := self._as_subwords(word, of_letters, owner):
            inside[Tier.INNER] = subwords
        if accented != folded:
            # The folded one tells where a word stands that is not written so: where cafe is asked for, café.
            inside[Tier.EXACT] = ((accented, 0, len(word)), (folded, 0, len(word)))
        if of_letters and (parts := self._as_parts(word, accented)):
            inside[Tier.COMPOUND] = parts
        return Form(folded, stem, _as_bare(word, accented, owner), inside)

    def _as_folded(self, word: str, accented: str) -> str:
        simple = han.simplified(word)
        return unaccented(accented if simple == word else exact(simple))

    def _as_stem(self, surface: str, accented: str, spaced: bool, owner: LanguageProfile | None) -> str:
        if not spaced:
            return f"{owner.code}:{self.folded[owner.stem(surface)]}" if owner and owner.stem else ""
        owner = owner or self._profile
        # Without a stemmer words are their own stems, so that a word weighs the same in every language.
        # The stems of a segmenter are those of its own words.
        stem = owner.stem(accented) if owner.stem and not owner.segment else accented
        # Nothing is left of a tatweel by itself; it is written there all the same.
        return f"{owner.code}:{unaccented(stem or accented)}"

    def _as_subwords(self, word: str, spaced: bool, owner: LanguageProfile | None) -> tuple[Inside, ...]:
        places = pieces_of(word) if spaced else []
        if owner and owner.subwords and spaced is (owner.segment is None):
            places = sorted({*places, *owner.subwords(word)})
        if not places:
            return ()
        # As in `Analyzer._words`, nothing begins or ends inside a cluster.
        inside = {at for at in range(1, len(word)) if characters.parts_cluster(word, at)}
        whole = [place for place in places if inside.isdisjoint(place)]
        return tuple((self.folded[word[start:end]], start, end) for start, end in whole)

    def _as_parts(self, word: str, accented: str) -> tuple[Inside, ...]:
        """The parts of a compound, by their stems."""
        compounds = self._profile.compounds
        parts = compounds(accented) if compounds else ()
        if not parts:
            return ()
        places = _places(word, accented)
        return tuple(
            (self.stems[part.word], places[part.start], places[part.end])
            for part in parts
            if part.start in places and part.end in places
        )


def _as_bare(word: str, accented: str, owner: LanguageProfile | None) -> int:
    """How many letters of a word its stem is marked by."""
    if owner is None or owner.bare is None:
        return len(word)
    length = owner.bare(accented) if len(accented) == len(word) else len(word)
    return len(word) if length < len(word) and characters.parts_cluster(word, length) else length


def is_spaced(word: str) -> bool:
    """Whether a word is of a script that puts spaces between words."""
    return characters.class_of(word[0]) < characters.FIRST_UNSEGMENTED


def _places(word: str, folded: str) -> dict[int, int]:
    """Where each letter of a word begins, by where it begins in the folded word (ß is two letters there)."""
    lengths = [1] * len(word) if len(folded) == len(word) else [len(exact(letter)) for letter in word]
    ends = list(accumulate(lengths, initial=0))
    return {end: at for at, end in enumerate(ends)} if ends[-1] == len(folded) else {}

"""Whose words those of each script are, in a text of one language."""

import numpy as np

from analyzers import characters
from analyzers.profile import ByScript, LanguageProfile
from analyzers.runs import Runs, runs_of


class Owners:
    """Who knows the words of each script: the text's own language, or the one that a script belongs to."""

    def __init__(self, profile: LanguageProfile, by_script: ByScript) -> None:
        self._profile = profile
        self._by_class = {
            number: profile if script in profile.scripts else by_script.get(script)
            for number, script in {**characters.UNSEGMENTED, characters.HANGUL: "Hangul"}.items()
        }
        self._unknown = np.zeros(max(self._by_class) + 1, np.bool_)
        self._unknown[[number for number, owner in self._by_class.items() if owner is None]] = True
        # Japanese cuts Han and kana together; where one of the two has another owner, each is cut alone.
        self._all_japanese = {"Han", "Kana"} <= profile.scripts
        self._japanese = self._all_japanese or not {"Han", "Kana"} & profile.scripts

    def of_class(self, number: int) -> LanguageProfile | None:
        """Who knows the words of a class of characters; None, if nobody does or many languages write it."""
        return self._by_class.get(number)

    def of_word(self, word: str) -> LanguageProfile | None:
        """Who knows a word: the owner of its script, or for scripts of many languages the text's own."""
        number = characters.class_of(word[0])
        if number not in self._by_class:
            return self._profile
        if self._japanese and not self._all_japanese and number in (characters.HAN, characters.KANA):
            number = int(runs_of(word).japanese(every=False).classes[0])
        return self._by_class[number]

    def cut(self, runs: Runs) -> Runs:
        """The runs as words are sought in them.

        Those of Japanese are whole, where one language owns Han and kana; numbers stand apart, where
        nobody knows the words around them.
        """
        whole = runs.japanese(every=self._all_japanese) if self._japanese else runs
        return whole.numbers_apart(self._unknown)

"""Urdu: words between spaces; a light stemmer takes off the endings of number, gender and case.

The endings are those that Ramanathan and Rao (A Lightweight Stemmer for Hindi, 2003) take off nouns and
adjectives, in Urdu letters: the grammar is the same. Verbs keep theirs.
"""

from analyzers.folding import fold
from analyzers.profile import LanguageProfile

# The longest first; folded, as the word is: ی and ئ are ي, and ہ is ه.
_ENDINGS = tuple(map(fold, ("یوں", "ئوں", "یاں", "ئیں", "ؤں", "وں", "یں", "ئے", "ے", "ا", "ی", "ہ")))
_REMAINDER = 2


def stem(word: str) -> str:
    """A noun or adjective without its ending: لڑک of لڑکا, لڑکے, لڑکی and لڑکوں."""
    word = fold(word)
    ending = next((one for one in _ENDINGS if word.endswith(one) and len(word) - len(one) >= _REMAINDER), "")
    return word.removesuffix(ending)


PROFILE = LanguageProfile(
    code="ur",
    name="Urdu",
    endonym="اردو",
    scripts=frozenset({"Arabic"}),
    stem=stem,
)

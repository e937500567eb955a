"""What a word of a query stands for besides itself: its likely misspellings, or the words read like it."""

from collections.abc import Sequence

from indexer.lexicon.correction import by_ear, rank
from indexer.lexicon.letters import tolerance
from indexer.lexicon.words import Lexicon

#: A word with ``~`` stands for at most so many others, pinyin for so many words of Chinese.
_MOST_LIKE, _MOST_READ = 50, 20
#: A latin word is meant as it is written if it stands in more documents than this, and more than this share
#: of those that hold the Chinese words read like it.
_OWN, _OWN_SHARE = 10, 0.1


def like(word: str, lexicon: Lexicon, *, spaced: bool) -> Sequence[str]:
    """The words that may be meant by a folded word with a typo in it, the likeliest first."""
    near = lexicon.neighbours(word, tolerance(word)) if spaced else by_ear(word, lexicon)
    near.sort(key=lambda other: (-rank(word, other), other.word))
    return [other.word for other in near[:_MOST_LIKE]]


def read_like(word: str, lexicon: Lexicon) -> Sequence[str]:
    """The Chinese words of which a folded latin word is the pinyin; none, where it is common itself."""
    if not (word.isascii() and word.isalpha()):
        return []
    found = lexicon.read_as(word)[:_MOST_READ]
    own = lexicon.documents(word) if found else 0
    if own > _OWN and own > _OWN_SHARE * sum(documents for _, documents in found):
        return []
    return [read for read, _ in found]

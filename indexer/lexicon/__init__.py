"""The words of one generation: what prefixes, typos, suggestions and did-you-mean are looked up in.

It is written by `indexer.lexicon.gathering` during a rebuild, beside whatever an engine keeps, and so
works alike on all engines.
"""

from indexer.lexicon.correction import better
from indexer.lexicon.gathering import Gathering, Words, folded_text, words_of
from indexer.lexicon.suggestion import MAX_SUGGESTIONS, completions
from indexer.lexicon.words import Lexicon

__all__ = [
    "MAX_SUGGESTIONS",
    "Gathering",
    "Lexicon",
    "Words",
    "better",
    "completions",
    "folded_text",
    "words_of",
]

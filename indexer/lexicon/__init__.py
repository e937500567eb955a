"""The words of one generation: what prefixes, typos, suggestions and did-you-mean are looked up in.

It is written during a rebuild, beside whatever an engine keeps, and so works alike on all engines: the words
of each batch are laid down (`indexer.lexicon.batches`) and gathered at the end (`indexer.lexicon.gathering`).
"""

from indexer.lexicon.batches import folded_text, lay_down
from indexer.lexicon.correction import better
from indexer.lexicon.gathering import NAME, gather
from indexer.lexicon.suggestion import MAX_SUGGESTIONS, completions
from indexer.lexicon.words import Lexicon

__all__ = [
    "MAX_SUGGESTIONS",
    "NAME",
    "Lexicon",
    "better",
    "completions",
    "folded_text",
    "gather",
    "lay_down",
]

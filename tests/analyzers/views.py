"""What a text becomes, in the short forms that tables are written in."""

import unicodedata

from analyzers import Tier, analyzer_for


def tokens(tag, text, tier=Tier.WORD):
    """The tokens of one tier of a text, which is put into NFC as a document is."""
    return list(analyzer_for(tag)(unicodedata.normalize("NFC", text)).tokens(tier))


def terms(tag, text, tier=Tier.WORD):
    """The terms of one tier, in text order."""
    return [token.term for token in tokens(tag, text, tier)]


def written(tag, text, tier=Tier.WORD):
    """What is marked for each term of one tier: the slices of the stored text."""
    stored = unicodedata.normalize("NFC", text)
    return [stored[token.start : token.end] for token in tokens(tag, text, tier)]


def stems(tag, *texts):
    """The distinct stems of some texts."""
    return {stem for text in texts for stem in terms(tag, text, Tier.STEM)}

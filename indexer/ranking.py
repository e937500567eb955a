"""What the score is made of: every weight and formula, in one place.

A document's score is the sum of what its clues add, times a power of the share of the query that
it holds. A clue adds BM25: its weight, times its inverse document frequency in the query's
language, times how often it stands in the document, damped by the document's length against the
average in its own language. The form and the figures beside the weights are from experiments on
XQuAD (MRR@10, five languages, 1,190 questions each; .004 to .006 is one standard error).
"""

from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

#: BM25's saturation and length normalization (Robertson and Walker 1994; Lucene's defaults). k1 .6 to 1.2 and
#: b .4 to .75 rank alike.
K1 = 1.2
B = 0.75

#: Rare words speak louder than BM25 alone lets them (+.002 to +.004 together with coordination).
IDF_POWER = 1.25
# Weights of the tiers, relative to a stem or a segmented word.
WORD = 1.0  #: a word of an unsegmented script
STEM = 1.0
SURFACE = (
    0.4  #: the folded word itself, beside its stem; .2 to .5 are alike where a document is of one language
)
#: A word with the accents that were typed; where none were typed, this much less for a word that has some.
EXACT = 0.2
#: A stem in a language in which no document holds the word as it was typed, beside one in the likeliest.
ELSEWHERE = 0.1
INNER = 0.5  #: a sub-word of a longer word
COMPOUND = 0.5  #: a word as a part of a compound; .3 ranks worse by .002 in German, .7 alike
PART = 0.5  #: a part of a compound of the query, as a word, and by `COMPOUND` as a part; 0 costs German .011
PAIR = 0.3  #: a pair of touching clusters; .1 to .5 are alike, 1 is worse
ADJACENT = 0.2  #: two words of the query next to each other, with the pair's own document frequency
#: In a query of more words than this, neighbours count only if each stands in at most so many documents, or
#: this share of them: "of the" tells nothing, and is dear to look up. Shares of 1 and .1 rank alike.
ADJACENT_SHORT, ADJACENT_FEW, ADJACENT_RARE = 4, 1_000, 0.1
#: Any two words of a graded query within so many words of each other, in either order, by how near they come.
NEAR, WITHIN = 0.4, 16
#: Words that are like one with ``~``, and Chinese words of which one is the pinyin. They are counted together
#: with the word itself, which so weighs many times as much: what is spelled as typed comes first.
LIKE, RELATED = 0.05, 0.02
PREFIX = 0.5  #: any word that begins so

#: A title speaks louder than a line of the text; the text is scored on its own beside it. With the titles of
#: XQuAD's articles 2 is better than none by .002 in English and .003 in German.
TITLE = 2.0


def idf(frequency: ArrayLike, documents: ArrayLike) -> Floats:
    """Inverse document frequency (Lucene's BM25), to `IDF_POWER`; shape of the inputs."""
    held, every = np.asarray(frequency, np.float64), np.asarray(documents, np.float64)
    plain = np.log1p((every - held + 0.5) / (held + 0.5))
    return np.asarray(plain**IDF_POWER, np.float64)


@lru_cache(maxsize=1 << 16)
def rarity(frequency: int, documents: int) -> float:
    """`idf` of one term; remembered, since terms of a few documents have few."""
    return float(idf(frequency, documents))


def norm(length: ArrayLike, average: ArrayLike) -> Floats:
    """What a term frequency is compared with: k1, more in a long document; shape of the inputs."""
    ratio = np.asarray(length, np.float64) / np.asarray(average, np.float64)
    return np.asarray(K1 * (1 - B + B * ratio), np.float64)


def closeness(distance: ArrayLike) -> Floats:
    """What stands for a count where two words come this near each other, in positions; shape of the input.

    It falls off as one over the distance: by far the most lies between side by side and in one sentence.
    """
    return np.asarray(1.0 / np.maximum(np.asarray(distance, np.float64), 1.0), np.float64)


#: What no occurrence count is worth more than.
MOST = K1 + 1


def saturation(count: ArrayLike, norm: ArrayLike) -> Floats:
    """How much an occurrence count is worth, from 0 to `MOST`; shape of the inputs."""
    often, against = np.asarray(count, np.float64), np.asarray(norm, np.float64)
    return np.asarray(often * MOST / (often + against), np.float64)


#: A query of so many words or fewer is graded: who types two words wants both, and as they are written.
GRADED = 3


def graded(tier: ArrayLike, score: ArrayLike) -> Floats:
    """A score in a graded query: the worst tier in which a document holds a word, as a whole number
    (`termquery.Match`; 0, if it does not hold every word), and the score itself, squeezed below 1.
    """
    plain = np.asarray(score, np.float64)
    return np.asarray(np.asarray(tier, np.float64) + plain / (1 + np.abs(plain)), np.float64)


def coordination(share: ArrayLike) -> Floats:
    """The factor for holding this idf-weighted share (0 to 1] of the query; shape of the input.

    Its fourth root: a power of .25 (powers above 1 hurt), taken as two square roots, which are quicker.
    """
    return np.asarray(np.sqrt(np.sqrt(np.asarray(share, np.float64))), np.float64)

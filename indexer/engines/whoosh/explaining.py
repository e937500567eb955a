"""Tells what each part of a query adds to one document, by the voices and lists that score it."""

import numpy as np

from indexer.engine import Contribution, Explained, Spoken
from indexer.engines import telling
from indexer.engines.whoosh.evaluation import Evaluation, Voiced
from indexer.termquery import graded_leaves


def told(evaluation: Evaluation, number: int) -> Explained:
    """What each part of the query adds to the score of one document."""
    numbers = np.array([number])
    selection = evaluation.selection
    return telling.explained(
        graded_leaves(evaluation.query),
        found=bool(evaluation.matched[number]),
        plain=float(selection.scores(numbers)[0]),
        coordination=float(selection.coordinations(numbers)[0]),
        parts=[_spoken(voiced, number) for voiced in evaluation.voiced()],
    )


def _spoken(voiced: Voiced, number: int) -> Spoken:
    """What one part adds to one document, told clue by clue."""
    numbers = np.array([number])
    made = []
    for (clue, idf), voice in zip(voiced.idfs, voiced.voices, strict=True):
        often = voice.listed.count(number)
        score = np.zeros(1)
        voice.listed.add_to(score, numbers, voice.factor)
        made.append(Contribution(clue, often, voice.listed.frequency, idf, float(score[0])))
    return telling.spoken(voiced.leaf, voiced.share, made)

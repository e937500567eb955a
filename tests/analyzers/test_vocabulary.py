"""What words become is remembered: for one text as for another, within bounds, by any thread."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from analyzers import Analyzer, Tier, analyzer, profile_for
from analyzers.registry import _BY_SCRIPT
from tests.analyzers.texts import random_texts

SEED = 11


def fresh(code):
    """An analyzer that has met no word."""
    return Analyzer(profile_for(code), _BY_SCRIPT)


def said(analysis):
    return [*analysis.tokens()]


@pytest.mark.parametrize("code", ["de", "ja", "ko", "th", "und", "zh"])
def test_what_was_met_before_changes_nothing(code):
    every, met = random_texts(SEED, 100), fresh(code)
    for text in every * 2:
        assert said(met(text)) == said(fresh(code)(text)), ascii(text)


def test_a_full_vocabulary_gives_way_to_another(monkeypatch):
    every, unbounded, bounded = random_texts(SEED, 200), fresh("und"), fresh("und")
    wanted = [said(unbounded(text)) for text in every]
    assert len(unbounded._vocabulary) > 400
    monkeypatch.setattr(analyzer, "LIMIT", 20)
    held = []
    for text, tokens in zip(every, wanted, strict=True):
        assert said(bounded(text)) == tokens, ascii(text)
        held.append(len(bounded._vocabulary))
    assert max(held) < 100
    assert (np.diff(held) < 0).sum() > 5, "it was never emptied"


def test_threads_that_meet_the_same_words_say_the_same():
    every = random_texts(SEED, 300)
    wanted = [said(fresh("zh")(text)) for text in every]
    shared = fresh("zh")
    with ThreadPoolExecutor(8) as threads:
        for _ in range(3):
            assert [said(analysis) for analysis in threads.map(shared, every)] == wanted


def test_a_tier_that_holds_nothing_is_not_made():
    assert fresh("en").columns(["plain words", "and more"]).keys() == {Tier.WORD, Tier.STEM}
    assert fresh("zh").columns(["普京"]).keys() == {Tier.WORD, Tier.CLUSTER, Tier.PAIR}

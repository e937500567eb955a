"""The accelerators cut as the reference libraries do, and the references stand in where they are absent."""

import json
import os
import random
import subprocess
import sys
import unicodedata

import jieba
import pytest
import regex
from pythainlp.corpus import thai_words
from pythainlp.tokenize import newmm

from analyzers import Tier, analyzer_for
from analyzers.languages import chinese, thai
from analyzers.normal import normalize
from tests.analyzers.texts import UNSPACED, random_texts
from tests.tree import ROOT

#: What nlpo3 cuts otherwise than newmm: 16 of 6,549 real runs were measured, foreign names in -รีย.
NLPO3_DIFFERS = 20 / 6_549


@pytest.fixture(scope="module")
def reference():
    """The dictionary of jieba, read by jieba, kept from writing to the shared temporary folder."""
    tokenizer = jieba.Tokenizer()
    tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
    tokenizer.initialized = True
    return tokenizer


def seeds():
    return [path.read_text(encoding="utf-8") for path in sorted((ROOT / "seeds").iterdir())]


def paragraphs(shared_data, language):
    lines = (shared_data / "xquad" / language / "docs.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["text"] for line in lines]


def runs_in(texts, script):
    pattern = regex.compile(rf"\p{{{script}}}+")
    return [
        run for text in texts for run in pattern.findall(normalize(unicodedata.normalize("NFC", text)).text)
    ]


def differing(runs, one, other):
    return [(run, one(run), other(run)) for run in runs if one(run) != other(run)]


def by_itself(segment):
    """A segmenter of many runs, asked for one."""
    return lambda run: segment([run])


# ----- Chinese: the same, without exception


def test_rjieba_cuts_the_seeds_as_jieba_does(reference):
    runs = runs_in(seeds(), "Han")
    assert len(runs) > 50
    assert differing(runs, by_itself(chinese.segment), reference.lcut) == []


def test_rjieba_cuts_real_runs_as_jieba_does(reference, shared_data):
    runs = runs_in(paragraphs(shared_data, "zh"), "Han")
    assert len(runs) > 6_000
    assert differing(runs, by_itself(chinese.segment), reference.lcut) == []


def test_rjieba_cuts_random_runs_as_jieba_does(reference):
    """Rare characters too, which rjieba by itself glues together."""
    blocks = [(0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAD9), (0x20000, 0x323AF)]
    rng = random.Random(8)
    runs = [
        "".join(chr(rng.randint(*rng.choice(blocks))) for _ in range(rng.randrange(1, 20)))
        for _ in range(500)
    ]
    runs += random_texts(8, 500, {"Han": UNSPACED["Han"]}, stretches=3, longest=30)
    assert differing(runs, by_itself(chinese.segment), reference.lcut) == []


def test_rjieba_knows_the_words_that_jieba_knows(reference):
    words = list(reference.FREQ)[::7]
    known = [word for word in words if reference.FREQ[word]]
    assert len(known) > 30_000
    assert [word for word in words if chinese._knows(word) != bool(reference.FREQ[word])] == []


# ----- Thai: but for a measured few


def test_nlpo3_cuts_the_seeds_as_newmm_does():
    runs = runs_in(seeds(), "Thai")
    assert len(runs) > 50
    assert differing(runs, by_itself(thai.segment), newmm.segment) == []


def test_nlpo3_cuts_real_runs_as_newmm_does(shared_data):
    runs = runs_in(paragraphs(shared_data, "th"), "Thai")
    assert len(runs) > 6_000
    found = differing(runs, by_itself(thai.segment), newmm.segment)
    assert len(found) <= NLPO3_DIFFERS * len(runs), f"{len(found)} of {len(runs)}: {found[:3]}"


def test_nlpo3_cuts_words_in_any_order_as_newmm_does():
    """Runs of dictionary words, up to 500 characters: longer than the window a segmenter looks through."""
    rng, words = random.Random(9), sorted(thai_words())
    words = [word for word in words if regex.fullmatch(r"\p{Thai}+", word)]
    runs = ["".join(rng.choices(words, k=rng.randrange(1, 50))) for _ in range(500)]
    assert max(map(len, runs)) > 300
    found = differing(runs, by_itself(thai.segment), newmm.segment)
    assert len(found) <= 5, found[:3]


# ----- without the accelerators

WITHOUT = """
import json, sys
sys.modules["rjieba"] = sys.modules["nlpo3"] = None
from analyzers import Tier, analyzer_for, profile_for
from analyzers.registry import load
loaded = {"jieba", "pythainlp"} & sys.modules.keys()
load(["zh", "th"])
texts = json.loads(sys.stdin.read())
terms = [
    [[[t.term, t.start, t.end, t.position] for t in analyzer_for(tag)(text).tokens(tier)] for tier in Tier]
    for tag, text in texts
]
libraries = {tag: profile_for(tag).libraries for tag in ("zh", "th")}
print(json.dumps({"terms": terms, "libraries": libraries, "loaded": sorted(loaded)}))
"""


@pytest.fixture(scope="module")
def without(tmp_path_factory):
    """What a Python without rjieba and nlpo3 says of the seeds, and what it leaves behind."""
    home, temporary = tmp_path_factory.mktemp("home"), tmp_path_factory.mktemp("temporary")
    texts = [["zh", text] for text in seeds()] + [["th", text] for text in seeds()]
    texts += [["zh", "馬克思主義與𠮷野家"], ["th", "ปูตินน้ำ๒๕๖๗" * 200]]
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PYTHAINLP")}
    environment |= {"HOME": str(home), "TMPDIR": str(temporary), "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT],
        input=json.dumps(texts), env=environment, cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    left = [path.name for folder in (home, temporary) for path in folder.iterdir()]
    return {**json.loads(done.stdout), "texts": texts, "stderr": done.stderr, "left": left}


def test_the_references_stand_in_for_the_accelerators(without):
    for (tag, text), streams in zip(without["texts"], without["terms"], strict=True):
        analysis = analyzer_for(tag)(text)
        for tier, stream in zip(Tier, streams, strict=True):
            seen = [[token.term, token.start, token.end, token.position] for token in analysis.tokens(tier)]
            assert stream == seen, (tag, tier, text[:40])


def test_the_references_say_nothing_and_leave_nothing_behind(without):
    assert without["stderr"] == ""
    assert without["left"] == []


def test_the_references_load_when_they_are_needed(without):
    assert without["loaded"] == []


def test_a_profile_names_the_libraries_that_really_cut(without):
    assert without["libraries"] == {"zh": ["jieba", "OpenCC"], "th": ["pythainlp"]}
    assert chinese.PROFILE.libraries == ("rjieba", "OpenCC")
    assert thai.PROFILE.libraries == ("nlpo3", "pythainlp")


def test_the_accelerators_leave_the_references_alone(tmp_path):
    """Nor do they need a home: PyThaiNLP, when it is imported, makes a folder there."""
    script = (
        "import sys; from analyzers.registry import load; load(['zh', 'th']);"
        "print({'jieba', 'pythainlp'} & sys.modules.keys())"
    )
    environment = {**os.environ, "HOME": str(tmp_path / "absent" / "home"), "PYTHONPATH": str(ROOT)}
    environment.pop("PYTHAINLP_DATA", None)
    done = subprocess.run(
        [sys.executable, "-c", script], env=environment, cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "set()\n", "")

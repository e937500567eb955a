"""What every profile promises of every text; a new language is held to it without being told.

Random text of all scripts, from fixed seeds and from hypothesis, goes through each promise: a
function that fails with the text and the token.
"""

import random
import time
from itertools import pairwise

import pytest
import regex
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analyzers import LANGUAGES, Analyzer, Tier, analyzer_for, profile_for
from analyzers.normal import normalize
from analyzers.registry import segmenting
from tests.analyzers.texts import EVERY, INVISIBLE, UNSPACED, nfc, random_texts, texts
from tests.tree import ROOT

CODES = [*(profile.code for profile in LANGUAGES), "und"]
#: Those that cut words or know words inside words, and some whose words stand between spaces.
PROFILES = [
    *(profile.code for profile in LANGUAGES if profile.segment or profile.subwords),
    *("de", "hi", "und"),
]
#: The others differ from these by their stemmer alone.
STEMMERS = [code for code in CODES if code not in PROFILES]
SEED = 20240131

steady = settings(
    derandomize=True,
    database=None,
    deadline=None,
    max_examples=150,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def shown(text):
    return ascii(text)


# ----- the promises


def offsets_point_into_the_stored_text(text, analysis):
    for token in analysis.tokens():
        assert 0 <= token.start < token.end <= len(text), (shown(text), token)


def tokens_are_in_text_order(text, analysis):
    for tier in Tier:
        starts = [token.start for token in analysis.tokens(tier)]
        assert starts == sorted(starts), (shown(text), tier, starts)


def words_and_units_do_not_overlap(text, analysis):
    for tier in (Tier.WORD, Tier.STEM, Tier.CLUSTER):
        cursor = 0
        for token in analysis.tokens(tier):
            assert token.start >= cursor, (shown(text), token)
            cursor = token.end


def terms_have_characters_and_no_space(text, analysis):
    for token in analysis.tokens():
        assert token.term, (shown(text), token)
        assert not any(map(str.isspace, token.term)), (shown(text), token)
        assert not set(token.term) & set(INVISIBLE), (shown(text), token)


def what_is_marked_is_what_was_cut(text, analysis):
    """The slice of the stored text normalizes to the slice of the normal text, to the character."""
    for tier in Tier:
        stream = analysis[tier]
        for token, start, end in zip(analysis.tokens(tier), stream.starts, stream.ends, strict=True):
            slice_ = normalize(text[token.start : token.end]).text
            assert slice_ == analysis.normal.text[start:end], (shown(text), token)


def words_are_numbered_from_nought(text, analysis):
    positions = [token.position for token in analysis.tokens(Tier.WORD)]
    assert positions == list(range(len(positions))), (shown(text), positions)


def units_are_numbered_from_nought(text, analysis):
    positions = [token.position for token in analysis.tokens(Tier.CLUSTER)]
    assert positions == list(range(len(positions))), (shown(text), positions)


def sub_words_and_stems_stand_in_their_word(text, analysis):
    words = list(analysis.tokens(Tier.WORD))
    for token in analysis.tokens(Tier.INNER, Tier.COMPOUND):
        word = words[token.position]
        assert word.start <= token.start < token.end <= word.end, (shown(text), token, word)
        assert (token.start, token.end) != (word.start, word.end), (shown(text), token, word)
    for token in analysis.tokens(Tier.STEM):
        word = words[token.position]
        assert word.start == token.start < token.end <= word.end, (shown(text), token, word)


def stems_are_tagged(text, analysis):
    for token in analysis.tokens(Tier.STEM, Tier.COMPOUND):
        tag, colon, stem = token.term.partition(":")
        assert tag in CODES, (shown(text), token)
        assert colon, (shown(text), token)
        assert stem, (shown(text), token)


def words_of_unsegmented_runs_are_units_too(text, analysis):
    """Whatever a word of an unsegmented script covers, clusters cover; and other words are units whole."""
    units = {(token.start, token.end) for token in analysis.tokens(Tier.CLUSTER)}
    if not units:
        return
    begun, ended = {start for start, _ in units}, {end for _, end in units}
    for token in analysis.tokens(Tier.WORD):
        assert token.start in begun, (shown(text), token)
        assert token.end in ended, (shown(text), token)


def pairs_are_adjacent_units_of_one_run(text, analysis):
    units = list(analysis.tokens(Tier.CLUSTER))
    normal = analysis.normal.text
    stream = analysis[Tier.CLUSTER]
    bounds = list(zip(stream.starts.tolist(), stream.ends.tolist(), strict=True))
    touching = [
        index
        for index, ((start, middle), (after, end)) in enumerate(pairwise(bounds))
        if middle == after and one_run(normal[start:middle], normal[middle:end])
    ]
    pairs = list(analysis.tokens(Tier.PAIR))
    assert [pair.position for pair in pairs] == touching, (shown(text), pairs)
    for pair in pairs:
        one, other = units[pair.position : pair.position + 2]
        assert pair.term == one.term + other.term, (shown(text), pair)
        assert (pair.start, pair.end) == (one.start, other.end), (shown(text), pair)


def tokens_begin_and_end_between_clusters(text, analysis):
    normal = analysis.normal.text
    for tier in Tier:
        stream = analysis[tier]
        for term, *places in zip(stream.terms, stream.starts, stream.ends, strict=True):
            for place in places:
                assert between_clusters(normal, int(place)), (shown(text), tier, term, place)


PROMISES = [
    offsets_point_into_the_stored_text,
    tokens_are_in_text_order,
    words_and_units_do_not_overlap,
    terms_have_characters_and_no_space,
    what_is_marked_is_what_was_cut,
    words_are_numbered_from_nought,
    units_are_numbered_from_nought,
    sub_words_and_stems_stand_in_their_word,
    stems_are_tagged,
    words_of_unsegmented_runs_are_units_too,
    pairs_are_adjacent_units_of_one_run,
    tokens_begin_and_end_between_clusters,
]


# ----- what the promises are measured by, written down a second time

_SCRIPTS = ["Thai", "Lao", "Khmer", "Myanmar", "Tai_Le", "New_Tai_Lue", "Tai_Tham", "Tai_Viet"]
_RUNS = [
    regex.compile(pattern if pattern.startswith("(?") else rf"[{pattern}]")
    for pattern in (
        r"\p{Han}\p{Hiragana}\p{Katakana}\u3005\u3007\u30fc\uff70\u30a0\uff9e\uff9f",
        *(rf"\p{{{script}}}" for script in (*_SCRIPTS, "Javanese", "Balinese", "Ahom")),
        r"(?V1)[\p{Hangul}&&[\p{L}\p{M}]]",
    )
]
_CLUSTER = regex.compile(r"\X")
_MARK = regex.compile(r"[\p{M}\p{GCB=Extend}\p{GCB=SpacingMark}]")
_LINKED = regex.compile(r"[\p{M}\p{L}]")
_LETTER = regex.compile(r"\p{L}")
_BEFORE = regex.compile(r"\p{GCB=Prepend}")
_KANA = regex.compile(r"[\p{Hiragana}\p{Katakana}\u30fc\uff70\uff9e\uff9f]")
_KINDS = {
    "pictograph": regex.compile(r"[\p{Extended_Pictographic}\p{Emoji_Modifier}]"),
    "words": regex.compile(r"[\p{L}\p{M}\p{N}]"),
}
_INHERITED = "".join(regex.findall(r"(?V1)[\p{M}&&\p{Script=Inherited}]", "".join(map(chr, range(0x20000)))))


def run_of(cluster):
    """Which unsegmented script a cluster is of, by its first character; None for a word between."""
    return next((number for number, script in enumerate(_RUNS) if script.match(cluster)), None)


def one_run(one, other):
    return run_of(one) is not None and run_of(one) == run_of(other)


def between_clusters(text, place):
    """Whether a place lies between two clusters (UAX #29), but for three exceptions.

    A conjunct of two consonants may be parted after the sign that joins them (rule GB9c: finer, so
    that a piece is found in either reading). A mark after a letter of another script, or after no
    letter at all, begins a run. A sign that comes before what it changes (rule GB9b) is no letter.
    """
    if place in (0, len(text)) or place in {match.start() for match in _CLUSTER.finditer(text)}:
        return True
    before, after = text[place - 1], text[place]
    if _MARK.match(after):
        owner = kind(text[:place].rstrip(_INHERITED)[-1:])
        return owner is None or (after not in _INHERITED and owner != kind(after))
    return bool(_BEFORE.match(before) or (_LINKED.match(before) and _LETTER.match(after)))


def kind(character):
    """Which script a mark would have to be of, to belong to this character; None, if none can."""
    if run_of(character) is None:
        return next((name for name, of in _KINDS.items() if of.match(character)), None)
    return "kana" if _KANA.match(character) else run_of(character)


# ----- every profile, every promise


@pytest.fixture(scope="module")
def analyses():
    """Every text of the seed, analyzed by every profile: as (text, analysis) pairs by code."""
    every = random_texts(SEED, 300)
    return {code: [(text, analyzer_for(code)(text)) for text in every] for code in PROFILES}


@pytest.mark.parametrize("promise", PROMISES, ids=lambda promise: promise.__name__)
@pytest.mark.parametrize("code", PROFILES)
def test_every_promise_is_kept_on_random_text(code, promise, analyses):
    for text, analysis in analyses[code]:
        promise(text, analysis)


@pytest.mark.parametrize("code", STEMMERS)
def test_a_stemmer_keeps_every_promise_on_random_text(code):
    analyzer = analyzer_for(code)
    every = random_texts(f"{SEED} {code}", 50)
    said = together(analyzer, every)
    for text, by_tier in zip(every, said, strict=True):
        analysis = analyzer(text)
        for promise in PROMISES:
            promise(text, analysis)
        for tier in Tier:
            assert by_tier[tier] == alone(analysis, tier), (shown(text), tier)


@pytest.mark.parametrize("code", PROFILES)
@steady
@given(text=texts())
def test_every_promise_is_kept_on_any_text(code, text):
    analysis = analyzer_for(code)(text)
    for promise in PROMISES:
        promise(text, analysis)


def test_random_text_holds_what_it_is_meant_to_hold(analyses):
    """Or the promises would be kept for want of a text that could break them."""
    joined = "".join(text for text, _ in analyses["und"])
    for name, alphabet in EVERY.items():
        found = sum(unit in joined for unit in map(nfc, alphabet))
        assert found >= len(alphabet) / 2, f"{name}: {found} of {len(alphabet)}"
    for tier in set(Tier) - {Tier.COMPOUND}:
        assert sum(len(analysis[tier]) for _, analysis in analyses["zh"]) > 200, tier


# ----- analysis depends on the text alone


def seen(analysis):
    return [(token.tier, token.term, token.start, token.end, token.position) for token in analysis.tokens()]


def cut(analysis):
    """The tokens without their offsets."""
    return [(token.tier, token.term, token.position) for token in analysis.tokens()]


@pytest.mark.parametrize("code", PROFILES)
def test_analysis_depends_on_the_text_alone(code, analyses):
    """Not on what was analyzed before: a new analyzer, in another order, says the same."""
    fresh = Analyzer(profile_for(code), segmenters())
    for text, analysis in reversed(analyses[code]):
        assert seen(fresh(text)) == seen(analysis), shown(text)


def segmenters():
    owners = {script: segmenting(script) for profile in LANGUAGES for script in profile.scripts}
    return {script: owner for script, owner in owners.items() if owner}


def alone(analysis, tier):
    stream = analysis[tier]
    return list(zip(stream.terms, stream.positions.tolist(), strict=True))


def together(analyzer, texts):
    """What `Analyzer.columns` says of each text: its terms and their positions, by tier."""
    columns = analyzer.columns(texts)
    said = [{tier: [] for tier in Tier} for _ in texts]
    for tier, column in columns.items():
        rows = zip(column.terms, column.texts.tolist(), column.positions.tolist(), strict=True)
        for term, text, position in rows:
            said[text][tier].append((term, position))
    return said


@pytest.mark.parametrize("size", [1, 2, 7, 300])
@pytest.mark.parametrize("code", PROFILES)
def test_texts_that_are_analyzed_together_are_as_if_alone(code, size, analyses):
    pairs = analyses[code]
    for start in range(0, len(pairs), size):
        batch = pairs[start : start + size]
        said = together(analyzer_for(code), [text for text, _ in batch])
        for (text, analysis), by_tier in zip(batch, said, strict=True):
            for tier in Tier:
                assert by_tier[tier] == alone(analysis, tier), (shown(text), tier)


@pytest.mark.parametrize("code", PROFILES)
@steady
@given(batch=st.lists(texts(), max_size=4))
def test_any_texts_together_are_as_if_alone(code, batch):
    analyzer = analyzer_for(code)
    for text, by_tier in zip(batch, together(analyzer, batch), strict=True):
        analysis = analyzer(text)
        for tier in Tier:
            assert by_tier[tier] == alone(analysis, tier), ([*map(shown, batch)], tier)


@pytest.mark.parametrize("code", PROFILES)
def test_invisible_characters_change_no_term(code, analyses):
    rng = random.Random(SEED)
    for text, analysis in analyses[code]:
        spread = list(text)
        for _ in range(rng.randrange(1, 5)):
            spread.insert(rng.randrange(len(spread) + 1), rng.choice(INVISIBLE))
        changed = nfc("".join(spread))
        assert cut(analyzer_for(code)(changed)) == cut(analysis), (shown(text), shown(changed))


@pytest.mark.parametrize("code", PROFILES)
def test_case_changes_no_word(code):
    for text in random_texts(SEED + 1, 100):
        if len(text.upper()) == len(text) and len(text.lower()) == len(text):
            upper, lower = (analyzer_for(code)(nfc(one)) for one in (text.upper(), text.lower()))
            assert list(upper[Tier.WORD].terms) == list(lower[Tier.WORD].terms), shown(text)


# ----- segmenters


def runs_for(profile):
    """Runs of the scripts that a profile cuts: short, long, and far too long."""
    scripts = {script: UNSPACED[script] for script in profile.scripts if script in UNSPACED}
    assert scripts, f"write an alphabet for {sorted(profile.scripts)} into texts.py"
    runs = random_texts(SEED, 150, scripts, stretches=2, longest=200)
    runs += random_texts(SEED, 4, scripts, stretches=3, longest=6_000)
    return [normalize(run).text for run in runs if run]


@pytest.mark.parametrize(
    "profile", [profile for profile in LANGUAGES if profile.segment], ids=lambda profile: profile.code
)
def test_pieces_of_a_segmenter_are_the_run(profile):
    for run in runs_for(profile):
        prepared = profile.prepare(run) if profile.prepare else run
        assert len(prepared) == len(run), shown(run)
        pieces = profile.segment([prepared])
        assert "".join(pieces) == prepared, (shown(run), pieces)
        assert all(pieces), (shown(run), pieces)


@pytest.mark.parametrize(
    "profile", [profile for profile in LANGUAGES if profile.segment], ids=lambda profile: profile.code
)
def test_runs_that_are_cut_together_are_as_if_alone(profile):
    runs = [profile.prepare(run) if profile.prepare else run for run in runs_for(profile)]
    assert profile.segment(runs) == [piece for run in runs for piece in profile.segment([run])]


@pytest.mark.parametrize("unit", ["ด้านหน้า", "อ", "มหา", "哈", "𠮷", "中国农业发展银行", "a1", "👍🏽", "が"])
def test_a_text_without_end_is_cut_at_once(unit):
    """No time that grows with the square of a text: 40,000 characters take a fraction of a second."""
    text = unit * (40_000 // len(unit))
    began = time.process_time()
    analysis = analyzer_for("und")(text)
    assert time.process_time() - began < 5, "40,000 characters are to be cut in a fraction of a second"
    assert len(analysis[Tier.WORD]) or unit == "が"
    for promise in (offsets_point_into_the_stored_text, words_and_units_do_not_overlap):
        promise(text, analysis)


# ----- recall: every stretch is found where it stands, and nowhere else


def clusters_of(text):
    """The terms of a text's units by run, in order: a second way to cut, from the tokens' offsets alone."""
    analysis = analyzer_for("und")(text)
    runs, last = [], None
    stream = analysis[Tier.CLUSTER]
    for term, start, end in zip(stream.terms, stream.starts.tolist(), stream.ends.tolist(), strict=True):
        script = run_of(analysis.normal.text[start:end])
        if script is None:
            last = None
            continue
        if last != (start, script):
            runs.append([])
        runs[-1].append((term, analysis.normal.text[start:end]))
        last = (end, script)
    return runs


def found(stretch, analysis):
    """Whether a stretch is found by its own pairs, each at the position after the one before."""
    asked = analyzer_for("und")(nfc(stretch))
    units, pairs = asked[Tier.CLUSTER], asked[Tier.PAIR]
    if len(units) == 1:
        return units.terms[0] in set(analysis[Tier.CLUSTER].terms)
    assert len(pairs) == len(units) - 1, shown(stretch)
    there = set(zip(analysis[Tier.PAIR].terms, analysis[Tier.PAIR].positions.tolist(), strict=True))
    firsts = [position for term, position in there if term == pairs.terms[0]]
    return any(
        all((term, first + step) in there for step, term in enumerate(pairs.terms)) for first in firsts
    )


def stands(wanted, runs):
    """Whether these terms stand one after another in one of these runs: the naive way to say so."""
    return any(
        wanted == [term for term, _ in run][start : start + len(wanted)]
        for run in runs
        for start in range(len(run) - len(wanted) + 1)
    )


def random_stretches(rng, runs, count=4):
    for _ in range(count if runs else 0):
        run = rng.choice(runs)
        start = rng.randrange(len(run))
        yield run[start : start + rng.randrange(1, 7)]


@pytest.mark.parametrize("code", PROFILES)
def test_every_stretch_is_found_where_it_stands(code, analyses):
    rng, checked = random.Random(SEED), 0
    for text, analysis in analyses[code]:
        for stretch in random_stretches(rng, clusters_of(text)):
            assert found(joined(stretch), analysis), (shown(text), shown(joined(stretch)))
            checked += 1
    assert checked > 500


def recall(text, code, count):
    """How many of so many stretches of a text are found in it, and how many there were."""
    stored = nfc(text)
    analysis, runs = analyzer_for(code)(stored), clusters_of(stored)
    stretches = list(random_stretches(random.Random(SEED), runs, count))
    missed = [written for stretch in stretches if not found(written := joined(stretch), analysis)]
    assert not missed, [shown(written) for written in missed[:5]]
    return len(stretches)


def joined(stretch):
    return "".join(cluster for _, cluster in stretch)


@pytest.mark.parametrize("code", ["zh", "th"])
def test_every_stretch_of_the_seeds_is_found(code):
    counts = [recall(path.read_text(encoding="utf-8"), code, 100) for path in (ROOT / "seeds").iterdir()]
    assert sum(counts) >= 200


@pytest.mark.parametrize("tag", ["ja", "km", "lo", "my", "th", "zh", "zh-Hant"])
def test_every_stretch_of_a_declaration_is_found(shared_data, tag):
    text = (shared_data / "udhr" / f"{tag}.txt").read_text(encoding="utf-8")
    assert recall(text, tag, 100) == 100


@pytest.mark.parametrize("code", PROFILES)
def test_no_stretch_is_found_where_it_does_not_stand(code):
    """Few letters, so that pairs repeat: what is found by its pairs is what stands there."""
    rng, absent, present = random.Random(SEED), 0, 0
    few = {"Thai": list("กา่ข"), "Han": list("国國中"), "Kana": list("かカー"), "between": list(" a1。\u200b")}
    every = random_texts(SEED, 200, few, stretches=6, longest=6)
    for text, other in zip(every, reversed(every), strict=True):
        analysis, runs = analyzer_for(code)(text), clusters_of(text)
        for stretch in random_stretches(rng, clusters_of(other)):
            wanted = stands([term for term, _ in stretch], runs)
            assert found(joined(stretch), analysis) is wanted, (shown(text), shown(joined(stretch)))
            absent, present = absent + (not wanted), present + wanted
    assert absent > 100
    assert present > 100

"""What a reader trusts an order by, on every engine, over random documents of the words of the seeds.

The documents of a pair differ in one thing alone, and that decides.
"""

import random
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from analyzers import Tier
from analyzers.detection import detected
from analyzers.registry import analyzer_for
from indexer import cut
from indexer.document import Document
from indexer.engines import ENGINES
from indexer.entries import entries_of
from indexer.query import parse
from indexer.request import Sort
from indexer.settings import Settings
from indexer.terms import query_of

SEEDS = Path(__file__).parents[2] / "seeds"
LANGUAGES = ("de", "en", "hi", "th", "zh")
#: Random pairs of documents of each language; on a cluster, where making an index takes a second, fewer.
CASES, CASES_ON_A_CLUSTER = 3, 1


@cache
def vocabulary(language):
    """Words that are one term each, no two of one stem, and no compounds."""
    analyze, words = analyzer_for(language), {}
    for path in sorted(SEEDS.glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        if detected(text) != language:
            continue
        for run in cut.runs(text):
            for surface, _ in run.words:
                analysis = analyze(surface)
                terms, stems = analysis[Tier.WORD].terms, analysis[Tier.STEM].terms
                whole = (
                    len(terms) == 1 and len(surface) > 1 and surface.isalpha() | (language in ("hi", "th"))
                )
                if whole and not any(analysis[tier].terms for tier in (Tier.INNER, Tier.COMPOUND)):
                    words.setdefault((stems or terms)[0], surface)
    assert len(words) > 60, language
    return list(words.values())


@pytest.fixture(params=ENGINES)
def scores(request, tmp_path):
    """The scores, before grading, of the documents that a query finds, the best first.

    Each document is a title and a text, by name.
    """
    engine, count = ENGINES[request.param](Settings(engine=request.param)), iter(range(1_000))

    def found(query, documents, language):
        folder = tmp_path / f"{next(count)}"
        rows = [Document(name, title, text, "x", language) for name, (title, text) in documents.items()]
        engine.build([entries_of(rows)], folder)
        searcher = engine.open(folder)
        node = query_of(parse(query), searcher).node
        hits = searcher.search(node, Sort.RELEVANCE, 0, len(rows)).found
        names = [searcher.document(each.number).id for each in hits]
        plain = {
            name: searcher.explain(node, each.number).plain for name, each in zip(names, hits, strict=True)
        }
        searcher.close()
        return plain

    return found


@pytest.fixture
def cases(request):
    """As many times as a pair is drawn."""
    on_a_cluster = "opensearch" in request.node.callspec.params.values()
    return range(CASES_ON_A_CLUSTER if on_a_cluster else CASES)


@pytest.fixture
def ranked(scores):
    """The names of the documents that a query finds, the best first."""
    return lambda *asked: list(scores(*asked))


def shuffled(rng, pair):
    """Two documents, by name, either of which may be the first one."""
    return dict(rng.sample(list(pair.items()), len(pair)))


def drawn(rng, language, count):
    """Words that a query may have, and others for the texts around them."""
    words = rng.sample(vocabulary(language), count + 40)
    return words[:count], words[count:]


def placed(words, others, first, apart, length):
    """A text of others, with words in it at equal distances."""
    text = [others[number % len(others)] for number in range(length - len(words))]
    for number, word in enumerate(words):
        text.insert(first + number * apart, word)
    return " ".join(text)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", [2, 3])
def test_of_documents_with_the_same_words_the_one_comes_first_in_which_they_are_nearer(
    size, language, ranked, cases
):
    rng = random.Random(f"near {size} {language}")
    for _ in cases:
        words, others = drawn(rng, language, size)
        near, far = sorted(rng.sample(range(1, 16 // (size - 1)), 2))
        first, length = rng.randrange(20), rng.randrange(60, 90)
        texts = {
            name: ("", placed(words, others, first, apart, length))
            for name, apart in [("near", near), ("far", far)]
        }
        assert ranked(" ".join(words), shuffled(rng, texts), language) == ["near", "far"], (words, near, far)
        # In whichever order they are asked for.
        if near > 1:
            assert ranked(" ".join(words[::-1]), shuffled(rng, texts), language) == ["near", "far"], words


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_words_stand_above_some_however_often(language, ranked, cases):
    rng = random.Random(f"all {language}")
    for _ in cases:
        words, others = drawn(rng, language, rng.choice([2, 3]))
        often = placed(words[:-1] * rng.randrange(1, 20), others, 0, 1, 80)
        once = placed(words, others, 2, 25, rng.choice([80, 400]))
        texts = {"all": ("", once), "some": ("", often)}
        assert ranked(" ".join(words), shuffled(rng, texts), language) == ["all", "some"], words


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_title_stands_above_a_text(language, ranked, cases):
    rng = random.Random(f"title {language}")
    for _ in cases:
        (word,), others = drawn(rng, language, 1)
        text, length = placed([], others, 0, 1, 60), rng.choice([1, 3, 6])
        titles = [placed([word], others, 0, 1, length), placed([], others[length:], 0, 1, length)]
        pair = {
            "title": (titles[0], f"{text} {others[0]}"),
            "text": (titles[1], f"{text} {word}"),
        }
        assert ranked(word, shuffled(rng, pair), language) == ["title", "text"], word


@pytest.mark.parametrize("language", LANGUAGES)
def test_neither_long_nor_short_documents_win_by_their_length(language, scores, cases):
    """What says the same thing again and again is worth about as much, and what says it in more room less."""
    rng = random.Random(f"length {language}")
    for _ in cases:
        (word,), others = drawn(rng, language, 1)
        length, times = rng.randrange(20, 60), rng.randrange(2, 9)
        plain = placed([word], others, rng.randrange(10), 1, length)
        again = scores(
            word, shuffled(rng, {"short": ("", plain), "long": ("", " ".join([plain] * times))}), language
        )
        assert 0.8 < again["long"] / again["short"] < 1.3, (word, times)
        thin = placed([word], others, rng.randrange(10), 1, length * times)
        assert list(scores(word, shuffled(rng, {"thin": ("", thin), "short": ("", plain)}), language)) == [
            "short",
            "thin",
        ]
        richer = placed([word] * 2, others, rng.randrange(10), 4, length)
        assert list(
            scores(word, shuffled(rng, {"richer": ("", richer), "short": ("", plain)}), language)
        ) == ["richer", "short"]


#: What is typed, the language of the documents, and words that hold it in ever worse ways: as typed, with
#: other accents, inflected, as a part or a piece.
WAYS = [
    pytest.param("café", "fr", ["café", "cafe", "cafés"], id="French"),
    pytest.param("cafe", "fr", ["cafe", "café", "cafés"], id="French, without its accent"),
    pytest.param("Hände", "de", ["Hände", "Hande", "Händen"], id="German"),
    pytest.param("Straße", "de", ["Straße", "Straßen", "Straßenbahn"], id="German, a compound"),
    pytest.param("Zeitung", "de", ["Zeitung", "Zeitungen", "Tageszeitung"], id="German, another"),
    pytest.param("rivers", "en", ["rivers", "river"], id="English"),
    pytest.param("résumé", "en", ["résumé", "resume"], id="English, with accents"),
    pytest.param("niño", "es", ["niño", "nino", "niños"], id="Spanish"),
    pytest.param("किताब", "hi", ["किताब", "किताबें"], id="Hindi"),
    pytest.param("北京大学", "zh", ["北京大学", "北京大学生"], id="Chinese"),
    pytest.param("นาโต", "th", ["นาโต", "สนาโตะ"], id="Thai"),
    pytest.param("학교", "ko", ["학교", "학교에서"], id="Korean"),
]


@pytest.mark.parametrize(("query", "language", "ways"), WAYS)
def test_as_typed_stands_above_folded_above_stems_above_parts(query, language, ways, ranked):
    """However often the worse word stands; only spellings of one word are counted alike."""
    rng = random.Random(f"ways {query}")
    others = ["2019", "17", "a4", "x1"]
    for often in (1, 30):
        for better, worse in pairwise(ways):
            as_often = often if folded(better) == folded(worse) else 1
            pair = {
                "better": ("", placed([better] * as_often, others, 1, 2, 90)),
                "worse": ("", placed([worse] * often, others, 1, 2, 90)),
            }
            assert ranked(query, shuffled(rng, pair), language) == ["better", "worse"], (worse, often)


def folded(word):
    return analyzer_for("und")(word)[Tier.WORD].terms

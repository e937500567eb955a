"""How well short queries rank: judged sets that need no judge, made of documents and questions that are here.

    python -m benchmarks.keywords ../shared/data

What people type is two words, and not a question. Who typed them is not asked; what they were after is known
beforehand (*known-item search*; Azzopardi, de Rijke and Balog, SIGIR 2007):

- ``title``: a few words of a document's own title find the document, among documents with titles;
  ``summary``: the same words, with every title taken away, so they are an author's summary of the text.
- ``sentence``: a few words of one sentence find the document in which it stands.
- ``keywords``: what is left of a question of XQuAD without its common words finds the answer's paragraph.
- ``joined``: the same, where each document is two paragraphs in different languages; ``scripts``: a word or
  two about either of them, in two scripts.

Each figure is the mean of MRR@10 over the languages, which are all in one index. Words are drawn from those
that stand in several documents, or a query would have one possible answer, and in few enough that somebody
would type them. Every column but the first differs from the ranking as it is by what it names.
"""

import gzip
import json
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple
from unittest.mock import patch

import regex

from analyzers.analysis import Tier
from benchmarks.corpus import LANGUAGES
from indexer import clues, cut, ranking
from indexer.document import Document
from indexer.engine import Searcher
from indexer.evaluation import Collection, JudgedSet, figures_of, indexed
from indexer.schema import Field, Zone
from indexer.settings import Settings
from indexer.termquery import Term

SEED = 20240620
#: Documents of a language that are indexed, and queries of a language in a set.
DOCUMENTS, QUERIES = 800, 80
#: How many words a query has.
SIZES = (1, 2, 3)
#: A word is drawn if it stands in so many documents of its language, up to this share of them.
RAREST, COMMONEST = 2, 0.05
#: Collections of which the titles say what the texts are about.
TITLED = (
    *("dynamics365", "libreoffice", "thaigov", "gesetze", "tidb", "storyweaver", "ms-", "powershell", "peps"),
)

#: What is compared: constants of `ranking`, by the heading of a column.
VARIANTS: Mapping[str, Mapping[str, float]] = {
    "as it is": {},
    "not graded": {"GRADED": 0},
    "title 4": {"TITLE": 4.0},
    "near 0": {"NEAR": 0.0},
}

_WORD = Field(Zone.TEXT, Tier.WORD)
_SENTENCES = regex.compile(r"[^.!?。！？।\n]{20,300}[.!?。！？।\n]")


class Query(NamedTuple):
    """What is typed, and the documents that it is after."""

    text: str
    wanted: Sequence[str]


#: Queries of each language, or pair of languages.
Queries = Mapping[str, Sequence[Query]]


class Words:
    """The words of an index, by how many documents hold each; ``written`` are those of their language."""

    def __init__(self, searcher: Searcher, written: int) -> None:
        self._searcher = searcher
        self._most = int(COMMONEST * written)

    def telling(self, text: str) -> list[str]:
        """The distinct words of a text that somebody would type, as written, the rarest first."""
        found = {term: surface for run in cut.runs(text) for surface, term in run.words if term.isalpha()}
        documents = {term: self._documents(term) for term in found if len(term) > 1}
        drawn = [term for term, count in documents.items() if RAREST <= count <= self._most]
        return [found[term] for term in sorted(drawn, key=lambda term: (documents[term], term))]

    def _documents(self, term: str) -> int:
        (found,) = self._searcher.frequencies([Term(_WORD, term)])
        return sum(found.values())


def main(data: Path) -> None:
    """Print the table."""
    print(f"| | {' | '.join(VARIANTS)} |\n|---{'|---' * len(VARIANTS)}|")
    for documents, drawn in collections(data):
        with indexed([JudgedSet("all", documents, {}, {})], Settings()) as collection:
            for name, queries in drawn(collection.searcher).items():
                figures = [f"{_mean(queries, collection, changed):.3f}" for changed in VARIANTS.values()]
                print(f"| {name} | {' | '.join(figures)} |", flush=True)


def collections(
    data: Path,
) -> Iterator[tuple[Sequence[Document], Callable[[Searcher], Mapping[str, Queries]]]]:
    """Documents that go into one index, and what draws sets of queries when that is made."""
    titled = {language: list(_titled(language, data)) for language in LANGUAGES}
    every = [document for documents in titled.values() for document in documents]
    yield every, partial(_drawn_from, titled)
    untitled = [Document(each.id, "", each.text, each.source) for each in every]
    yield untitled, partial(_summaries, titled)
    paragraphs, asked = _questions(data)
    yield paragraphs, partial(_keywords, asked)
    joined, owners = _joined(paragraphs)
    yield joined, partial(_about_two, asked, owners)


def _mean(
    queries: Mapping[str, Sequence[Query]], collection: Collection, changed: Mapping[str, float]
) -> float:
    """MRR@10 with some constants changed, averaged over the languages."""
    with ExitStack() as stack:
        for name, value in changed.items():
            stack.enter_context(patch.object(ranking, name, value))
        stack.enter_context(patch.dict(clues.WEIGHTS, {Zone.TITLE: ranking.TITLE}))
        return sum(_mrr(each, collection) for each in queries.values()) / len(queries)


def _mrr(queries: Sequence[Query], collection: Collection) -> float:
    texts = {str(number): query.text for number, query in enumerate(queries)}
    grades = {str(number): dict.fromkeys(query.wanted, 1) for number, query in enumerate(queries)}
    return figures_of(JudgedSet("", (), texts, grades), collection).figures["mrr@10"]


def _titled(language: str, data: Path) -> Iterator[Document]:
    """Documents whose title says what they are about, without that line in the text."""
    with gzip.open(data / "bulk" / f"{language}.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [row for row in map(json.loads, lines) if row["id"].startswith(TITLED) and row.get("title")]
    often = Counter(row["title"] for row in rows)
    rows = [row for row in rows if often[row["title"]] == 1]
    random.Random(f"{SEED} {language}").shuffle(rows)
    for row in rows[:DOCUMENTS]:
        text = row["text"].removeprefix(row["title"]).strip()
        yield Document(f"{language}/{row['id']}", row["title"], text, language)


def _drawn_from(
    titled: Mapping[str, Sequence[Document]], searcher: Searcher
) -> Mapping[str, Mapping[str, Sequence[Query]]]:
    """Queries drawn from titles and from sentences."""
    sets: dict[str, dict[str, list[Query]]] = defaultdict(lambda: defaultdict(list))
    for language, documents in titled.items():
        words = Words(searcher, len(documents))
        draw = random.Random(f"{SEED} {language} queries")
        for size in SIZES:
            titles, sentences = sets[f"title {size}"][language], sets[f"sentence {size}"][language]
            for document in draw.sample(documents, len(documents)):
                # A title's rarest words, in the order in which they stand there.
                title = words.telling(document.title)[:size]
                if len(title) == size and len(titles) < QUERIES:
                    titles.append(_query(title, document.title, document.id))
                sentence = draw.choice(_SENTENCES.findall(document.text[:20_000]) or [""])
                told = words.telling(sentence) if len(sentences) < QUERIES else []
                if len(told) >= size:
                    sentences.append(_query(draw.sample(told, size), sentence, document.id))
    return sets


def _summaries(titled: Mapping[str, Sequence[Document]], searcher: Searcher) -> Mapping[str, Queries]:
    """Queries drawn from titles, for an index without them."""
    return {
        name.replace("title", "summary"): queries
        for name, queries in _drawn_from(titled, searcher).items()
        if name.startswith("title")
    }


def _query(words: Sequence[str], text: str, *wanted: str) -> Query:
    """Words in the order in which a text has them."""
    return Query(" ".join(sorted(words, key=text.find)), wanted)


class Asked(NamedTuple):
    """A question of XQuAD, and the number of its paragraph, which is the same in every language."""

    text: str
    paragraph: int


def _questions(data: Path) -> tuple[Sequence[Document], Mapping[str, Sequence[Asked]]]:
    """Every paragraph of every language, and the questions of each."""
    documents, asked = [], {}
    for folder in sorted((data / "xquad").iterdir()):
        rows = _rows(folder / "docs.jsonl")
        numbers = {row["id"]: number for number, row in enumerate(rows)}
        documents += [
            Document(f"{folder.name}/{number}", "", row["text"], folder.name)
            for number, row in enumerate(rows)
        ]
        texts = {row["id"]: row["text"] for row in _rows(folder / "queries.jsonl")}
        judged = [
            line.split("\t") for line in (folder / "qrels.tsv").read_text(encoding="utf-8").splitlines()
        ]
        asked[folder.name] = [Asked(texts[query], numbers[wanted]) for query, _, wanted, _ in judged]
    return documents, asked


def _keywords(asked: Mapping[str, Sequence[Asked]], searcher: Searcher) -> Mapping[str, Queries]:
    """The rarest words of each question that stand in any paragraph of its language."""
    sets: dict[str, dict[str, list[Query]]] = defaultdict(lambda: defaultdict(list))
    for language, questions in asked.items():
        words = Words(searcher, sum(searcher.languages().values()) // len(asked))
        for question in random.Random(f"{SEED} {language}").sample(questions, QUERIES):
            told = words.telling(question.text)
            for size in SIZES:
                if len(told) >= size:
                    wanted = f"{language}/{question.paragraph}"
                    sets[f"keywords {size}"][language].append(_query(told[:size], question.text, wanted))
    return sets


#: Languages that are joined in one document; those of two scripts are asked in both at once.
PAIRS = (("en", "de"), ("en", "zh"), ("th", "en"), ("hi", "en"), ("de", "ru"), ("zh", "th"), ("es", "ar"))
ONE_SCRIPT = frozenset({("en", "de")})
#: Of each pair, the paragraph that stands second in each document; the first is of the document's number.
Beside = Mapping[tuple[str, str], Sequence[int]]


def _joined(paragraphs: Sequence[Document]) -> tuple[Sequence[Document], Beside]:
    """Documents of two paragraphs in two languages."""
    texts = {each.id: each.text for each in paragraphs}
    count = sum(each.source == "en" for each in paragraphs)
    beside = {pair: random.Random(f"{SEED} {pair}").sample(range(count), count) for pair in PAIRS}
    documents = [
        Document(_both(pair, n), "", f"{texts[f'{pair[0]}/{n}']}\n\n{texts[f'{pair[1]}/{other}']}", pair[0])
        for pair, others in beside.items()
        for n, other in enumerate(others)
    ]
    return documents, beside


def _both(pair: tuple[str, str], number: int) -> str:
    """The id of the document of two languages that begins with this paragraph."""
    return f"{'-'.join(pair)}/{number}"


def _about_two(
    asked: Mapping[str, Sequence[Asked]], beside: Beside, searcher: Searcher
) -> Mapping[str, Queries]:
    """What is asked about one of a document's two paragraphs, or about both at once."""
    sets: dict[str, dict[str, list[Query]]] = defaultdict(lambda: defaultdict(list))
    # A paragraph stands in a document of each pair that has its language.
    holding: dict[tuple[str, int], list[str]] = defaultdict(list)
    for pair, others in beside.items():
        for number, other in enumerate(others):
            holding[pair[0], number].append(_both(pair, number))
            holding[pair[1], other].append(_both(pair, number))
    written = Counter(language for (language, _), documents in holding.items() for _ in documents)
    words = {language: Words(searcher, count) for language, count in written.items()}
    for language, telling in words.items():
        for question in random.Random(f"{SEED} {language}").sample(asked[language], QUERIES):
            told, wanted = telling.telling(question.text)[: max(SIZES)], holding[language, question.paragraph]
            if len(told) == max(SIZES):
                sets["joined 3"][language].append(_query(told, question.text, *wanted))
            sets["joined question"][language].append(Query(question.text, wanted))
    for pair in beside.keys() - ONE_SCRIPT:
        draw = random.Random(f"{SEED} {pair} queries")
        about: dict[int, list[str]] = defaultdict(list)
        for question in asked[pair[1]]:
            about[question.paragraph].append(question.text)
        for question in draw.sample(asked[pair[0]], QUERIES):
            one = words[pair[0]].telling(question.text)[:1]
            two = words[pair[1]].telling(draw.choice(about[beside[pair][question.paragraph]] or [""]))[:2]
            if one and two:
                found = Query(" ".join(one + two), [_both(pair, question.paragraph)])
                sets["scripts"]["-".join(pair)].append(found)
    return sets


def _rows(path: Path) -> list[Mapping[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


if __name__ == "__main__":
    main(Path(sys.argv[1]))

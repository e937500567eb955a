"""Proves on the stored documents that what is written there is found, and nothing else.

Words and stretches are drawn at random from the documents and asked for as a person would; as many
stretches that stand nowhere are asked for as well. `indexer.drawing` says what is drawn.
"""

import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from functools import partial

from indexer import generations, manifest
from indexer.document import Document
from indexer.drawing import Piece, drawn, recombined
from indexer.engine import Searcher
from indexer.engines import engine_for
from indexer.query import parse
from indexer.request import Sort
from indexer.settings import Settings
from indexer.standing import standing
from indexer.termquery import AllOf, AnyOf, Leaf, Match, Node
from indexer.terms import query_of

#: Of stretches made of others' clusters some stand somewhere; so many times as many are made.
_SPARE = 4

#: Is told what is being done, how much of it has been, and how much there is.
Watcher = Callable[[str, int, int], None]


@dataclass(slots=True)
class Counts:
    """What was asked of one language: of what stands there how much was found, and in which tier first.

    ``absent`` counts stretches that stand nowhere, ``false_finds`` those of them that found something.
    """

    words: int = 0
    stretches: int = 0
    found: int = 0
    absent: int = 0
    false_finds: int = 0
    tiers: Counter[str] = field(default_factory=Counter)

    @property
    def asked(self) -> int:
        """How many words and stretches that stand in a document were asked for."""
        return self.words + self.stretches


@dataclass(frozen=True, slots=True)
class Failure:
    """A query that misses the document ``id`` it was drawn from, or finds it though it stands nowhere."""

    query: str
    id: str
    kind: str


@dataclass(frozen=True, slots=True)
class Recall:
    """What was asked, by language, and every failure."""

    sample: int
    seed: int
    languages: Mapping[str, Counts]
    failures: Sequence[Failure]

    @property
    def total(self) -> Counts:
        """All languages together."""
        every = list(self.languages.values())
        return Counts(
            words=sum(counts.words for counts in every),
            stretches=sum(counts.stretches for counts in every),
            found=sum(counts.found for counts in every),
            absent=sum(counts.absent for counts in every),
            false_finds=sum(counts.false_finds for counts in every),
            tiers=sum((counts.tiers for counts in every), Counter()),
        )


@dataclass(frozen=True, slots=True)
class _Asked:
    """A piece, the language of the document it was drawn from, and where that is kept."""

    piece: Piece
    language: str
    number: int


def recall(settings: Settings, sample: int, seed: int, watch: Watcher) -> Recall:
    """Ask a sample of what stands in the index, and as many stretches that do not.

    Raises:
        IndexUnavailable: there is no index, or nothing of it can be read.
        IndexOutdated: other analyzers built it.
    """
    folder = generations.current(settings.index)
    engine = engine_for(settings)
    record = manifest.read(folder)
    manifest.check(record, engine.name)
    with manifest.harm_said(partial(manifest.harm, record, folder)), closing(engine.open(folder)) as searcher:
        return recall_of(searcher, sample, seed, watch)


def recall_of(searcher: Searcher, sample: int, seed: int, watch: Watcher) -> Recall:
    """Ask one open index."""
    draw = random.Random(seed)
    present = list(_present(searcher, sample, draw, watch))
    absent = _absent(searcher, present, draw, watch)
    languages: dict[str, Counts] = defaultdict(Counts)
    failures: list[Failure] = []
    for done, asked in enumerate(present, 1):
        failures += _ask(searcher, asked, languages[asked.language])
        watch("asking what stands there", done, len(present))
    for done, asked in enumerate(absent, 1):
        failures += _ask_in_vain(searcher, asked, languages[asked.language])
        watch("asking what stands nowhere", done, len(absent))
    return Recall(sample, seed, dict(sorted(languages.items())), failures)


def _ask(searcher: Searcher, asked: _Asked, counts: Counts) -> Iterator[Failure]:
    """Whether a piece finds its document, and the best tier in which it does."""
    query, kind = asked.piece.query, "stretch" if asked.piece.clusters else "word"
    counts.words += kind == "word"
    counts.stretches += kind == "stretch"
    node = query_of(parse(query), searcher).node
    if not searcher.matches(node, asked.number):
        yield Failure(query, searcher.document(asked.number).id, kind)
        return
    counts.found += 1
    best = next(tier for tier in sorted(Match, reverse=True) if _found_as(searcher, node, tier, asked.number))
    counts.tiers[best.label] += 1


def _found_as(searcher: Searcher, node: Node, tier: Match, number: int) -> bool:
    return searcher.matches(only_as(node, tier), number)


def _ask_in_vain(searcher: Searcher, asked: _Asked, counts: Counts) -> Iterator[Failure]:
    """Whether a stretch that stands nowhere finds nothing."""
    counts.absent += 1
    node = query_of(parse(asked.piece.query), searcher).node
    matches = searcher.search(node, Sort.RELEVANCE, 0, 1, facets=False)
    if matches.total:
        counts.false_finds += 1
        yield Failure(asked.piece.query, searcher.document(matches.found[0].number).id, "absent")


def only_as(node: Node, tier: Match) -> Node:
    """What seeks the same in one tier alone; filters and exclusions stay."""
    match node:
        case Leaf(clues=clues):
            return replace(node, clues=tuple(clue for clue in clues if clue.match is tier))
        case AnyOf(nodes=nodes) | AllOf(nodes=nodes):
            return replace(node, nodes=tuple(only_as(child, tier) for child in nodes))
        case _:
            return node


def _present(searcher: Searcher, sample: int, draw: random.Random, watch: Watcher) -> Iterator[_Asked]:
    """Pieces of documents chosen at random, as many of each language: a small language is no less one."""
    documents = searcher.languages()
    wanted = {language: Counter[int]() for language in sorted(documents)}
    for index, language in enumerate(wanted):
        share = sample // len(wanted) + (index < sample % len(wanted))
        wanted[language].update(draw.randrange(documents[language]) for _ in range(share))
    seen: Counter[str] = Counter()
    for document in _watched(searcher, "drawing", watch):
        count = wanted[document.language][seen[document.language]]
        seen[document.language] += 1
        number = searcher.number(document.id) if count else None
        if number is not None:
            for piece in drawn(document, count, draw):
                yield _Asked(piece, document.language, number)


def _absent(
    searcher: Searcher, present: Sequence[_Asked], draw: random.Random, watch: Watcher
) -> Sequence[_Asked]:
    """As many stretches as were drawn that stand in no document, of the same languages and scripts."""
    pools: dict[tuple[str, str], list[_Asked]] = defaultdict(list)
    for asked in present:
        if asked.piece.clusters:
            pools[asked.language, asked.piece.script].append(asked)
    made = {
        key: list(recombined([asked.piece for asked in pool], _SPARE * len(pool), draw))
        for key, pool in pools.items()
    }
    texts = (f"{doc.title}\n{doc.text}" for doc in _watched(searcher, "searching plainly", watch))
    here = standing({piece.text for pieces in made.values() for piece in pieces}, texts) if made else set()
    absent = []
    for (language, script), pieces in made.items():
        nowhere = [piece for piece in pieces if piece.text not in here]
        absent += [_Asked(piece, language, -1) for piece in nowhere[: len(pools[language, script])]]
    return absent


def _watched(searcher: Searcher, doing: str, watch: Watcher) -> Iterator[Document]:
    total = sum(searcher.languages().values())
    for done, document in enumerate(searcher.documents(), 1):
        watch(doing, done, total)
        yield document

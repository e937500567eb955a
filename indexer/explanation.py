"""Why a document has its rank, and why another one is not found: in numbers, places and plain sentences."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from analyzers.analysis import Analysis, Tier
from analyzers.registry import analyzer_for
from indexer.document import Document
from indexer.engine import Contribution, Explained, Searcher, Spoken
from indexer.marking import Marker
from indexer.missing import why_not
from indexer.page import Reading
from indexer.schema import Field, Zone
from indexer.termquery import Chain, Clue, Leaf, Match, Node, Source, Term, Union, field_of
from indexer.terms import TermQuery

#: So many places of one source are shown.
_PLACES = 10
#: What is said of a document in a short query, by the worst tier in which it holds a word.
_GRADES = {
    Match.WORD: "It holds every word of the query as words, which comes before the score.",
    Match.STEM: "It holds every word of the query, at worst in another form, which comes before the score.",
    Match.PART: "It holds every word of the query, at worst as a part, which comes before the score.",
    Match.RELATED: "It holds every word of the query, at worst by its sound, which comes before the score.",
    Match.NONE: "It does not hold every word of the query, and stands below what does, whatever the score.",
}
#: So many terms of one source are shown: a prefix may stand for a hundred.
_TERMS = 10


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the title or the text something stands: ``text`` is that slice, as it is written."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class ClueReport:
    """One clue that stands in the document, with what it adds; ``terms`` are as the index holds them.

    ``weight`` times ``idf`` times the saturated ``count`` is ``score``. ``documents`` is how many hold it.
    """

    field: Field
    match: Match
    finds: bool
    terms: tuple[str, ...]
    count: int
    documents: int
    idf: float
    weight: float
    score: float
    places: tuple[Place, ...]

    @property
    def label(self) -> str:
        """What an answer calls its tier, or what adds to a score without finding: nearness, spelling."""
        if self.match:
            return self.match.label
        return "spelling" if self.field.tier is Tier.EXACT else "nearness"


@dataclass(frozen=True, slots=True)
class PartReport:
    """One part of the query: whether the document holds it, what that counts for, what its clues add.

    The part without a text is nearness, words of the query that stand next to each other.
    """

    text: str | None
    held: bool
    share: float
    score: float
    clues: Sequence[ClueReport]


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a document is found, and with which score, or ``reasons`` why it is not, a sentence each.

    The scores of ``parts``, times ``coordination``, are ``plain``. In a short query ``grade`` is the worst
    tier in which the document holds a word, and ``score`` is made of both; in any other there is no
    grade, and ``score`` is ``plain``. What is not found has those that it would have had.
    """

    query: str
    document: Document
    read_as: Sequence[Reading]
    found: bool
    match: Match
    score: float
    plain: float
    grade: Match | None
    coordination: float
    parts: Sequence[PartReport]
    reasons: Sequence[str]

    @property
    def graded(self) -> str | None:
        """What the grade means, in a sentence."""
        return None if self.grade is None else _GRADES[self.grade]


def explanation(
    text: str, query: TermQuery, node: Node, searcher: Searcher, number: int, document: Document
) -> Explanation:
    """Explain one document; ``node`` is the query's with the filters of the request."""
    explained: Explained = searcher.explain(node, number)
    analyze = analyzer_for(document.language)
    zones = {Zone.TITLE: document.title, Zone.TEXT: document.text}
    analyses = {zone: analyze(stored) for zone, stored in zones.items()}
    reasons = [] if explained.found else why_not(node, searcher, number, document, analyses)
    return Explanation(
        query=text,
        document=document,
        read_as=query.readings,
        found=explained.found,
        match=explained.match,
        score=explained.score,
        plain=explained.plain,
        grade=explained.grade,
        coordination=explained.coordination,
        parts=[_part(spoken, zones, analyses) for spoken in explained.spoken],
        reasons=list(dict.fromkeys(reasons)),
    )


def _part(spoken: Spoken, zones: Mapping[Zone, str], analyses: Mapping[Zone, Analysis]) -> PartReport:
    standing = [made for made in spoken.contributions if made.often]
    return PartReport(
        None if spoken.leaf is None else spoken.leaf.text,
        spoken.held,
        spoken.share,
        sum(made.score for made in standing),
        [_clue(made, zones, analyses) for made in standing],
    )


def _clue(made: Contribution, zones: Mapping[Zone, str], analyses: Mapping[Zone, Analysis]) -> ClueReport:
    clue, zone = made.clue, field_of(made.clue.source).zone
    return ClueReport(
        field_of(clue.source),
        clue.match,
        clue.finds,
        tuple(dict.fromkeys(_terms(clue.source)))[:_TERMS],
        # Words near each other are there once, however near.
        ceil(made.often),
        made.documents,
        made.idf,
        clue.weight,
        made.score,
        tuple(_places(clue, zone, zones[zone], analyses[zone]))[:_PLACES],
    )


def _places(clue: Clue, zone: Zone, stored: str, analysis: Analysis) -> Iterator[Place]:
    """Where the analysis has the clue; what stands in one chain with only space between is one place."""
    # What only adds to the score is looked for in the same way as what finds.
    marker = Marker(Leaf("", (clue._replace(finds=True),)))
    start = end = -1
    for match in marker.matched(analysis, zone):
        if not isinstance(clue.source, Chain) or end < 0 or stored[end : match.start].strip():
            if end > start:
                yield Place(start, end, stored[start:end])
            start = match.start
        end = max(end, match.end)
    if end > start:
        yield Place(start, end, stored[start:end])


def _terms(source: Source) -> Iterator[str]:
    if isinstance(source, Union):
        for part in source.sources:
            yield from _terms(part)
    elif isinstance(source, Term):
        yield source.text
    else:
        yield (" " if isinstance(source, Chain) else " … ").join(term.text for term in source.terms)

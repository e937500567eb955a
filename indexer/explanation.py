"""Why a document has its rank, and why another one is not found: in numbers, places and plain sentences."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import NamedTuple

from analyzers.analysis import Analysis, Tier
from analyzers.registry import analyzer_for
from indexer.budget import UNLIMITED, Budget, Left
from indexer.document import Document
from indexer.engine import Contribution, Explained, Searcher, Spoken
from indexer.marking import Marker
from indexer.missing import surfaces_of, why_not
from indexer.page import Reading
from indexer.portions import LARGEST, pieces_of
from indexer.schema import Field, Zone
from indexer.snippet import sliced
from indexer.termquery import Chain, Leaf, Match, Node, Source, Term, Union, field_of
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
    #: Whether all of its text was looked through in time; if not, there may be more places and reasons.
    complete: bool = True

    @property
    def graded(self) -> str | None:
        """What the grade means, in a sentence."""
        return None if self.grade is None else _GRADES[self.grade]


class _Analyzed(NamedTuple):
    """A stretch of a document's title or text that was analyzed, and where it begins there."""

    zone: Zone
    start: int
    text: str
    analysis: Analysis


def explanation(
    text: str,
    query: TermQuery,
    node: Node,
    searcher: Searcher,
    number: int,
    document: Document,
    budget: Budget = UNLIMITED,
) -> Explanation:
    """Explain one document; ``node`` is the query's with the filters of the request.

    When time is up, with the places and the reasons that the text shows up to there.
    """
    explained: Explained = searcher.explain(node, number)
    # A clue that speaks twice, since a run stands beside each of its words, is looked for once.
    made = dict.fromkeys(made for spoken in explained.spoken for made in spoken.contributions if made.often)
    seekers = [_Seeker(each) for each in made]
    surfaces: dict[Zone, dict[str, None]] = {zone: {} for zone in Zone}
    for piece in _analyzed(document, budget):
        for seeker in seekers:
            seeker.look(piece)
        if not explained.found:
            surfaces[piece.zone].update(dict.fromkeys(surfaces_of(piece.text, piece.analysis)))
        elif all(seeker.full for seeker in seekers):
            break
    reasons = [] if explained.found else why_not(node, searcher, number, document, surfaces)
    places = {each: seeker.places for each, seeker in zip(made, seekers, strict=True)}
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
        parts=[_part(spoken, places) for spoken in explained.spoken],
        reasons=list(dict.fromkeys(reasons)),
        complete=not budget.left,
    )


def _analyzed(document: Document, budget: Budget) -> Iterator[_Analyzed]:
    """The title and the text, a very long one in pieces, until time is up."""
    analyze = analyzer_for(document.language)
    yield _Analyzed(Zone.TITLE, 0, document.title, analyze(document.title))
    whole = len(document.text) <= LARGEST
    for start, end in [(0, len(document.text))] if whole else pieces_of(0, len(document.text)):
        if start and budget.leaves_out(Left.MARKS):
            return
        first, last = sliced(document.text, start, end)
        text = document.text[first:last]
        yield _Analyzed(Zone.TEXT, first, text, analyze(text))


def _part(spoken: Spoken, places: Mapping[Contribution, Sequence[Place]]) -> PartReport:
    standing = [made for made in spoken.contributions if made.often]
    return PartReport(
        None if spoken.leaf is None else spoken.leaf.text,
        spoken.held,
        spoken.share,
        sum(made.score for made in standing),
        [_clue(made, places[made]) for made in standing],
    )


def _clue(made: Contribution, places: Sequence[Place]) -> ClueReport:
    clue = made.clue
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
        tuple(places),
    )


class _Seeker:
    """Gathers the first places of a clue."""

    def __init__(self, made: Contribution) -> None:
        self._clue = made.clue
        self._zone = field_of(made.clue.source).zone
        # What only adds to the score is looked for in the same way as what finds.
        self._marker = Marker(Leaf("", (made.clue._replace(finds=True),)))
        self._most = min(_PLACES, ceil(made.often))
        self.places: list[Place] = []

    @property
    def full(self) -> bool:
        """Whether there are as many places as are shown, or as there are."""
        return len(self.places) >= self._most

    def look(self, piece: _Analyzed) -> None:
        """Add the places in a piece, behind those before."""
        if piece.zone is self._zone and len(self.places) < _PLACES:
            behind = self.places[-1].end if self.places else -1
            self.places += [place for place in self._found(piece) if place.start >= behind]
            del self.places[_PLACES:]

    def _found(self, piece: _Analyzed) -> Iterator[Place]:
        """Where a piece has the clue; what stands in one chain with only space between is one place."""
        start = end = -1
        for match in self._marker.matched(piece.analysis, piece.zone):
            apart = not isinstance(self._clue.source, Chain) or end < 0
            if apart or piece.text[end : match.start].strip():
                if end > start:
                    yield Place(piece.start + start, piece.start + end, piece.text[start:end])
                start = match.start
            end = max(end, match.end)
        if end > start:
            yield Place(piece.start + start, piece.start + end, piece.text[start:end])


def _terms(source: Source) -> Iterator[str]:
    if isinstance(source, Union):
        for part in source.sources:
            yield from _terms(part)
    elif isinstance(source, Term):
        yield source.text
    else:
        yield (" " if isinstance(source, Chain) else " … ").join(term.text for term in source.terms)

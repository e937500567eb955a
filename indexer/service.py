"""Answers searches over the generation that is current, whichever that is by now."""

from collections.abc import Callable
from functools import partial
from time import perf_counter
from typing import Self

from analyzers import characters
from analyzers.detection import detected
from analyzers.normal import normalize
from analyzers.registry import analyzer_for, profile_for, segmenting
from analyzers.runs import runs_of
from indexer import generations
from indexer.attempts import Attempt
from indexer.budget import UNLIMITED, Budget
from indexer.document import Document, well_formed
from indexer.engine import Found, Matches, Searcher
from indexer.errors import DocumentNotFound
from indexer.explanation import Explanation, explanation
from indexer.languages import within
from indexer.lexicon import MAX_SUGGESTIONS, better, completions
from indexer.marking import Marker
from indexer.notices import notices_of, of_time
from indexer.page import (
    AnalysisReport,
    FacetCount,
    Hit,
    IndexStatus,
    MarkedDocument,
    Run,
    SearchPage,
    Snippet,
    Suggestions,
)
from indexer.portions import first_marked, marked_in, portions_of
from indexer.query import parse
from indexer.request import SearchRequest, no_part
from indexer.schema import Zone
from indexer.serving import Served, Serving
from indexer.settings import Settings
from indexer.showing import shown
from indexer.snippet import marked
from indexer.termquery import AllOf, Node, Only
from indexer.terms import query_of


class SearchService:
    """Searches an index folder. Notices a new generation by itself; safe to use from several threads."""

    def __init__(self, settings: Settings, budget: Callable[[], Budget] | None = None) -> None:
        """``budget`` begins the time of each search, which takes as long as it takes where there is none."""
        self._settings = settings
        self._budget = budget or (lambda: UNLIMITED)
        # What is read once is no search's time.
        self._serving = Serving(settings, loaded=budget is not None)

    @classmethod
    def open(cls, settings: Settings) -> Self:
        """A service over the settings' index, which need not be there yet."""
        return cls(settings)

    @classmethod
    def within_time(cls, settings: Settings) -> Self:
        """A service whose searches show what they have when the settings' time for one is up."""
        return cls(settings, partial(Budget, settings.query_ms / 1000))

    def search(self, request: SearchRequest) -> SearchPage:
        """One page of hits.

        Raises:
            IndexUnavailable: there is nothing to search.
        """
        started = perf_counter()
        with self._serving.reading() as served:
            return self._page(request, served, started)

    def suggest(self, text: str, limit: int = MAX_SUGGESTIONS) -> Suggestions:
        """Completions of what has been typed so far, each of which finds something.

        Raises:
            BadRequest: it is longer than a query may be.
            IndexUnavailable: there is nothing to search.
        """
        request = SearchRequest(text)
        with self._serving.reading() as served:
            budget = self._budget()
            count = partial(_count, request, served, budget)
            found = completions(request.query, served.lexicon, count, limit, budget)
            return Suggestions(request.query, found, complete=not budget.left)

    def document(self, id: str) -> Document:
        """One stored document.

        Raises:
            DocumentNotFound: there is none of this id.
            IndexUnavailable: there is nothing to look in.
        """
        with self._serving.reading() as served:
            searcher = served.searcher
            number = searcher.number(well_formed(id))
            if number is None:
                raise DocumentNotFound(id)
            return searcher.document(number)

    def marked(self, id: str, query: str, part: int | None = None) -> MarkedDocument:
        """One stored document with a query's matches marked; of a very long one a part.

        That is the one with this number, from 1, or the first in which the query stands.

        Raises:
            BadRequest: it has no such part.
            DocumentNotFound: there is none of this id.
            IndexUnavailable: there is nothing to look in.
        """
        document = self.document(id)
        portions = portions_of(document.text)
        if part is not None and not 1 <= part <= len(portions):
            raise no_part(part, len(portions))
        with self._serving.reading() as served:
            budget = self._budget()
            query = well_formed(query)
            marker = Marker(query_of(parse(query), served.searcher, None, served.lexicon, budget).node)
            analyze = analyzer_for(document.language)
            if part is None:
                number, found = first_marked(document.text, portions, marker, analyze, budget)
            else:
                number = part - 1
                found = marked_in(document.text, portions[number], marker, analyze, budget)
            start, end = portions[number]
            return MarkedDocument(
                document,
                marked(document.title, marker, analyze, Zone.TITLE),
                Snippet(document.text[start:end], start, found),
                number + 1,
                len(portions),
                of_time(budget),
            )

    def explain(self, request: SearchRequest, id: str) -> Explanation:
        """Why a document has its rank for a query, or why it is not found.

        Raises:
            DocumentNotFound: there is none of this id.
            IndexUnavailable: there is nothing to look in.
        """
        with self._serving.reading() as served:
            searcher = served.searcher
            number = searcher.number(well_formed(id))
            if number is None:
                raise DocumentNotFound(id)
            query = query_of(parse(request.query), searcher, request.language, served.lexicon)
            node = _filtered(query.node, request, searcher)
            document = searcher.document(number)
            return explanation(request.query, query, node, searcher, number, document, self._budget())

    @staticmethod
    def analyze(text: str, language: str | None = None) -> AnalysisReport:
        """How a text is cut, as a document of this language (detected when it is not given)."""
        text = well_formed(text)
        language = language or detected(text)
        analysis = analyzer_for(language)(text)
        return AnalysisReport(text, language, _runs(text, language), list(analysis.tokens()))

    def status(self) -> IndexStatus:
        """What is indexed.

        Raises:
            IndexUnavailable: nothing is.
        """
        with self._serving.reading() as served:
            record = served.record
            return IndexStatus(
                engine=record.engine,
                generation=served.folder.name,
                built=record.built,
                documents=record.documents,
                languages=record.languages,
                sources=record.sources,
                bytes=record.bytes,
                version=record.version,
                kind=record.kind,
                seconds=record.seconds,
                rejected=record.rejected,
                skipped=record.skipped,
            )

    def attempt(self) -> Attempt | None:
        """The last rebuild or update that was tried, whatever became of it; None, if none is known."""
        return generations.attempt(self._settings.index)

    def ready(self) -> None:
        """Load what the first search would otherwise wait for.

        Raises:
            IndexUnavailable: there is nothing to search.
        """
        with self._serving.reading() as served:
            served.load()
            served.searcher.number("")  # whoever keeps the index answers

    def close(self) -> None:
        """Let go of the index."""
        self._serving.close()

    def _page(self, request: SearchRequest, served: Served, started: float) -> SearchPage:
        searcher = served.searcher
        budget = self._budget()
        query = query_of(parse(request.query), searcher, request.language, served.lexicon, budget)
        node = _filtered(query.node, request, searcher)
        matches = searcher.search(node, request.sort, request.first, request.size, budget=budget)
        marker = Marker(query.node)
        documents = [searcher.document(found.number) for found in matches.found]
        hits = [
            _hit(document, found, title, snippets)
            for document, found, (title, snippets) in zip(
                documents, matches.found, shown(documents, marker, budget), strict=True
            )
        ]
        notices = notices_of(request, query, searcher.languages(), budget)
        return SearchPage(
            query=request.query,
            read_as=query.readings,
            notices=notices,
            total=matches.total,
            page=request.page,
            size=request.size,
            facets=_facets(matches),
            hits=hits,
            did_you_mean=better(
                request.query,
                matches.total,
                served.lexicon,
                partial(_count, request, served, budget),
                budget,
            ),
            complete=not budget.left,
            # Last, so that everything above has been done.
            took_ms=(perf_counter() - started) * 1000,
        )


def _count(request: SearchRequest, served: Served, budget: Budget, text: str) -> int:
    """How many documents another query finds under the same filters."""
    query = query_of(parse(text), served.searcher, request.language, served.lexicon, budget)
    node = _filtered(query.node, request, served.searcher)
    return served.searcher.count(node, budget)


def _filtered(node: Node, request: SearchRequest, searcher: Searcher) -> Node:
    conditions: list[Node] = []
    if request.language is not None:
        conditions.append(Only("language", within(request.language, searcher.languages())))
    if request.source is not None:
        conditions.append(Only("source", (request.source,)))
    if request.tag is not None:
        conditions.append(Only("tag", (request.tag,)))
    if request.since is not None or request.until is not None:
        days = (request.since, request.until)
        conditions.append(Only("date", tuple(day.isoformat() if day else "" for day in days)))
    return AllOf((node, *conditions)) if conditions else node


def _hit(document: Document, found: Found, title: Snippet, snippets: tuple[Snippet, ...]) -> Hit:
    return Hit(
        id=document.id,
        source=document.source,
        title=title,
        language=document.language,
        score=found.score,
        match=found.match.label,
        snippets=snippets,
        url=document.url,
        date=document.date,
        tags=document.tags,
    )


def _facets(matches: Matches) -> dict[str, list[FacetCount]]:
    return {
        name: [
            FacetCount(value, count)
            for value, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        ]
        for name, counts in matches.facets.items()
    } or {"language": [], "source": [], "tag": [], "year": []}


def _runs(text: str, language: str) -> list[Run]:
    normal = normalize(text)
    runs = runs_of(normal.text)
    starts, ends = normal.starts(runs.starts).tolist(), normal.ends(runs.ends).tolist()
    found = []
    for start, end, number in zip(starts, ends, runs.classes.tolist(), strict=True):
        script = characters.UNSEGMENTED.get(number)
        own = profile_for(language)
        cutter = None if script is None or script in own.scripts else segmenting(script)
        run_script = script or characters.script_of(text[start:end]).title()
        found.append(Run(text[start:end], start, end, run_script, cutter.code if cutter else language))
    return found

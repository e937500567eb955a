"""Our ranking as a weighting model of Whoosh's, and our queries as trees of Whoosh's matchers.

Whoosh's matchers walk through the postings one by one, join and exclude, and find phrases by their
positions; each calls the model for a score. Nothing here is shared with the evaluation over arrays but the
constants of the ranking: idf, lengths and coordination are worked out as `indexer.ranking` documents them.
"""

from collections import Counter, defaultdict
from datetime import date as Date
from functools import reduce
from math import log

from whoosh.matching import (
    AndMaybeMatcher,
    AndNotMatcher,
    ConstantScoreWrapperMatcher,
    IntersectionMatcher,
    ListMatcher,
    NullMatcher,
    UnionMatcher,
    WrappingMatcher,
)
from whoosh.query import Query
from whoosh.query.spans import SpanNear
from whoosh.scoring import BaseScorer, WeightingModel

from analyzers import Tier
from indexer.engines.whoosh import layout
from indexer.engines.whoosh.writer import day_number
from indexer.ranking import IDF_POWER, K1, B
from indexer.schema import FIELDS, Field, Zone
from indexer.termquery import (
    AllOf,
    AnyOf,
    Chain,
    Everything,
    Leaf,
    Near,
    Not,
    Only,
    Term,
    field_of,
    graded_leaves,
)


class Statistics:
    """What a model asks of an index: of every living document its language, and how long its fields are."""

    def __init__(self, searcher):
        self.segments = [(leaf.reader(), offset) for leaf, offset in searcher.leaf_searchers()]
        self.languages, self.days, self.lengths = {}, {}, defaultdict(dict)
        for reader, offset in self.segments:
            documents = reader.codec().per_document_reader(reader.storage(), reader.segment())

            def column(name, kind, documents=documents):
                return documents.column_reader(name, kind) if documents.has_column(name) else None

            language = column(layout.LANGUAGE, layout.COLUMNS[layout.LANGUAGE])
            day = column(layout.DAY, layout.COLUMNS[layout.DAY])
            for number in reader.all_doc_ids():
                self.languages[offset + number] = language[number].decode()
                self.days[offset + number] = day[number] if day else layout.NO_DAY
            for field in FIELDS:
                name = layout.length_column(field.name)
                length = column(name, layout.COLUMNS[name])
                for number in reader.all_doc_ids():
                    self.lengths[field][offset + number] = length[number]
            documents.close()
        self.counts = Counter(self.languages.values())
        self.totals = {
            field: Counter(
                {
                    language: sum(lengths[n] for n, its in self.languages.items() if its == language)
                    for language in self.counts
                }
            )
            for field, lengths in self.lengths.items()
        }

    def offset(self, searcher):
        """The number of a segment's first document."""
        return next(offset for reader, offset in self.segments if reader is searcher.reader())

    def idf(self, clue, *lists):
        """The idf of what stands in these documents, averaged over the languages of the clue.

        Of several lists each language's longest counts.
        """
        held = Counter()
        for numbers in lists:
            held |= Counter(self.languages[number] for number in numbers)
        return sum(
            share * log(1 + (count - held[language] + 0.5) / (held[language] + 0.5)) ** IDF_POWER
            for language, share in clue.languages
            if (count := self.counts[language])
        )

    def norm(self, field, number):
        """What a count in this document is compared with."""
        language = self.languages[number]
        average = self.totals[field][language] / self.counts[language]
        return K1 * (1 - B + B * self.lengths[field][number] / average)


class ClueWeighting(WeightingModel):
    """BM25 of one clue."""

    def __init__(self, clue, idf, statistics):
        self.factor = clue.weight * idf
        self.field = field_of(clue.source)
        self.statistics = statistics

    def scorer(self, searcher, fieldname, text, qf=1):
        return ClueScorer(self, self.statistics.offset(searcher))


class ClueScorer(BaseScorer):
    """Scores what a matcher of one segment is at."""

    def __init__(self, model, offset):
        self.model = model
        self.offset = offset

    def score(self, matcher):
        norm = self.model.statistics.norm(self.model.field, self.offset + matcher.id())
        count = matcher.weight()
        return self.model.factor * count * (K1 + 1) / (count + norm)

    def max_quality(self):
        # What speaks against a document takes nothing from one in which it hardly stands.
        return max(0.0, self.model.factor) * (K1 + 1)

    def block_quality(self, matcher):
        return self.max_quality()


class Coordinated(WeightingModel):
    """What the clues add up to, times the fourth root of the share of the query that a document holds.

    In a short query the worst of the tiers in which it holds the words comes before that.
    """

    use_final = True

    def __init__(self, searcher, node, statistics):
        self.statistics = statistics
        self.weightings = {}
        self.held, self.weight = Counter(), 0.0
        self.graded = [self._tiers(searcher, leaf) for leaf in graded_leaves(node)]
        for speaker in speaking(node):
            clues = speaker.clues if isinstance(speaker, Leaf) else speaker.nearness
            idfs = [(clue, self._weigh(searcher, clue)) for clue in clues]
            if isinstance(speaker, Leaf) and speaker.counts:
                weight = max(((clue.weight > 0, idf) for clue, idf in idfs if clue.finds), default=(False, 0))
                self.weight += weight[1]
                for number in found(
                    searcher, lambda leaf, speaker=speaker: structure(leaf, speaker, statistics)
                ):
                    self.held[number] += weight[1]

    def _weigh(self, searcher, clue):
        sources = [clue.source, *commoner(clue.source)]
        lists = [found(searcher, lambda leaf, its=its: source_matcher(leaf, its)) for its in sources]
        idf = self.statistics.idf(clue, *lists)
        self.weightings[clue] = ClueWeighting(clue, idf, self.statistics)
        return idf

    def _tiers(self, searcher, leaf):
        """The best tier in which each document holds a leaf; 0 where it does not."""
        tiers = Counter()
        for clue in leaf.clues:
            if clue.finds:
                numbers = found(searcher, lambda segment, its=clue.source: source_matcher(segment, its))
                tiers |= Counter(dict.fromkeys(numbers, int(clue.match)))
        return tiers

    def final(self, searcher, docnum, score):
        if self.weight:
            score *= (self.held[docnum] / self.weight) ** 0.25
        if self.graded:
            score = min(tiers[docnum] for tiers in self.graded) + score / (1 + abs(score))
        return score


class Asked(Query):
    """A query of ours, as Whoosh's search takes it."""

    def __init__(self, node, model):
        self.node = node
        self.model = model

    def matcher(self, searcher, context=None):
        scored = union(
            clue_matcher(searcher, clue, self.model.weightings[clue])
            for speaker in speaking(self.node)
            for clue in (speaker.clues if isinstance(speaker, Leaf) else speaker.nearness)
        )
        matched = structure(searcher, self.node, self.model.statistics)
        if not matched.is_active():
            return NullMatcher()
        return AndMaybeMatcher(ConstantScoreWrapperMatcher(matched, 0.0), scored)


def answers(searcher, node, statistics):
    """The scores of the documents that Whoosh finds, by their numbers in the whole index."""
    model = Coordinated(searcher, node, statistics)
    with searcher.__class__(searcher.reader(), weighting=model, closereader=False) as asked:
        # The model knows segments by their readers, which both searchers share.
        return {hit.docnum: hit.score for hit in asked.search(Asked(node, model), limit=None)}


def found(searcher, matcher_of):
    """The numbers of the documents that a matcher finds, in all segments."""
    return [
        offset + number for leaf, offset in searcher.leaf_searchers() for number in matcher_of(leaf).all_ids()
    ]


def speaking(node):
    """The leaves that speak for a document, and the nodes whose leaves' nearness does."""
    match node:
        case Leaf():
            return [node]
        case AnyOf(nodes=nodes):
            return [node, *(each for child in nodes for each in speaking(child))]
        case AllOf(nodes=nodes):
            return [each for child in nodes for each in speaking(child)]
        case _:
            return []


def commoner(source):
    """The text's word that a title's term, or a sub-word, is no rarer than; none for anything else."""
    match source:
        case Term(Field(tier=Tier.INNER | Tier.EXACT), text):
            return [Term(Field(Zone.TEXT, Tier.WORD), text)]
        case Term(Field(tier=Tier.COMPOUND), text):
            return [Term(Field(Zone.TEXT, Tier.STEM), text)]
        case Term(Field(zone=Zone.TITLE, tier=tier), text):
            return [Term(Field(Zone.TEXT, tier), text)]
        case _:
            return []


def union(matchers):
    return reduce(UnionMatcher, matchers, NullMatcher())


def everything(searcher):
    return ListMatcher(list(searcher.reader().all_doc_ids()))


def structure(searcher, node, statistics):
    """Which documents a node matches, whatever they score."""
    match node:
        case Leaf(clues=clues):
            return union(source_matcher(searcher, clue.source) for clue in clues if clue.finds)
        case AnyOf(nodes=nodes):
            return union(structure(searcher, child, statistics) for child in nodes)
        case AllOf(nodes=nodes):
            parts = (structure(searcher, child, statistics) for child in nodes)
            return reduce(IntersectionMatcher, parts, everything(searcher))
        case Not(node=child):
            return AndNotMatcher(everything(searcher), structure(searcher, child, statistics))
        case Only(key=key, values=values):
            return filtered(searcher, key, values, statistics)
        case Everything():
            return everything(searcher)


def filtered(searcher, key, values, statistics):
    """Terms find tags and sources; language and day are columns, which matchers do not read."""
    if key == layout.TAG:
        return union(postings(searcher, key, value) for value in values)
    if key == layout.SOURCE:
        sources = dict.fromkeys(
            source for value in values for source in searcher.reader().expand_prefix(key, value)
        )
        return union(postings(searcher, key, source) for source in sources)
    offset = statistics.offset(searcher)
    if key == "language":
        return ListMatcher(
            [n for n in searcher.reader().all_doc_ids() if statistics.languages[offset + n] in values]
        )
    first, last = (day_number(Date.fromisoformat(value)) if value else None for value in values)
    days = [(n, statistics.days[offset + n]) for n in searcher.reader().all_doc_ids()]
    return ListMatcher(
        [n for n, day in days if day != layout.NO_DAY and day >= (first or 0) and day <= (last or day)]
    )


def clue_matcher(searcher, clue, weighting):
    """A clue, scored: a term by Whoosh itself, what is made of several by their joined counts."""
    if isinstance(clue.source, Term):
        return postings(searcher, clue.source.field.name, clue.source.text, weighting)
    matcher = source_matcher(searcher, clue.source)
    return Scored(matcher, weighting.scorer(searcher, "", "")) if matcher.is_active() else matcher


def source_matcher(searcher, source):
    match source:
        case Term(field=field, text=text):
            return postings(searcher, field.name, text)
        case Chain(terms=terms, offsets=offsets):
            first, *rest = (source_matcher(searcher, term) for term in terms)
            steps = zip(rest, offsets, offsets[1:], strict=False)
            for matcher, before, after in steps:
                if not (first.is_active() and matcher.is_active()):
                    return NullMatcher()
                apart = after - before
                first = SpanNear.SpanNearMatcher(first, matcher, slop=apart, mindist=apart)
            return Places(first) if first.is_active() else NullMatcher()
        case Near(terms=terms, within=within):
            first, second = (source_matcher(searcher, term) for term in terms)
            if not (first.is_active() and second.is_active()):
                return NullMatcher()
            near = SpanNear.SpanNearMatcher(first, second, slop=within, ordered=False, mindist=0)
            return Nearest(near) if near.is_active() else NullMatcher()
        case _:
            return union(source_matcher(searcher, part) for part in source.sources)


def postings(searcher, name, text, weighting=None):
    encoded = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
    if (name, encoded) not in searcher.reader():
        return NullMatcher()
    if weighting is None:
        return searcher.reader().postings(name, encoded)
    return searcher.postings(name, encoded, weighting=weighting)


class Places(WrappingMatcher):
    """Weighs a phrase by how often it stands in the document."""

    def weight(self):
        return float(len(self.child.spans()))


class Nearest(WrappingMatcher):
    """Weighs two words near each other by the shortest way from one to the other."""

    def weight(self):
        return 1 / max(1, min(span.end - span.start for span in self.child.spans()))


class Scored(WrappingMatcher):
    """Scores what other matchers find together."""

    def __init__(self, child, scorer):
        super().__init__(child)
        self.scorer = scorer

    def _replacement(self, newchild):
        return Scored(newchild, self.scorer)

    def supports_block_quality(self):
        return False

    def max_quality(self):
        return self.scorer.max_quality()

    def score(self):
        return self.scorer.score(self.child)

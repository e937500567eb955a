"""From a query to its terms: which postings are looked up, in which tier, with which weight."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, combinations, pairwise

import langcodes

from analyzers.analysis import Tier
from indexer import clues as speaking
from indexer import cut, query, ranking
from indexer.budget import UNLIMITED, Budget, Left
from indexer.clues import WEIGHTS, chain, stretch, unit_terms, word_terms
from indexer.cut import Run
from indexer.engine import Searcher
from indexer.languages import Languages, within
from indexer.lexicon import Lexicon
from indexer.lexicon.widening import like, read_like
from indexer.page import Reading
from indexer.query import Part
from indexer.schema import Field, Zone
from indexer.termquery import (
    AllOf,
    AnyOf,
    Clue,
    Everything,
    Leaf,
    Match,
    Node,
    Not,
    Only,
    Source,
    Spread,
    Term,
    Union,
)

#: A prefix stands for at most so many words of a zone, the most frequent. In titles, which have few of all
#: words, so many of these are looked for.
MAX_EXPANSIONS, _LOOKED_FOR = 128, 2_048
#: A language that has this share of a query's distribution is named as one it was read in.
_NAMED = 0.05


@dataclass(frozen=True, slots=True)
class TermQuery:
    """What the engine is asked, and how each part of the query was read."""

    node: Node
    readings: Sequence[Reading]
    limits: frozenset[query.Limit] = frozenset()


def query_of(
    tree: Part,
    searcher: Searcher,
    language: str | None = None,
    lexicon: Lexicon | None = None,
    budget: Budget = UNLIMITED,
) -> TermQuery:
    """The terms of a query over one index; ``language`` is the reader's own choice, if any.

    When time is up, a word that is sought stands for no others.
    """
    lowering = _Lowering(searcher, Languages(searcher, language), lexicon, budget)
    limits = tree.limits if isinstance(tree, query.Evidence) else frozenset()
    return TermQuery(lowering.node(tree), tuple(lowering.readings), limits)


class _Lowering:
    """Turns the parts of one query into nodes, noting how it read each."""

    def __init__(
        self, searcher: Searcher, languages: Languages, lexicon: Lexicon | None, budget: Budget
    ) -> None:
        self._searcher = searcher
        self._budget = budget
        self._lexicon = lexicon
        self._languages = languages
        self._zones: tuple[Zone, ...] = tuple(Zone)
        self._excluded = False
        self.readings: list[Reading] = []

    def node(self, part: Part) -> Node:
        """The node of a part of the query."""
        match part:
            case query.Evidence(parts=parts):
                return self._evidence(parts)
            case query.Bare():
                return self._evidence((part,))
            case query.Phrase(text=text):
                return self._phrase(text)
            case query.Prefix(text=text):
                return self._prefix(text)
            case query.Fuzzy(text=text):
                return self._fuzzy(text)
            case query.Every():
                self._read("*", "all", ())
                return Everything()
            case query.Filter(key=key, value=value):
                return self._filter(key, value)
            case query.InTitle(part=inner):
                return self._in_title(inner)
            case query.Excluded(part=inner):
                return self._without(inner)
            case query.Both(parts=parts):
                return AllOf(tuple(self.node(inner) for inner in parts))
            case query.Either(parts=parts):
                return AnyOf(tuple(self.node(inner) for inner in parts))

    def _evidence(self, parts: Sequence[Part]) -> Node:
        """Parts side by side: any that is sought, none that is excluded, every filter."""
        bare = [part.text for part in parts if isinstance(part, query.Bare)]
        # Cut together, because words tell of each other; told of one by one, as the query has them.
        runs = [] if self._excluded else cut.runs(" ".join(bare))
        sought, nearness, readings = self._words(runs)
        told = _dealt(runs, readings, bare)
        conditions: list[Node] = []
        for part in parts:
            if not isinstance(part, query.Bare):
                node = self.node(part)
                (conditions if isinstance(node, Not | Only) else sought).append(node)
            elif self._excluded:
                sought.append(self._as_it_stands(part.text))
            else:
                self.readings += next(told)
        wanted = AnyOf(tuple(sought), nearness, _is_short(sought))
        if not conditions:
            return wanted
        # What holds no letter (a lone quote) is no reason to find nothing where a filter stands.
        return AllOf((wanted if sought else Everything(), *conditions))

    def _words(self, runs: Sequence[Run]) -> tuple[list[Node], tuple[Clue, ...], list[Reading]]:
        """Leaves for the words of bare runs, clues for those next to each other, and a reading a run."""
        spreads = self._languages.of_words(term for run in runs for _, term in run.words)
        # In a long question the other words find what an inflection of another language would.
        few = len(spreads) <= ranking.GRADED
        # By what makes them, so that a word said twice is one leaf.
        leaves: dict[tuple[str, str | None], Node] = {}
        terms: list[str] = []
        readings: list[Reading] = []
        for run in runs:
            pieces = [Term(Field(Zone.TEXT, unit.tier), unit.term) for unit in run.units]
            spread = spreads[run.words[0][1]] if run.words else self._languages.of_units(pieces)
            kind = "run" if len(run.words) != 1 else "word"
            readings.append(self._reading(run.text, kind, spread if self._held(run, pieces) else ()))
            standing = speaking.standing(run, self._zones, spread) if run.pieced else ()
            for surface, term in run.words:
                leaf = self._word(surface, term, spreads[term], spaced=not run.unsegmented, few=few)
                # Where the whole run stands, so does each of its words.
                key = surface, run.text if run.unsegmented else None
                leaves[key] = replace(leaf, clues=(*leaf.clues, *standing)) if standing else leaf
            if run.unsegmented:
                clues = (*standing, *speaking.pieces(run, self._zones, spread))
                leaves["", run.text] = Leaf(run.text, clues, counts=not run.words)
            terms += [term for _, term in run.words]
        return list(leaves.values()), self._nearness(terms, spreads), readings

    def _nearness(self, terms: Sequence[str], spreads: Mapping[str, Spread]) -> tuple[Clue, ...]:
        """Clues for words next to each other, and in a short query for those near each other."""
        distinct = tuple(dict.fromkeys(terms))
        near = combinations(distinct, 2) if len(distinct) <= ranking.GRADED else ()
        return (
            *self._neighbours(terms, spreads),
            *(speaking.near(first, second, spreads[second]) for first, second in near),
        )

    def _neighbours(self, terms: Sequence[str], spreads: Mapping[str, Spread]) -> tuple[Clue, ...]:
        """Clues for words next to each other; in a long query, for those whose place tells something."""
        rare = [len(terms) <= ranking.ADJACENT_SHORT or self._rare(term, spreads[term]) for term in terms]
        pairs = [
            (first, second)
            for (first, second), (one, other) in zip(pairwise(terms), pairwise(rare), strict=True)
            if one and other
        ]
        return tuple(
            speaking.adjacent(first, second, spreads[second]) for first, second in dict.fromkeys(pairs)
        )

    def _word(self, surface: str, term: str, spread: Spread, *, spaced: bool, few: bool = True) -> Leaf:
        # Whoever excludes a word does not exclude what is put together with it.
        compounds = not self._excluded
        elsewhere = self._languages.inflecting(surface, spread) if spaced and few else ()
        word = speaking.word_of(
            surface, term, spread, spaced=spaced, compounds=compounds, elsewhere=elsewhere
        )
        clues = [clue for zone in self._zones for clue in speaking.clues_of(word, zone)]
        if self._lexicon is not None and not self._excluded:
            clues += self._beside(term, read_like(term, self._lexicon), Match.RELATED, ranking.RELATED)
        return Leaf(surface, tuple(clues), telling=self._telling(term, spread))

    def _held(self, run: Run, pieces: Sequence[Term]) -> bool:
        """Whether any document of the index holds the words of a run, or one of its pieces."""
        # In the order in which most are found.
        words = [term for _, term in run.words]
        sought = word_terms(words, Zone.TEXT), word_terms(words, Zone.TITLE), pieces
        return any(map(self._languages.held, sought))

    def _rare(self, word: str, spread: Spread) -> bool:
        """Whether a word is rare enough in the query's languages for its neighbour to tell something."""
        here, every = self._languages.counts(Term(Field(Zone.TEXT, Tier.WORD), word), spread)
        return here <= max(ranking.ADJACENT_FEW, ranking.ADJACENT_RARE * every)

    def _telling(self, word: str, spread: Spread) -> float:
        """The idf of a word in the query's languages together."""
        here, every = self._languages.counts(Term(Field(Zone.TEXT, Tier.WORD), word), spread)
        return ranking.rarity(here, every)

    def _phrase(self, text: str) -> Node:
        """Words in this order, or text as it stands; never stems."""
        quoted = cut.phrase(text)
        words, units = quoted.words, quoted.units
        if not words and not units:
            return AnyOf(())
        spreads = self._languages.of_words(words)
        spread = spreads[words[0]] if words else self._languages.of_units(unit_terms(units, Zone.TEXT))
        self._read(text, "phrase", spread)
        clues: list[Clue] = []
        for zone in self._zones:
            weight = WEIGHTS[zone]
            if units:
                clues.append(Clue(stretch(units, zone), Match.PART, weight, spread))
            if not units or (len(words) == 1 and quoted.worded):
                clues.append(
                    Clue(chain(word_terms(words, zone), range(len(words))), Match.WORD, weight, spread)
                )
        return Leaf(text, tuple(clues))

    def _as_it_stands(self, text: str) -> Node:
        """A bare part that is excluded: its words and their stems, or the run as it stands."""
        runs = list(cut.runs(text))
        if len(runs) != 1 or runs[0].unsegmented:
            return self._phrase(text)
        spreads = self._languages.of_words(term for _, term in runs[0].words)
        self._read(text, "word", next(iter(spreads.values()), ()))
        return AnyOf(
            tuple(self._word(surface, term, spreads[term], spaced=True) for surface, term in runs[0].words)
        )

    def _prefix(self, text: str) -> Node:
        """Any word that begins so; in an unsegmented script, the text as it stands as well."""
        quoted = cut.phrase(text)
        # What no dictionary knows stands around the words; they are not all that must stand there.
        words, units = quoted.words if quoted.worded else (), quoted.units
        if not words and not units:
            return AnyOf(())
        self._read(f"{text}*", "prefix", ())
        beginning = [*words[:-1]]
        clues: list[Clue] = []
        for zone in self._zones:
            field = Field(zone, Tier.WORD)
            if units:
                clues.append(Clue(stretch(units, zone), Match.PART, ranking.PREFIX, self._everywhere()))
            if words and (found := self._completions(words[-1], field)):
                ends: list[Source] = [
                    chain(word_terms([*beginning, end], zone), range(len(words))) for end in found
                ]
                source = ends[0] if len(ends) == 1 else Union(tuple(ends))
                clues.append(Clue(source, Match.WORD, ranking.PREFIX * WEIGHTS[zone], self._everywhere()))
        return Leaf(f"{text}*", tuple(clues))

    def _completions(self, prefix: str, field: Field) -> list[str]:
        """The most frequent words that begin so, of those that stand in a field."""
        if self._lexicon is None or self._time_is_up():
            return []
        words = [word for word, _ in self._lexicon.completions(prefix, _LOOKED_FOR)]
        standing: list[str] = []
        # Most of the first stand in texts, and few in titles.
        for start in range(0, len(words), MAX_EXPANSIONS):
            some = words[start : start + MAX_EXPANSIONS]
            found = self._searcher.frequencies([Term(field, word) for word in some])
            standing += [word for word, here in zip(some, found, strict=True) if here]
            if len(standing) >= MAX_EXPANSIONS:
                break
        return standing[:MAX_EXPANSIONS]

    def _fuzzy(self, text: str) -> Node:
        """Each word, and those that it may be a misspelling of."""
        # A word said twice is one leaf.
        leaves: dict[str, Node] = {}
        for run in cut.runs(text):
            if run.text in leaves:
                continue
            spreads = self._languages.of_words(term for _, term in run.words)
            word = "".join(term for _, term in run.words)
            spread = next(iter(spreads.values()), self._everywhere())
            self._read(f"{run.text}~", "fuzzy", spread)
            surface = run.text if run.unsegmented else run.words[0][0]
            # What no dictionary cuts into words (Khmer) has none, and is sought as it stands.
            leaf = Leaf(surface, ())
            if word:
                leaf = self._word(surface, word, spread, spaced=not run.unsegmented)
            clues = [*leaf.clues, *(speaking.standing(run, self._zones, spread) if run.unsegmented else ())]
            if self._lexicon is not None and word and not self._time_is_up():
                others = like(word, self._lexicon, spaced=not run.unsegmented)
                clues += self._beside(word, others, Match.WORD, ranking.LIKE)
            leaves[run.text] = replace(leaf, clues=tuple(clues))
        return AnyOf(tuple(leaves.values()))

    def _beside(self, word: str, others: Sequence[str], match: Match, weight: float) -> list[Clue]:
        """Clues for other words than the one that was typed, and less than it."""
        if not others:
            return []
        every = {zone: Union(tuple(word_terms([word, *others], zone))) for zone in self._zones}
        return [
            Clue(source, match, weight * WEIGHTS[zone], self._everywhere()) for zone, source in every.items()
        ]

    def _time_is_up(self) -> bool:
        """Whether there is no time to look for other words; what is excluded is excluded whole."""
        return not self._excluded and self._budget.leaves_out(Left.MATCHES)

    def _filter(self, key: str, value: str) -> Node:
        if key == "language" and langcodes.tag_is_valid(value):
            value = langcodes.standardize_tag(value)
        self.readings.append(Reading(value, "filter", (), self._excluded, key))
        values = within(value, self._searcher.languages()) if key == "language" else (value,)
        return Only(key, values)

    def _in_title(self, part: Part) -> Node:
        zones, self._zones = self._zones, (Zone.TITLE,)
        node = self.node(part)
        self._zones = zones
        return node

    def _without(self, part: Part) -> Node:
        before, self._excluded = self._excluded, True
        node = self.node(part)
        self._excluded = before
        return Not(node)

    def _everywhere(self) -> Spread:
        documents = self._searcher.languages()
        total = sum(documents.values())
        return tuple((language, count / total) for language, count in sorted(documents.items()))

    def _read(self, text: str, kind: str, spread: Spread) -> None:
        self.readings.append(self._reading(text, kind, spread))

    def _reading(self, text: str, kind: str, spread: Spread) -> Reading:
        spoken = tuple(sorted(language for language, share in spread if share >= _NAMED))
        field = "title" if self._zones == (Zone.TITLE,) else None
        return Reading(text, kind, spoken, self._excluded, field)


def _dealt(runs: Sequence[Run], readings: Sequence[Reading], texts: Sequence[str]) -> Iterator[list[Reading]]:
    """The readings of each text, of runs that were cut from the texts with a space between them."""
    ends = list(accumulate(len(text) + 1 for text in texts))
    dealt: list[list[Reading]] = [[] for _ in texts]
    for run, reading in zip(runs, readings, strict=True):
        dealt[bisect_right(ends, run.start)].append(reading)
    return iter(dealt)


def _is_short(nodes: Sequence[Node]) -> bool:
    """Whether a query is so short that every word of it matters."""
    if not all(isinstance(node, Leaf) for node in nodes):
        return False
    return 1 <= sum(node.counts for node in nodes if isinstance(node, Leaf)) <= ranking.GRADED

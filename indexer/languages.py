"""Which languages the words of a query are taken to be in, read off the index.

For the words of one script together, language l scores the sum over the words of
log((df_l + m p) / (N_l + m)), where p is the word's share of all documents (Dirichlet smoothing;
Zhai and Lafferty 2001), and the scores make a distribution: nearly flat for a name that every
language writes, sharp for a question. A constant in place of p serves languages of equal size
only: one with a single document, where no word is rare, would win every question.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from math import exp, log

from analyzers.analysis import Tier
from analyzers.characters import script_of
from analyzers.registry import analyzer_for, profile_for
from indexer.engine import Searcher
from indexer.schema import Field, Zone
from indexer.termquery import Spread, Term

#: How many documents' worth of evidence the whole index is beside a language's own.
_SMOOTHING = 1.0

#: How likely words of one script are to be in another language than the words of other scripts beside them.
_APART = 0.1

_WORDS = Field(Zone.TEXT, Tier.WORD)

#: Languages less likely than this, beside the likeliest, are left out.
_NEGLIGIBLE = 1e-4


class Languages:
    """The languages of one index, and what a query's words say about its own."""

    def __init__(self, searcher: Searcher, chosen: str | None = None) -> None:
        """``chosen`` is the tag of the reader's own choice; it settles the matter."""
        self._searcher = searcher
        self._documents = searcher.languages()
        self._frequencies: dict[Term, Mapping[str, int]] = {}
        self._chosen = within(chosen, self._documents) if chosen else ()

    def frequencies(self, term: Term) -> Mapping[str, int]:
        """In how many documents of each language a term stands."""
        if term not in self._frequencies:
            self._look_up([term])
        return self._frequencies[term]

    def counts(self, term: Term, spread: Spread) -> tuple[int, int]:
        """In how many documents of these languages a term stands, and how many there are."""
        found = self.frequencies(term)
        here = sum(found.get(language, 0) for language, _ in spread)
        return here, sum(self._documents[language] for language, _ in spread)

    def of_words(self, terms: Iterable[str]) -> dict[str, Spread]:
        """The distribution over languages of each folded word; words of one script share one."""
        groups: dict[str, list[Term]] = defaultdict(list)
        words = [Term(_WORDS, term) for term in dict.fromkeys(terms)]
        self._look_up(words)
        for word in words:
            groups[script_of(word.text)].append(word)
        alone = {script: self._spread(group) for script, group in groups.items()}
        spreads: dict[str, Spread] = {}
        for script, group in groups.items():
            others = [spread for other, spread in alone.items() if other != script]
            spreads |= dict.fromkeys((word.text for word in group), self._beside(alone[script], others))
        return spreads

    def _beside(self, own: Spread, others: Sequence[Spread]) -> Spread:
        """What words of one script are taken to be in, beside those of others: NATO in a Chinese question."""
        if not others:
            return own
        even = _APART / len(self._documents)
        around: dict[str, float] = defaultdict(float)
        for spread in others:
            for language, share in spread:
                around[language] += (1 - _APART) * share / len(others)
        return _normal({language: share * (even + around[language]) for language, share in own})

    def inflecting(self, word: str, spread: Spread) -> tuple[str, ...]:
        """The other languages of the index whose documents hold the stem of a word, alone or in compounds.

        No English document has Putins, and no German one Putin: each is an inflection of the other.
        """
        if self._chosen:
            return ()
        likely, script = {language for language, _ in spread}, script_of(word).title()
        stems = {
            language: _stem_terms(word, language)
            for language in self._documents
            if language not in likely and script in profile_for(language).scripts
        }
        self._look_up(chain.from_iterable(stems.values()))
        return tuple(
            language
            for language, terms in stems.items()
            if any(language in self._frequencies[term] for term in terms)
        )

    def of_units(self, terms: Sequence[Term]) -> Spread:
        """The distribution over languages of a piece of unsegmented text, by its units."""
        return self._spread(terms)

    def held(self, terms: Sequence[Term]) -> bool:
        """Whether any document holds any of some terms."""
        self._look_up(terms)
        return any(self._frequencies[term] for term in terms)

    def _look_up(self, terms: Iterable[Term]) -> None:
        """Ask the index about terms, all at once: it may be far away."""
        missing = [term for term in dict.fromkeys(terms) if term not in self._frequencies]
        if missing:
            self._frequencies.update(zip(missing, self._searcher.frequencies(missing), strict=True))

    def _spread(self, terms: Sequence[Term]) -> Spread:
        if self._chosen:
            return _normal({language: float(self._documents[language]) for language in self._chosen})
        self._look_up(terms)
        scores: dict[str, float] = dict.fromkeys(self._documents, 0.0)
        seen: set[str] = set()
        for term in terms:
            frequencies = self.frequencies(term)
            if not frequencies:
                continue  # A word that no document holds says nothing, least of all for a small language.
            seen |= frequencies.keys()
            everywhere = sum(frequencies.values()) / sum(self._documents.values())
            for language, count in self._documents.items():
                expected = frequencies.get(language, 0) + _SMOOTHING * everywhere
                scores[language] += log(expected / (count + _SMOOTHING))
        if not seen:
            return _normal({language: float(count) for language, count in self._documents.items()})
        highest = max(scores[language] for language in seen)
        return _normal({language: exp(scores[language] - highest) for language in seen})


def _stem_terms(word: str, language: str) -> list[Term]:
    """Where a word's stem in a language may stand, alone or in compounds."""
    analyzer = analyzer_for(language)
    stem = analyzer.forms.stems[word]
    tiers = (Tier.STEM, Tier.COMPOUND) if analyzer.profile.compounds else (Tier.STEM,)
    return [Term(Field(zone, tier), stem) for zone in Zone for tier in tiers]


def within(tag: str, languages: Iterable[str]) -> tuple[str, ...]:
    """The languages that a tag stands for: itself, and what is more specific (``zh``: ``zh-Hant``)."""
    return tuple(language for language in languages if language == tag or language.startswith(f"{tag}-"))


def _normal(weights: Mapping[str, float]) -> Spread:
    highest = max(weights.values(), default=0.0)
    kept = {language: weight for language, weight in weights.items() if weight > highest * _NEGLIGIBLE}
    total = sum(kept.values())
    return tuple((language, weight / total) for language, weight in sorted(kept.items()))

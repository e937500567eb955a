"""What speaks for a word, a run or two neighbours: clues, tier by tier, with their weights."""

from collections.abc import Sequence
from typing import NamedTuple

from analyzers.analysis import Tier
from analyzers.registry import analyzer_for
from indexer import ranking
from indexer.cut import Run, Unit
from indexer.schema import Field, Zone
from indexer.termquery import Chain, Clue, Match, Near, Source, Spread, Term

#: No language in particular (BCP 47).
_ANY = "und"

#: What a match in each zone is worth.
WEIGHTS = {Zone.TITLE: ranking.TITLE, Zone.TEXT: 1.0}


class _Form(NamedTuple):
    """A stem of a word in a language, and how likely this is beside the likeliest language."""

    stem: str
    language: str
    likely: float


class Word(NamedTuple):
    """A word of the query, in every form that a document may hold it in.

    ``spelling`` is the term of its own spelling, and what that weighs. ``compounds`` are the stems that may
    be a part of a longer word, ``parts`` the stems of its own parts.
    """

    term: str
    spread: Spread
    spaced: bool
    spelling: tuple[str, float]
    stems: Sequence[_Form]
    compounds: Sequence[_Form] = ()
    parts: Sequence[_Form] = ()


def word_of(
    surface: str,
    term: str,
    spread: Spread,
    *,
    spaced: bool,
    compounds: bool,
    elsewhere: Sequence[str] = (),
) -> Word:
    """The forms of a word; ``compounds``: also what it is a part of, and what its parts are.

    ``elsewhere`` are languages that inflect the word and are not among those it is likely in.
    """
    # Folding is the same in every language, so any analyzer will do.
    exact, accented = analyzer_for(_ANY).forms.spelling(surface)
    # What has the accents that were typed, or has some where none were.
    spelling = exact, ranking.EXACT if accented else -ranking.EXACT
    likeliest = max((share for _, share in spread), default=1.0)
    languages = [(language, share / likeliest) for language, share in spread]
    stems = _stems(surface, [*languages, *((language, ranking.ELSEWHERE) for language in elsewhere)])
    if not spaced or not compounds:
        return Word(term, spread, spaced, spelling, stems)
    holding = [form for form in stems if analyzer_for(form.language).profile.compounds]
    parts = [
        _Form(stem, language, likely)
        for language, likely in languages
        if analyzer_for(language).profile.compounds
        for stem in dict.fromkeys(stem for stem, _, _ in analyzer_for(language).forms.parts[surface])
    ]
    return Word(term, spread, spaced, spelling, stems, holding, parts)


def _stems(surface: str, languages: Sequence[tuple[str, float]]) -> list[_Form]:
    """The word's stem in every language it may be of; one that several have goes to the likeliest."""
    stems: dict[str, _Form] = {}
    for language, likely in languages:
        stem = analyzer_for(language).forms.stems[surface]
        if stem and (stem not in stems or likely > stems[stem].likely):
            stems[stem] = _Form(stem, language, likely)
    return list(stems.values())


def clues_of(word: Word, zone: Zone) -> list[Clue]:
    """Everything in a zone that speaks for a word."""
    weight = WEIGHTS[zone]
    whole = ranking.SURFACE if word.spaced else ranking.WORD
    exact, signed = word.spelling
    clues = [
        Clue(Term(Field(zone, Tier.WORD), word.term), Match.WORD, whole * weight, word.spread),
        # A part of a title's word is worth no more than a part of the text's.
        Clue(Term(Field(zone, Tier.INNER), word.term), Match.WORD, ranking.INNER, word.spread),
        Clue(Term(Field(zone, Tier.EXACT), exact), Match.NONE, signed * weight, word.spread, finds=False),
        *_inflected(word.stems, Field(zone, Tier.STEM), Match.STEM, weight * ranking.STEM),
    ]
    if not word.spaced:
        # The index holds no stem of a segmenter that is its own word.
        words = [form._replace(stem=form.stem.partition(":")[2]) for form in word.stems]
        others = [form for form in words if form.stem != word.term]
        clues += _inflected(others, Field(zone, Tier.WORD), Match.STEM, weight * ranking.STEM)
    inside = Field(zone, Tier.COMPOUND)
    clues += _inflected(word.compounds, inside, Match.PART, weight * ranking.STEM * ranking.COMPOUND)
    # The parts of a compound, as words and in other compounds, only add to a score.
    for field, worth in (
        (Field(zone, Tier.STEM), ranking.PART),
        (inside, ranking.PART * ranking.COMPOUND),
    ):
        clues += _inflected(word.parts, field, Match.PART, worth, finds=False)
    return clues


def _inflected(
    forms: Sequence[_Form], field: Field, match: Match, weight: float, *, finds: bool = True
) -> list[Clue]:
    """Clues for forms of a word, the less likely with less weight, each rare as it is in its language."""
    return [
        Clue(Term(field, stem), match, weight * likely, ((language, 1.0),), finds)
        for stem, language, likely in forms
    ]


def standing(run: Run, zones: Sequence[Zone], spread: Spread) -> tuple[Clue, ...]:
    """The run as it stands; of unsegmented text its pieces are what scores."""
    weight = 0.0 if run.unsegmented else ranking.PAIR
    return tuple(Clue(stretch(run.units, zone), Match.PART, weight * WEIGHTS[zone], spread) for zone in zones)


def pieces(run: Run, zones: Sequence[Zone], spread: Spread) -> tuple[Clue, ...]:
    """Each pair of the run, which finds nothing by itself and only adds to the score."""
    distinct = dict.fromkeys((unit.tier, unit.term) for unit in run.units)
    return tuple(
        Clue(Term(Field(zone, tier), term), Match.PART, ranking.PAIR * WEIGHTS[zone], spread, finds=False)
        for zone in zones
        for tier, term in distinct
    )


def adjacent(first: str, second: str, spread: Spread) -> Clue:
    """What speaks for two words next to each other; it only adds to a score."""
    return Clue(Chain(_both(first, second), (0, 1)), Match.NONE, ranking.ADJACENT, spread, finds=False)


def near(first: str, second: str, spread: Spread) -> Clue:
    """What speaks for two words near each other; it only adds to a score."""
    pair = Near(_both(first, second), ranking.WITHIN)
    return Clue(pair, Match.NONE, ranking.NEAR, spread, finds=False)


def _both(first: str, second: str) -> tuple[Term, Term]:
    field = Field(Zone.TEXT, Tier.WORD)
    return Term(field, first), Term(field, second)


def word_terms(words: Sequence[str], zone: Zone) -> list[Term]:
    """Folded words as terms of a zone."""
    return [Term(Field(zone, Tier.WORD), word) for word in words]


def unit_terms(units: Sequence[Unit], zone: Zone) -> list[Term]:
    """Units of running text as terms of a zone."""
    return [Term(Field(zone, unit.tier), unit.term) for unit in units]


def stretch(units: Sequence[Unit], zone: Zone) -> Source:
    """Units as they stand, one after another."""
    return chain(unit_terms(units, zone), [unit.position - units[0].position for unit in units])


def chain(terms: Sequence[Term], offsets: Sequence[int] | range) -> Source:
    """Terms at these distances from the first; a term alone is its own source."""
    return terms[0] if len(terms) == 1 else Chain(tuple(terms), tuple(offsets))

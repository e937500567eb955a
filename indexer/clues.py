"""What speaks for a word, a run or two neighbours: clues, tier by tier, with their weights."""

from collections.abc import Sequence

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


def clues_of(
    surface: str,
    term: str,
    zone: Zone,
    spread: Spread,
    *,
    spaced: bool,
    compounds: bool,
    elsewhere: Sequence[str] = (),
) -> list[Clue]:
    """Everything in a zone that speaks for a word; ``compounds``: also what it is a part of.

    ``elsewhere`` are languages that inflect the word and are not among those it is likely in.
    """
    weight = WEIGHTS[zone]
    whole = ranking.SURFACE if spaced else ranking.WORD
    stems = _stems(surface, zone, weight * ranking.STEM, spread, elsewhere)
    clues = [
        Clue(Term(Field(zone, Tier.WORD), term), Match.WORD, whole * weight, spread),
        # A part of a title's word is worth no more than a part of the text's.
        Clue(Term(Field(zone, Tier.INNER), term), Match.WORD, ranking.INNER, spread),
        _spelling(surface, zone, weight, spread),
        *stems,
    ]
    if not spaced:
        clues += _as_words(stems, term)
    elif compounds:
        clues += _in_compounds(stems) + _parts(surface, zone, spread)
    return clues


def _stems(surface: str, zone: Zone, weight: float, spread: Spread, elsewhere: Sequence[str]) -> list[Clue]:
    """The word's stem in every language it may be of, the less likely with less weight."""
    likeliest = max((share for _, share in spread), default=1.0)
    stems: dict[str, tuple[str, float]] = {}
    unlikely = [(language, ranking.ELSEWHERE * likeliest) for language in elsewhere]
    for language, share in (*spread, *unlikely):
        stem = analyzer_for(language).forms.stems[surface]
        if stem and share > stems.get(stem, ("", 0.0))[1]:
            stems[stem] = (language, share)
    return [
        Clue(Term(Field(zone, Tier.STEM), stem), Match.STEM, weight * share / likeliest, ((language, 1.0),))
        for stem, (language, share) in stems.items()
    ]


def _spelling(surface: str, zone: Zone, weight: float, spread: Spread) -> Clue:
    """What has the accents that were typed, or has some where none were; it only moves scores."""
    # Folding is the same in every language, so any analyzer will do.
    term, accented = analyzer_for(_ANY).forms.spelling(surface)
    signed = ranking.EXACT if accented else -ranking.EXACT
    return Clue(Term(Field(zone, Tier.EXACT), term), Match.NONE, signed * weight, spread, finds=False)


def _in_compounds(stems: Sequence[Clue]) -> list[Clue]:
    """Stems of a word, as parts of the compounds of languages that build them."""
    return [
        clue._replace(
            source=clue.source._replace(field=Field(clue.source.field.zone, Tier.COMPOUND)),
            match=Match.PART,
            weight=clue.weight * ranking.COMPOUND,
        )
        for clue in stems
        if isinstance(clue.source, Term) and analyzer_for(clue.languages[0][0]).profile.compounds
    ]


def _parts(surface: str, zone: Zone, spread: Spread) -> list[Clue]:
    """The parts of a compound, as words and in other compounds; they only add to a score."""
    likeliest = max((share for _, share in spread), default=1.0)
    return [
        Clue(
            Term(Field(zone, tier), stem),
            Match.PART,
            weight * share / likeliest,
            ((language, 1.0),),
            finds=False,
        )
        for language, share in spread
        for stem in dict.fromkeys(stem for stem, _, _ in analyzer_for(language).forms.parts[surface])
        for tier, weight in ((Tier.STEM, ranking.PART), (Tier.COMPOUND, ranking.PART * ranking.COMPOUND))
    ]


def _as_words(stems: Sequence[Clue], term: str) -> list[Clue]:
    """Stems of a segmented word, as the words that they are: the index holds no stem that is its own word."""
    return [
        clue._replace(source=Term(Field(clue.source.field.zone, Tier.WORD), word))
        for clue in stems
        if isinstance(clue.source, Term) and (word := clue.source.text.partition(":")[2]) != term
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

"""Says in plain sentences why a query does not find a document, and what would have found it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from analyzers.analysis import Analysis, Tier
from analyzers.folding import fold
from analyzers.registry import analyzer_for, profile_for
from indexer.document import Document
from indexer.engine import Searcher
from indexer.schema import Zone
from indexer.termquery import AllOf, AnyOf, Chain, Leaf, Match, Near, Node, Not, Only, Source, Term, Union

#: The words of each zone: how they are written, by how they are folded.
_Words = Mapping[Zone, Mapping[str, str]]

#: So much of a word of the document is shown, in code points.
_SHOWN = 60


def why_not(
    node: Node, searcher: Searcher, number: int, document: Document, surfaces: Mapping[Zone, Iterable[str]]
) -> list[str]:
    """Which parts of a query, filters and exclusions keep it from finding a document, a sentence each.

    ``surfaces`` are the words of each zone, as they are written.
    """
    words = {zone: {fold(surface): surface for surface in written} for zone, written in surfaces.items()}
    return list(_reasons(node, searcher, number, document, words))


def _reasons(node: Node, searcher: Searcher, number: int, document: Document, words: _Words) -> Iterator[str]:
    """The reasons of a node that does not match."""
    match node:
        case Leaf():
            yield _leaf(node, words, _own_first(searcher, document))
        case AnyOf(nodes=nodes):
            if not nodes:
                yield "The query holds no word to search for."
            for child in nodes:
                yield from _reasons(child, searcher, number, document, words)
        case AllOf(nodes=nodes):
            for child in nodes:
                if not searcher.matches(child, number):
                    yield from _reasons(child, searcher, number, document, words)
        case Not(node=child):
            held = [leaf.text for leaf in _leaves(child) if searcher.matches(leaf, number)]
            what = " and ".join(f"“{text}”" for text in dict.fromkeys(held)) or "what it filters by"
            yield f"The query excludes {what}, and the document has it."
        case Only(key=key, values=values):
            yield _filter(key, values, document)


def _leaf(leaf: Leaf, words: _Words, languages: Sequence[str]) -> str:
    """Why a leaf does not match, and what of the document would have, if it had been looked for."""
    sources = [clue.source for clue in leaf.clues]
    terms = [term for source in sources for term in _terms(source)]
    zones = {term.field.zone for term in terms}
    here = {folded: word for zone in zones for folded, word in words[zone].items()}
    plain = list(dict.fromkeys(term.text for term in terms if term.field.tier is Tier.WORD))
    # A union holds words beside the one that was typed: what sounds so, or may be meant by a typo.
    typed = [clue.source for clue in leaf.clues if clue.match is Match.WORD]
    own = [term.text for term in typed if isinstance(term, Term) and term.field.tier is Tier.WORD]
    # A quotation is never its stems, nor a piece of a word.
    inflected = any(term.field.tier is Tier.STEM for term in terms)
    said = (
        _apart(leaf.text, sources, here)
        or (_kin(leaf.text, here, languages) if inflected else "")
        or (_longer(leaf.text, own, here) if inflected else "")
    )
    if said:
        return said
    if zones == {Zone.TITLE} and any(term in words[Zone.TEXT] for term in plain):
        return f"“{leaf.text}” is asked for in titles alone, and stands in its text."
    where = "its title" if zones == {Zone.TITLE} else "it"
    return f"“{leaf.text}” is nowhere in {where}: neither as a word, nor as a form of one, nor as a piece."


def _own_first(searcher: Searcher, document: Document) -> list[str]:
    """The languages of the index, the document's own first."""
    return sorted(searcher.languages(), key=lambda language: (language != document.language, language))


def _kin(text: str, words: Mapping[str, str], languages: Sequence[str]) -> str:
    """What is said of a word that has the same stem in a language of the index."""
    for language in languages:
        stems = analyzer_for(language).forms.stems
        wanted = stems[text]
        kin = next((word for word in words.values() if wanted and stems[word] == wanted), None)
        if kin is not None:
            name = profile_for(language).name
            return (
                f"“{text}” is not in it; “{kin[:_SHOWN]}” is, another form of it in {name}, "
                "which either the document is not in or the query was not read in."
            )
    return ""


def _longer(text: str, terms: Sequence[str], words: Mapping[str, str]) -> str:
    """What is said of a word that holds what is sought, best at its beginning: ``word*`` finds that."""
    for term in terms:
        longer = [folded for folded in words if term in folded and term != folded]
        for folded in sorted(longer, key=lambda folded: not folded.startswith(term))[:1]:
            found = f"; {text}* would find it" if folded.startswith(term) else ""
            return f"“{text}” is not a word of it; it is a piece inside “{words[folded][:_SHOWN]}”{found}."
    return ""


def _apart(text: str, sources: Sequence[Source], words: Mapping[str, str]) -> str:
    """What is said of words that all stand in a document, but not as the query quotes them."""
    for source in sources:
        if isinstance(source, Chain) and all(
            term.field.tier is Tier.WORD and term.text in words for term in source.terms
        ):
            return f"Every word of “{text}” is in it, but not next to each other in this order."
    return ""


def _filter(key: str, values: Sequence[str], document: Document) -> str:
    if key == "date":
        first, last = values
        span = " ".join(part for part in (f"from {first}" * bool(first), f"to {last}" * bool(last)) if part)
        return f"Only dates {span} are asked for, and its date is {document.date or 'not known'}."
    wanted = " or ".join(values) or "one that no document has"
    match key:
        case "language":
            return f"Only the language {wanted} is asked for, and it is in {document.language}."
        case "source":
            return (
                f"Only sources that begin with {wanted} are asked for, and its source is {document.source}."
            )
        case _:
            tags = ", ".join(document.tags) or "none"
            return f"Only the tag {wanted} is asked for, and it has these: {tags}."


def surfaces_of(stored: str, analysis: Analysis) -> Iterator[str]:
    """The words of a text, as they are written."""
    starts, ends = analysis.spans(Tier.WORD)
    for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
        yield stored[start:end]


def _leaves(node: Node) -> Iterator[Leaf]:
    match node:
        case Leaf():
            yield node
        case AnyOf(nodes=nodes) | AllOf(nodes=nodes):
            for child in nodes:
                yield from _leaves(child)


def _terms(source: Source) -> Iterator[Term]:
    match source:
        case Term():
            yield source
        case Chain(terms=terms) | Near(terms=terms):
            yield from terms
        case Union(sources=sources):
            for part in sources:
                yield from _terms(part)

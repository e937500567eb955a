"""Checks an index against its own documents: files, counts, and whether their words find them."""

import random
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from itertools import islice

from analyzers.analysis import Tier
from analyzers.registry import analyzer_for
from indexer import generations, manifest
from indexer.document import Document
from indexer.engine import Searcher
from indexer.engines import engine_for
from indexer.schema import Field, Zone
from indexer.settings import Settings
from indexer.termquery import AllOf, Clue, Leaf, Match, Term

#: Terms of each document that are looked up, drawn at random with this seed.
_DRAWN = 8
_SEED = 20240620


@dataclass(frozen=True, slots=True)
class Verified:
    """What was checked, and what is wrong, a sentence each."""

    files: int
    documents: int
    terms: int
    faults: tuple[str, ...]


def verify(settings: Settings) -> Verified:
    """Compare every file with its digest, and every stored document with what finds it.

    Raises:
        IndexUnavailable: there is no index, or nothing of it can be read.
        IndexOutdated: other analyzers built it, so its terms cannot be compared.
    """
    folder = generations.current(settings.index)
    record = manifest.read(folder)
    engine = engine_for(settings)
    manifest.check(record, engine.name)
    faults = manifest.harm(record, folder)
    if faults:
        return Verified(len(record.files), 0, 0, tuple(faults))
    with manifest.harm_said(partial(manifest.harm, record, folder)), closing(engine.open(folder)) as searcher:
        return _compared(searcher, record, len(record.files))


def _compared(searcher: Searcher, record: manifest.Manifest, files: int) -> Verified:
    draw = random.Random(_SEED)
    faults: list[str] = []
    documents = terms = 0
    for document in searcher.documents():
        documents += 1
        number = searcher.number(document.id)
        if number is None or searcher.document(number) != document:
            faults.append(f"{document.id} is stored but not found by its id")
            continue
        leaves = [Leaf(term.text, (Clue(term, Match.WORD, 1.0, ()),)) for term in _drawn(document, draw)]
        terms += len(leaves)
        # One by one only where something is wrong.
        if not searcher.matches(AllOf(tuple(leaves)), number):
            faults += [
                f"{document.id} is not found by {leaf.text!r}, which stands in it"
                for leaf in leaves
                if not searcher.matches(leaf, number)
            ]
    if documents != record.documents:
        faults.append(f"{documents:,} documents are stored, and {record.documents:,} were indexed")
    return Verified(files, documents, terms, tuple(faults))


def _drawn(document: Document, draw: random.Random) -> list[Term]:
    """Some of the terms that a document's text becomes, of every tier."""
    analysis = analyzer_for(document.language)(document.text)
    every = [(tier, term) for tier in Tier for term in dict.fromkeys(islice(analysis[tier].terms, 10_000))]
    return [Term(Field(Zone.TEXT, tier), term) for tier, term in draw.sample(every, min(_DRAWN, len(every)))]

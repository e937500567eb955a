"""Whoosh's own queries over our codec find what our reader finds."""

import random

import pytest
from whoosh import index
from whoosh.query import And, Or
from whoosh.query import Term as WhooshTerm
from whoosh.scoring import Frequency

from indexer.engines.whoosh import WhooshEngine, layout
from indexer.engines.whoosh.reader import Reader
from indexer.engines.whoosh.writer import INDEX_NAME
from indexer.schema import FIELDS
from tests.indexer.corpora import ABSENT, WORDS, random_corpus

#: A corpus of several batches and more than eight documents.
SEED = 11


@pytest.fixture(scope="module", params=[1, 1 << 30], ids=["merged from several runs", "sorted at once"])
def both(request, tmp_path_factory):
    """Our reader and Whoosh's searcher, over one index."""
    folder = tmp_path_factory.mktemp("index")
    WhooshEngine(request.param).build(random_corpus(random.Random(SEED)).batches, folder)
    ours = Reader(folder)
    assert ours.count > 8
    assert len(ours.segments) == 1
    with index.open_dir(folder, INDEX_NAME, schema=layout.schema()).searcher(weighting=Frequency()) as theirs:
        yield ours, theirs
    ours.close()


def found(searcher, query):
    return {hit.docnum: hit.score for hit in searcher.search(query, limit=None)}


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.name)
def test_a_term_stands_in_the_same_documents_as_often(both, field):
    ours, theirs = both
    for word in (*WORDS, ABSENT):
        postings = ours.postings(field.name, word)
        counts = dict(zip(postings.documents.tolist(), postings.counts.tolist(), strict=True))
        assert found(theirs, WhooshTerm(field.name, word)) == counts
        assert theirs.reader().doc_frequency(field.name, word) == len(counts)
        assert theirs.reader().frequency(field.name, word) == sum(counts.values())


def test_terms_are_joined_by_whoosh_alike(both):
    ours, theirs = both
    name = FIELDS[0].name
    first, second = (set(ours.postings(name, word).documents.tolist()) for word in WORDS[:2])
    terms = [WhooshTerm(name, word) for word in WORDS[:2]]
    assert found(theirs, And(terms)).keys() == first & second
    assert found(theirs, Or(terms)).keys() == first | second
    assert first != second


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.name)
def test_the_dictionary_holds_the_same_terms(both, field):
    ours, theirs = both
    listed = {term.decode() for term in theirs.reader().lexicon(field.name)}
    assert listed == set(ours.terms_from(field.name, ""))
    assert listed


def test_stored_fields_are_whooshs_own(both):
    ours, theirs = both
    assert [theirs.stored_fields(number)["id"] for number in range(ours.count)] == [
        ours.document(number).id for number in range(ours.count)
    ]

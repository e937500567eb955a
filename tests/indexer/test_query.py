"""The grammar: what a query is read as, and that any text is read as something."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.query import (
    MAX_DEPTH,
    MAX_WIDENED,
    Bare,
    Both,
    Either,
    Every,
    Evidence,
    Excluded,
    Filter,
    InTitle,
    Limit,
    Phrase,
    Prefix,
    parse,
    sought,
)
from indexer.request import MAX_QUERY

A, B, C, D = map(Bare, "abcd")

PARTS = {
    "words": ("a b", [A, B]),
    "wide spaces": ("a\u3000b\tc", [A, B, C]),
    "nothing": ("", []),
    "spaces": ("  ", []),
    "a phrase": ('"a b"', [Phrase("a b")]),
    "a phrase beside a word": ('a"b c"d', [A, Phrase("b c"), D]),
    "curly quotes": ("“a b”", [Phrase("a b")]),
    "German quotes": ("„a b“", [Phrase("a b")]),
    "full-width quotes": ("＂a b＂", [Phrase("a b")]),
    "an empty phrase": ('""', [Phrase("")]),
    "operators in quotes": ('"a AND b"', [Phrase("a AND b")]),
    "an unmatched quote": ('"a b', [Bare('"'), A, B]),
    "a quote after its pair": ('"a" b"', [Phrase("a"), B, Bare('"')]),
    "quotes of two kinds": ("“a b„", [Bare("“"), Bare("a"), Bare("b"), Bare("„")]),
    "and": ("a AND b", [Both((A, B))]),
    "and thrice": ("a AND b AND c", [Both((A, B, C))]),
    "or": ("a OR b", [Either((A, B))]),
    "and before or": ("a OR b AND c", [Either((A, Both((B, C))))]),
    "brackets before and": ("(a OR b) AND c", [Both((Either((A, B)), C))]),
    "operators bind what is beside them": ("a b AND c d", [A, Both((B, C)), D]),
    "small operators are words": ("a and b or not c", [A, Bare("and"), B, Bare("or"), Bare("not"), C]),
    "an operator within a word": ("aAND ORb", [Bare("aAND"), Bare("ORb")]),
    "not": ("a NOT b", [A, Excluded(B)]),
    "minus": ("a -b", [A, Excluded(B)]),
    "minus alone": ("-a", [Excluded(A)]),
    "minus a phrase": ('-"a b"', [Excluded(Phrase("a b"))]),
    "minus a bracket": ("-(a b)", [Excluded(Evidence((A, B)))]),
    "minus a field": ("-title:a", [Excluded(InTitle(A))]),
    "minus in a bracket": ("(-a b)", [Evidence((Excluded(A), B))]),
    "and not": ("a AND NOT b", [Both((A, Excluded(B)))]),
    "not not": ("NOT NOT a", [A]),
    "not minus": ("NOT -a", [A]),
    "not not not": ("NOT NOT NOT a", [Excluded(A)]),
    "a hyphen": ("a-b", [Bare("a-b")]),
    "a dash": ("a - b", [A, Bare("-"), B]),
    "a dash at the end": ("a -", [A, Bare("-")]),
    "two dashes": ("a -- b", [A, Bare("--"), B]),
    "minus before a bracket's end": ("(a -)", [Evidence((A, Bare("-")))]),
    "brackets": ("(a b) c", [Evidence((A, B)), C]),
    "a bracket of one": ("((a))", [A]),
    "an empty bracket": ("()a", [A]),
    "an open bracket": ("(a b", [Evidence((A, B))]),
    "a closed bracket": ("a) b)", [A, B]),
    "brackets without space": ("a(b)c", [A, B, C]),
    "an operator before": ("AND a", [Bare("AND"), A]),
    "an operator after": ("a AND", [Evidence((A, Bare("AND")))]),
    "an operator alone": ("OR", [Bare("OR")]),
    "not alone": ("NOT", [Bare("NOT")]),
    "not before and": ("NOT AND a", [Both((Bare("NOT"), A))]),
    "two operators": ("a AND OR b", [Either((Evidence((A, Bare("AND"))), B))]),
    "title": ("title:a", [InTitle(A)]),
    "title of a phrase": ('title:"a b"', [InTitle(Phrase("a b"))]),
    "title of a bracket": ("title:(a OR b)", [InTitle(Either((A, B)))]),
    "title of a prefix": ("title:a*", [InTitle(Prefix("a"))]),
    "title of nothing": ("title:", [Bare("title:")]),
    "title and a space": ("title: a", [Bare("title:"), A]),
    "a title within a word": ("subtitle:a", [Bare("subtitle:a")]),
    "a language": ("lang:th", [Filter("language", "th")]),
    "a source": ("source:a/b", [Filter("source", "a/b")]),
    "a tag in quotes": ('tag:"a b"', [Filter("tag", "a b")]),
    "a tag of a bracket": ("tag:(a)", [Bare("tag:"), A]),
    "minus a language": ("-lang:th", [Excluded(Filter("language", "th"))]),
    "another field": ("colour:red", [Bare("colour:red")]),
    "an address": ("https://example.org/a", [Bare("https://example.org/a")]),
    "a prefix": ("ab*", [Prefix("ab")]),
    "two stars after": ("ab**", [Prefix("ab")]),
    "a star within": ("a*b", [Bare("a*b")]),
    "a star before": ("*a", [Bare("*a")]),
    "a star alone": ("*", [Every()]),
    "two stars": ("**", [Every()]),
    "a star after a sign": ("-*", [Excluded(Every())]),
    "a star after punctuation": ("!*", [Bare("!*")]),
    "a star after Thai": ("ปู*", [Prefix("ปู")]),
}


@pytest.mark.parametrize(("text", "parts"), PARTS.values(), ids=PARTS.keys())
def test_grammar(text, parts):
    assert list(parse(text).parts) == parts


def depth(part):
    """How deep a tree is."""
    inner = getattr(part, "parts", ()) or ([part.part] if hasattr(part, "part") else [])
    return 1 + max(map(depth, inner), default=0)


def size(part):
    """How many parts a tree has."""
    inner = getattr(part, "parts", ()) or ([part.part] if hasattr(part, "part") else [])
    return 1 + sum(map(size, inner))


def check_bounded(text):
    tree = parse(text)
    assert isinstance(tree, Evidence)
    assert depth(tree) <= 4 * MAX_DEPTH
    assert size(tree) <= 4 * len(text) + 4


NASTY = [
    '"',
    "“",
    "(",
    ")",
    "()",
    ")(",
    "-",
    "-(",
    "NOT ",
    "NOT(",
    "AND ",
    "OR ",
    "a AND ",
    "a OR ",
    "(a AND ",
    "(a OR ",
    "a OR b AND ",
    "title:",
    "title:(",
    "title:-",
    "lang:",
    "tag:(",
    "*",
    "a*",
    "-*",
    "~",
    "^2",
    "\\",
    "\0",
    "\u200b",
    "\u202e",
    "\ud800",
    "\U0010ffff",
    "e\u0301",
    "\u0e33",
    "👍",
    "👩\u200d👩\u200d👧",
    "ก",
    "字",
    "ា",
    "ア",
    "가",
    "ß",
    '"a" ',
    "a\n",
    "[a TO b] ",
    "{",
    "a:b:c:",
    "-title:NOT (",
]


@pytest.mark.parametrize("piece", NASTY, ids=ascii)
def test_a_query_of_one_thing_over_and_over_is_bounded(piece):
    check_bounded((piece * MAX_QUERY)[:MAX_QUERY])


OPERATORS = [" AND ", " OR ", " NOT ", "AND", "OR", "NOT", "title:", "lang:", "tag:"]
LETTERS = [*'"“”„()-*:~  ab', "ก", "ำ", "字", "\0", "\u200b", "\ud800", "\u0301", "\u3000"]
PIECES = st.lists(st.sampled_from([*OPERATORS, *LETTERS]), max_size=60)


@settings(max_examples=500, deadline=None, derandomize=True, database=None)
@given(PIECES.map("".join))
def test_any_pieces_of_the_grammar_are_read(text):
    check_bounded(text)


@settings(max_examples=300, deadline=None, derandomize=True, database=None)
@given(st.text(max_size=200))
def test_any_text_is_read(text):
    check_bounded(text)


@settings(max_examples=200, deadline=None, derandomize=True, database=None)
@given(st.lists(st.text("abcกข字éß", min_size=1, max_size=5), max_size=12))
def test_plain_words_are_read_as_they_are(words):
    assert parse(" ".join(words)) == Evidence(tuple(map(Bare, words)))


def test_brackets_that_are_too_deep_are_left_out():
    deep = "(" * (MAX_DEPTH + 5) + "a" + ")" * (MAX_DEPTH + 5) + " b"
    assert B in parse(deep).parts
    assert parse("(" * MAX_DEPTH + "a" + ")" * MAX_DEPTH) == Evidence((A,))


@pytest.mark.parametrize(
    ("text", "limits"),
    [
        pytest.param("a* b~ (c (d e))", set(), id="nothing out of the way"),
        pytest.param("(" * MAX_DEPTH + "a", set(), id="as deep as is read"),
        pytest.param("(" * (MAX_DEPTH + 1) + "a", {Limit.DEPTH}, id="deeper"),
        pytest.param(" ".join(f"w{number}*" for number in range(MAX_WIDENED)), set(), id="as many stars"),
        pytest.param(" ".join(f"w{number}~" for number in range(30)), {Limit.WIDENED}, id="more tildes"),
        pytest.param("a* " * 300, set(), id="one star again and again"),
    ],
)
def test_what_is_too_much_is_said(text, limits):
    assert parse(text).limits == limits


def test_each_part_says_where_it_stands():
    text = 'a OR b AND "c d" title: OR NOT lang: (e AND) NOT'
    parts = list(sought(parse(text)))
    assert [part.text for part in parts] == ["a", "b", "c d", "title:", "e", "AND", "NOT"]
    assert all(text[part.start :].startswith(part.text) for part in parts)


def test_words_beyond_the_limit_are_words():
    parts = parse(" ".join(f"w{number}*" for number in range(MAX_WIDENED + 2))).parts
    assert parts[-3:] == (Prefix("w9"), Bare("w10"), Bare("w11"))


def test_what_is_said_twice_is_one_part():
    assert parse('"a b" c* "a b" c*') == Evidence((Phrase("a b"), Prefix("c")))
    assert parse("a OR b OR a") == Evidence((Either((A, B)),))
    assert parse("a AND a") == Evidence((A,))
    # Words stand beside each other, and each tells of the next.
    assert len(parse("to be or not to be").parts) == 6

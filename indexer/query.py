"""The query language: what a person typed, as a tree.

    query     a b c          any of them is evidence
              a AND b        both;  a OR b  either;  NOT a, -a  without
              "a b"          the words in this order, or the text as it stands
              (a b)          a part of its own
              title:a        in the title;  lang: source: tag:  filters
              a*             words that begin so;  * alone is every document
              a~             words like it, a typo or two away; a number behind the sign says nothing more

Operators are upper case and bind the words beside them: ``a b AND c`` is a, or b with c. The
syntax never fails: a quote, a bracket or an operator that has nothing to go with is text. What passes
a `Limit` is read in a cheaper way, and the tree says so.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeVar

import regex

#: Brackets nest this deep; deeper ones are left out.
MAX_DEPTH = 20
#: So many different words may have a ``*`` or a ``~``, each of which stands for many; more are only words.
MAX_WIDENED = 10

FILTERS = {"lang": "language", "source": "source", "tag": "tag"}
TITLE = "title"
_PAIRS = {'"': '"', "“": "”", "„": "“", "＂": "＂"}

_PREFIXED = regex.compile(r"(?P<name>title|lang|source|tag):(?=\S)")
_WORD = regex.compile(r'[^\s()"“”„＂]+')
_WORDLIKE = regex.compile(r"[\p{L}\p{N}]")
_TOLERANT = regex.compile(r"(.*[^~])~+[0-9.]*")
_OPERATORS = ("AND", "OR", "NOT")


class Limit(StrEnum):
    """What of a query was not read as it was typed, because it would take too long."""

    DEPTH = "depth"
    WIDENED = "widened"


@dataclass(frozen=True, slots=True)
class Bare:
    """A word, or a run of words without spaces, as it was typed; ``start`` is where in the query."""

    text: str
    start: int = field(default=0, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Phrase:
    """What stood between quotes; ``start`` is where in the query."""

    text: str
    start: int = field(default=0, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Prefix:
    """The beginning of a word."""

    text: str


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """A word that may hold a typo."""

    text: str


@dataclass(frozen=True, slots=True)
class Every:
    """``*`` alone."""


@dataclass(frozen=True, slots=True)
class Filter:
    """A value that the document must have: of ``language``, ``source`` or ``tag``."""

    key: str
    value: str


@dataclass(frozen=True, slots=True)
class InTitle:
    """A part that is sought in titles alone."""

    part: "Part"


@dataclass(frozen=True, slots=True)
class Excluded:
    """A part that the document must not match."""

    part: "Part"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Parts side by side: any of them speaks for a document. Of a whole query, with the limits it passed."""

    parts: tuple["Part", ...] = field(default=())
    limits: frozenset[Limit] = field(default=frozenset(), compare=False)


@dataclass(frozen=True, slots=True)
class Both:
    """Parts that must all match."""

    parts: tuple["Part", ...]


@dataclass(frozen=True, slots=True)
class Either:
    """Parts of which one must match."""

    parts: tuple["Part", ...]


Part = Bare | Phrase | Prefix | Fuzzy | Every | Filter | InTitle | Excluded | Evidence | Both | Either


@dataclass(frozen=True, slots=True)
class _Symbol:
    """A token of the grammar: ``(``, ``)``, an operator, ``-``, or a field's name with its colon."""

    text: str
    start: int = field(default=0, compare=False, repr=False)


_Token = _Symbol | Phrase | Bare
_Read = TypeVar("_Read")


def parse(text: str) -> Evidence:
    """The tree of a query, of any text at all."""
    return _Parser(list(_tokens(text))).query()


def _tokens(text: str) -> Iterator[_Token]:
    cursor = 0
    while cursor < len(text):
        character = text[cursor]
        if character.isspace():
            cursor += 1
        elif character in "()":
            yield _Symbol(character, cursor)
            cursor += 1
        elif character in _PAIRS and (close := text.find(_PAIRS[character], cursor + 1)) > 0:
            yield Phrase(text[cursor + 1 : close], cursor + 1)
            cursor = close + 1
        elif character == "-" and _excludes(text, cursor):
            yield _Symbol("-", cursor)
            cursor += 1
        elif _begins_part(text, cursor) and (match := _PREFIXED.match(text, cursor)):
            yield _Symbol(match.group(), cursor)
            cursor = match.end()
        else:
            match = _WORD.match(text, cursor)
            word = match.group() if match else character
            yield _Symbol(word, cursor) if word in _OPERATORS else Bare(word, cursor)
            cursor += len(word)


def _excludes(text: str, cursor: int) -> bool:
    """Whether the minus here stands before a part; beside a space it is a dash, as in "Jaws - the film"."""
    return _begins_part(text, cursor) and bool(text[cursor + 1 : cursor + 2].strip().strip("-)"))


def _begins_part(text: str, cursor: int) -> bool:
    return cursor == 0 or text[cursor - 1].isspace() or text[cursor - 1] in "(-:"


def sought(part: Part) -> Iterator[Bare | Phrase]:
    """The words and quotations that a document is sought by, not those that it must do without."""
    match part:
        case Bare() | Phrase():
            yield part
        case InTitle(part=inner):
            yield from sought(inner)
        case Evidence(parts=parts) | Both(parts=parts) | Either(parts=parts):
            for inner in parts:
                yield from sought(inner)


def is_plain(tree: Evidence) -> bool:
    """Whether a query is words side by side, which find what any of them finds."""
    return all(isinstance(part, Bare) for part in tree.parts)


class _Parser:
    """Recursive descent over the tokens; every method takes what it can and never fails."""

    def __init__(self, tokens: list[_Token]) -> None:
        self._tokens = tokens
        self._next = 0
        self._depth = 0
        self._widened: set[Part] = set()
        self._limits: set[Limit] = set()

    def query(self) -> Evidence:
        parts: list[Part] = []
        while self._next < len(self._tokens):
            parts.extend(self._evidence().parts)
            self._next += 1  # a closing bracket that none opened
        return Evidence(_distinct(parts), frozenset(self._limits))

    def _evidence(self) -> Evidence:
        parts: list[Part] = []
        while (token := self._peek()) is not None and token != _Symbol(")"):
            part = self._either()
            if part is not None:
                parts.append(part)
        return Evidence(_distinct(parts))

    def _either(self) -> Part | None:
        return self._joined("OR", self._both, Either)

    def _both(self) -> Part | None:
        return self._joined("AND", self._unary, Both)

    def _joined(
        self, operator: str, operand: Callable[[], Part | None], kind: type[Both] | type[Either]
    ) -> Part | None:
        first = operand()
        parts = [first] if first is not None else []
        while parts and (sign := self._peek()) is not None and sign == _Symbol(operator):
            mark = self._next
            self._next += 1
            part = operand() if self._starts_operand() else None
            if part is None:
                self._next = mark + 1
                return _beside(parts, kind, Bare(operator, sign.start))
            parts.append(part)
        return _one(parts, kind)

    def _starts_operand(self) -> bool:
        token = self._peek()
        return token is not None and token not in (_Symbol(")"), _Symbol("AND"), _Symbol("OR"))

    def _unary(self) -> Part | None:
        token = self._tokens[self._next]
        self._next += 1
        match token:
            case _Symbol("NOT" | "-"):
                return self._excluded(token)
            case _Symbol("("):
                return self._bracketed()
            case _Symbol("AND" | "OR"):
                return Bare(token.text, token.start)
            case _Symbol(")"):
                return None
            case _Symbol():
                return self._with_field(token)
            case Bare():
                return self._bare(token)
            case _:
                return token

    def _bare(self, token: Bare) -> Part:
        part = _signed(token)
        if not isinstance(part, Prefix | Fuzzy) or part in self._widened:
            return part
        if len(self._widened) == MAX_WIDENED:
            self._limits.add(Limit.WIDENED)
            return Bare(part.text, token.start)
        self._widened.add(part)
        return part

    def _excluded(self, sign: _Symbol) -> Part | None:
        if not self._starts_operand():
            return Bare(sign.text, sign.start) if sign.text == "NOT" else None
        part = self._nested(self._unary)
        if isinstance(part, Excluded):
            return part.part
        return None if part is None else Excluded(part)

    def _bracketed(self) -> Part | None:
        inner = self._nested(self._evidence)
        if self._peek() == _Symbol(")"):
            self._next += 1
        if inner is None or not inner.parts:
            return None
        return inner.parts[0] if len(inner.parts) == 1 else inner

    def _with_field(self, sign: _Symbol) -> Part | None:
        name, text = sign.text.removesuffix(":"), Bare(sign.text, sign.start)
        token = self._peek()
        if name in FILTERS:
            if isinstance(token, Bare | Phrase):
                self._next += 1
                return Filter(FILTERS[name], token.text)
            return text
        part = self._nested(self._unary) if self._starts_operand() else None
        if part is None:
            return text
        return InTitle(part)

    def _nested(self, rule: Callable[[], _Read]) -> _Read | None:
        if self._depth >= MAX_DEPTH:
            self._limits.add(Limit.DEPTH)
            return None
        self._depth += 1
        try:
            return rule() if self._next < len(self._tokens) else None
        finally:
            self._depth -= 1

    def _peek(self) -> _Token | None:
        return self._tokens[self._next] if self._next < len(self._tokens) else None


def _signed(token: Bare) -> Part:
    """A word with what a sign at its end makes of it."""
    text = token.text
    if not text.strip("*"):
        return Every()
    if text.endswith("*") and _WORDLIKE.search(text):
        return Prefix(text.rstrip("*"))
    if (tolerant := _TOLERANT.fullmatch(text)) and _WORDLIKE.search(tolerant[1]):
        return Fuzzy(tolerant[1])
    return token


def _one(parts: list[Part], kind: type[Both] | type[Either]) -> Part | None:
    distinct = tuple(dict.fromkeys(parts))
    if not distinct:
        return None
    return distinct[0] if len(distinct) == 1 else kind(distinct)


def _distinct(parts: list[Part]) -> tuple[Part, ...]:
    """The parts, what is said twice once; words are left, since each tells of those beside it."""
    seen: set[Part] = set()
    kept = []
    for part in parts:
        if isinstance(part, Bare) or part not in seen:
            kept.append(part)
            seen.add(part)
    return tuple(kept)


def _beside(parts: list[Part], kind: type[Both] | type[Either], text: Bare) -> Part:
    """What was joined so far, and an operator that joins nothing, as text."""
    joined = _one(parts, kind)
    return Evidence((joined, text)) if joined is not None else text

"""Did you mean: a query in the index's own words, where what was typed is hardly found.

Only the words that seem mistaken are replaced; operators, quotes and all other words stay as typed.
What is proposed has been searched for, and finds something.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from math import log
from typing import NamedTuple

from analyzers.characters import FIRST_UNSEGMENTED, classes
from indexer import cut, query
from indexer.budget import UNLIMITED, Budget, Left
from indexer.cut import Run
from indexer.lexicon import keyboards
from indexer.lexicon.batches import folded_text
from indexer.lexicon.letters import tolerance
from indexer.lexicon.typing import likelihood
from indexer.lexicon.words import Lexicon, Neighbour

#: A word of so few documents may be a typo, if another, one edit away, stands in so many times as many.
_FEW, _FAR_MORE = 5, 50
#: What may follow a word that was typed on another keyboard.
_CLOSING = ".,!?"
#: About how many code points a word of Thai, Lao, Khmer or Burmese has.
_WORD_LENGTH = 6
#: Shorter words are too like one another, unless nothing else is there. In code points.
_SHORT = 4
#: What was typed on another keyboard is told by so many letters, in no more than a sentence. In code points.
_SHORTEST_RETYPED, _LONG_TEXT = 4, 80
#: Runs without spaces longer than this are sentences; their words are not looked for. In code points.
_LONG_RUN = 40
#: How many pieces of a run may be one mistaken word, and how many such words are looked up, for time's sake.
_PIECES, _TRIED = 6, 12
#: How many different words between spaces are looked at, of a thousand letters.
_WORDS = 40

#: A query of more words that finds something is *answered*: only what stands nowhere is thought mistaken in
#: it, no other keyboard is tried, and fewer pieces of its runs are looked up.
_QUESTION, _TRIED_ANSWERED = 4, 2

#: How many documents a query finds.
Count = Callable[[str], int]


@dataclass(frozen=True, slots=True)
class _Change:
    """What stands in a query from ``start`` to ``end``, and what to put there."""

    start: int
    end: int
    text: str


class _Piece(NamedTuple):
    """What stands in a query from ``start`` to ``end``, cut into runs."""

    start: int
    end: int
    runs: Sequence[Run]


def better(text: str, total: int, lexicon: Lexicon, count: Count, budget: Budget = UNLIMITED) -> str | None:
    """A query to propose instead of one that found ``total`` documents; None, if none is better.

    None as well when time is up: of what was counted until then, not everything is right.
    """
    if budget.leaves_out(Left.PROPOSALS):
        return None
    proposal = _better(text, total, lexicon, count, budget)
    return None if proposal is None or budget.leaves_out(Left.PROPOSALS) else proposal


def _better(text: str, total: int, lexicon: Lexicon, count: Count, budget: Budget) -> str | None:
    count = cache(count)
    tree = query.parse(text)
    pieces = list(_pieces(tree))
    runs = [run for piece in pieces for run in piece.runs if run.words or run.unsegmented]
    answered = total > 0 and sum(map(_size, runs)) > _QUESTION
    strange = runs and not any(_known(run, lexicon, count, answered=answered) for run in runs)
    if strange and len(text) <= _LONG_TEXT:
        for proposal in dict.fromkeys(keyboards.retyped(text)):
            if budget.leaves_out(Left.PROPOSALS):
                return None
            if _exists(proposal, lexicon, count):
                return proposal
    changes = list(_Corrector(lexicon, count, total, budget, answered=answered).changes(text, pieces))
    if not changes:
        return None
    proposal = text
    for change in reversed(changes):
        proposal = proposal[: change.start] + change.text + proposal[change.end :]
    if proposal == text:
        return None
    # Of words side by side any is enough, and those that stay as they are have found something.
    found = answered and query.is_plain(tree)
    return proposal if found or count(proposal) else None


def _pieces(tree: query.Part) -> Iterator[_Piece]:
    """What a query looks for, in its order: quotations one by one, words side by side together."""
    parts = sorted(query.sought(tree), key=lambda part: part.start)
    for bare, group in groupby(parts, lambda part: isinstance(part, query.Bare)):
        for some in [list(group)] if bare else ([part] for part in group):
            end = some[-1].start + len(some[-1].text)
            yield _Piece(some[0].start, end, cut.runs(" ".join(part.text for part in some)))


def _size(run: Run) -> int:
    """How many words a run is; a typo cuts a word of Thai into many, but leaves it as long as it was."""
    words = max(1, len(run.words))
    return (
        min(words, len(run.text) // _WORD_LENGTH + 1) if run.unsegmented and not _is_han(run.text) else words
    )


def _known(run: Run, lexicon: Lexicon, count: Count, *, answered: bool) -> bool:
    """Whether a run is text that somebody meant: a word that is known, or that stands as it is typed."""
    if not run.unsegmented:
        term = run.words[0][1]
        return len(term) > 1 and bool(lexicon.documents(term) or lexicon.read_as(term))
    if answered and any(len(term) > 1 and lexicon.documents(term) for _, term in run.words):
        return True
    return not _odd(run, lexicon) or count(f'"{run.text}"') > 0


def _odd(run: Run, lexicon: Lexicon) -> bool:
    """Whether a run without spaces is cut into what is no word of the index, or a single letter."""
    return any(len(term) < 2 or not lexicon.documents(term) for _, term in run.words) or not run.words


def _exists(text: str, lexicon: Lexicon, count: Count) -> bool:
    """Whether each run of a text is in the index: by its words, or, where they are letters, as it stands."""
    pieces = [piece.rstrip(_CLOSING) for piece in text.split()]
    if not all(_unsegmented(piece) or lexicon.documents(folded_text(piece)) for piece in pieces):
        return False
    runs = cut.runs(text)
    # A slip of a finger looks like signs within a word on another keyboard; a word that was meant does not.
    if len(runs) != len(text.split()) or max(map(len, text.split()), default=0) < _SHORTEST_RETYPED:
        return False
    return all(_stands(run, lexicon, count) for run in runs) and count(text) > 0


def _unsegmented(text: str) -> bool:
    return bool(text) and int(classes()[ord(text[0])]) >= FIRST_UNSEGMENTED


def _stands(run: Run, lexicon: Lexicon, count: Count) -> bool:
    whole = [term for _, term in run.words if len(term) > 1]
    if "".join(whole) and len(whole) == len(run.words):
        return all(map(lexicon.documents, whole))
    return run.unsegmented and count(f'"{run.text}"') > 0


class _Corrector:
    """Looks at the words of one query."""

    def __init__(self, lexicon: Lexicon, count: Count, total: int, budget: Budget, *, answered: bool) -> None:
        self._lexicon = lexicon
        self._budget = budget
        self._count = count
        self._total = total
        self._answered = answered
        self._left = _TRIED_ANSWERED if answered else _TRIED
        self._words: dict[tuple[str, str], str | None] = {}

    def changes(self, text: str, pieces: Sequence[_Piece]) -> Iterator[_Change]:
        """What to change of the pieces of a text, which come in its order."""
        for piece in pieces:
            cursor = piece.start
            for run in piece.runs:
                if self._budget.leaves_out(Left.PROPOSALS):
                    return
                # Invisible characters are gone from a run: then it is not found, and stays as it is.
                start = text.find(run.text, cursor, piece.end)
                if start >= 0:
                    cursor = start + len(run.text)
                    yield from self._of_run(run, start)

    def _of_run(self, run: Run, start: int) -> Iterator[_Change]:
        if run.unsegmented:
            yield from self._of_pieces(run, start)
        elif run.words and (meant := self._once(*run.words[0])) is not None:
            yield _Change(start, start + len(run.text), self._lexicon.spelling(meant))

    def _once(self, surface: str, term: str) -> str | None:
        """What was meant by a word, however often it is said; so many different words are asked about."""
        key = surface, term
        if key not in self._words:
            self._words[key] = self._meant(surface, term) if len(self._words) < _WORDS else None
        return self._words[key]

    def _meant(self, surface: str, term: str) -> str | None:
        """The word that was probably meant by one between spaces."""
        documents = self._lexicon.documents(term)
        if documents > _FEW or _numbered(term):
            return None
        if documents and self._answered:
            return None
        if not documents and len(term) < _SHORT and self._total:
            return None
        if self._answered:
            near = self._lexicon.neighbours(term, min(tolerance(term), 1))
            known = near and self._count(surface)
        else:
            # What is not there as it stands may be an inflection of what is, or the pinyin of it.
            known = documents or self._count(surface)
            near = self._lexicon.neighbours(term, min(tolerance(term), 1) if known else tolerance(term))
        best = max(near, key=lambda other: rank(term, other), default=None)
        if best is None or (known and (len(term) < _SHORT or best.documents < _FAR_MORE * known)):
            return None
        return best.word

    def _of_pieces(self, run: Run, start: int) -> Iterator[_Change]:
        """Changes of a run without spaces, whose mistaken words are cut to pieces."""
        surfaces = [surface for surface, _ in run.words]
        terms = [term for _, term in run.words]
        known = [bool(self._lexicon.documents(term)) for term in terms]
        if self._answered and all(known):
            return
        if len(run.text) > _LONG_RUN or "".join(surfaces) != run.text:
            return
        # A question hardly stands anywhere whole; whether a piece does is asked before it is changed.
        if not self._answered and self._count(f'"{run.text}"') > _FEW:
            return
        odd = [len(term) < 2 or not here for term, here in zip(terms, known, strict=True)]
        first = 0
        while first < len(terms):
            for last in range(min(len(terms), first + _PIECES), first, -1):
                # Words that are known are seldom one that is not; it is tried where they are all of the run.
                sure = (all if self._answered else any)(odd[first:last])
                if (sure or (not self._answered and last - first == len(terms) > 1)) and (
                    meant := self._heard(terms[first:last], sure)
                ):
                    begin = start + sum(map(len, surfaces[:first]))
                    end = begin + sum(map(len, surfaces[first:last]))
                    yield _Change(begin, end, self._lexicon.spelling(meant))
                    first = last
                    break
            else:
                first += 1

    def _heard(self, terms: Sequence[str], sure: bool) -> str | None:
        """The word that sounds like these pieces together, or is written nearly like them."""
        typed = "".join(terms)
        if len(typed) < 2 or self._left <= 0:
            return None
        self._left -= 1
        best = max(by_ear(typed, self._lexicon), key=lambda other: rank(typed, other), default=None)
        if best is None or best.edits > (max(1, len(typed) // 2) if sure else 1):
            return None
        standing = self._count(f'"{typed}"')
        return best.word if standing <= _FEW and best.documents >= _FAR_MORE * standing else None


def _numbered(word: str) -> bool:
    """Whether a word has digits because it is meant to: ``covid19``, but not त३कते (a slip for ताकते)."""
    digits = sum(map(str.isdigit, word))
    return digits > 1 or (digits == 1 and word.isascii())


def by_ear(word: str, lexicon: Lexicon) -> list[Neighbour]:
    """Words that a word of an unsegmented script may be mistaken for: by their sound, or by their letters."""
    found = {near.word: near for near in lexicon.sounding_like(word)}
    # Two Han characters that share one are different words; of three that share two, one may be wrong.
    edits = tolerance(word) if not _is_han(word) else int(len(word) > 2)
    for near in lexicon.neighbours(word, edits) if edits else []:
        found.setdefault(near.word, near)
    if _is_han(word):
        return [near for near in found.values() if len(near.word) == len(word)]
    return list(found.values())


def _is_han(word: str) -> bool:
    return "\u3400" <= word[0] <= "\u9fff"


def rank(typed: str, near: Neighbour) -> float:
    """How likely a word was meant, as a logarithm: how frequent it is, how likely such a typo is."""
    return log(1 + near.documents) + likelihood(typed, near)

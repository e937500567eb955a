"""Suggestions: what the word being typed may become, and titles that hold what was typed."""

from collections.abc import Callable, Iterator

import regex

from analyzers.folding import fold
from indexer import cut, query
from indexer.budget import UNLIMITED, Budget, Left
from indexer.lexicon.batches import folded_text
from indexer.lexicon.words import Lexicon
from indexer.page import Suggestion

#: No list of suggestions is longer.
MAX_SUGGESTIONS = 10
#: Titles that are looked at, of all that hold what was typed.
_TITLES = 200
#: The part of a list that words leave to titles: one of so many.
_FOR_TITLES = 3
#: What is being typed, at the end of the query: letters, digits and signs, and marks upon them.
_LAST = regex.compile(r"[\p{L}\p{N}\p{M}][\p{L}\p{N}\p{M}\p{Pd}\p{Pc}'’\u200b-\u200d·]*$")
#: What words found by pinyin, by its beginning and by initials count, beside words that are written so.
_SOUND, _SOUND_BEGUN, _INITIALS = 1.0, 0.5, 0.25

#: How many documents a query finds.
Count = Callable[[str], int]


def completions(
    text: str, lexicon: Lexicon, count: Count, limit: int, budget: Budget = UNLIMITED
) -> list[Suggestion]:
    """The likeliest completions of a query, words first, then titles; written as in the documents.

    Of a list that words alone would fill, the last third is for titles. When time is up, those that were
    found until then.
    """
    limit = min(limit, MAX_SUGGESTIONS)
    seen: set[str] = set()

    def first(proposals: Iterator[str], most: int) -> list[str]:
        """So many of the proposals that are new and find something."""
        found: list[str] = []
        for proposal in proposals:
            if len(found) >= most or budget.leaves_out(Left.PROPOSALS):
                break
            if proposal not in seen and (query.is_plain(query.parse(proposal)) or count(proposal)):
                seen.add(proposal)
                found.append(proposal)
        return found

    words = first(_words(text, lexicon, limit), limit)
    titles = first(_titles(text, lexicon), max(limit - len(words), limit // _FOR_TITLES))
    return [
        *(Suggestion(word, "word") for word in words[: limit - len(titles)]),
        *(Suggestion(title, "title") for title in titles),
    ]


def _words(text: str, lexicon: Lexicon, most: int) -> Iterator[str]:
    """The query with its last word completed in the commonest ways."""
    match = _LAST.search(text)
    if match is None:
        return
    runs = cut.runs(match.group())
    if not runs or not text.endswith(runs[-1].text):
        return
    run = runs[-1]
    before = text[: len(text) - len(run.text)]
    for part in _parts(run):
        words = _completed(part, lexicon, 2 * most)
        for word in words:
            yield before + run.text[: len(run.text) - len(part)] + lexicon.spelling(word)
        if words:
            return


def _parts(run: cut.Run) -> Iterator[str]:
    """The ends of a run that may be one word half typed, the longest first."""
    yield run.text
    if run.unsegmented:
        rest = run.text
        for surface, _ in run.words[:-1]:
            rest = rest[len(surface) :]
            yield rest


def _completed(part: str, lexicon: Lexicon, most: int) -> list[str]:
    """Words that begin with a text, or whose pinyin or initials do; the most frequent first."""
    folded = fold(folded_text(part))
    if not folded:
        return []
    weights: dict[str, float] = {word: float(count) for word, count in lexicon.completions(folded, most)}
    if len(folded) > 1 and folded.isascii() and folded.isalpha():
        for weight, words in (
            (_SOUND, lexicon.read_as(folded)),
            (_SOUND_BEGUN, lexicon.read_from(folded, most)),
            (_INITIALS, lexicon.with_initials(folded, most)),
        ):
            for word, count in words:
                weights.setdefault(word, weight * count)
    return sorted(weights, key=lambda word: (-weights[word], word))[:most]


def _titles(text: str, lexicon: Lexicon) -> Iterator[str]:
    """Titles that hold what was typed: those that begin with it, then those of which a word does."""
    part = folded_text(text)
    if not part:
        return
    found = lexicon.titles(part, _TITLES)
    yield from (
        title
        for _, _, title in sorted(
            (_place(folded, part), number, title) for number, (folded, title) in enumerate(found)
        )
    )


def _place(folded: str, part: str) -> int:
    """Where a title holds a part: 0 at its beginning, 1 where a word begins, 2 inside one."""
    if folded.startswith(part):
        return 0
    return 1 if f" {part}" in folded else 2

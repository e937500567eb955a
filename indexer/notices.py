"""What a search has to say besides its hits: what is not there, and what was read or done in another way."""

from collections.abc import Collection

from indexer.budget import Budget, Left
from indexer.languages import within
from indexer.page import Notice
from indexer.query import MAX_DEPTH, MAX_WIDENED, Limit
from indexer.request import SearchRequest
from indexer.terms import TermQuery

#: What is said of the limits that a query passed.
_LIMITS = {
    Limit.DEPTH: Notice(
        "too-deep",
        "Brackets nest more than {limit} deep; what is in the deeper ones was left out.",
        {"limit": str(MAX_DEPTH)},
    ),
    Limit.WIDENED: Notice(
        "too-many-widened",
        "More than {limit} words have a * or a ~; the others were searched for as they stand.",
        {"limit": str(MAX_WIDENED)},
    ),
}


def notices_of(
    request: SearchRequest, query: TermQuery, languages: Collection[str], budget: Budget
) -> list[Notice]:
    """The notices of a search over an index that has these languages."""
    wanted = [request.language] if request.language else []
    wanted += [reading.text for reading in query.readings if reading.field == "language"]
    absent = [language for language in wanted if not within(language, languages)]
    notices = [
        Notice("absent-language", "No document is in the language {language}.", {"language": language})
        for language in dict.fromkeys(absent)
    ]
    notices += [_LIMITS[limit] for limit in sorted(query.limits)]
    if not query.readings and request.query.strip():
        notices.append(
            Notice(
                "no-words", "There is no word in “{query}” to search for.", {"query": request.query.strip()}
            )
        )
    return notices + of_time(budget)


def of_time(budget: Budget) -> list[Notice]:
    """What is said of what was left out as time was up."""
    seconds = {"seconds": f"{budget.seconds:g}"}
    notices = []
    if Left.MATCHES in budget.left:
        text = "Time was up after {seconds} s: there may be more to find, and in another order."
        notices.append(Notice("time-up", text, seconds))
    if Left.MARKS in budget.left:
        text = "Time was up after {seconds} s: not everything that was found is marked."
        notices.append(Notice("time-up-marks", text, seconds))
    if Left.PLACES in budget.left:
        text = "Time was up after {seconds} s: matches were not looked for up to the end of the document."
        notices.append(Notice("time-up-places", text, seconds))
    return notices

"""The title of a text that does not name one: its first line, when that reads like a title."""

import re

import regex

MAX_TITLE = 120  #: code points
MAX_TRIED = 5  #: lines that hold something

DAYS, YEARS = range(1, 32), range(1000, 3000)
MAX_DATE, MAX_DATE_WORDS = 60, 5  #: code points, words beside the numbers

ADDRESS = re.compile(r"(?:https?://|www\.)\S", re.IGNORECASE)
DIGITS = re.compile(r"\d+")
#: Full stops, commas and colons of every script, and what may close after them.
SENTENCE_END = regex.compile(r"\p{Terminal_Punctuation}[\p{Pe}\p{Pf}\p{Pi}\"']*\Z")


def title_of(text: str) -> str:
    """The first line of ``text`` that holds more than a date or an address, if it reads like a title, or "".

    It is trimmed, and cut before an address. A sentence, a paragraph and the first line of a wrapped
    paragraph do not read like a title.
    """
    tried = 0
    # A window: a text without line ends must not be copied to look at its beginning.
    lines = text[: MAX_TRIED * 1_000].splitlines()
    for number, line in enumerate(lines):
        if not line.strip():
            continue
        tried += 1
        if tried > MAX_TRIED:
            break
        title = _before_address(line)
        if not any(map(str.isalpha, title)) or only_a_date(title):
            continue
        following = lines[number + 1 : number + 2]
        wrapped = bool(following) and following[0][:1].islower()
        return "" if wrapped or not reads_like_a_title(title) else title
    return ""


def reads_like_a_title(line: str) -> bool:
    """Whether a line is short and does not end like a sentence, or a part of one, in any script."""
    return 0 < len(line) <= MAX_TITLE and not SENTENCE_END.search(line)


def only_a_date(line: str) -> bool:
    """Whether a line says a day and little else, in whatever language: "วันพุธที่ 5 มิถุนายน 2567" does.

    A day, a year and at most five words beside them: names of months in every
    language would be a library to load, and a title misjudged here only gives way to the next line.
    """
    if len(line) > MAX_DATE:
        return False
    numbers = [int(digits) for digits in DIGITS.findall(line)]
    if not any(number in DAYS for number in numbers) or not any(number in YEARS for number in numbers):
        return False
    return sum(any(map(str.isalpha, word)) for word in re.split(r"[\s\d]+", line)) <= MAX_DATE_WORDS


def _before_address(line: str) -> str:
    address = ADDRESS.search(line)
    if address is None:
        return line.strip()
    return line[: address.start()].strip(" \t\u3000-–—|:：(（[")

"""Bytes -> text, in whatever encoding they were written.

A byte order mark decides; then UTF-8, which no other encoding passes for; then UTF-16 without a mark,
which shows by its NUL bytes; then chardet, which weighs the rest by what each language looks like in it
(and believes an HTML page's own declaration).
"""

import codecs
import re
import unicodedata
from dataclasses import dataclass

import chardet

from indexer.errors import CorpusError

#: The longer mark first: that of UTF-32 begins with that of UTF-16.
MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
REPLACEMENT = "\ufffd"
CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x84\x86-\x9f]")
SAMPLE = 1 << 16  #: code points that are looked at to tell text from anything else
TOLERATED = 0.01  #: share of a sample that may be control characters or not assigned


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text and how it was read: a codec's name, how sure that is (0 to 1), how many bytes were damaged.

    Damaged bytes stand in ``text`` as U+FFFD. ``text`` never holds a lone surrogate or a byte order mark.
    """

    text: str
    encoding: str
    confidence: float = 1.0
    damaged: int = 0

    @property
    def note(self) -> str:
        """What the run should tell of it; nothing for sound UTF-8."""
        parts = []
        if self.encoding != "utf-8":
            parts.append(f"read as {self.encoding}, confidence {self.confidence:.2f}")
        if self.damaged:
            parts.append(f"{self.damaged:,} damaged characters became U+FFFD")
        return "; ".join(parts)


def decoded(content: bytes) -> Decoded:
    """The text of these bytes.

    Raises:
        CorpusError: they are no text in any encoding that is known.
    """
    for mark, encoding in MARKS:
        if content.startswith(mark):
            return _checked(_forgiving(content[len(mark) :], encoding))
    found = (
        _utf16(content)
        or _escaped(content)
        or _strict(content, "utf-8")
        or _damaged_utf8(content)
        or _detected(content)
    )
    if found is None:
        raise _no_text()
    return _checked(found)


def _checked(found: Decoded) -> Decoded:
    if not _readable(found) or found.damaged > len(found.text) / 10:
        raise _no_text()
    return found


def _readable(found: Decoded) -> bool:
    """Whether it holds hardly any control characters, which bytes that are no text are full of."""
    sample = found.text[:SAMPLE]
    return len(CONTROLS.findall(sample)) <= max(1, len(sample) * TOLERATED)


def _no_text() -> CorpusError:
    return CorpusError(
        "it is no text in any known encoding",
        hint="If it is text, save it as UTF-8; if it is not, rename it or move it elsewhere.",
    )


def _strict(content: bytes, encoding: str, confidence: float = 1.0) -> Decoded | None:
    try:
        return Decoded(content.decode(encoding), encoding, confidence)
    except UnicodeDecodeError:
        return None


def _forgiving(content: bytes, encoding: str) -> Decoded:
    text = content.decode(encoding, "replace")
    damaged = text.count(REPLACEMENT) - content.count(REPLACEMENT.encode(encoding))
    return Decoded(text, encoding, damaged=max(0, damaged))


def _damaged_utf8(content: bytes) -> Decoded | None:
    """UTF-8 with a few broken places: other encodings hardly ever look like UTF-8 nine times in ten."""
    found = _forgiving(content, "utf-8")
    beyond_ascii = len(found.text) - len(found.text.encode("ascii", "ignore"))
    return found if found.damaged * 10 <= beyond_ascii - found.damaged else None


def _utf16(content: bytes) -> Decoded | None:
    """UTF-16 without a mark: half of a space or a line end is NUL, which no other encoding of text uses.

    Of the two byte orders, the right one has the fewer different high bytes: a text stays in its script.
    """
    if 0 not in content:
        return None
    with_stray_zeros = _strict(content, "utf-8")
    if with_stray_zeros and _readable(with_stray_zeros):
        return None
    orders = [("utf-16-be", content[0::2]), ("utf-16-le", content[1::2])]
    for encoding, _ in sorted(orders, key=lambda order: len(set(order[1][:SAMPLE]))):
        found = _strict(content, encoding)
        if found and _assigned(found.text[:SAMPLE]):
            return found
    return None


def _assigned(sample: str) -> bool:
    strange = sum(unicodedata.category(c) in ("Cn", "Co", "Cc") and not c.isspace() for c in sample)
    return strange <= len(sample) * TOLERATED


def _escaped(content: bytes) -> Decoded | None:
    """ISO-2022: bytes below 128 only, so it would pass for UTF-8, but for its escape sequences."""
    if b"\x1b" not in content:
        return None
    found = _detected(content)
    return found if found and found.encoding.startswith("iso2022") else None


def _detected(content: bytes) -> Decoded | None:
    # Not prefer_superset: it has Windows-1251 for a superset of ISO-8859-5, which shares no letter with it.
    guess = chardet.detect(content, max_bytes=len(content), compat_names=False)
    encoding = guess["encoding"]
    return _strict(content, encoding, guess["confidence"]) if encoding else None

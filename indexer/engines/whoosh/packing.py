"""Small numbers, a few bits each: packed for every list of a column at once, read a list at a time.

A list is laid down at the one of seven widths that takes least room. The few of its numbers that do
not fit keep their low bits there, and their high bits stand behind the list with their places
(patched frames, after Zukowski et al., "Super-Scalar RAM-CPU Cache Compression", 2006).

    numbers · if patched: how many (4 bytes; the top bit, if high bits are 4 bytes wide) ·
    places (2 bytes each, 4 in a list of more than 65,536) · high bits (1 byte each, or 4)
"""

import struct
from collections.abc import Sequence
from typing import Any, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]
Unsigned = NDArray[np.uint32]
Codes = NDArray[np.uint8]
Item = TypeVar("Item", bound=np.generic)

#: Bits a number, by code. Of widths that take the same room whole bytes stand first: they read faster.
_BITS = (0, 8, 16, 32, 4, 12, 24)
_WHOLE: dict[int, np.dtype[Any]] = {8: np.dtype("<u1"), 16: np.dtype("<u2"), 32: np.dtype("<u4")}
#: Set in a code whose list is patched.
PATCHED = 8
_WIDE = 1 << 31
_COUNT = struct.Struct("<I")
_NO_BYTES = np.zeros(0, np.uint8)


class Pieces(NamedTuple):
    """Stretches of bytes, in rows: row i is ``source[starts[i] : starts[i] + sizes[i]]``."""

    source: NDArray[np.uint8]
    starts: Numbers
    sizes: Numbers


def packed(numbers: Unsigned, bounds: Numbers) -> tuple[NDArray[np.uint8], list[Pieces]]:
    """Lists of numbers, none empty; ``bounds``, shape (lists + 1,), cuts them out of a column.

    The code of each list, and the pieces that it is laid down as, one after another.
    """
    lengths = np.diff(bounds)
    owners = np.repeat(np.arange(len(lengths), dtype=np.int32), lengths)
    codes = _cheapest(numbers, bounds, lengths, owners)
    code_of = np.repeat(codes, lengths)
    blocks = []
    starts, sizes = np.zeros(len(lengths), np.int64), np.zeros(len(lengths), np.int64)
    place = 0
    for code, bits in enumerate(_BITS):
        chosen = np.flatnonzero(codes == code)
        if not len(chosen) or not bits:
            continue
        block = _laid_down(numbers[code_of == code], lengths[chosen], bits)
        sizes[chosen] = _size(lengths[chosen], bits)
        starts[chosen] = place + np.cumsum(sizes[chosen]) - sizes[chosen]
        blocks.append(block)
        place += len(block)
    pieces, patched = _patches(numbers, owners, lengths, bounds, codes)
    codes[patched] |= PATCHED
    return codes, [Pieces(np.concatenate([_NO_BYTES, *blocks]), starts, sizes), *pieces]


def _cheapest(numbers: Unsigned, bounds: Numbers, lengths: Numbers, owners: NDArray[np.int32]) -> Codes:
    """The code of each list that takes least room."""
    largest = np.maximum.reduceat(numbers, bounds[:-1]) if len(lengths) else numbers
    over = _too_large(numbers, bounds, owners)
    places = np.where(lengths > 1 << 16, 4, 2)
    sizes = []
    for bits in _BITS:
        extra = np.where(largest >> min(bits, 31) > 0xFF, 4, 1)
        patch = _COUNT.size + over[bits] * (places + extra)
        sizes.append(_size(lengths, bits) + np.where(over[bits] > 0, patch, 0))
    codes: Codes = np.argmin(np.array(sizes), axis=0).astype(np.uint8)
    return codes


def _too_large(numbers: Unsigned, bounds: Numbers, owners: NDArray[np.int32]) -> dict[int, Numbers]:
    """By width, how many numbers of each list do not fit it."""
    count = len(bounds) - 1
    over = dict.fromkeys(_BITS, np.zeros(count, np.int64))
    whole = True
    for bits in sorted(_BITS)[:-1]:
        large = numbers > (1 << bits) - 1
        many = np.count_nonzero(large)
        if not many:
            break
        if whole and many > len(numbers) // 8:
            sums = np.concatenate([[0], np.cumsum(large, dtype=np.int32)])
            over[bits] = np.diff(sums[bounds])
            continue
        # Those that are too large for a width are among those that are too large for a smaller one.
        numbers, owners, whole = numbers[large], owners[large], False
        over[bits] = np.bincount(owners, minlength=count)
    return over


def _size(lengths: Numbers, bits: int) -> Numbers:
    """How many bytes lists take; those of 4 and 12 bits are filled up to pairs."""
    if bits in (4, 12):
        return (lengths + 1) // 2 * (bits // 4)
    return lengths * (bits // 8)


def _size_of(length: int, bits: int) -> int:
    """How many bytes one list takes."""
    return (length + 1) // 2 * (bits // 4) if bits in (4, 12) else length * (bits // 8)


def _laid_down(numbers: Unsigned, lengths: Numbers, bits: int) -> NDArray[np.uint8]:
    """The bytes of lists of one width, one after another; what does not fit keeps its low bits."""
    if bits in _WHOLE:
        return numbers.astype(_WHOLE[bits]).view(np.uint8)
    if bits == 24:
        return np.ascontiguousarray(numbers.astype("<u4").view(np.uint8).reshape(-1, 4)[:, :3]).reshape(-1)
    padded = lengths + lengths % 2
    row = np.repeat(np.cumsum(padded) - padded - (np.cumsum(lengths) - lengths), lengths)
    pairs = np.zeros(int(padded.sum()), np.uint16)
    pairs[row + np.arange(len(numbers))] = numbers & ((1 << bits) - 1)
    first, second = pairs[0::2], pairs[1::2]
    if bits == 4:
        return (first | second << 4).astype(np.uint8)
    triples = np.empty((len(first), 3), np.uint8)
    triples[:, 0] = first & 0xFF
    triples[:, 1] = first >> 8 | (second & 0xF) << 4
    triples[:, 2] = second >> 4
    return triples.reshape(-1)


def _patches(
    numbers: Unsigned, owners: NDArray[np.int32], lengths: Numbers, bounds: Numbers, codes: Codes
) -> tuple[list[Pieces], Numbers]:
    """What stands behind lists some of whose numbers do not fit, and which those are."""
    limits = np.array([(1 << bits) - 1 for bits in _BITS], np.uint32)
    over = np.flatnonzero(numbers > limits[codes][owners])
    owner = owners[over].astype(np.int64)
    patched, begins = np.unique(owner, return_index=True)
    counts = np.diff(begins, append=len(over))
    # Thirty-two bits leave nothing over, and a shift by as many is none.
    high = numbers[over] >> np.array([min(bits, 31) for bits in _BITS], np.uint32)[codes][owner]
    wide = np.maximum.reduceat(high, begins) > 0xFF if len(over) else np.zeros(0, np.bool_)
    far = lengths[patched] > 1 << 16
    places = over - bounds[owner]
    heads = (counts | np.where(wide, _WIDE, 0)).astype("<u4").view(np.uint8)
    return [
        _rows(len(lengths), patched, heads, np.full(len(patched), _COUNT.size)),
        _rows(len(lengths), patched, *_mixed(places, counts, far, "<u4", "<u2")),
        _rows(len(lengths), patched, *_mixed(high, counts, wide, "<u4", "<u1")),
    ], patched


def _mixed(
    numbers: Numbers | Unsigned, counts: Numbers, large: NDArray[np.bool_], wide: str, narrow: str
) -> tuple[NDArray[np.uint8], Numbers]:
    """Lists of numbers of one of two types: their bytes, one after another, and how many each list takes."""
    bytes_wide, bytes_narrow = np.dtype(wide).itemsize, np.dtype(narrow).itemsize
    whole = numbers.astype("<u4").view(np.uint8).reshape(-1, 4)
    taken = np.where(large, bytes_wide, bytes_narrow)
    return whole[np.arange(4) < np.repeat(taken, counts)[:, None]], counts * taken


def _rows(count: int, owners: Numbers, source: NDArray[np.uint8], sizes: Numbers) -> Pieces:
    """Pieces that only some rows of ``count`` have."""
    every, starts = np.zeros(count, np.int64), np.zeros(count, np.int64)
    every[owners] = sizes
    starts[owners] = np.cumsum(sizes) - sizes
    return Pieces(source, starts, every)


def interleaved(pieces: Sequence[Pieces]) -> tuple[NDArray[np.uint8], Numbers]:
    """Row by row the pieces of all, as one stretch of bytes; and how many bytes each row takes."""
    bases = np.cumsum([0, *(len(piece.source) for piece in pieces)])
    source = np.concatenate([piece.source for piece in pieces])
    starts = np.stack([piece.starts + base for piece, base in zip(pieces, bases[:-1], strict=True)], axis=1)
    sizes = np.stack([piece.sizes for piece in pieces], axis=1)
    return stretches(source, starts.reshape(-1), sizes.reshape(-1)), sizes.sum(axis=1)


def stretches(column: NDArray[Item], starts: Numbers, sizes: Numbers) -> NDArray[Item]:
    """Stretches of a column, one after another.

    Raises:
        ValueError: one is not in the column, as numbers of a harmed file say; no memory is taken for it.
    """
    kept = sizes > 0
    starts, sizes = starts[kept], sizes[kept]
    if len(starts) and (starts.min() < 0 or (starts + sizes).max() > len(column)):
        raise ValueError("a stretch is not in its column")
    total = int(sizes.sum())
    # Half the bytes, half the time: a column of four gigabytes is never gathered at once.
    kind = np.int32 if max(len(column), total) < 1 << 31 else np.int64
    shifts = (starts - (np.cumsum(sizes) - sizes)).astype(kind)
    places = np.repeat(shifts, sizes)
    places += np.arange(total, dtype=kind)
    return column[places]


def unpacked(data: bytes, offset: int, code: int, count: int) -> tuple[Numbers, int]:
    """A list of ``count`` numbers that begins at ``offset``, and where it ends."""
    bits = _BITS[code & 7]
    end = offset + _size_of(count, bits)
    numbers = _whole(data, offset, bits, count)
    if code & PATCHED:
        places, high, end = _patch(data, end, count)
        numbers[places] |= high << bits
    return numbers, end


def unpacked_lists(data: bytes, offsets: Numbers, codes: Numbers, counts: Numbers) -> tuple[Numbers, Numbers]:
    """Many lists, one after another, and where each ends; the columns are of shape (lists,).

    A merge reads every list of an index: here a few calls do for thousands of them.
    """
    raw = np.frombuffer(data, np.uint8)
    ends = offsets.copy()
    starts = np.zeros(len(counts), np.int64)
    blocks, place = [np.zeros(0, np.int64)], 0
    for code, bits in enumerate(_BITS):
        chosen = np.flatnonzero((codes & 7) == code)
        if not len(chosen):
            continue
        sizes = _size(counts[chosen], bits)
        laid = stretches(raw, offsets[chosen], sizes)
        padded = counts[chosen] + counts[chosen] % 2 if bits in (4, 12) else counts[chosen]
        ends[chosen] += sizes
        starts[chosen] = place + np.cumsum(padded) - padded
        blocks.append(_whole(laid, 0, bits, int(padded.sum())))
        place += len(blocks[-1])
    numbers = stretches(np.concatenate(blocks), starts, counts)
    _patch_lists(numbers, raw, codes, counts, ends)
    return numbers, ends


def _patch_lists(
    numbers: Numbers, raw: NDArray[np.uint8], codes: Numbers, counts: Numbers, ends: Numbers
) -> None:
    """Add the high bits to the lists that are patched, and move their ends behind them."""
    patched = np.flatnonzero(codes & PATCHED)
    if not len(patched):
        return
    at, begins, lengths = ends[patched], (np.cumsum(counts) - counts)[patched], counts[patched]
    heads = stretches(raw, at, np.full(len(patched), _COUNT.size)).view("<u4").astype(np.int64)
    many, far, wide = heads & ~_WIDE, lengths > 1 << 16, (heads & _WIDE) > 0
    places, at = _read_mixed(raw, at + _COUNT.size, many, far, "<u4", "<u2")
    high, at = _read_mixed(raw, at, many, wide, "<u4", "<u1")
    bits = np.array(_BITS)[codes[patched] & 7]
    numbers[np.repeat(begins, many) + places] |= high << np.repeat(bits, many)
    ends[patched] = at


def _read_mixed(
    raw: NDArray[np.uint8],
    offsets: Numbers,
    counts: Numbers,
    large: NDArray[np.bool_],
    wide: str,
    narrow: str,
) -> tuple[Numbers, Numbers]:
    """Lists as `_mixed` lays them down, one after another, and where each ends."""
    taken = np.where(large, np.dtype(wide).itemsize, np.dtype(narrow).itemsize)
    laid = stretches(raw, offsets, counts * taken)
    whole = np.zeros((int(counts.sum()), 4), np.uint8)
    whole[np.arange(4) < np.repeat(taken, counts)[:, None]] = laid
    return whole.view("<u4").reshape(-1).astype(np.int64), offsets + counts * taken


def unpacked_at(data: bytes, offset: int, code: int, count: int, wanted: Numbers) -> Numbers:
    """Some numbers of a list: those at these ascending places."""
    bits = _BITS[code & 7]
    if bits in _WHOLE:
        numbers = np.frombuffer(data, _WHOLE[bits], count, offset)[wanted].astype(np.int64)
    else:
        numbers = _whole(data, offset, bits, count)[wanted]
    if code & PATCHED and len(wanted):
        end = offset + _size_of(count, bits)
        places, high, _ = _patch(data, end, count)
        found = np.minimum(np.searchsorted(wanted, places), len(wanted) - 1)
        here = wanted[found] == places
        numbers[found[here]] |= high[here] << bits
    return numbers


def _whole(data: bytes | NDArray[np.uint8], offset: int, bits: int, count: int) -> Numbers:
    if bits == 0:
        return np.zeros(count, np.int64)
    if bits in _WHOLE:
        return np.frombuffer(data, _WHOLE[bits], count, offset).astype(np.int64)
    if bits == 24:
        bytes_of = np.zeros((count, 4), np.uint8)
        bytes_of[:, :3] = np.frombuffer(data, np.uint8, 3 * count, offset).reshape(-1, 3)
        return bytes_of.view("<u4").reshape(-1).astype(np.int64)
    pairs = (count + 1) // 2
    numbers = np.empty(2 * pairs, np.int64)
    if bits == 4:
        both = np.frombuffer(data, np.uint8, pairs, offset)
        numbers[0::2], numbers[1::2] = both & 0xF, both >> 4
    else:
        triples = np.frombuffer(data, np.uint8, 3 * pairs, offset).reshape(-1, 3).astype(np.int64)
        numbers[0::2] = triples[:, 0] | (triples[:, 1] & 0xF) << 8
        numbers[1::2] = triples[:, 1] >> 4 | triples[:, 2] << 4
    return numbers[:count]


def _patch(data: bytes, offset: int, count: int) -> tuple[Numbers, Numbers, int]:
    """The places and high bits behind a list of ``count`` numbers, and where they end."""
    (patches,) = _COUNT.unpack_from(data, offset)
    place_type: np.dtype[Any] = np.dtype("<u4" if count > 1 << 16 else "<u2")
    high_type: np.dtype[Any] = np.dtype("<u4" if patches & _WIDE else "<u1")
    patches &= ~_WIDE
    offset += _COUNT.size
    places = np.frombuffer(data, place_type, patches, offset).astype(np.int64)
    offset += patches * place_type.itemsize
    high = np.frombuffer(data, high_type, patches, offset).astype(np.int64)
    return places, high, offset + patches * high_type.itemsize

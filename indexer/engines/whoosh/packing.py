"""Small numbers, a few bits each: packed for every list of a column at once, read a list at a time.

A list is laid down at the one of six widths that takes least room. The few of its numbers that do
not fit keep their low bits there, and their high bits stand behind the list with their places
(patched frames, after Zukowski et al., "Super-Scalar RAM-CPU Cache Compression", 2006).

    numbers · if patched: how many (4 bytes; the top bit, if high bits are 4 bytes wide) ·
    places (2 bytes each, 4 in a list of more than 65,536) · high bits (1 byte each, or 4)
"""

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]

#: Bits a number, by code. Of widths that take the same room whole bytes stand first: they read faster.
_BITS = (0, 8, 16, 32, 4, 12)
_WHOLE: dict[int, np.dtype[Any]] = {8: np.dtype("<u1"), 16: np.dtype("<u2"), 32: np.dtype("<u4")}
#: Set in a code whose list is patched.
PATCHED = 8
_WIDE = 1 << 31
_COUNT = struct.Struct("<I")


@dataclass(frozen=True, slots=True)
class Packed:
    """The lists of one column; ``column[index]`` is the code and the bytes of one."""

    codes: Sequence[int]
    data: Sequence[bytes]
    bounds: Sequence[tuple[int, int]]
    patches: dict[int, bytes]

    def __getitem__(self, index: int) -> tuple[int, bytes]:
        code = self.codes[index]
        start, stop = self.bounds[index]
        found = self.data[code][start:stop]
        patch = self.patches.get(index)
        return (code, found) if patch is None else (code | PATCHED, found + patch)


def packed(numbers: Numbers, bounds: Numbers) -> Packed:
    """Lists of numbers below 2³², none empty; ``bounds``, shape (lists + 1,), cuts them out of a column."""
    lengths = np.diff(bounds)
    codes = _cheapest(numbers, bounds, lengths)
    code_of = np.repeat(codes, lengths)
    data, starts, stops = [], np.zeros(len(lengths), np.int64), np.zeros(len(lengths), np.int64)
    for code, bits in enumerate(_BITS):
        chosen = np.flatnonzero(codes == code)
        block, ends = _laid_down(numbers[code_of == code] & ((1 << bits) - 1), lengths[chosen], bits)
        data.append(block)
        stops[chosen] = ends
        starts[chosen] = np.concatenate([[0], ends[:-1]]) if len(ends) else ends
    ranges = list(zip(starts.tolist(), stops.tolist(), strict=True))
    return Packed(codes.tolist(), data, ranges, _patches(numbers, bounds, np.array(_BITS)[code_of]))


def _cheapest(numbers: Numbers, bounds: Numbers, lengths: Numbers) -> Numbers:
    """The code of each list that takes least room."""
    places = np.where(lengths > 1 << 16, 4, 2)
    sizes = []
    for bits in _BITS:
        over = np.zeros(len(lengths), np.int64)
        extra = over
        if len(numbers) and bits < 32:
            high = numbers >> bits
            over = np.add.reduceat((high > 0).astype(np.int64), bounds[:-1])
            extra = np.where(np.maximum.reduceat(high, bounds[:-1]) > 0xFF, 4, 1)
        sizes.append(_size(lengths, bits) + np.where(over > 0, 4 + over * (places + extra), 0))
    return np.asarray(np.argmin(np.array(sizes), axis=0))


def _size(lengths: Numbers, bits: int) -> Numbers:
    """How many bytes lists take; those of 4 and 12 bits are filled up to pairs."""
    if bits in (4, 12):
        return (lengths + 1) // 2 * (bits // 4)
    return lengths * (bits // 8)


def _size_of(length: int, bits: int) -> int:
    """How many bytes one list takes."""
    return (length + 1) // 2 * (bits // 4) if bits in (4, 12) else length * (bits // 8)


def _laid_down(numbers: Numbers, lengths: Numbers, bits: int) -> tuple[bytes, Numbers]:
    """The bytes of lists of one width, one after another, and where each ends."""
    ends = np.cumsum(_size(lengths, bits))
    if bits == 0 or not len(numbers):
        return b"", ends
    if bits in _WHOLE:
        return numbers.astype(_WHOLE[bits]).tobytes(), ends
    padded = lengths + lengths % 2
    row = np.repeat(np.cumsum(padded) - padded - (np.cumsum(lengths) - lengths), lengths)
    pairs = np.zeros(int(padded.sum()), np.uint16)
    pairs[row + np.arange(len(numbers))] = numbers
    first, second = pairs[0::2], pairs[1::2]
    if bits == 4:
        return (first | second << 4).astype(np.uint8).tobytes(), ends
    triples = np.empty((len(first), 3), np.uint8)
    triples[:, 0] = first & 0xFF
    triples[:, 1] = first >> 8 | (second & 0xF) << 4
    triples[:, 2] = second >> 4
    return triples.tobytes(), ends


def _patches(numbers: Numbers, bounds: Numbers, bits: Numbers) -> dict[int, bytes]:
    """By list, what stands behind it, where some of its numbers do not fit."""
    high = numbers >> bits
    over = np.flatnonzero(high)
    owners = np.searchsorted(bounds, over, side="right") - 1
    lists, begins = np.unique(owners, return_index=True)
    places, high = over - bounds[owners], high[over]
    patches: dict[int, bytes] = {}
    if not len(over):
        return patches
    stops = [*begins[1:].tolist(), len(over)]
    for index, start, stop in zip(lists.tolist(), begins.tolist(), stops, strict=True):
        some = high[start:stop]
        wide = _WIDE if int(some.max()) > 0xFF else 0
        place_type = "<u4" if bounds[index + 1] - bounds[index] > 1 << 16 else "<u2"
        patches[index] = (
            _COUNT.pack(stop - start | wide)
            + places[start:stop].astype(place_type).tobytes()
            + some.astype("<u4" if wide else "<u1").tobytes()
        )
    return patches


def unpacked(data: bytes, offset: int, code: int, count: int) -> tuple[Numbers, int]:
    """A list of ``count`` numbers that begins at ``offset``, and where it ends."""
    bits = _BITS[code & 7]
    end = offset + _size_of(count, bits)
    numbers = _whole(data, offset, bits, count)
    if code & PATCHED:
        places, high, end = _patch(data, end, count)
        numbers[places] |= high << bits
    return numbers, end


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


def _whole(data: bytes, offset: int, bits: int, count: int) -> Numbers:
    if bits == 0:
        return np.zeros(count, np.int64)
    if bits in _WHOLE:
        return np.frombuffer(data, _WHOLE[bits], count, offset).astype(np.int64)
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

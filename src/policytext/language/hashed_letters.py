"""CRC-32 hashes of all letter sequences of many words at once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

_POLYNOMIAL = 0xEDB88320
_ONES = np.uint32(0xFFFFFFFF)


def _table() -> NDArray[np.uint32]:
    """Return the remainders of CRC-32 (ISO 3309) for each byte."""
    table = np.arange(256, dtype=np.uint32)
    for _ in range(8):
        table = np.where(table & 1, (table >> 1) ^ np.uint32(_POLYNOMIAL), table >> 1).astype(np.uint32)
    return table


_REMAINDERS = _table()


def sequence_hashes(words: Sequence[str], lengths: Sequence[int]) -> tuple[NDArray[np.int64], NDArray[np.uint32]]:
    """Return the CRC-32 of every letter sequence (in UTF-8) of some lengths, and the number of the word it is from.

    Parameters
    ----------
    words : sequence of str
        The words, with marks for their edges where sequences shall tell them.
    lengths : sequence of int
        The lengths in letters, ascending.

    Examples
    --------
    >>> import zlib
    >>> owners, hashes = sequence_hashes(["på", "i"], (2,))
    >>> owners.tolist(), hashes.tolist() == [zlib.crc32("på".encode())]
    ([0], True)
    """
    text = "".join(words)
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4").astype(np.uint32)
    owner = np.repeat(np.arange(len(words)), np.fromiter(map(len, words), np.int64, len(words)))
    steps = _utf8(points)
    state = np.full(len(points), _ONES)
    owners: list[NDArray[np.int64]] = []
    hashes: list[NDArray[np.uint32]] = []
    for length in range(1, max(lengths, default=0) + 1):
        last = max(len(points) - length + 1, 0)
        state = _extended(state[:last], steps, length - 1)
        if length in lengths:
            inside = owner[:last] == owner[length - 1 :]
            owners.append(owner[:last][inside])
            hashes.append(state[inside] ^ _ONES)
    if not owners:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.uint32)
    return np.concatenate(owners), np.concatenate(hashes)


def _utf8(points: NDArray[np.uint32]) -> list[tuple[NDArray[np.int64], NDArray[np.uint32]]]:
    """Return the first, second, third and fourth bytes of characters: which characters have one, and the byte."""
    size = 1 + (points >= 0x80).astype(np.int64) + (points >= 0x800) + (points >= 0x10000)
    lead = np.array([0, 0, 0xC0, 0xE0, 0xF0], dtype=np.uint32)
    steps = []
    for step in range(4):
        there = np.flatnonzero(size > step)
        shift = (6 * (size[there] - 1 - step)).astype(np.uint32)
        byte = points[there] >> shift
        byte = byte | lead[size[there]] if step == 0 else (byte & np.uint32(0x3F)) | np.uint32(0x80)
        steps.append((there, byte))
    return steps


def _extended(
    state: NDArray[np.uint32], steps: Sequence[tuple[NDArray[np.int64], NDArray[np.uint32]]], offset: int
) -> NDArray[np.uint32]:
    """Return the states at each place after the bytes of the character `offset` places on."""
    state = state.copy()
    for there, byte in steps:
        first = np.searchsorted(there, offset)
        at = there[first:] - offset
        state[at] = _REMAINDERS[(state[at] ^ byte[first:]) & np.uint32(0xFF)] ^ (state[at] >> np.uint32(8))
    return state

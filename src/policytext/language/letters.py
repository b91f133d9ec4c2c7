"""Letter sequences of words, weighed for many words at once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

_CODE_BITS = 63
_WORDS_AT_ONCE = 20_000


class LetterWeights:
    """Weights of letter sequences; a word's sum is that of its sequences, its edges marked by ``<`` and ``>``.

    Letters are numbered, so that a sequence is one integer and all sequences of many words are looked up in one
    sorted array: no two sequences share a number.

    Parameters
    ----------
    sequences : sequence of str
        The n sequences that have weights, each once.
    weights : ndarray, shape (n, width)
    shortest, longest : int
        The lengths of the sequences that a word is taken apart into.

    Examples
    --------
    >>> table = LetterWeights(["<rå", "åd>"], np.array([[1.0], [2.0]]), shortest=3, longest=4)
    >>> [round(total, 3) for total in table.sums(["råd", "vei", ""])[:, 0].tolist()]
    [1.342, 0.0, 0.0]
    """

    def __init__(self, sequences: Sequence[str], weights: NDArray[np.float64], *, shortest: int, longest: int) -> None:
        self._lengths = range(shortest, longest + 1)
        self._bits = _CODE_BITS // longest
        alphabet = np.array(sorted({ord(letter) for letter in set().union(*sequences)}), dtype=np.int64)
        if len(alphabet) + 2 > 1 << self._bits:
            raise ValueError(f"{len(alphabet)} different letters; at most {(1 << self._bits) - 2} can be told apart")
        self._unknown = len(alphabet) + 1
        self._numbers = np.full(int(alphabet.max(initial=0)) + 2, self._unknown, dtype=np.int64)
        self._numbers[alphabet] = np.arange(1, len(alphabet) + 1)
        codes = self._whole(sequences)
        order = np.argsort(codes)
        self._codes = codes[order]
        self._weights = np.asfortranarray(weights[order], dtype=np.float64)

    def sums(self, words: Sequence[str]) -> NDArray[np.float64]:
        """Return for each word the sum of its sequences' weights over the root of their number, shape (n, width)."""
        totals = np.zeros((len(words), self._weights.shape[1]))
        for first in range(0, len(words), _WORDS_AT_ONCE):
            part = words[first : first + _WORDS_AT_ONCE]
            totals[first : first + len(part)] = self._sums(part)
        return totals

    def _sums(self, words: Sequence[str]) -> NDArray[np.float64]:
        numbers, sizes = self._spell([f"<{word}>" if word else "" for word in words])
        owner = np.repeat(np.arange(len(words)), sizes)
        code = np.zeros(len(numbers), dtype=np.int64)
        owners: list[NDArray[np.int64]] = []
        places: list[NDArray[np.int64]] = []
        counts = np.zeros(len(words))
        for length in range(1, self._lengths.stop):
            last = len(numbers) - length + 1
            if last <= 0 or not len(self._codes):
                break
            code = (code[:last] << self._bits) | numbers[length - 1 :]
            if length not in self._lengths:
                continue
            inside = owner[:last] == owner[length - 1 :]
            counts += np.maximum(sizes - length + 1, 0)
            place = np.searchsorted(self._codes, code)
            place[place == len(self._codes)] = 0
            known = inside & (self._codes[place] == code)
            owners.append(owner[:last][known])
            places.append(place[known])
        if not places:
            return np.zeros((len(words), self._weights.shape[1]))
        rows, columns = np.concatenate(owners), np.concatenate(places)
        totals = [np.bincount(rows, weights[columns], len(words)) for weights in self._weights.T]
        return np.stack(totals, axis=1) / np.sqrt(np.maximum(counts, 1.0))[:, None]

    def _spell(self, words: Sequence[str]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the numbers of all letters of all words, one after another, and the words' lengths."""
        sizes = np.fromiter(map(len, words), np.int64, len(words))
        points = np.frombuffer("".join(words).encode("utf-32-le", "surrogatepass"), dtype="<u4").astype(np.int64)
        return self._numbers[np.minimum(points, len(self._numbers) - 1)], sizes

    def _whole(self, sequences: Sequence[str]) -> NDArray[np.int64]:
        numbers, sizes = self._spell(sequences)
        ends = np.cumsum(sizes)
        starts = ends - sizes
        codes = np.zeros(len(sequences), dtype=np.int64)
        for place in range(self._lengths.stop - 1):
            there = sizes > place
            codes[there] = (codes[there] << self._bits) | numbers[starts[there] + place]
        return codes

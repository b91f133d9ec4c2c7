"""A small convolutional network over a segment's words: it sees what stands beside what, which cues alone do not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from operator import mod
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from policytext.errors import ModelError
from policytext.measures.lexicon import load_verbs
from policytext.measures.reading import Reading
from policytext.measures.words import Word

OUTPUTS: Mapping[str, tuple[str, ...]] = {
    "measure": ("False", "True"),
    "specific": ("False", "True"),
    "direction": ("abolish", "decrease", "increase", "introduce", "maintain", "oppose", "other"),
}
"""The classes of each task, in the order of the network's outputs."""

TABLES: Mapping[str, tuple[int, int]] = {
    "word": (16384, 32),
    "prefix 5": (8192, 12),
    "suffix 3": (4096, 8),
    "suffix 4": (8192, 16),
    "suffix 5": (8192, 16),
    "suffix 7": (8192, 16),
    "lemma": (4096, 24),
    "kind": (128, 12),
    "direction": (128, 12),
    "group": (64, 12),
    "shape": (256, 8),
}
"""Rows and width of the table of each column: what is known about a word form is one row in each."""

_SIZES = [rows for rows, _ in TABLES.values()]

NETWORK = "network.npz"
"""The file of the arrays in the folder of the models."""

PLACES = 32
"""Rows of the table of places: how far a word stands from the object of the main verb, and on which side of its end."""

_BEFORE, _BEHIND = 6, 8
_LONGEST = 48
_LEAD = 12
_AT_ONCE = 64
_KEPT = 200_000


def columns(word: Word) -> tuple[int, ...]:
    """Return the rows of a word, one in each of `TABLES`, found by hashing (CRC-32).

    Examples
    --------
    >>> from policytext.measures.words import describe
    >>> len(columns(describe("styrke"))) == len(TABLES)
    True
    >>> columns(describe("kai"))[0] == columns(describe("Kai"))[0]
    True
    """
    lower = word.lower
    verbal = word.share > 50
    verb = load_verbs().verbs.get(word.lemma) if verbal else None
    direction = "" if verb is None else ("through" if verb.through else verb.direction)
    values = (
        lower,
        lower[:5],
        lower[-3:],
        lower[-4:],
        lower[-5:],
        lower[-7:],
        word.lemma if verbal else "",
        word.kind,
        f"{direction} {word.bears}",
        word.group,
        f"{word.capital}{word.digit}{word.reading}{min(word.share // 34, 2)}",
    )
    return tuple(map(mod, map(crc32, map(str.encode, values)), _SIZES))


@dataclass(frozen=True, slots=True)
class Window:
    """The words of a segment that the network sees, and where the object of the main verb begins and ends there."""

    words: Sequence[Word]
    start: int
    stop: int


def window(reading: Reading) -> Window:
    """Return the words around the main verb's object: all of a segment but of a very long one."""
    core, words = reading.core, reading.words
    first = max(0, min(core.start - _LEAD, len(words) - _LONGEST))
    return Window(words[first : first + _LONGEST], core.start - first, core.stop - first)


def places(windows: Sequence[Window], sizes: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return for each word of the windows, one after another, its row in the table of places."""
    ends = np.cumsum(sizes)
    at = np.arange(int(ends[-1]) if len(ends) else 0) - np.repeat(ends - sizes, sizes)
    starts = np.repeat(np.array([one.start for one in windows], np.int64), sizes)
    stops = np.repeat(np.array([one.stop for one in windows], np.int64), sizes)
    away = np.clip(at - starts, -_BEFORE, _BEHIND) + _BEFORE
    found: NDArray[np.int64] = away * 2 + (at < stops)
    return found


class Network:
    """The network's arrays, ready to score many segments at once.

    Each word form is one row, worked out when first met and kept: its columns' table rows joined, times the three taps
    of the convolution (the word before, the word, the word after). A segment is the largest and the summed value of
    each filter over its words (Kim, 2014, https://doi.org/10.3115/v1/D14-1181).

    Parameters
    ----------
    arrays : mapping of str to ndarray
        `table <column>` (rows × width), `table place`, `taps` (3 × inputs × filters), `bias` (filters,),
        `output` (2 filters × outputs), `output bias` (outputs,).
    """

    def __init__(self, arrays: Mapping[str, NDArray[np.float32]]) -> None:
        self.arrays = dict(arrays)
        taps = self.arrays["taps"]
        self._filters = taps.shape[2]
        inputs = taps.shape[1]
        wide = np.ascontiguousarray(taps.transpose(1, 0, 2).reshape(inputs, 3 * self._filters), dtype=np.float32)
        width = sum(width for _, width in TABLES.values())
        self._wide = wide[:width]
        self._place = (self.arrays["table place"] @ wide[width:]).astype(np.float32)
        self._tables = [self.arrays[f"table {name}"] for name in TABLES]
        self._forget()

    def _forget(self) -> None:
        self._rows: dict[Word, int] = {}
        self._known = np.zeros((1024, 3 * self._filters), np.float32)

    def pooled(self, readings: Sequence[Reading]) -> NDArray[np.float32]:
        """Return what the filters found in each segment, shape (n, 2 × filters)."""
        found = np.zeros((len(readings), 2 * self._filters), np.float32)
        windows = [window(reading) for reading in readings]
        rows = self._rows_of(windows)
        ends = np.cumsum([0, *(len(one.words) for one in windows)])
        for first in range(0, len(windows), _AT_ONCE):
            part = windows[first : first + _AT_ONCE]
            found[first : first + len(part)] = self._pool(part, rows[ends[first] : ends[first + len(part)]])
        return found

    def scores(self, task: str, pooled: NDArray[np.float32]) -> NDArray[np.float64]:
        """Return a task's scores, shape (n, outputs): one for each class, or the log odds of the second of two."""
        first = 0
        for name, classes in OUTPUTS.items():
            if name == task:
                part = slice(first, first + len(classes))
                scores = pooled @ self.arrays["output"][:, part] + self.arrays["output bias"][part]
                if len(classes) == 2:
                    scores = scores[:, 1:] - scores[:, :1]
                return scores.astype(np.float64)
            first += len(classes)
        raise ModelError(f"the network has no task {task!r}; it has {', '.join(OUTPUTS)}")

    def _pool(self, windows: Sequence[Window], rows: NDArray[np.int64]) -> NDArray[np.float32]:
        filters = self._filters
        pooled = np.zeros((len(windows), 2 * filters), np.float32)
        sizes = np.array([len(one.words) for one in windows], np.int64)
        filled = np.flatnonzero(sizes)
        if not len(filled):
            return pooled
        total = self._known.take(rows, axis=0)
        total += self._place.take(places(windows, sizes), axis=0)
        values = total[:, filters : 2 * filters] + self.arrays["bias"]
        ends = np.cumsum(sizes)
        starts = (ends - sizes)[filled]
        total[ends[filled] - 1, :filters] = 0.0  # the last word is not before any, the first not after one
        total[starts, 2 * filters :] = 0.0
        values[1:] += total[:-1, :filters]
        values[:-1] += total[1:, 2 * filters :]
        np.maximum(values, 0.0, out=values)
        pooled[filled, :filters] = np.maximum.reduceat(values, starts, axis=0)
        sums = np.add.reduceat(values, starts, axis=0)
        pooled[filled, filters:] = sums / np.sqrt(sizes[filled])[:, None]
        return pooled

    def _rows_of(self, windows: Sequence[Window]) -> NDArray[np.int64]:
        known = self._rows
        words = [word for one in windows for word in one.words]
        try:
            return np.fromiter(map(known.__getitem__, words), np.int64, len(words))
        except KeyError:
            self._learn(words)
            return np.fromiter(map(self._rows.__getitem__, words), np.int64, len(words))

    def _learn(self, words: Iterable[Word]) -> None:
        """Work out the rows of words not met before."""
        if len(self._rows) > _KEPT:
            self._forget()
        new = [word for word in dict.fromkeys(words) if word not in self._rows]
        first, last = len(self._rows), len(self._rows) + len(new)
        if last > len(self._known):
            larger = np.zeros((max(last, 2 * len(self._known)), self._known.shape[1]), np.float32)
            larger[:first] = self._known[:first]
            self._known = larger
        places = np.fromiter(chain.from_iterable(map(columns, new)), np.int64).reshape(len(new), len(TABLES))
        inputs = np.concatenate([table[column] for table, column in zip(self._tables, places.T, strict=True)], axis=1)
        self._known[first:last] = inputs @ self._wide
        self._rows.update(zip(new, range(first, last), strict=True))


def save_network(network: Network, path: Path) -> None:
    """Store the network's arrays without pickle, in half precision."""
    halved: dict[str, Any] = {name: array.astype(np.float16) for name, array in network.arrays.items()}
    np.savez_compressed(path, **halved)


def load_network(path: Path) -> Network:
    """Load a network.

    Raises
    ------
    ModelError
        If the file is missing or an array of it is.
    """
    if not path.is_file():
        raise ModelError(f"{path.name} is missing from the model folder; reinstall policytext or train it again")
    with np.load(path, allow_pickle=False) as stored:
        arrays = {name: stored[name].astype(np.float32) for name in stored.files}
    needed = {*(f"table {name}" for name in TABLES), "table place", "taps", "bias", "output", "output bias"}
    missing = sorted(needed - arrays.keys())
    if missing:
        raise ModelError(f"{path.name} lacks {', '.join(missing)}; train it again")
    return Network(arrays)

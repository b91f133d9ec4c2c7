"""Linear models over cues and letters: weights by name, and one cached sum for each word form."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from math import sqrt
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from policytext.errors import ModelError
from policytext.measures.features import Seen

NGRAMS = (3, 4)
_CACHE = 300_000
_T = TypeVar("_T")


def letters(word: str) -> list[str]:
    """Return the letter n-grams of a word with its edges marked.

    Examples
    --------
    >>> letters("råd")[:3]
    ['<rå', 'råd', 'åd>']
    """
    marked = f"<{word}>"
    return [marked[i : i + n] for n in NGRAMS for i in range(len(marked) - n + 1)]


def region_scale(size: int) -> float:
    """Return the factor that a region's words are weighed by, so that long texts do not shout."""
    return 2.0 / sqrt(size) if size else 0.0


def word_features(region: str, word: str) -> list[tuple[str, float]]:
    """Return the named features of one word in a region, with their values before scaling."""
    if not word:
        return []
    grams = letters(word)
    return [(f"{region}|{word}", 1.0), *((f"{region}#{gram}", 1.0 / sqrt(len(grams))) for gram in grams)]


class _Kept(dict[str, _T]):
    """Values by word, worked out when first asked for and kept while there is room."""

    def __init__(self, find: Callable[[str], _T]) -> None:
        super().__init__()
        self._find = find

    def __missing__(self, word: str) -> _T:
        value = self._find(word)
        if len(self) < _CACHE:
            self[word] = value
        return value


@dataclass(slots=True)
class LinearModel:
    """One task's weights: `rows` maps a feature's name to its row in `weights` (shape features × outputs).

    A task with two outcomes has one output, the log odds of the second class; `slope` and `offset` calibrate it.
    """

    task: str
    classes: tuple[str, ...]
    rows: dict[str, int]
    weights: NDArray[np.float64]
    bias: NDArray[np.float64]
    slope: float = 1.0
    offset: float = 0.0
    _single: dict[str, float] = field(default_factory=dict)
    _cues: dict[str, int] = field(default_factory=dict)
    _words: dict[str, _Kept[float]] = field(default_factory=dict)
    _places: dict[str, _Kept[int]] = field(default_factory=dict)
    _sums: NDArray[np.float64] = field(default_factory=lambda: np.zeros((0, 0)))
    _used: int = 0
    _shared: WordSums | None = None
    _columns: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.weights.shape[1] == 1:
            column = self.weights[:, 0].tolist()
            self._single = {name: column[row] for name, row in self.rows.items()}
        self._cues = self.rows

    def _sum(self, region: str, word: str) -> float:
        if self._shared is not None:
            column = self._columns.get(region, -1)
            return float(self._shared.sums(word)[column]) if column >= 0 else 0.0
        single = self._single
        return sum(value * single.get(name, 0.0) for name, value in word_features(region, word))

    def _vector(self, region: str, word: str) -> NDArray[np.float64]:
        width = self.weights.shape[1]
        if self._shared is not None:
            column = self._columns.get(region, -1)
            return self._shared.sums(word)[column : column + width] if column >= 0 else np.zeros(width)
        total = np.zeros(width)
        for name, value in word_features(region, word):
            row = self.rows.get(name)
            if row is not None:
                total += value * self.weights[row]
        return total

    def _place(self, region: str, word: str) -> int:
        """Return where a word's summed weights stand in the table of sums, which grows as words are met."""
        if self._used == len(self._sums):
            larger = np.zeros((max(1024, 2 * self._used), self.weights.shape[1]))
            if self._used:
                larger[: self._used] = self._sums[: self._used]
            self._sums = larger
        self._sums[self._used] = self._vector(region, word)
        self._used += 1
        return self._used - 1

    def share(self, shared: WordSums, columns: dict[str, int]) -> None:
        """Take the sums of words from a table that several models share."""
        self._shared = shared
        self._columns = columns
        self._cues = {name: row for name, row in self.rows.items() if not _region(name)}
        if self._single:
            self._single = {name: self._single[name] for name in self._cues}

    def score(self, seen: Seen) -> float:
        """Return the log odds of the second class of a task with two outcomes."""
        total = float(self.bias[0]) + sum(filter(None, map(self._single.get, seen.cues)))
        for region, words in seen.regions:
            if words:
                known = self._words.get(region) or self._words.setdefault(region, _Kept(partial(self._sum, region)))
                total += sum(map(known.__getitem__, words)) * region_scale(len(words))
        return total

    def scores(self, seen: Seen) -> NDArray[np.float64]:
        """Return the scores of a task with more than two classes, shape (classes,)."""
        rows = [row for row in map(self._cues.get, seen.cues) if row is not None]
        total = self.weights[rows].sum(axis=0) + self.bias if rows else self.bias.copy()
        places: list[int] = []
        scales: list[float] = []
        for region, words in seen.regions:
            if words:
                table = self._places.get(region) or self._places.setdefault(region, _Kept(partial(self._place, region)))
                places += map(table.__getitem__, words)
                scales += [region_scale(len(words))] * len(words)
        if places:
            total += np.array(scales) @ self._sums[places]
        return np.asarray(total)

    def choose(self, seen: Seen) -> str:
        """Return the class that scores highest."""
        if len(self.classes) == 2:
            return self.classes[int(self.score(seen) > 0)]
        return self.classes[int(self.scores(seen).argmax())]

    def strongest(self, seen: Seen) -> str:
        """Return the cue or word that speaks most for the second class of a task with two outcomes."""
        best, name = 0.0, ""
        for cue in seen.cues:
            weight = self._single.get(cue, 0.0)
            if weight > best:
                best, name = weight, cue
        for region, words in seen.regions:
            for word in words:
                weight = self._sum(region, word) * region_scale(len(words))
                if weight > best:
                    best, name = weight, word
        return name


class WordSums:
    """The summed weights of a word for all regions of all tasks, found in one go and kept.

    A word's letters are looked up once, not once for every task: its sum is a row over all columns.
    """

    def __init__(self, models: Sequence[LinearModel]) -> None:
        width = 0
        placed: list[tuple[LinearModel, dict[str, int]]] = []
        for model in models:
            columns: dict[str, int] = {}
            for name in model.rows:
                region = _region(name)
                if region and region not in columns:
                    columns[region] = width
                    width += model.weights.shape[1]
            placed.append((model, columns))
        self._words: dict[str, int] = {}
        self._grams: dict[str, int] = {}
        words: list[tuple[int, int, NDArray[np.float64]]] = []
        grams: list[tuple[int, int, NDArray[np.float64]]] = []
        for model, columns in placed:
            for name, row in model.rows.items():
                region = _region(name)
                if not region:
                    continue
                known, entries = (self._words, words) if name[len(region)] == "|" else (self._grams, grams)
                at = known.setdefault(name[len(region) + 1 :], len(known))
                entries.append((at, columns[region], model.weights[row]))
            model.share(self, columns)
        self._word_weights = _filled(words, len(self._words), width)
        self._gram_weights = _filled(grams, len(self._grams), width)
        self._known: dict[str, NDArray[np.float64]] = {}

    def sums(self, word: str) -> NDArray[np.float64]:
        """Return a word's sums, shape (columns,)."""
        total = self._known.get(word)
        if not word:
            return np.zeros(self._gram_weights.shape[1])
        if total is None:
            grams = letters(word)
            known = self._grams
            found = [row for row in map(known.get, grams) if row is not None]
            total = self._gram_weights[found].sum(axis=0) / sqrt(len(grams))
            at = self._words.get(word)
            if at is not None:
                total = total + self._word_weights[at]
            if len(self._known) < _CACHE:
                self._known[word] = total
        return total


_REGIONS = frozenset(("text", "near", "before"))


def _region(name: str) -> str:
    for mark in ("|", "#"):
        region = name.partition(mark)[0]
        if region in _REGIONS and len(region) < len(name):
            return region
    return ""


def _filled(entries: Sequence[tuple[int, int, NDArray[np.float64]]], height: int, width: int) -> NDArray[np.float64]:
    table = np.zeros((height, width))
    for row, column, values in entries:
        table[row, column : column + len(values)] += values
    return table


def load_models(folder: Path, tasks: Sequence[str]) -> dict[str, LinearModel]:
    """Load the weights of every task from `folder`.

    Raises
    ------
    ModelError
        If a file is missing or its arrays do not fit each other.
    """
    models = {}
    for task in tasks:
        path = folder / f"{task}.npz"
        if not path.is_file():
            raise ModelError(
                f"{path.name} is missing from the model folder {folder.name!r}; reinstall policytext or train it again"
            )
        with np.load(path, allow_pickle=False) as stored:
            names = bytes(stored["names"]).decode("utf-8").split("\n")
            weights = stored["weights"].astype(np.float64)
            classes = tuple(str(name) for name in stored["classes"])
            slope, offset = (float(value) for value in stored["calibration"])
            bias = stored["bias"].astype(np.float64)
        if len(names) != len(weights) or weights.shape[1:] != bias.shape:
            raise ModelError(
                f"{path.name}: {len(names)} names, weights {weights.shape}, bias {bias.shape} do not fit each other"
            )
        models[task] = LinearModel(
            task, classes, {name: row for row, name in enumerate(names)}, weights, bias, slope, offset
        )
    WordSums([models[task] for task in tasks])
    return models


def save_model(model: LinearModel, path: Path) -> None:
    """Store a model's arrays without pickle: names as UTF-8 lines, weights as float32, in a fixed order."""
    order = sorted(model.rows, key=model.rows.__getitem__)
    np.savez_compressed(
        path,
        names=np.frombuffer("\n".join(order).encode("utf-8"), dtype=np.uint8),
        weights=model.weights.astype(np.float32),
        bias=model.bias.astype(np.float64),
        classes=np.array(model.classes),
        calibration=np.array([model.slope, model.offset]),
    )

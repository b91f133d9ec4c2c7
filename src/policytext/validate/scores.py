"""Scores of agreement from counts, and their bootstrap intervals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from policytext.compare.resampling import Clusters, resampled_sums, wilson

MISSING = "missing"
"""Stands for the code of a measure that was not found, which agrees with nothing."""
SCORES = ("precision", "recall", "f1", "accuracy", "macro_f1", "kappa")
Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Codes:
    """Two codings of the same n segments; `positive` names the class that precision and recall are about."""

    labels: tuple[str, ...]
    gold: Sequence[str]
    found: Sequence[str]
    positive: str | None = None
    headline: str = "accuracy"

    def cells(self) -> Array:
        """Return in which cell of the confusion matrix each segment is, shape (n, k * k)."""
        k = len(self.labels)
        place = {label: number for number, label in enumerate(self.labels)}
        cells = np.zeros((len(self.gold), k * k))
        for row, (truth, guess) in enumerate(zip(self.gold, self.found, strict=True)):
            cells[row, place[truth] * k + place[guess]] = 1
        return cells

    def scores(self, sums: Array) -> dict[str, Array]:
        """Return the scores of m confusion matrices, shape (m, k * k): arrays of shape (m,)."""
        k = len(self.labels)
        table = sums.reshape(-1, k, k)
        total = table.sum(axis=(1, 2))
        agreed = np.trace(table, axis1=1, axis2=2)
        rows, columns = table.sum(axis=2), table.sum(axis=1)
        accuracy = _ratio(agreed, total)
        chance = _ratio((rows * columns).sum(axis=1), total**2)
        kappa = np.where(chance < 1, _ratio(accuracy - chance, 1 - chance), np.where(accuracy == 1, 1.0, np.nan))
        kept = [number for number, label in enumerate(self.labels) if label != MISSING]
        hits = np.diagonal(table, axis1=1, axis2=2)
        f1 = _ratio(2 * hits, rows + columns)[:, kept]
        scores = {"accuracy": accuracy, "kappa": kappa}
        if self.positive is None:
            present = ~np.isnan(f1)
            scores["macro_f1"] = _ratio(np.nansum(f1, axis=1), present.sum(axis=1).astype(float))
        else:
            place = self.labels.index(self.positive)
            scores["precision"] = _ratio(hits[:, place], columns[:, place])
            scores["recall"] = _ratio(hits[:, place], rows[:, place])
            scores["f1"] = _ratio(2 * hits[:, place], rows[:, place] + columns[:, place])
        return scores

    def trials(self, sums: Array) -> tuple[int, int]:
        """Return how many segments are right, of those that the headline score counts, from a sum of shape (k * k,)."""
        k = len(self.labels)
        table = sums.reshape(k, k)
        if self.headline != "f1" or self.positive is None:
            return int(np.trace(table)), int(table.sum())
        place = self.labels.index(self.positive)
        return int(table[place, place]), int(table[place].sum() + table[:, place].sum() - table[place, place])


@dataclass(frozen=True, slots=True)
class Pairs:
    """Things found one by one: for each of n segments how many were found rightly, wrongly, and not at all."""

    hits: Sequence[int]
    extra: Sequence[int]
    lost: Sequence[int]
    headline: str = "f1"

    def cells(self) -> Array:
        """Return the three counts of each segment, shape (n, 3)."""
        return np.array([self.hits, self.extra, self.lost], dtype=float).T.reshape(-1, 3)

    def scores(self, sums: Array) -> dict[str, Array]:
        """Return the scores of m sums of counts, shape (m, 3): arrays of shape (m,)."""
        hits, extra, lost = sums.T
        return {
            "precision": _ratio(hits, hits + extra),
            "recall": _ratio(hits, hits + lost),
            "f1": _ratio(2 * hits, 2 * hits + extra + lost),
        }

    def trials(self, sums: Array) -> tuple[int, int]:
        """Return how many things were found rightly and how many there are, found or coded, of shape (3,)."""
        return int(sums[0]), int(sums.sum())


@dataclass(frozen=True, slots=True)
class Drawn:
    """How n segments were drawn: the stratum of each and how many segments it stands for."""

    strata: Sequence[str]
    weights: Sequence[float]


def measure_agreement(
    task: Codes | Pairs,
    documents: Sequence[str],
    *,
    n_resamples: int,
    seed: tuple[int, ...],
    drawn: Drawn | None = None,
    level: float = 0.95,
) -> dict[str, float | str]:
    """Return all scores of a task and the percentile interval of its headline score.

    Parameters
    ----------
    documents : sequence of str
        The document of each segment; documents are drawn with replacement and their segments too, or the segments of
        a single document.
    drawn : Drawn, optional
        The design, where the segments are a sample: the scores are then weighted, and for the interval segments are
        drawn within their strata, whatever their document.

    Returns
    -------
    dict
        The names of `SCORES` (missing where they do not apply), `score` (the headline's name), `low` and `high`. Where
        all or nothing is right, every draw gives the same, and the interval is Wilson's, for F1 by way of the share of
        things found or coded that are both: F1 = 2 share / (1 + share).
    """
    cells = counts = task.cells()
    if drawn is not None:
        cells = counts * np.asarray(drawn.weights, dtype=float)[:, np.newaxis]
    scores = {name: float(value[0]) for name, value in task.scores(cells.sum(axis=0, keepdims=True)).items()}
    row: dict[str, float | str] = {name: scores.get(name, float("nan")) for name in SCORES}
    row["score"] = task.headline
    if drawn is None:
        sums = resampled_sums(clusters_of(documents), cells, n_resamples=n_resamples, seed=seed)
    else:
        sums = stratified_sums(drawn.strata, cells, n_resamples=n_resamples, seed=seed)
    row["low"], row["high"] = percentiles(task.scores(sums)[task.headline], level=level)
    right, n = task.trials(counts.sum(axis=0))
    if n and right in (0, n):
        ends = np.array(wilson(right, n, level=level))
        row["low"], row["high"] = (2 * ends / (1 + ends) if task.headline == "f1" else ends).tolist()
    return row


def clusters_of(documents: Sequence[str]) -> Clusters:
    """Return how segments hang together that are known by their document alone."""
    marks = np.unique(np.asarray(documents, dtype=str), return_inverse=True)[1].astype(np.int64)
    return Clusters(marks, np.zeros_like(marks))


def stratified_sums(strata: Sequence[str], cells: Array, *, n_resamples: int, seed: tuple[int, ...]) -> Array:
    """Draw the segments of each stratum anew and return the sums of their cells.

    Of the n segments of a stratum n - 1 are drawn with replacement and count n / (n - 1), so that the sums vary as
    those of a stratified sample do (Rao & Wu 1988, doi:10.1080/01621459.1988.10478591). Strata of a single segment are
    put together. That the corpus is finite is left aside: an interval is too wide where much of it is coded.

    Parameters
    ----------
    strata : sequence of str, n names
    cells : ndarray, shape (n, n_columns)

    Returns
    -------
    ndarray, shape (n_resamples, n_columns)
    """
    names, marks, sizes = np.unique(np.asarray(strata, dtype=str), return_inverse=True, return_counts=True)
    marks = np.where(sizes[marks] == 1, len(names), marks)
    random = np.random.default_rng(seed)
    sums = np.zeros((n_resamples, cells.shape[1]))
    for mark in np.unique(marks):
        own = cells[marks == mark]
        n = len(own)
        if n == 1:
            sums += own
            continue
        times = random.multinomial(n - 1, np.full(n, 1 / n), size=n_resamples)
        sums += times @ own * (n / (n - 1))
    return sums


def percentiles(values: Array, *, level: float = 0.95) -> tuple[float, float]:
    """Return the ends between which the middle part of the values lies, missing ones left out."""
    known = values[~np.isnan(values)]
    if not len(known):
        return float("nan"), float("nan")
    low, high = np.quantile(known, [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)


def _ratio(above: Array, below: Array) -> Array:
    missing: Array = np.full(np.broadcast(above, below).shape, np.nan)
    return np.divide(above, below, out=missing, where=np.asarray(below) != 0)

"""How far coders agree with each other where they coded the same segments."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from policytext.compare.resampling import Clusters, resampled_sums, seed_of, wilson
from policytext.validate.gold import GoldSegment
from policytext.validate.scores import Array, Codes, percentiles

COLUMNS = ("task", "n", "n_coders", "agreement", "kappa", "alpha", "low", "high")
Codings = Mapping[str, GoldSegment]
"""What each coder, by name, made of one segment."""


@dataclass(frozen=True, slots=True)
class Ratings:
    """The codes that two or more coders gave to each of n segments."""

    labels: tuple[str, ...]
    codes: Sequence[Sequence[str]]

    def cells(self) -> Array:
        """Return each segment's part of the coincidence matrix, shape (n, k * k): it sums to its number of codes."""
        k = len(self.labels)
        place = {label: number for number, label in enumerate(self.labels)}
        cells = np.zeros((len(self.codes), k, k))
        for row, own in enumerate(self.codes):
            counts = np.bincount([place[code] for code in own], minlength=k).astype(float)
            cells[row] = (np.outer(counts, counts) - np.diag(counts)) / (len(own) - 1)
        return cells.reshape(len(self.codes), k * k)

    def scores(self, sums: Array) -> tuple[Array, Array]:
        """Return observed agreement and Krippendorff's alpha of m coincidence matrices, shape (m, k * k).

        Alpha for nominal codes is 1 - (n - 1) (n - sum of o_cc) / (n² - sum of n_c²), with o the coincidences, n_c
        their margins and n their sum; it is missing where all codes are the same.

        References
        ----------
        Hayes & Krippendorff (2007), doi:10.1080/19312450709336664.
        """
        k = len(self.labels)
        table = sums.reshape(-1, k, k)
        margins = table.sum(axis=2)
        n = margins.sum(axis=1)
        agreed = np.trace(table, axis1=1, axis2=2)
        chance = n**2 - (margins**2).sum(axis=1)
        missing = np.full(len(n), np.nan)
        alpha = 1 - np.divide((n - 1) * (n - agreed), chance, out=missing.copy(), where=chance > 1e-9)
        return np.divide(agreed, n, out=missing, where=n > 0), alpha

    def expected(self, sums: Array) -> float:
        """Return the disagreement that chance would give (0–1), from a coincidence matrix of shape (k * k,)."""
        margins = sums.reshape(len(self.labels), -1).sum(axis=1)
        n = float(margins.sum())
        return float(n**2 - (margins**2).sum()) / (n * (n - 1))


def measure_reliability(codings: Sequence[Codings], *, n_resamples: int = 1000, random_state: int = 0) -> pd.DataFrame:
    """Compare the coders of the same segments, code by code.

    Parameters
    ----------
    codings : sequence of mapping
        For each segment the codings by coder; segments with one coder are left out.

    Returns
    -------
    DataFrame
        One row a code: `task, n` (segments with two or more codings), `n_coders`, `agreement` (0–1, of all pairs of
        codes), `kappa` (Cohen 1960, doi:10.1177/001316446002000104; for two coders), `alpha` and its 95 % bootstrap
        interval `low, high` over segments (where all agree, from Wilson's for the agreement). `bad` is compared on all
        segments, `measure` on those that nobody called bad, the other codes on those that at least two coders call a
        measure. Without any such segment it is empty.
    """
    shared = [own for own in codings if len(own) > 1]
    fit = [own for own in shared if not any(segment.bad for segment in own.values())]
    true = [{coder: segment for coder, segment in own.items() if segment.measure} for own in fit]
    tasks: tuple[tuple[str, Sequence[Codings], Callable[[GoldSegment], object]], ...] = (
        ("bad", shared, lambda segment: segment.bad),
        ("measure", fit, lambda segment: segment.measure),
        ("number of measures", true, lambda segment: segment.n_measures),
        ("strength", true, lambda segment: segment.strength),
        ("specific", true, lambda segment: segment.specific),
        ("direction", true, lambda segment: segment.direction),
        ("first area", true, lambda segment: segment.areas[0]),
        ("numeric commitment", true, lambda segment: segment.numeric),
    )
    rows = []
    for name, units, of in tasks:
        coded = [{coder: str(of(one)) for coder, one in own.items()} for own in units if len(own) > 1]
        if coded:
            rows.append({"task": name, "n": len(coded), **_row(coded, n_resamples, seed_of(random_state, name))})
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    return table.astype({"n": "int64", "n_coders": "int64"} | dict.fromkeys(COLUMNS[3:], "float64"))


def _row(coded: Sequence[Mapping[str, str]], n_resamples: int, seed: tuple[int, ...]) -> dict[str, float]:
    coders = sorted({coder for own in coded for coder in own})
    labels = tuple(sorted({code for own in coded for code in own.values()}))
    task = Ratings(labels, [list(own.values()) for own in coded])
    cells = task.cells()
    agreement, alpha = (float(score[0]) for score in task.scores(cells.sum(axis=0, keepdims=True)))
    one = np.zeros(len(cells), dtype=np.int64)
    low, high = percentiles(
        task.scores(resampled_sums(Clusters(one, one), cells, n_resamples=n_resamples, seed=seed))[1]
    )
    if alpha == 1:
        low = 1 - (1 - wilson(len(coded), len(coded))[0]) / task.expected(cells.sum(axis=0))
    kappa = float("nan")
    if len(coders) == 2 and len(labels) > 1:
        both = Codes(labels, [own[coders[0]] for own in coded], [own[coders[1]] for own in coded])
        kappa = float(both.scores(both.cells().sum(axis=0, keepdims=True))["kappa"][0])
    return {
        "n_coders": len(coders),
        "agreement": agreement,
        "kappa": kappa,
        "alpha": alpha,
        "low": low,
        "high": high,
    }

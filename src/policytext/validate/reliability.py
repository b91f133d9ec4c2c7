"""How far coders agree with each other where they coded the same segments."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
import pandas as pd

from policytext.compare.resampling import seed_of, wilson
from policytext.validate.gold import GoldSegment
from policytext.validate.scores import Array, Codes, percentiles

COLUMNS = ("task", "n", "n_coders", "agreement", "kappa", "alpha", "low", "high")
Codings = Mapping[str, GoldSegment]
"""What each coder, by name, made of one segment."""


def counted(labels: Sequence[str], codes: Sequence[Sequence[str]]) -> Array:
    """Return how many coders gave each of n segments each of k codes, shape (n, k)."""
    place = {label: number for number, label in enumerate(labels)}
    return np.array([np.bincount([place[code] for code in own], minlength=len(labels)) for own in codes], np.float64)


def alpha_of(counts: Array) -> float:
    """Return Krippendorff's alpha for nominal codes, of counts of shape (n, k); missing where all codes are the same.

    References
    ----------
    Hayes & Krippendorff (2007), doi:10.1080/19312450709336664; worked out by the package `krippendorff`.

    Examples
    --------
    >>> round(alpha_of(counted(("firm", "soft"), [["firm", "firm"], ["soft", "soft"], ["firm", "soft"]])), 3)
    0.444
    """
    import krippendorff

    if np.count_nonzero(counts.sum(axis=0)) < 2:
        return float("nan")
    return float(krippendorff.alpha(value_counts=counts, level_of_measurement="nominal"))


def _agreement(counts: Array) -> float:
    """Return the share of the pairs of codes that are equal, each segment weighing as many as it has codes."""
    sizes = counts.sum(axis=1)
    return float((counts * (counts - 1)).sum(axis=1) @ (1 / (sizes - 1)) / sizes.sum())


def _by_chance(counts: Array) -> float:
    """Return the disagreement that chance would give (0–1)."""
    margins = counts.sum(axis=0)
    n = margins.sum()
    return float((n**2 - (margins**2).sum()) / (n * (n - 1)))


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
    counts = counted(labels, [list(own.values()) for own in coded])
    alpha = alpha_of(counts)
    random = np.random.default_rng(seed)
    drawn = random.multinomial(len(counts), np.full(len(counts), 1 / len(counts)), size=n_resamples)
    low, high = percentiles(np.array([alpha_of(np.repeat(counts, times, axis=0)) for times in drawn]))
    if alpha == 1:
        low = 1 - (1 - wilson(len(coded), len(coded))[0]) / _by_chance(counts)
    kappa = float("nan")
    if len(coders) == 2 and len(labels) > 1:
        both = Codes(labels, [own[coders[0]] for own in coded], [own[coders[1]] for own in coded])
        kappa = float(both.scores(both.cells().sum(axis=0, keepdims=True))["kappa"][0])
    return {
        "n_coders": len(coders),
        "agreement": _agreement(counts),
        "kappa": kappa,
        "alpha": alpha,
        "low": low,
        "high": high,
    }

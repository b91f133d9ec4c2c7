"""Uncertainty: the bootstrap over documents, and over the sections or segments of a single one."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from math import sqrt
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.stats import norm

Resampled = Literal["documents", "documents and segments", "sections", "segments"]
MANY_DOCUMENTS = 10
"""From so many documents on whole documents are drawn; below, their segments are drawn as well."""
MANY_SECTIONS = 10
"""From so many sections on the sections of a single document are drawn; below, its segments."""
_CHUNK = 50


@dataclass(frozen=True, slots=True)
class Clusters:
    """How the units of one group hang together.

    `document` and `section` are arrays of whole numbers, one an observed unit (a segment or passage).
    """

    document: NDArray[np.int64]
    section: NDArray[np.int64]

    @property
    def resampled(self) -> Resampled:
        """What is drawn with replacement."""
        n_documents = len(np.unique(self.document))
        if n_documents >= MANY_DOCUMENTS:
            return "documents"
        if n_documents > 1:
            return "documents and segments"
        return "sections" if len(np.unique(self.section)) >= MANY_SECTIONS else "segments"


def resampled_sums(
    clusters: Clusters, amounts: NDArray[np.float64], *, n_resamples: int, seed: tuple[int, ...]
) -> NDArray[np.float64]:
    """Draw the units anew and return the sums of their amounts.

    Parameters
    ----------
    clusters : Clusters
        Of n_units units.
    amounts : ndarray, shape (n_units, n_columns)

    Returns
    -------
    ndarray, shape (n_resamples, n_columns)
    """
    random = np.random.default_rng(seed)
    kind = clusters.resampled
    marks = np.arange(len(amounts)) if kind == "segments" else clusters.document
    marks = clusters.section if kind == "sections" else marks
    order = np.argsort(marks, kind="stable")
    members = np.split(order, np.unique(marks[order], return_index=True)[1][1:])
    grouped = np.array([amounts[units].sum(axis=0) for units in members])
    blocks = []
    for begin in range(0, n_resamples, _CHUNK):
        size = min(_CHUNK, n_resamples - begin)
        times = random.multinomial(len(grouped), np.full(len(grouped), 1 / len(grouped)), size=size)
        if kind != "documents and segments":
            blocks.append(times @ grouped)
            continue
        sums = np.zeros((size, amounts.shape[1]))
        for number, units in enumerate(members):
            drawn = random.multinomial(times[:, number] * len(units), np.full(len(units), 1 / len(units)))
            sums += drawn @ amounts[units]
        blocks.append(sums)
    return np.vstack(blocks)


def seed_of(random_state: int, *names: str) -> tuple[int, ...]:
    """Return a seed that depends on the names alone, so that one group's interval does not hang on the others."""
    return (random_state, *(zlib.crc32(name.encode("utf-8")) for name in names))


def share_intervals(
    clusters: Clusters, amounts: NDArray[np.float64], *, n_resamples: int, seed: tuple[int, ...], level: float = 0.95
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the percentile interval of each column's share of the whole.

    Parameters
    ----------
    clusters : Clusters
        Of n_units units.
    amounts : ndarray, shape (n_units, n_columns)
        What each unit adds to each column, such as its measures by area.

    Returns
    -------
    low, high : ndarray, shape (n_columns,)
        Missing when there is nothing to share.

    References
    ----------
    Efron & Tibshirani (1993), An Introduction to the Bootstrap; Davison & Hinkley (1997), section 3.8, for clusters.
    """
    sums = resampled_sums(clusters, amounts, n_resamples=n_resamples, seed=seed)
    whole = sums.sum(axis=1, keepdims=True)
    drawn = np.divide(sums, whole, out=np.full_like(sums, np.nan), where=whole > 0)
    drawn = drawn[~np.isnan(drawn).any(axis=1)]
    if not len(drawn):
        missing = np.full(amounts.shape[1], np.nan)
        return missing, missing.copy()
    low, high = np.quantile(drawn, [(1 - level) / 2, (1 + level) / 2], axis=0)
    return low, high


def wilson(n: int, total: int, *, level: float = 0.95) -> tuple[float, float]:
    """Return the score interval of a share (Wilson 1927, doi:10.1080/01621459.1927.10502953).

    Used where all or none of the measures are in one cell, so that every resample gives the same share.

    Examples
    --------
    >>> [round(end, 3) for end in wilson(0, 20)]
    [0.0, 0.161]
    """
    z = float(norm.ppf((1 + level) / 2))
    share = n / total
    centre = (share + z**2 / (2 * total)) / (1 + z**2 / total)
    half = z * sqrt(share * (1 - share) / total + z**2 / (4 * total**2)) / (1 + z**2 / total)
    return max(0.0, min(share, centre - half)), min(1.0, max(share, centre + half))

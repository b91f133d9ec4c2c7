"""Likeness of groups: by the words they use and by how they spread their measures over the areas."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import rel_entr

from policytext.compare.grouping import Grouped, Words
from policytext.records import AREAS

COLUMNS = ("similarity", "word_divergence", "area_divergence")


def similarity(grouped: Grouped, words: Words) -> pd.DataFrame:
    """Compare each pair of groups.

    Returns
    -------
    DataFrame
        One row a pair: the compared column, the same with ``_2``, then `similarity` (cosine of the groups' words by
        TF-IDF, 0–1), `word_divergence` and `area_divergence` (Jensen–Shannon, base 2, 0 alike to 1 nothing in common;
        missing where a group has no words or measures). The most alike first. Empty with one group.
    """
    counts: Any = words.counts
    labels = grouped.segments["group"].to_numpy()
    spread = np.asarray((counts > 0).sum(axis=0)).ravel()
    rarity = np.log((1 + counts.shape[0]) / (1 + spread)) + 1
    said = {name: np.asarray(counts[labels == name].sum(axis=0)).ravel() for name in grouped.groups}
    weighted = {name: np.log1p(row) * rarity for name, row in said.items()}
    coded = {}
    for name in grouped.groups:
        areas = grouped.measures.loc[grouped.measures["group"] == name, "area"]
        coded[name] = np.array([(areas == area).sum() for area in AREAS])
    rows = [
        {
            grouped.by: first,
            f"{grouped.by}_2": second,
            "similarity": _cosine(weighted[first], weighted[second]),
            "word_divergence": jensen_shannon(said[first], said[second]),
            "area_divergence": jensen_shannon(coded[first], coded[second]),
        }
        for first, second in combinations(grouped.groups, 2)
    ]
    names = [grouped.by, f"{grouped.by}_2"]
    table = pd.DataFrame(rows, columns=[*names, *COLUMNS])
    return table.sort_values(["similarity", *names], ascending=[False, True, True], ignore_index=True)


def _cosine(first: NDArray[np.float64], second: NDArray[np.float64]) -> float:
    length = float(np.sqrt((first**2).sum() * (second**2).sum()))
    return float(first @ second) / length if length else float("nan")


def jensen_shannon(first: NDArray[Any], second: NDArray[Any]) -> float:
    """Return the Jensen–Shannon divergence of two profiles, base 2 (Lin 1991, doi:10.1109/18.61115).

    Examples
    --------
    >>> jensen_shannon(np.array([1, 0]), np.array([0, 3]))
    1.0
    >>> jensen_shannon(np.array([2, 4]), np.array([1, 2]))
    0.0
    """
    if not first.sum() or not second.sum():
        return float("nan")
    p, q = first / first.sum(), second / second.sum()
    middle = (p + q) / 2
    return float((rel_entr(p, middle).sum() + rel_entr(q, middle).sum()) / 2 / np.log(2))

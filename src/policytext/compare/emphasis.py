"""Emphasis: how each group spreads its measures over the areas, with intervals."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from policytext.compare.grouping import Grouped
from policytext.compare.resampling import Clusters, seed_of, share_intervals, wilson
from policytext.records import AREAS

COLUMNS = ("area", "n", "total", "share", "low", "high", "interval", "resampled", "n_documents")


def emphasis(grouped: Grouped, *, n_resamples: int, random_state: int) -> pd.DataFrame:
    """Return one row a group and area: the share of the group's measures whose first area it is.

    Returns
    -------
    DataFrame
        The compared column, then `area, n` (measures), `total` (of the group), `share, low, high` (0–1, 95 % interval,
        missing when the group has no measure), `interval` (``bootstrap``, or ``wilson`` where all or none of the
        measures are in the area), `resampled` (what was drawn) and `n_documents`.
    """
    segments, measures = grouped.segments, grouped.measures
    amounts = np.zeros((len(segments), len(AREAS)))
    columns = np.array([AREAS.index(area) for area in measures["area"]], dtype=np.int64)
    np.add.at(amounts, (measures["segment"].to_numpy(dtype=np.int64), columns), 1)
    rows = []
    labels = segments["group"].to_numpy()
    for name in grouped.groups:
        inside = labels == name
        own, clusters = amounts[inside], clusters_of(segments[inside])
        n_documents = segments.loc[inside, "doc_id"].nunique()
        holds = own.sum(axis=1) > 0
        kept = Clusters(clusters.document[holds], clusters.section[holds])
        total = int(own.sum())
        if total:
            seed = seed_of(random_state, "emphasis", name)
            low, high = share_intervals(kept, own[holds], n_resamples=n_resamples, seed=seed)
        for column, area in enumerate(AREAS):
            n = int(own[:, column].sum())
            row = {grouped.by: name, "area": area, "n": n, "total": total, "n_documents": n_documents}
            if not total:
                ends, method, share, drawn = (np.nan, np.nan), None, np.nan, None
            elif n in {0, total}:
                ends, method, share, drawn = wilson(n, total), "wilson", n / total, kept.resampled
            else:
                ends, method, share, drawn = (low[column], high[column]), "bootstrap", n / total, kept.resampled
            rows.append(
                {**row, "share": share, "low": ends[0], "high": ends[1], "interval": method, "resampled": drawn}
            )
    return pd.DataFrame(rows, columns=[grouped.by, *COLUMNS])


def clusters_of(segments: pd.DataFrame) -> Clusters:
    """Return which document and section each row of `Grouped.segments` belongs to."""
    document: NDArray[np.int64] = np.unique(segments["doc_id"].astype(str), return_inverse=True)[1].astype(np.int64)
    return Clusters(document, segments["section"].to_numpy(dtype=np.int64))

"""Agreement with codes left out, before and after, and the interval of the difference."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from policytext.analysis import annotate
from policytext.analysis.models import Models
from policytext.compare.resampling import Clusters, resampled_sums, seed_of
from policytext.training.examples import Examples
from policytext.validate.matching import Found, found_by_segment
from policytext.validate.tasks import tasks_of

TASKS = ("measure", "strength", "specific", "direction", "number of measures", "first area", "areas")
COLUMNS = ("task", "score", "n", "before", "after", "difference", "low", "high")


def found_in(examples: Examples, numbers: NDArray[np.int64], models: Models) -> dict[int, Found]:
    """Annotate the coded segments of these numbers with models, and return what was found in each."""
    gold = [examples.gold[number] for number in numbers]
    table = pd.DataFrame(
        {
            "doc_id": [one.doc for one in gold],
            "text": [one.text for one in gold],
            "heading": [one.heading for one in gold],
            "intro": [one.intro for one in gold],
            "kind": [one.kind for one in gold],
        }
    )
    return dict(zip(numbers.tolist(), found_by_segment(annotate(table, models=models)), strict=True))


def agreement_table(
    examples: Examples,
    before: Sequence[Found],
    after: Sequence[Found],
    *,
    n_resamples: int,
    random_state: int,
) -> pd.DataFrame:
    """Return the score of each task before and after, and the 95 % bootstrap interval of the difference.

    The scores are those of `policytext.validate`; both are taken from the same resamples of documents and segments.
    """
    tasks = [tasks_of(list(zip(examples.gold, found, strict=True))) for found in (before, after)]
    rows = []
    for name in TASKS:
        (old, cases, n), (new, _, _) = (given[name] for given in tasks)
        cells = old.cells(), new.cells()
        if not n:
            continue
        marks = np.unique([segment.doc for segment, _ in cases], return_inverse=True)[1].astype(np.int64)
        drawn = resampled_sums(
            Clusters(marks, np.zeros_like(marks)),
            np.hstack(cells),
            n_resamples=n_resamples,
            seed=seed_of(random_state, name),
        )
        width = cells[0].shape[1]
        changes = new.scores(drawn[:, width:])[new.headline] - old.scores(drawn[:, :width])[old.headline]
        first, second = (
            float(task.scores(own.sum(axis=0, keepdims=True))[task.headline][0])
            for task, own in zip((old, new), cells, strict=True)
        )
        low, high = np.nanquantile(changes, [0.025, 0.975])
        rows.append((name, old.headline, n, first, second, second - first, float(low), float(high)))
    return pd.DataFrame(rows, columns=list(COLUMNS))

"""Agreement with codes left out, before and after, and the interval of the difference."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from policytext.analysis import annotate
from policytext.analysis.models import Models
from policytext.compare.resampling import resampled_sums, seed_of
from policytext.training.examples import Examples
from policytext.validate.matching import Found, found_by_segment, table_of
from policytext.validate.scores import clusters_of, percentiles
from policytext.validate.tasks import tasks_of

TASKS: Mapping[str, str] = {
    "measure": "measure",
    "strength": "strength",
    "specific": "specific",
    "direction": "direction",
    "number of measures": "split",
    "first area": "areas",
    "areas": "areas",
}
"""The tasks of `policytext.validate` that models decide on, and the part that decides."""
COLUMNS = ("task", "score", "n", "before", "after", "difference", "low", "high")


def found_in(examples: Examples, numbers: NDArray[np.int64], models: Models) -> dict[int, Found]:
    """Annotate the coded segments of these numbers with models, and return what was found in each."""
    gold = [examples.gold[number] for number in numbers]
    table = table_of(gold).assign(doc_id=[one.doc for one in gold])
    return dict(zip(numbers.tolist(), found_by_segment(annotate(table, models=models)), strict=True))


def agreement_table(
    examples: Examples,
    before: Mapping[int, Found],
    after: Mapping[int, Found],
    *,
    n_resamples: int,
    random_state: int,
) -> pd.DataFrame:
    """Return the score of each task before and after, and the 95 % bootstrap interval of the difference.

    What was found is given by the number of the segment. The scores are those of `policytext.validate`; both are taken
    from the same resamples of documents and segments.
    """
    tasks = [tasks_of([(one, found[n]) for n, one in enumerate(examples.gold)]) for found in (before, after)]
    rows = []
    for name in TASKS:
        (old, cases, n), (new, _, _) = (given[name] for given in tasks)
        cells = old.cells(), new.cells()
        if not n:
            continue
        drawn = resampled_sums(
            clusters_of([segment.doc for segment, _ in cases]),
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
        rows.append((name, old.headline, n, first, second, second - first, *percentiles(changes)))
    return pd.DataFrame(rows, columns=list(COLUMNS))


def losses(agreement: pd.DataFrame) -> dict[str, str]:
    """Return in words what falls in a table of agreement, by the part that decides on it."""
    rows = agreement.loc[agreement["after"] < agreement["before"], ["task", "before", "after"]]
    return {
        TASKS[task]: f"{task}: agreement with codes left out falls from {before:.3f} to {after:.3f}"
        for task, before, after in rows.itertuples(index=False)
    }

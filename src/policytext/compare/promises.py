"""Numeric promises: who promises how much of what, by when."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from policytext.compare.grouping import Grouped
from policytext.records import AREAS

if TYPE_CHECKING:
    from policytext.analysis import Analysis

COLUMNS = (
    "doc_id", "segment_id", "measure_id", "measure", "area", "text", "value", "low", "high", "unit", "comparator",
    "role", "direction", "deadline", "object", "baseline", "per", "page",
)  # fmt: skip
_SUBSTANCE_FIRST = ("change", "target", "limit", "duration", "baseline", "deadline")


def numeric_promises(grouped: Grouped, analysis: Analysis) -> pd.DataFrame:
    """Return one row a number that a measure commits to.

    A deadline stands in a row of its own only where its measure holds no other number; else it is the `deadline` of the
    others. Rows are sorted by group, area (in the codebook's order), document and place in it.

    Returns
    -------
    DataFrame
        The compared column, then `doc_id, segment_id, measure_id, measure` (its text), `area, text` (the number as
        written), `value, low, high, unit, comparator, role, direction, deadline, object` (of the measure), `baseline,
        per` and `page`.
    """
    numbers = analysis.quantities
    numbers = numbers[numbers["committed"].astype(bool) & numbers["measure_id"].notna()]
    measures = grouped.measures.rename(columns={"text": "measure", "start": "measure_start", "deadline": "until"})
    wanted = ["measure_id", "measure", "measure_start", "area", "object", "until", "group", "segment"]
    for name in wanted:
        if name not in measures.columns:
            measures = measures.assign(**{name: None})
    clashing = [name for name in wanted if name in numbers.columns and name != "measure_id"]
    rows = numbers.drop(columns=clashing).merge(measures[wanted], on="measure_id", how="inner")
    for name in ("deadline", "baseline", "per", "page"):
        if name not in rows.columns:
            rows[name] = None
    rows["deadline"] = rows["deadline"].where(rows["deadline"].notna(), rows["until"])
    substance = rows["role"].ne("deadline")
    rows = rows[substance | ~rows["measure_id"].isin(rows.loc[substance, "measure_id"])]
    role = rows["role"].map({name: rank for rank, name in enumerate(_SUBSTANCE_FIRST)}).fillna(len(_SUBSTANCE_FIRST))
    area = rows["area"].map({name: rank for rank, name in enumerate(AREAS)}).fillna(len(AREAS))
    rows = rows.assign(area_rank=area, role_rank=role)
    rows = rows.sort_values(
        ["group", "area_rank", "segment", "measure_start", "role_rank", "start"], kind="stable", ignore_index=True
    )
    names = [name for name in COLUMNS if name != grouped.by]
    table = rows[names].copy()
    table.insert(0, grouped.by, rows["group"])
    return table

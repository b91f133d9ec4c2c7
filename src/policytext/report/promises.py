"""The rows of the table of numeric promises: who promises how much of what, by when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from policytext.report.amounts import kind_of_unit
from policytext.report.texts import Texts
from policytext.report.views import group_column, records

if TYPE_CHECKING:
    from policytext.compare import Comparison

_COLUMNS = ("doc_id", "measure_id", "measure", "area", "text", "value", "low", "high", "unit", "comparator", "role",
            "direction", "deadline")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Promise:
    """A number that a measure commits to.

    `measure` is the measure's text, `text` the number as written; the other fields are the quantity's.
    """

    group: str
    doc_id: str
    measure_id: str
    measure: str
    area: str | None
    text: str
    value: float | None
    low: float | None
    high: float | None
    unit: str
    comparator: str
    role: str | None
    direction: str | None
    deadline: str | None
    page: int | None
    per: str | None

    @property
    def kind(self) -> str:
        """What the unit measures, as `kind_of_unit` says."""
        return kind_of_unit(self.unit)


def promise_rows(words: Texts, comparison: Comparison) -> list[Promise]:
    """Return the numeric promises in the order of the frame."""
    by = group_column(comparison)
    rows = records(comparison.numeric_promises, [by, *_COLUMNS], name="numeric_promises", optional=["page", "per"])
    return [
        Promise(
            group=words.group(str(row[by] or "")),
            doc_id=str(row["doc_id"]),
            measure_id=str(row["measure_id"]),
            measure=str(row["measure"]),
            area=row["area"],
            text=str(row["text"]),
            value=row["value"],
            low=row["low"],
            high=row["high"],
            unit=str(row["unit"]),
            comparator=str(row["comparator"] or "eq"),
            role=row["role"],
            direction=row["direction"],
            deadline=None if row["deadline"] is None else str(row["deadline"]),
            page=None if row["page"] is None else int(row["page"]),
            per=row["per"],
        )
        for row in rows
    ]

"""Where two versions of a table differ, cell by cell."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from policytext.analysis.fingerprint import DIGITS

KEYS: dict[str, tuple[str, ...]] = {
    "documents": ("doc_id",),
    "segments": ("doc_id", "segment_id"),
    "measures": ("doc_id", "measure_id"),
    "quantities": ("doc_id", "segment_id", "start", "end", "unit"),
    "problems": ("source",),
    "emphasis": ("*", "area"),
    "keyness": ("*", "term"),
    "topics": ("topic", "rank"),
    "topic_shares": ("*", "topic"),
    "similarity": ("*", "*_2"),
    "numeric_promises": ("*", "doc_id", "segment_id", "measure_id", "text", "unit"),
}
"""The columns that name a row of each table; ``*`` is the column that was compared by."""

ROW, COLUMN, IN_PLACE, ELSEWHERE = WHOLE = ("a row", "a column", "in its place", "elsewhere")
"""What stands for a cell's content where a whole row or column is in one version only, or a row has moved."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One difference: the row by its key, the column ("" for a whole row), and what stood there then and now."""

    table: str
    row: str
    column: str
    then: Any
    now: Any


@dataclass(frozen=True, slots=True)
class Differences:
    """How a table differs from another: rows only in one of them or elsewhere, and cells.

    `largest` is the largest difference of two numbers, divided by the larger; None where none differ.
    """

    rows: int
    cells: tuple[Cell, ...]
    largest: float | None

    def __bool__(self) -> bool:
        return bool(self.rows or self.cells)


def compare_tables(
    name: str, then: pd.DataFrame, now: pd.DataFrame, *, by: str = "party", digits: int = DIGITS
) -> Differences:
    """Compare two versions of a table.

    Parameters
    ----------
    name : str
        The table's name, which says what columns name its rows.
    then, now : DataFrame
        The two versions.
    by : str
        The column that was compared by, in tables of a comparison.
    digits : int
        Significant digits that numbers must share which are not whole.

    Examples
    --------
    >>> then = pd.DataFrame({"doc_id": ["a", "b"], "n_segments": [3, 4]})
    >>> found = compare_tables("documents", then, then.assign(n_segments=[3, 5]))
    >>> found.rows, found.cells
    (1, (Cell(table='documents', row='doc_id=b', column='n_segments', then=4, now=5),))
    """
    key = [column.replace("*", by) for column in KEYS.get(name, ())]
    key = [column for column in key if column in then.columns and column in now.columns]
    old, new = _rows(then, key), _rows(now, key)
    place = {row: number for number, row in enumerate(new)}
    cells = [Cell(name, _label(key, row), "", ROW, None) for row in old if row not in place]
    met = set(old)
    cells += [Cell(name, _label(key, row), "", None, ROW) for row in new if row not in met]
    touched = {cell.row for cell in cells}
    common = [row for row in old if row in place]
    moved = [row for row, other in zip(common, (row for row in new if row in met), strict=True) if row != other]
    if moved and not cells:
        cells += [Cell(name, _label(key, row), "", IN_PLACE, ELSEWHERE) for row in moved]
        touched |= {cell.row for cell in cells}
    pairs = [(number, place[row], _label(key, row)) for number, row in enumerate(old) if row in place]
    largest: float | None = None
    for column in then.columns.union(now.columns, sort=False):
        if column not in then.columns or column not in now.columns:
            there = column in then.columns
            cells.append(Cell(name, "", str(column), COLUMN if there else None, None if there else COLUMN))
            continue
        first, second = _values(then[column]), _values(now[column])
        for number, other, label in pairs:
            if first[number] != second[other]:
                gap = _gap(first[number], second[other])
                if gap is None or gap > 10.0 ** (1 - digits):
                    cells.append(Cell(name, label, str(column), first[number], second[other]))
                    touched.add(label)
                if gap is not None and gap > (largest or 0.0):
                    largest = gap
    return Differences(len(touched), tuple(cells), largest)


def _values(column: pd.Series[Any]) -> list[Any]:
    return [None if gone else value for value, gone in zip(column.tolist(), column.isna().tolist(), strict=True)]


def _rows(table: pd.DataFrame, key: Sequence[str]) -> list[tuple[Any, ...]]:
    """Return a name for each row, from its key and how often that came before."""
    columns = [_values(table[column]) for column in key]
    seen: Counter[tuple[Any, ...]] = Counter()
    names = []
    for cells in zip(*columns, strict=True) if columns else [()] * len(table):
        seen[cells] += 1
        names.append((*cells, seen[cells]))
    return names


def _label(key: Sequence[str], row: tuple[Any, ...]) -> str:
    named = ", ".join(f"{column}={value}" for column, value in zip(key, row[:-1], strict=True))
    if not key:
        return f"row {row[-1]}"
    return named if row[-1] == 1 else f"{named} ({row[-1]})"


def _gap(one: Any, other: Any) -> float | None:
    """Return by how much of the larger two numbers differ, None where that cannot be told or both are whole."""
    if any(isinstance(value, (bool, str)) or value is None for value in (one, other)):
        return None
    try:
        first, second = float(one), float(other)
    except (TypeError, ValueError):
        return None
    if not (math.isfinite(first) and math.isfinite(second)) or (first.is_integer() and second.is_integer()):
        return None
    return abs(first - second) / max(abs(first), abs(second))

"""What to say of a repeated run: a table of the tables, and lines on inputs, environment and cells."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from policytext.batch.differences import WHOLE
from policytext.batch.finding import SAME

if TYPE_CHECKING:
    from policytext.batch.replication import Replication

_SHOWN = 3
_LONGEST = 60


def table_of_tables(replication: Replication) -> pd.DataFrame:
    """Return a row for each table: its rows in the run and now, and what differs."""
    tables = replication.of("table")
    shown = pd.DataFrame(
        {
            "table": tables["name"],
            "result": tables["verdict"],
            "rows in the run": tables["then"],
            "rows now": tables["now"],
            "rows that differ": tables["rows_differ"],
            "cells": tables["cells_differ"],
            "largest difference": [None if pd.isna(gap) else f"{gap:.1e}" for gap in tables["largest_difference"]],
        },
        dtype=object,
    )
    return shown.where(shown.notna(), None)


def lines(replication: Replication) -> list[str]:
    """Return what there is to say beside the tables: inputs, then versions and models, then the first cells."""
    return [*_inputs(replication), *_environment(replication), *_notes(replication), *_cells(replication)]


def _inputs(replication: Replication) -> list[str]:
    inputs = replication.of("input")
    if inputs.empty:
        return ["Inputs: the manifest does not name them; the paths given were read."]
    odd = inputs[inputs["verdict"] != SAME]
    if odd.empty:
        return [f"Inputs: all {len(inputs)} files are the same, by their hashes."]
    said = [f"Inputs: {len(odd)} of {len(inputs)} files are not as they were:"]
    return said + [f"  {row.verdict}: {row.name}" for row in _rows(odd)]


def _environment(replication: Replication) -> list[str]:
    environment = replication.of("environment")
    odd = environment[environment["verdict"] == "differs"]
    untold = environment[environment["verdict"] == "not told"]
    said = []
    if len(odd):
        said.append("Programs and models that differ from the run's:")
        said += [f"  {row.name}: {_short(row.then)} then, {_short(row.now)} now" for row in _rows(odd)]
    elif untold.empty:
        said.append("Programs and models: the same versions and files.")
    if len(untold):
        said.append(f"Not told by the manifest: {', '.join(untold['name'])}.")
    return said


def _notes(replication: Replication) -> list[str]:
    tables = replication.of("table")
    return [f"{', '.join(rows['name'])}: {note}." for note, rows in tables.groupby("note", sort=False)]


def _cells(replication: Replication) -> list[str]:
    differences = replication.differences
    said = []
    for name, cells in differences.groupby("table", sort=False):
        said.append(f"{name}, the first of {len(cells)} differences:" if len(cells) > 1 else f"{name}:")
        for row in _rows(cells.head(_SHOWN)):
            where = ", ".join(part for part in (row.row, row.column) if part)
            said.append(f"  {where}: {_cell(row.then)} then, {_cell(row.now)} now")
    return said


def _rows(table: pd.DataFrame) -> list[Any]:
    return list(table.itertuples(index=False, name="Row"))


def _short(value: Any) -> str:
    """Return a value with hashes cut to their first digits."""
    text = str(value)
    return "not there" if value is None or text in ("nan", "None") else text[:12] if len(text) == 64 else text


def _cell(value: Any) -> str:
    if value is None or value is pd.NA or value != value:
        return "nothing"
    if isinstance(value, str):
        return f"«{value[:_LONGEST]}{'…' if len(value) > _LONGEST else ''}»" if value not in WHOLE else value
    return repr(value)

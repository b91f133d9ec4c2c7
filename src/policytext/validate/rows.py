"""One row of a coding sheet into a hand-coded segment, or what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from policytext.validate.codings import Column, columns, flags
from policytext.validate.gold import GoldSegment

_WHOLE = re.compile(r"(\d+)(?:[.,]0+)?")
_BETWEEN = re.compile(r"[\s,;/+]+")
_MANY = "areas"
_NOTHING = (None, 0, False)


@dataclass(frozen=True, slots=True)
class RowResult:
    """What became of a row: a segment when it is finished and right; else what is `missing` or the `problems`."""

    segment: GoldSegment | None = None
    problems: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    untouched: bool = False


def code_row(cells: Mapping[str, str], drawn: Mapping[str, Any]) -> RowResult:
    """Read the codes of a row.

    Parameters
    ----------
    cells : mapping
        The row by column; codes in any case, true and false also as the spreadsheet's language has them.
    drawn : mapping
        The segment in the sample's manifest.

    Examples
    --------
    >>> drawn = {"segment_id": "a-1", "doc_id": "a", "text": "Fjorden er dyp.", "stratum": "all"}
    >>> code_row({"measure": "USANN"}, drawn).segment.measure
    False
    >>> code_row({"measure": "kanskje"}, drawn).problems
    ("measure is 'kanskje'; allowed: true, false",)
    """
    problems: list[str] = []
    values = {
        column.name: _value(column, cells[column.name], problems)
        for column in columns()
        if column.name != "note" and cells.get(column.name)
    }
    bad, measure = values.get("bad") is True, values.get("measure")
    if not problems and not bad and values.keys() <= {"bad"}:
        return RowResult(untouched=True)
    given = [
        column.name for column in columns() if column.needed == "measure" and values.get(column.name) not in _NOTHING
    ]
    if bad and (given or measure):
        problems.append(f"bad is true, yet {', '.join(given or ['measure'])} is coded; a broken text has no other code")
    elif measure is False and given:
        problems.append(f"measure is false, yet {', '.join(given)} is coded; only a true measure has these codes")
    elif measure is True and values.get("n_measures") == 0:
        problems.append("n_measures is 0, yet measure is true; write a whole number from 1")
    if problems:
        return RowResult(problems=tuple(problems))
    asked = {"never"} if bad else {"always", "measure"} if measure else {"always"}
    wanted = [column.name for column in columns() if column.needed in asked - {"never"}]
    if missing := tuple(name for name in wanted if name not in values):
        return RowResult(missing=missing)
    segment = GoldSegment(
        str(drawn["segment_id"]),
        str(drawn["doc_id"]),
        str(drawn["text"]),
        stratum=str(drawn["stratum"]),
        kind=str(drawn.get("kind") or "paragraph"),
        heading=str(drawn.get("heading") or ""),
        intro=str(drawn.get("intro") or ""),
        party=drawn.get("party"),
        language=drawn.get("language"),
        bad=bad,
        measure=bool(measure),
        commitment=None if bad else False,
    )
    if not measure:
        return RowResult(segment)
    return RowResult(
        replace(
            segment,
            n_measures=values["n_measures"],
            strength=values["strength"],
            specific=values["specific"],
            direction=values["direction"],
            areas=values["areas"],
            commitment=values["numeric"],
        )
    )


def _value(column: Column, cell: str, problems: list[str]) -> Any:
    """Return the value of a filled-in cell; what is not allowed is added to the problems."""
    written = cell.lower()
    if column.is_flag:
        if written in flags():
            return flags()[written]
    elif not column.codes:
        if whole := _WHOLE.fullmatch(written):
            return int(whole[1])
        problems.append(f"{column.name} is {cell!r}; write a whole number from 1")
        return None
    elif column.name == _MANY:
        areas = tuple(area for area in _BETWEEN.split(written) if area)
        if 1 <= len(areas) <= 2 and len(set(areas)) == len(areas) and all(area in column.codes for area in areas):
            return areas
        problems.append(f"{column.name} is {cell!r}; allowed: one or two of {', '.join(column.codes)}")
        return None
    elif written in column.codes:
        return written
    problems.append(f"{column.name} is {cell!r}; allowed: {', '.join(column.codes)}")
    return None

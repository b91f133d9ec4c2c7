"""Hand-coded segments: the records and the strict reader of their JSON lines."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from policytext.errors import GoldError
from policytext.records import AREAS, COMPARATORS, DIRECTIONS, ROLES, STRENGTHS


@dataclass(frozen=True, slots=True)
class GoldQuantity:
    """A number as a person coded it; a range has `low` and `high` and no `value`."""

    text: str
    value: float | None
    low: float | None
    high: float | None
    unit: str
    role: str
    comparator: str


@dataclass(frozen=True, slots=True)
class GoldSegment:
    """A segment as a person coded it by the codebook; of a `bad` one nothing but the text is known.

    `weight` is how many segments of the corpus it stands for, where it was drawn with a known probability. A coding
    sheet does not list the numbers but asks whether one is promised: then `commitment` has the answer.
    """

    id: str
    doc: str
    text: str
    stratum: str = "random"
    kind: str = "paragraph"
    heading: str = ""
    intro: str = ""
    party: str | None = None
    language: str | None = None
    bad: bool = False
    measure: bool = False
    n_measures: int = 0
    strength: str | None = None
    specific: bool | None = None
    direction: str | None = None
    areas: tuple[str, ...] = ()
    quantities: tuple[GoldQuantity, ...] = ()
    weight: float | None = None
    commitment: bool | None = None

    @property
    def numeric(self) -> bool:
        """Whether it is a numeric commitment: a measure with a number that is more than context."""
        if self.commitment is not None:
            return self.commitment
        return self.measure and any(quantity.role != "context" for quantity in self.quantities)


def read_gold(path: str | Path) -> tuple[GoldSegment, ...]:
    """Read hand-coded segments, one JSON object a line.

    Each line needs `id`, `doc` and `text`, and unless it is `bad` also `measure` (true or false), `n_measures`,
    `quantities` (`text, value, unit, role` each, and a `comparator` when it is not ``eq``) and, when it is a measure,
    `strength`, `specific`, `direction` and `areas` (one or two codes, the most important first). `stratum, kind,
    heading, intro, party` and `language` may follow; other keys are left alone.

    Raises
    ------
    GoldError
        If the file is missing, empty or no UTF-8, or a line breaks the format; the message names the line and what is
        allowed.
    """
    source = Path(path)
    try:
        lines = source.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise GoldError(f"{source} cannot be read: {error}; give a UTF-8 file with one JSON object a line") from error
    segments = [
        _segment(line, f"{source.name}, line {number}") for number, line in enumerate(lines, start=1) if line.strip()
    ]
    if not segments:
        raise GoldError(f"{source} holds no segment; give a file with one JSON object a line")
    seen: set[str] = set()
    for segment in segments:
        if segment.id in seen:
            raise GoldError(f"{source.name}: the id {segment.id!r} occurs twice; give each segment its own")
        seen.add(segment.id)
    return tuple(segments)


def _segment(line: str, where: str) -> GoldSegment:
    try:
        row = json.loads(line)
    except ValueError as error:
        raise GoldError(f"{where}: no JSON: {error}") from error
    if not isinstance(row, dict):
        raise GoldError(f"{where}: the line holds {type(row).__name__}; it must be an object {{…}}")
    about: dict[str, Any] = {name: _text(row, name, where) for name in ("id", "doc", "text")}
    about |= {name: _text(row, name, where) for name in ("stratum", "kind") if row.get(name) is not None}
    about |= {name: str(row[name]) for name in ("heading", "intro", "party", "language") if row.get(name) is not None}
    bad = _flag(row, "bad", where) if "bad" in row else False
    if bad:
        return GoldSegment(**about, bad=True)
    measure = _flag(row, "measure", where)
    count = row.get("n_measures")
    if type(count) is not int or count < 0 or (count > 0) != measure:
        expected = "a whole number from 1" if measure else "0 where measure is false"
        raise GoldError(f"{where}: n_measures is {count!r}; it must be {expected}")
    listed = row.get("quantities")
    if not isinstance(listed, list):
        raise GoldError(f"{where}: quantities is {listed!r}; it must be a list, empty when there are none")
    quantities = tuple(_quantity(item, f"{where}, quantity {number}") for number, item in enumerate(listed, start=1))
    if not measure:
        if row.get("areas"):
            raise GoldError(f"{where}: areas is {row['areas']!r}; only true measures have areas")
        return GoldSegment(**about, quantities=quantities)
    return GoldSegment(
        **about,
        measure=True,
        n_measures=count,
        strength=_code(row, "strength", STRENGTHS, where),
        specific=_flag(row, "specific", where),
        direction=_code(row, "direction", DIRECTIONS, where),
        areas=_areas(row, where),
        quantities=quantities,
    )


def _text(row: Mapping[str, Any], name: str, where: str) -> str:
    value = row.get(name)
    if not isinstance(value, str) or not value.strip():
        raise GoldError(f"{where}: {name} is {value!r}; it must be a text that is not empty")
    return value


def _flag(row: Mapping[str, Any], name: str, where: str) -> bool:
    value = row.get(name)
    if not isinstance(value, bool):
        raise GoldError(f"{where}: {name} is {value!r}; allowed: true, false")
    return value


def _code(row: Mapping[str, Any], name: str, allowed: Sequence[str], where: str) -> str:
    value = row.get(name)
    if value not in allowed:
        raise GoldError(f"{where}: {name} is {value!r}; allowed: {', '.join(allowed)}")
    return str(value)


def _areas(row: Mapping[str, Any], where: str) -> tuple[str, ...]:
    value = row.get("areas")
    fits = isinstance(value, list) and 1 <= len(value) <= 2 and all(area in AREAS for area in value)
    if not isinstance(value, list) or not fits or len(set(value)) < len(value):
        raise GoldError(f"{where}: areas is {value!r}; it must be a list of one or two of {', '.join(AREAS)}")
    return tuple(value)


def _quantity(item: Any, where: str) -> GoldQuantity:
    if not isinstance(item, dict):
        raise GoldError(f"{where}: {item!r} must be an object with text, value, unit and role")
    value = item.get("value")
    low: float | None = None
    high: float | None = None
    single: float | None = None
    if isinstance(value, list):
        if len(value) != 2 or value == [None, None] or not all(end is None or _is_number(end) for end in value):
            raise GoldError(f"{where}: value is {value!r}; a range is [low, high], an open end null")
        low, high = (None if end is None else float(end) for end in value)
    elif value is not None and _is_number(value):
        single = float(value)
    else:
        raise GoldError(f"{where}: value is {value!r}; it must be a number or [low, high]")
    return GoldQuantity(
        text=_text(item, "text", where),
        value=single,
        low=low,
        high=high,
        unit=_text(item, "unit", where),
        role=_code(item, "role", ROLES, where),
        comparator=_code({"comparator": "eq", **item}, "comparator", COMPARATORS, where),
    )


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)

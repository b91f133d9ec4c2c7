"""Decide what a quantity does in a promise, once the segment's measures are known."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from policytext.quantities.word_lists import words
from policytext.rules import load_rules

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policytext.records import Direction, Measure, Quantity, Role

_LABELS = ("target", "change", "limit", "deadline", "duration", "baseline", "context")
_BEFORE, _AFTER = 60, 40


def cue(text: str, quantity: Quantity) -> str:
    """Return the text around a quantity with «#» in its place and its unit's kind after it, in lower case.

    Rules of the role table match this string: ``øke løyvingene med #percent innen 2030``.
    """
    before = text[max(0, quantity.start - _BEFORE) : quantity.start].lower()
    after = text[quantity.end : quantity.end + _AFTER].lower()
    return f"{before}#{_kind(quantity)}#{after}"


def _kind(quantity: Quantity) -> str:
    unit = quantity.unit
    if unit in ("year", "month", "week", "day", "hour", "minute", "second"):
        return "length"
    if unit in ("date", "ratio", "count"):
        return unit
    return "share" if unit in ("percent", "percentage_point", "per_mille") else "amount"


def resolve(
    text: str,
    quantities: Sequence[Quantity],
    measures: Sequence[Measure],
    *,
    heading: str = "",
    intro: str = "",
    year: int | None = None,
) -> tuple[Quantity, ...]:
    """Give each quantity its role, its measure, its direction, and whether it is promised.

    Parameters
    ----------
    text : str
        The segment.
    quantities : sequence of Quantity
        What `find` read in `text`.
    measures : sequence of Measure
        The segment's measures, with offsets within `text`; without any, every quantity is context.
    heading, intro : str
        What stands above the segment.
    year : int, optional
        The year of the text; years before it are facts unless something else says so.

    Returns
    -------
    tuple of Quantity
        As many as given, in the same order, with role, measure, direction, deadline and baseline.
    """
    del heading, intro, year
    if not measures:
        return tuple(replace(q, role="context", committed=False, measure=None, direction=None) for q in quantities)
    roles = [_role(text, q) for q in quantities]
    owners = [_owner(q, measures) for q in quantities]
    out = []
    for quantity, role, owner in zip(quantities, roles, owners, strict=True):
        out.append(
            replace(
                quantity,
                role=role,
                committed=role != "context",
                measure=owner,
                direction=_direction(text, quantity, measures[owner]) if role != "context" else None,
            )
        )
    return tuple(_qualified(out))


def _role(text: str, quantity: Quantity) -> Role:
    context = cue(text, quantity)
    for rule in load_rules("quantity_roles", _LABELS):
        if rule.pattern.search(context):
            return rule.label  # type: ignore[return-value]
    return "target"


def _owner(quantity: Quantity, measures: Sequence[Measure]) -> int:
    inside = [i for i, m in enumerate(measures) if m.start <= quantity.start and quantity.end <= m.end]
    if inside:
        return min(inside, key=lambda i: measures[i].end - measures[i].start)
    return min(
        range(len(measures)),
        key=lambda i: min(abs(measures[i].start - quantity.start), abs(measures[i].end - quantity.end)),
    )


_UP = re.compile(rf"\b(?:{words('rising')})\b")
_DOWN = re.compile(rf"\b(?:{words('falling')})\b")


def _direction(text: str, quantity: Quantity, measure: Measure) -> Direction:
    low = text[max(0, quantity.start - _BEFORE) : quantity.end].lower()
    ups = [m.end() for m in _UP.finditer(low)]
    downs = [m.end() for m in _DOWN.finditer(low)]
    if not ups and not downs:
        return measure.direction
    return "increase" if max(ups, default=-1) > max(downs, default=-1) else "decrease"


def _qualified(quantities: list[Quantity]) -> list[Quantity]:
    """Give each number the deadline and the baseline that stand in the same measure."""
    out = []
    for quantity in quantities:
        mates = [q for q in quantities if q.measure == quantity.measure and q is not quantity]
        if quantity.role in ("target", "change", "limit", "duration"):
            after = [q for q in mates if q.role == "deadline" and q.start > quantity.start] or [
                q for q in mates if q.role == "deadline"
            ]
            base = [q for q in mates if q.role == "baseline"]
            quantity = replace(
                quantity, deadline=after[0].text if after else None, baseline=base[0].text if base else None
            )
        out.append(quantity)
    return out

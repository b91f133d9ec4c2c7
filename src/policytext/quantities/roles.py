"""Decide what a quantity does in a promise, once the segment's measures are known."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, cast

from policytext.quantities.exclusions import alternatives
from policytext.quantities.qualifiers import qualify
from policytext.quantities.word_lists import words
from policytext.rules import load_rules, lower_case

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policytext.records import Direction, Measure, Quantity, Role

_LABELS = ("target", "change", "limit", "deadline", "duration", "baseline", "context")
_BEFORE, _AFTER = 100, 40
TERM = 2025
"""The year that a text without a date is read from: bare years before it are facts, not deadlines."""


def cue(text: str, quantity: Quantity) -> str:
    """Return the text around a quantity in lower case, with its kind and comparator marked.

    The rules of ``data/rules/quantity_roles.csv`` match this string.

    Examples
    --------
    >>> from policytext.quantities.finder import find
    >>> text = "Øke støtten med 15 prosent."
    >>> cue(text, find(text)[0])
    'øke støtten med #share:eq#15 prosent#.'
    """
    before = text[max(0, quantity.start - _BEFORE) : quantity.start].lower()
    after = text[quantity.end : quantity.end + _AFTER].lower()
    marked = f"{before}#{_kind(quantity)}:{quantity.comparator}#{quantity.text.lower()}#{after}"
    return marked.replace("\n", " ")


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
    del heading, intro
    if not quantities:
        return ()
    if not measures:
        return tuple(replace(q, role="context", committed=False, measure=None, direction=None) for q in quantities)
    roles = _roles(text, quantities, year or TERM)
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
    return tuple(qualify(text, out))


_SISTER = re.compile(
    r"(?:\s(?:i|innen|innan|før|frem mot|fram mot)\s\d{4})?(?:,|\s(?:og|eller|samt))\s(?:minst\s|inntil\s|for\s)?"
)


def _roles(text: str, quantities: Sequence[Quantity], year: int) -> list[Role]:
    """Return the role of each quantity: the first rule that matches, else that of the sister before it, else target."""
    roles: list[Role] = []
    for index, quantity in enumerate(quantities):
        role = _ruled(text, quantity, year)
        if role is None and index:
            role = _of_sister(text, quantities[:index], roles, quantity)
        roles.append(role or "target")
    return roles


_ASKED = re.compile(r"[^.!?]{0,200}\?")


_KINDS = re.compile(r"#(?:\(\?:)?([a-z|]+)\)?:")


@cache
def _rules(kind: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return the labels and the patterns for text in lower case of the rules for a kind of quantity.

    Those are left out that cannot match: each of their alternatives asks for other kinds (``#(?:count|share):``).
    """
    return tuple(
        (rule.label, lower_case(rule) or rule.pattern)
        for rule in load_rules("quantity_roles", _LABELS)
        if any(_allows(part, kind) for part in alternatives(rule.pattern.pattern))
    )


def _allows(pattern: str, kind: str) -> bool:
    return all(kind in named.split("|") for named in _KINDS.findall(pattern))


def _ruled(text: str, quantity: Quantity, year: int) -> Role | None:
    if _ASKED.match(text, quantity.end):
        return "context"
    context = cue(text, quantity)
    role = next((label for label, pattern in _rules(_kind(quantity)) if pattern.search(context)), None)
    if quantity.unit == "date" and role in (None, "duration"):
        last = quantity.high if quantity.value is None else quantity.value
        return "context" if last is not None and last < year else cast("Role", role or "deadline")
    return cast("Role | None", role)


def _of_sister(text: str, before: Sequence[Quantity], roles: list[Role], quantity: Quantity) -> Role | None:
    """Return the role of the like number beside this one: «40 % i 2031 og 80 % i 2040»."""
    for index in range(len(before) - 1, max(len(before) - 3, -1), -1):
        if before[index].unit == quantity.unit and _SISTER.fullmatch(text[before[index].end : quantity.start].lower()):
            return roles[index]
    return None


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

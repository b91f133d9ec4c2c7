"""Give a promised number its deadline and its baseline, from the dates beside it or from words."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from policytext.quantities.word_lists import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policytext.records import Quantity

_PROMISED = ("target", "change", "limit", "duration")
_BASELINE = re.compile(rf"\b(?:{words('baseline_before')})\s(?P<text>{words('baseline')})")
_DEADLINE = re.compile(rf"\b(?:{words('deadline_before')})\s(?:utgangen av\s)?(?P<text>{words('deadline')})")
_REACH = 120


def qualify(text: str, quantities: Sequence[Quantity]) -> list[Quantity]:
    """Return the quantities with `deadline` and `baseline` where the same measure names them.

    A date beats words («fra dagens nivå», «innen utgangen av perioden»), and the nearest one wins, one after the number
    before one in front of it.

    Parameters
    ----------
    text : str
        The segment.
    quantities : sequence of Quantity
        With their roles and measures.
    """
    return [_qualified(text, quantity, quantities) for quantity in quantities]


def _qualified(text: str, quantity: Quantity, all_of_them: Sequence[Quantity]) -> Quantity:
    if quantity.role not in _PROMISED:
        return replace(quantity, deadline=None, baseline=None)
    mates = [q for q in all_of_them if q.measure == quantity.measure and q is not quantity]
    near = text[max(0, quantity.start - _REACH) : quantity.end + _REACH].lower()
    deadline = _nearest(quantity, [q for q in mates if q.role == "deadline"])
    baseline = _nearest(quantity, [q for q in mates if q.role == "baseline"])
    return replace(
        quantity,
        deadline=deadline or _said(_DEADLINE, near),
        baseline=baseline or _said(_BASELINE, near),
    )


def _nearest(quantity: Quantity, others: list[Quantity]) -> str | None:
    if not others:
        return None
    return min(others, key=lambda q: (q.start < quantity.start, abs(q.start - quantity.start))).text


def _said(pattern: re.Pattern[str], near: str) -> str | None:
    found = pattern.search(near)
    return found["text"] if found is not None else None

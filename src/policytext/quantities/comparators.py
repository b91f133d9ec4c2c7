"""Read the comparator of a number from the words before and after it."""

from __future__ import annotations

import re
from functools import cache
from typing import cast

from policytext.quantities.word_lists import words
from policytext.records import COMPARATORS, Comparator
from policytext.rules import load_lexicon

_WINDOW = 44
_FILLER = rf"(?:(?:{words('comparator_filler')})\s)?"


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], dict[str, Comparator]]:
    rows = load_lexicon("comparators", ("phrase", "comparator", "place"))
    table: dict[str, Comparator] = {}
    places: dict[str, list[str]] = {"before": [], "after": []}
    for row in rows:
        if row["comparator"] in COMPARATORS:
            table[row["phrase"]] = cast("Comparator", row["comparator"])
            places[row["place"]].append(row["phrase"])
    before, after = (
        "|".join(re.escape(p) for p in sorted(places[place], key=len, reverse=True)) for place in ("before", "after")
    )
    return (
        re.compile(rf"(?<![\wæøå])(?P<phrase>{before})(?<=[\w.~≈<>≥≤])\s?{_FILLER}[«\"(]?$"),
        re.compile(rf"\s?(?P<phrase>{after})(?![\wæøå])"),
        table,
    )


def read_comparator(low: str, start: int, end: int) -> tuple[Comparator, bool]:
    """Return the comparator of the number at a span, and whether the number is an approximation.

    Parameters
    ----------
    low : str
        The text in lower case.
    start, end : int
        The span of the number with its unit.

    Examples
    --------
    >>> read_comparator("minst 40 prosent", 6, 16)
    ('ge', False)
    >>> read_comparator("personer på 60 år eller eldre", 12, 17)
    ('ge', False)
    >>> read_comparator("om lag halvparten", 7, 17)
    ('approx', True)
    """
    before, after, table = _patterns()
    found = after.match(low, end)
    if found is not None:
        return table[found["phrase"]], False
    found = before.search(low, max(0, start - _WINDOW), start)
    if found is None:
        return "eq", False
    comparator = table[found["phrase"]]
    approximate = comparator == "approx"
    if not approximate:
        earlier = before.search(low, max(0, found.start() - _WINDOW), found.start())
        approximate = earlier is not None and table[earlier["phrase"]] == "approx"
    return comparator, approximate

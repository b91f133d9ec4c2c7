"""What the wording of a line tells about its part in a text: introducing a list, a caption, a page number."""

from __future__ import annotations

import re
from functools import cache

from policytext.rules import load_rules

LABELS = (
    "introduces",
    "bold-intro",
    "bold-verb",
    "caption",
    "contents",
    "page-number",
    "coordination",
    "linked",
    "month",
    "no-title",
)


@cache
def line_pattern(label: str) -> re.Pattern[str]:
    """Return all rules of ``data/rules/lines.csv`` with a label as one pattern that ignores case.

    Examples
    --------
    >>> bool(line_pattern("introduces").search("Fjellfolket vil:"))
    True
    """
    rules = [rule.pattern.pattern for rule in load_rules("lines", LABELS) if rule.label == label]
    return re.compile("|".join(f"(?:{pattern})" for pattern in rules), re.IGNORECASE)

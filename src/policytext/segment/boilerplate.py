"""Contact, newsletter and sharing lines that belong to the page and not to the text."""

from __future__ import annotations

import re
from functools import cache

from policytext.rules import load_rules

_MAX_LENGTH = 220
_LABELS = ("contact", "newsletter", "navigation", "sharing", "imprint", "cookies")


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    return tuple(rule.pattern for rule in load_rules("boilerplate", _LABELS))


def is_boilerplate(text: str) -> bool:
    """Tell whether a line is contact, newsletter, sharing or navigation text.

    Examples
    --------
    >>> is_boilerplate("Telefon: 00 00 00 00"), is_boilerplate("Alle skal ha telefon hjemme.")
    (True, False)
    """
    return len(text) <= _MAX_LENGTH and any(pattern.search(text) for pattern in _patterns())

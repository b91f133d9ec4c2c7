"""What looks like a number and is none: section signs, road numbers, list numbers, names."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from policytext.rules import load_rules, lower_case


class _Group(NamedTuple):
    """Patterns, and one that matches wherever one of them does; `lower` where they are for text in lower case."""

    any_of_them: re.Pattern[str]
    lower: bool
    patterns: tuple[re.Pattern[str], ...]


@cache
def _groups() -> tuple[_Group, ...]:
    """Return the patterns in groups that begin alike: at the beginning of a word, or anywhere.

    One pattern of many alternatives is far quicker than many patterns where all of them ask for the same first.
    """
    parts: dict[tuple[bool, bool], list[str]] = {}
    patterns: dict[tuple[bool, bool], dict[re.Pattern[str], None]] = {}
    for rule in load_rules("quantity_exclusions"):
        lower = lower_case(rule)
        for part in alternatives(rule.pattern.pattern):
            key = lower is not None, part.startswith(r"\b")
            parts.setdefault(key, []).append(part)
            patterns.setdefault(key, {})[lower or rule.pattern] = None
    return tuple(
        _Group(re.compile("|".join(parts[key]), 0 if key[0] else re.IGNORECASE), key[0], tuple(patterns[key]))
        for key in parts
    )


def alternatives(pattern: str) -> list[str]:
    r"""Return the alternatives of a pattern: what stands between the bars outside all brackets.

    Examples
    --------
    >>> alternatives(r"\bnr\.\s(?:1|2)|[|]x")
    ['\\bnr\\.\\s(?:1|2)', '[|]x']
    """
    found = [""]
    depth, inside = 0, False
    for piece in re.findall(r"\\.|.", pattern, re.DOTALL):
        if piece == "|" and not depth and not inside:
            found.append("")
            continue
        found[-1] += piece
        if inside or piece == "[":
            inside = piece != "]"
        else:
            depth += (piece == "(") - (piece == ")")
    return found


def excluded(text: str, low: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the spans of what looks like a number and is none in a stretch of text, joined and in order.

    Parameters
    ----------
    text, low : str
        The text as written and in lower case, of one length.
    start, end : int
        The stretch that is looked at.

    Examples
    --------
    >>> text = "Utbedre riksvei 70 og bygge 3 kaier."
    >>> [text[first:last] for first, last in excluded(text, text.lower(), 0, len(text))]
    ['riksvei 70']
    """
    found: list[tuple[int, int]] = []
    for any_of_them, lower, patterns in _groups():
        read = low if lower else text
        if any_of_them.search(read, start, end) is not None:
            found += [match.span() for pattern in patterns for match in pattern.finditer(read, start, end)]
    spans: list[tuple[int, int]] = []
    for first, last in sorted(found):
        if spans and first <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(last, spans[-1][1]))
        else:
            spans.append((first, last))
    return spans

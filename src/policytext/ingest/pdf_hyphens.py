"""Words cut at the end of a line: joined, or left with the hyphen they really have."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from policytext.ingest.line_rules import line_pattern

_TOKEN = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_LAST = re.compile(r"([\w\-]+)-$")
_FIRST = re.compile(r"^[\w\-]+")
_ABBREVIATION = re.compile(r"^(?:[A-ZÆØÅ0-9]{2,}|[A-ZÆØÅ][a-zæøå]?[A-ZÆØÅ]\w*|\d+)$")


def count_words(lines: Iterable[str]) -> Counter[str]:
    """Count the words that stand whole within lines, in lower case; the first and last of a line are left out."""
    counts: Counter[str] = Counter()
    for line in lines:
        counts.update(token.casefold() for token in _TOKEN.findall(line)[1:-1])
    return counts


def join_hyphen(before: str, after: str, known: Counter[str]) -> tuple[str, bool]:
    """Decide how a line that ends in a hyphen goes on in the next one.

    Parameters
    ----------
    before : str
        The line that ends in a hyphen.
    after : str
        The next line.
    known : Counter of str
        Words of the document and of the lexicon, in lower case.

    Returns
    -------
    text : str
        The first line, with or without its hyphen.
    glue : bool
        Whether the next line follows without a space.

    Examples
    --------
    >>> join_hyphen("en ny ord-", "ning for alle", Counter())
    ('en ny ord', True)
    >>> join_hyphen("vern av natur-", "og kulturmiljø", Counter())
    ('vern av natur-', False)
    >>> join_hyphen("en bedre IA-", "avtale", Counter())
    ('en bedre IA-', True)
    """
    last, first = _LAST.search(before), _FIRST.match(after)
    if not last or not first:
        return before, bool(last)
    if line_pattern("coordination").match(after):
        return before, False
    head, tail = last[1], first[0]
    part = head.rsplit("-", 1)[-1]
    if not tail[0].islower() or len(part) == 1 or _ABBREVIATION.match(part) or line_pattern("linked").search(head):
        return before, True
    joined, hyphened = (head + tail).casefold(), f"{head}-{tail}".casefold()
    if known[hyphened] > known[joined]:
        return before, True
    return before[:-1], True

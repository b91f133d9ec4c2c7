"""Words cut at the end of a line: joined, or left with the hyphen they really have."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from policytext.ingest.line_rules import line_pattern
from policytext.ingest.pdf_fonts import lexicon

_TOKEN = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_LAST = re.compile(r"([\w\-]+)-$")
_FIRST = re.compile(r"^[\w\-]+")
_ABBREVIATION = re.compile(r"^(?:[A-ZÆØÅ0-9]{2,}|[A-ZÆØÅ][a-zæøå]?[A-ZÆØÅ]\w*|\d+)$")

_OFTEN = 0.03
"""A document that cuts words does so at the end of at least this share of its lines."""


def count_words(lines: Iterable[str]) -> Counter[str]:
    """Count the words that stand whole within lines, in lower case; the first and last of a line are left out."""
    counts: Counter[str] = Counter()
    for line in lines:
        counts.update(token.casefold() for token in _TOKEN.findall(line)[1:-1])
    return counts


def hyphenates(lines: Sequence[str]) -> bool:
    """Tell whether a document cuts words at the ends of lines; one that does not has only real hyphens there.

    Examples
    --------
    >>> hyphenates(["en ny ord-", "ning for alle"]), hyphenates(["en linje uten"] * 99 + ["om EØS-"])
    (True, False)
    """
    return sum(line.endswith("-") for line in lines) >= _OFTEN * len(lines)


def join_hyphen(before: str, after: str, known: Counter[str], *, cuts: bool = True) -> tuple[str, bool]:
    """Decide how a line that ends in a hyphen goes on in the next one.

    Parameters
    ----------
    before : str
        The line that ends in a hyphen.
    after : str
        The next line.
    known : Counter of str
        Words of the document in lower case, with how often they stand within lines.
    cuts : bool
        Whether the document cuts words at the ends of lines.

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
    >>> join_hyphen("for ikke-", "fysiske ting", Counter(), cuts=False)
    ('for ikke-', True)
    """
    last, first = _LAST.search(before), _FIRST.match(after)
    if not last or not first:
        return before, bool(last)
    if line_pattern("coordination").match(after):
        return before, False
    head, tail = last[1], first[0]
    part = head.rsplit("-", 1)[-1]
    if not tail[0].islower() or len(part) == 1 or _ABBREVIATION.match(part):
        return before, True
    joined, hyphened = (head + tail).casefold(), f"{head}-{tail}".casefold()
    if known[hyphened] and known[hyphened] >= known[joined]:
        return before, True
    word = (part + tail).casefold()
    if known[joined] or known[word] or word in lexicon():
        return before[:-1], True
    keeps = not cuts or bool(line_pattern("linked").search(head))
    return (before, True) if keeps else (before[:-1], True)

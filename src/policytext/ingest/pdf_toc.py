"""Tables of contents: lines that end in a page number set apart by leaders or a wide gap."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policytext.ingest.line_rules import line_pattern

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policytext.ingest.pdf_layout import Line

_LEADERS = re.compile(r"(?:\.{3,}|…|(?:\s\.){3,}|_{3,})\s*(?:\d{1,4}|[ivxl]+)?\s*$")
_NUMBER = re.compile(r"^\d{1,4}$")
_APART = 1.6
_SHARE = 0.5


def is_entry(line: Line) -> bool:
    """Tell whether a line looks like an entry of a table of contents."""
    if _LEADERS.search(line.text):
        return True
    if len(line.words) < 2 or not _NUMBER.match(line.words[-1][0]):
        return False
    return line.words[-1][1] - line.words[-2][2] > _APART * line.size


def is_title(text: str) -> bool:
    """Tell whether a heading announces a table of contents."""
    return bool(line_pattern("contents").match(text))


def toc_lines(column: Sequence[Line], *, contents: bool) -> set[int]:
    """Return which lines of a column belong to a table of contents.

    Parameters
    ----------
    column : sequence of Line
        The lines of one column.
    contents : bool
        Whether the column before was mostly a table of contents.
    """
    entries = {index for index, line in enumerate(column) if is_entry(line)}
    titled = any(is_title(line.text) for line in column)
    if len(entries) < (1 if contents else 2 if titled else 4):
        return set()
    first, last = min(entries), max(entries)
    inside = set(range(first, last + 1))
    if len(entries) < _SHARE * len(inside) and not titled:
        return set()
    # lines before the first entry that lead up to it: headings of parts, wrapped entries
    size = column[first].size
    start = first
    free = titled or contents
    while start > 0 and (free or column[start - 1].size <= 1.1 * size) and not is_title(column[start - 1].text):
        start -= 1
    return {i for i in range(start, last + 1) if not is_title(column[i].text)}

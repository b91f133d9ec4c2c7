"""Traces of printed pages in plain text: running heads, page numbers, markers set apart, tables of contents.

Plain text has lines and their order; what a PDF carries beside its text is told by place and type size
(:mod:`policytext.ingest.pdf_furniture`). Both compare running heads by the same key.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from policytext.ingest.markers import find_marker
from policytext.records import Dropped

if TYPE_CHECKING:
    from policytext.ingest.draft import DraftBlock
    from policytext.ingest.layout import TextLine

_DIGITS = re.compile(r"\d+")
_MARGIN = re.compile(r"(?P<number>\d{1,5})(?:[ \t]{2,}|$)")
_LINE_STEP = 10
_FEWEST_NUMBERED = 20
_EDGE = 2
_NUMBER_EDGE = 3
_FEWEST_PAGES = 3
_SHARE = 0.3
_LONGEST = 120
_LEADER = re.compile(r"\S.{0,160}?(?:\s?(?:[.…_·]\s?){4,}\s*|\s{3,})\d{1,3}$")
_NUMBER = re.compile(r"\d{1,3}")
_FEWEST_ENTRIES = 5


def drop_running(lines: Sequence[TextLine]) -> tuple[list[TextLine], tuple[Dropped, ...]]:
    """Leave out lines that return at the top or foot of many pages, digits apart.

    Parameters
    ----------
    lines : sequence of TextLine
        The lines of a text, with their pages.

    Returns
    -------
    tuple
        The lines that are left, and what was left out.
    """
    pages: dict[int, list[int]] = {}
    for index, line in enumerate(lines):
        if line.page is not None:
            pages.setdefault(line.page, []).append(index)
    if len(pages) < _FEWEST_PAGES:
        return list(lines), ()
    edges = [(page, index) for page, found in pages.items() for index in _edge(lines, found)]
    on_pages = Counter(key for key, _ in {(running_key(lines[index].text), page) for page, index in edges})
    needed = max(_FEWEST_PAGES, _SHARE * len(pages))
    running = {
        index
        for _, index in edges
        if len(lines[index].text) <= _LONGEST
        and on_pages[running_key(lines[index].text)] >= needed
        and not _is_lone_marker(lines[index].text)
    }
    running |= _page_numbers(lines, pages)
    kept: list[TextLine] = []
    gap = 0
    for index, line in enumerate(lines):
        if index in running:
            gap += line.gap
            continue
        kept.append(replace(line, gap=line.gap + gap) if gap else line)
        gap = 0
    dropped = [
        Dropped(
            lines[index].text,
            "page number" if running_key(lines[index].text) == "#" else "running head or foot",
            lines[index].page,
        )
        for index in sorted(running)
    ]
    return kept, tuple(dropped)


def _page_numbers(lines: Sequence[TextLine], pages: Mapping[int, Sequence[int]]) -> set[int]:
    """Return lines that hold nothing but their page's number, wherever the page's text has them."""
    numbers = [
        (int(lines[index].text) - page, index)
        for page, found in pages.items()
        for index in found
        if len(lines[index].text) <= 4 and lines[index].text.isdecimal()
    ]
    if not numbers:
        return set()
    shift, count = Counter(shift for shift, _ in numbers).most_common(1)[0]
    if count < max(_FEWEST_PAGES, _SHARE * len(pages)):
        return set()
    return {index for found, index in numbers if found == shift}


def _edge(lines: Sequence[TextLine], page: Sequence[int]) -> set[int]:
    """Return the lines at the top and foot of a page, a little deeper for bare numbers."""
    near = {*page[:_EDGE], *page[-_EDGE:]}
    return near | {index for index in (*page[:_NUMBER_EDGE], *page[-_NUMBER_EDGE:]) if lines[index].text.isdigit()}


def running_key(text: str) -> str:
    """Return what a running head or foot has in common on all pages: its words without case, each number as «#».

    Examples
    --------
    >>> running_key("Program 2025   side 12") == running_key("PROGRAM 2025 side 3")
    True
    """
    return _DIGITS.sub("#", " ".join(text.split())).casefold()


def drop_line_numbers(lines: Sequence[TextLine]) -> tuple[list[TextLine], tuple[Dropped, ...]]:
    r"""Leave out line numbers in the margin: numbers before most lines that count on from line to line.

    Examples
    --------
    >>> from policytext.ingest.layout import text_lines
    >>> kept, dropped = drop_line_numbers(text_lines("\n".join(f"{n}   Naust og kai" for n in range(1, 30))))
    >>> kept[0].text, len(dropped)
    ('Naust og kai', 29)
    """
    numbered = [(index, found) for index, line in enumerate(lines) if (found := _MARGIN.match(line.text))]
    values = [int(found.group("number")) for _, found in numbered]
    steps = sum(1 for a, b in pairwise(values) if 0 < b - a <= _LINE_STEP)
    if len(numbered) < max(_FEWEST_NUMBERED, 0.5 * len(lines)) or steps < 0.9 * (len(values) - 1):
        return list(lines), ()
    at = dict(numbered)
    kept: list[TextLine] = []
    dropped: list[Dropped] = []
    gap = 0
    for index, line in enumerate(lines):
        found = at.get(index)
        if found is None:
            kept.append(replace(line, gap=line.gap + gap))
            gap = 0
            continue
        dropped.append(Dropped(found.group("number"), "line number", line.page))
        rest = line.text[found.end() :]
        if rest:
            kept.append(replace(line, text=rest, indent=line.indent + found.end(), gap=line.gap + gap))
            gap = 0
        else:
            gap += 1 + line.gap
    return kept, tuple(dropped)


def join_markers(lines: Sequence[TextLine]) -> list[TextLine]:
    """Put a bullet or number that stands on a line of its own in front of the line after it."""
    joined: list[TextLine] = []
    index = 0
    while index < len(lines):
        line = lines[index]
        after = lines[index + 1] if index + 1 < len(lines) else None
        if (
            after is not None
            and len(line.text) <= 5
            and _is_lone_marker(line.text)
            and not _is_lone_marker(after.text)
            and find_marker(after.text) is None
            and after.gap <= 2
        ):
            joined.append(replace(after, text=f"{line.text} {after.text}", gap=line.gap, indent=line.indent))
            index += 2
        else:
            joined.append(line)
            index += 1
    return joined


def _is_lone_marker(text: str) -> bool:
    return not text[-1].isalnum() and not text[0].isupper() and find_marker(f"{text} x") is not None and " " not in text


def is_entry(text: str) -> bool:
    """Tell whether a line is an entry of a table of contents: dots or a wide gap, and then a page number.

    Examples
    --------
    >>> is_entry("1.2 Kaier ........ 14"), is_entry("Kaier      14"), is_entry("Vi vil bygge 14")
    (True, True, False)
    """
    return _LEADER.match(text) is not None


def mark_contents(blocks: Sequence[DraftBlock]) -> list[DraftBlock]:
    """Turn the lines of a table of contents into that kind.

    They end with dots and a page number, or are followed by a page number on a line of its own, several in a row
    and in order.
    """
    marked = [
        replace(block, kind="toc", level=None)
        if block.kind in ("heading", "paragraph", "item") and len(block.lines) == 1 and is_entry(block.lines[0].text)
        else block
        for block in blocks
    ]
    index = 0
    while index < len(marked):
        end, last = index, 0
        while end + 1 < len(marked) and _NUMBER.fullmatch(_text(marked[end + 1])) and _may_be_entry(marked[end]):
            number = int(_text(marked[end + 1]))
            if number < last:
                break
            last = number
            end += 2
        if end - index >= 2 * _FEWEST_ENTRIES:
            marked[index:end] = [replace(block, kind="toc", level=None) for block in marked[index:end]]
        index = max(end, index + 1)
    return marked


def _may_be_entry(block: DraftBlock) -> bool:
    return block.kind in ("heading", "paragraph", "item") and len(_text(block)) <= _LONGEST


def _text(block: DraftBlock) -> str:
    return " ".join(line.text for line in block.lines).strip()

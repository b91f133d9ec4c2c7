"""How deep a heading stands, and how deeply an item is nested."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from statistics import mode
from typing import TYPE_CHECKING

from policytext.ingest.pdf_headings import title_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from policytext.ingest.pdf_blocks import Proto
    from policytext.ingest.pdf_body import Body

_COVER = 2
"""Headings on the first pages are set by the designer and say nothing of levels."""
_SHIFT = 3.0
"""Items whose bullets are this many points apart are nested."""
_NAMED = 0.3
"""An outline that names a smaller share of the headings is not one (word processors leave such remains)."""
_StyleKey = tuple[float, bool, int]


def rank_headings(blocks: Sequence[Proto], body: Body, outline: Iterable[tuple[int, str]] = ()) -> None:
    """Give every heading a level from 1.

    The file's outline decides where it names the heading; otherwise size, weight and numbering do, in the order in
    which they occur in the document.

    Parameters
    ----------
    blocks : sequence of Proto
        All blocks; headings get their `level`.
    body : Body
        How running text is set.
    outline : iterable of tuple
        Level (from 0) and title of every entry of the outline.
    """
    headings = [block for block in blocks if block.kind == "heading"]
    named: dict[str, int] = {}
    for level, title in outline:
        named.setdefault(title_key(title), level + 1)
    named.pop("", None)
    placed = {id(block): named[key] for block in headings if (key := title_key(block.text)) in named}
    if len(placed) < _NAMED * len(headings):
        placed = {}
    base: dict[int, int] = {}
    for block in headings:
        if id(block) in placed and (depth := _depth(block)):
            level = placed[id(block)]
            base[level] = min(depth, base.get(level, depth))
    of_style: dict[_StyleKey, list[int]] = defaultdict(list)
    for block in headings:
        if id(block) in placed:
            level, depth = placed[id(block)], _depth(block)
            block.level = level + (depth - base[level] if depth else 0)
            of_style[_style(block, body)].append(block.level)
    counts = Counter(_style(block, body) for block in headings)
    by_style = {key: mode(levels) for key, levels in of_style.items() if 2 * len(levels) >= counts[key]}
    if not by_style:
        by_style = _order_styles(headings, body)
    deepest = max(by_style.values(), default=0) + 1
    for block in headings:
        if block.level is None or id(block) not in placed:
            block.level = by_style.get(_style(block, body)) or _nearest(_style(block, body), by_style, deepest)


def _order_styles(headings: Sequence[Proto], body: Body) -> dict[_StyleKey, int]:
    """Rank the styles that headings use more than once; the largest, boldest and least numbered come first."""
    inside = [block for block in headings if block.lines[0].page > _COVER] or list(headings)
    counts = Counter(_style(block, body) for block in inside)
    usual = [key for key, count in counts.items() if count >= 2] or list(counts)
    order = sorted(usual, key=lambda key: (-key[0], not key[1], key[2]))
    return {key: index + 1 for index, key in enumerate(order)}


def _nearest(style: _StyleKey, by_style: dict[_StyleKey, int], deepest: int) -> int:
    """Return the level of the smallest known style that is at least as large as a rare one."""
    larger = [level for key, level in by_style.items() if key[0] >= style[0]]
    same = [level for key, level in by_style.items() if key[:2] == style[:2]]
    if same:
        return same[0]
    return min(max(larger) + 1, deepest) if larger else 1


def nest_items(blocks: Sequence[Proto]) -> None:
    """Give every item its nesting from 1, by how far its bullet is set in, within a column and over its end."""
    stack: list[tuple[float, str]] = []
    place: tuple[int, int] | None = None
    for block in blocks:
        if block.kind in ("heading", "paragraph"):
            stack = []
        if block.kind != "item":
            continue
        first = block.lines[0]
        x, sign = first.x0, _sign(block)
        if stack and place != (first.page, first.column):
            stack = _carry_over(stack, x, sign)
        while stack and x < stack[-1][0] - _SHIFT:
            stack.pop()
        if not stack or x > stack[-1][0] + _SHIFT:
            stack.append((x, sign))
        block.level = len(stack)
        place = (first.page, first.column)


def _carry_over(stack: list[tuple[float, str]], x: float, sign: str) -> list[tuple[float, str]]:
    """Move the open lists to where a new column sets them, judged by the sign of the item it begins with."""
    alike = [level for level, (_, known) in enumerate(stack) if known == sign]
    if not alike:
        return stack
    level = min(alike, key=lambda index: abs(stack[index][0] - x))
    shift = x - stack[level][0]
    return [(known_x + shift, known) for known_x, known in stack[: level + 1]]


def _sign(block: Proto) -> str:
    if block.marker is None:
        return ""
    return block.marker.text if block.marker.kind in ("bullet", "dash") else block.marker.kind


def _depth(block: Proto) -> int:
    return len(re.findall(r"\d+", block.marker.text)) if block.marker else 0


def _style(block: Proto, body: Body) -> _StyleKey:
    size = max(block.lines[0].size, body.size)
    return round(size * 2) / 2, all(line.bold for line in block.lines), _depth(block)

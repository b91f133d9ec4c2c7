"""Reading order: the chunks of a page as columns, and each column as lines from top to bottom."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace
from statistics import median
from typing import TYPE_CHECKING

from policytext.ingest.pdf_furniture import group_rows
from policytext.ingest.pdf_markers import is_marker_word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policytext.ingest.pdf_characters import Style, Word
    from policytext.ingest.pdf_chunks import Chunk, Page
    from policytext.records import Box

_GRID = 2.0
_MIN_LINES = 4
"""A column has at least this many lines."""
_MIN_WIDTH = 5.5
"""The median line of a column is at least this many font sizes wide."""
_GUTTER = 0.7
"""Columns stand at least this many font sizes apart."""
_MARKER_GAP = 6.0
"""A bullet stands at most this many font sizes before its text."""
_NARROWED = 0.5
"""Lines beside a picture fill at least this share of the column."""
_ASCENT, _DESCENT = 0.78, 0.22


@dataclass(slots=True)
class Line:
    """One printed line of one column; lengths in points."""

    text: str
    page: int
    column: int
    x0: float
    x1: float
    y: float
    size: float
    style: Style
    bold: bool
    first: float
    words: list[Word]
    hyphen: bool
    gap: bool = False
    margin: tuple[float, float] = (0.0, 0.0)

    @property
    def box(self) -> Box:
        """Left, bottom, right and top in points."""
        return (
            round(self.x0, 1),
            round(self.y - _DESCENT * self.size, 1),
            round(self.x1, 1),
            round(self.y + _ASCENT * self.size, 1),
        )


def cut_line(line: Line, index: int) -> tuple[Line, Line]:
    """Return the line up to a word, and from that word on."""
    head, tail = line.words[:index], line.words[index:]
    text = " ".join(word[0] for word in head)
    return (
        replace(line, text=text, words=head, x1=head[-1][2], hyphen=False),
        replace(line, text=line.text[len(text) :].lstrip(), words=tail, x0=tail[0][1], first=tail[0][2] - tail[0][1]),
    )


def read_lines(page: Page, glyphs: frozenset[str] = frozenset()) -> list[list[Line]]:
    """Return the columns of a page in reading order, each a list of lines.

    `glyphs` are the signs that the document uses as bullets.
    """
    if not page.chunks:
        return []
    lines: list[list[Line]] = []
    attached = _attach(page.chunks, glyphs)
    order = {id(chunk.words[0]): index for index, chunk in enumerate(page.chunks)}
    attached.sort(key=lambda chunk: order.get(id(chunk.words[0]), 0))
    columns = [column for band in _bands(attached) for column in _split(band, page.width, depth=0)]
    for chunks in columns:
        column = [_join(row, len(lines)) for row in group_rows(chunks)]
        if column:
            _set_margins(column)
            lines.append(column)
    return lines


def _bands(chunks: Sequence[Chunk]) -> list[list[Chunk]]:
    """Part a page where one set of columns ends and another begins below it.

    The order of the file confirms it: all that stands above such a line also comes before it. A part without columns
    of its own stays with its neighbours.
    """
    lowest = list(itertools.accumulate((chunk.y for chunk in chunks), min))
    highest = list(itertools.accumulate((chunk.y for chunk in reversed(chunks)), max))[::-1]
    cuts = [i for i in range(1, len(chunks)) if lowest[i - 1] > highest[i] + 0.5 * chunks[i].size]
    parts = [list(chunks[a:b]) for a, b in itertools.pairwise([0, *cuts, len(chunks)])]
    bands: list[list[Chunk]] = [[]]
    before = False
    for part in parts:
        wide = _gutter(part) is not None
        if (wide or before) and bands[-1]:
            bands.append([])
        bands[-1] += part
        before = wide
    return [band for band in bands if band]


def _attach(chunks: Sequence[Chunk], glyphs: frozenset[str]) -> list[Chunk]:
    """Join bullets and numbers to the text on their right, and page numbers of a contents list to their title."""
    rows = group_rows(chunks)
    trailing = sum(len(row) > 1 and any(_is_page_number(chunk) for chunk in row[1:]) for row in rows)
    result: list[Chunk] = []
    for row in rows:
        joined = [row[0]]
        for chunk in row[1:]:
            before = joined[-1]
            gap = chunk.x0 - before.x1
            word = before.words[0]
            marks = len(before.words) == 1 and is_marker_word(word[0], word[4].font, glyphs)
            ends = trailing >= _MIN_LINES and _is_page_number(chunk) and not _is_page_number(before)
            if (marks and gap < _MARKER_GAP * chunk.size) or ends:
                joined[-1] = _merge(before, chunk)
            else:
                joined.append(chunk)
        result += joined
    return result


def _is_page_number(chunk: Chunk) -> bool:
    return len(chunk.words) == 1 and chunk.text.isdecimal() and len(chunk.text) <= 4


def _merge(before: Chunk, chunk: Chunk) -> Chunk:
    main = chunk if len(chunk.text) >= len(before.text) else before
    return replace(
        main,
        text=f"{before.text} {chunk.text}",
        x0=before.x0,
        x1=chunk.x1,
        first=before.first,
        words=before.words + chunk.words,
        hyphen=chunk.hyphen,
    )


def _set_margins(column: Sequence[Line]) -> None:
    """Give every line the left and right edge of its column, or of its group where a picture narrows the column."""
    left, right = min(line.x0 for line in column), max(line.x1 for line in column)
    group: list[Line] = []

    def close() -> None:
        edge = max((line.x1 for line in group), default=right)
        narrow = len(group) >= 3 and edge - left > _NARROWED * (right - left)
        for line in group:
            line.margin = (left, edge if narrow else right)

    for line in column:
        if group and not 0 < group[-1].y - line.y < 1.7 * max(line.size, group[-1].size):
            close()
            group = []
        group.append(line)
    close()


def _split(chunks: list[Chunk], width: float, *, depth: int) -> list[list[Chunk]]:
    cut = _gutter(chunks) if depth < 6 else None
    if cut is None:
        return [chunks]
    x, spanning = cut
    bands: list[list[Chunk]] = [[]]
    across = {id(chunk) for chunk in spanning}
    for row in group_rows(chunks):
        if any(id(chunk) in across for chunk in row):
            if bands[-1] and not any(id(chunk) in across for chunk in bands[-1]):
                bands.append([])
            bands[-1] += row
        else:
            if bands[-1] and any(id(chunk) in across for chunk in bands[-1]):
                bands.append([])
            bands[-1] += row
    result: list[list[Chunk]] = []
    for band in bands:
        if any(id(chunk) in across for chunk in band):
            result.append(band)
            continue
        for side in ([c for c in band if c.x1 <= x + _GRID], [c for c in band if c.x1 > x + _GRID]):
            if side:
                result += _split(side, width, depth=depth + 1)
    return result


def _gutter(chunks: Sequence[Chunk]) -> tuple[float, list[Chunk]] | None:
    """Return where a column gap runs and the chunks that reach across it, or None for a single column."""
    if len(chunks) < 2 * _MIN_LINES:
        return None
    left, right = min(c.x0 for c in chunks), max(c.x1 for c in chunks)
    size = median(c.size for c in chunks)
    steps = int((right - left) / _GRID) + 1
    cover = [0] * (steps + 2)
    for chunk in chunks:
        cover[int((chunk.x0 - left) / _GRID)] += 1
        cover[int((chunk.x1 - left) / _GRID) + 1] -= 1
    total = 0
    heights = []
    for change in cover:
        total += change
        heights.append(total)
    low, high = int(steps * 0.15), int(steps * 0.85)
    if high <= low:
        return None
    best: tuple[int, float, float] | None = None
    index = low
    while index < high:
        end = index
        while end < high and heights[end] == heights[index]:
            end += 1
        run = (heights[index], -float(end - index), left + _GRID * (index + end) / 2)
        if (end - index) * _GRID >= _GUTTER * size and (best is None or run < best):
            best = run
        index = max(end, index + 1)
    if best is None:
        return None
    count, _, x = best
    on_left = [c for c in chunks if c.x1 <= x + _GRID]
    on_right = [c for c in chunks if c.x0 >= x - _GRID]
    spanning = [c for c in chunks if c.x0 < x - _GRID and c.x1 > x + _GRID]
    if count > 0.25 * len(chunks) or not (_is_column(on_left) and _is_column(on_right)):
        return None
    overlap = min(max(c.y for c in on_left), max(c.y for c in on_right)) - max(
        min(c.y for c in on_left), min(c.y for c in on_right)
    )
    shorter = min(max(c.y for c in side) - min(c.y for c in side) for side in (on_left, on_right))
    return (x, spanning) if overlap > 0.4 * shorter else None


def _is_column(chunks: Sequence[Chunk]) -> bool:
    if len(chunks) < _MIN_LINES:
        return False
    return median((c.x1 - c.x0) / max(c.size, 1.0) for c in chunks) >= _MIN_WIDTH


def _join(row: Sequence[Chunk], column: int) -> Line:
    text = row[0].text
    for before, chunk in itertools.pairwise(row):
        near = -0.3 * chunk.size < chunk.x0 - before.x1 < 0.12 * chunk.size
        text += chunk.text if near else " " + chunk.text
    longest = max(row, key=lambda c: len(c.text))
    letters = sum(len(c.text) for c in row)
    return Line(
        text=text,
        page=row[0].page,
        column=column,
        x0=row[0].x0,
        x1=row[-1].x1,
        y=longest.y,
        size=longest.size,
        style=longest.style,
        bold=sum(len(c.text) for c in row if c.bold) >= 0.9 * letters,
        first=row[0].first,
        words=[word for chunk in row for word in chunk.words],
        hyphen=row[-1].hyphen,
    )

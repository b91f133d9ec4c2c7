"""Lines of a document put together as headings, paragraphs, items and the rest."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from policytext.ingest.line_rules import line_pattern
from policytext.ingest.pdf_body import Body
from policytext.ingest.pdf_headings import DISPLAY, LARGE
from policytext.ingest.pdf_layout import cut_line
from policytext.ingest.pdf_markers import Marker, find_marker
from policytext.ingest.pdf_toc import is_entry, toc_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policytext.ingest.pdf_layout import Line
    from policytext.records import BlockKind

_TERMINAL = re.compile(r"[.!?:;…][»”\"')\]]*\d{0,2}$")
_SPACED = 1.08
_SHORT_TAIL = 45
_WIDE_GAP = 1.32
"""A line further below than this many usual pitches begins a new block."""


@dataclass(slots=True)
class Proto:
    """A block in the making."""

    kind: BlockKind
    lines: list[Line]
    marker: Marker | None = None
    level: int | None = None
    column: int = 0
    edge: float | None = None

    @property
    def text(self) -> str:
        """The lines joined by spaces."""
        return " ".join(line.text for line in self.lines)


def build_blocks(columns: Sequence[Sequence[Line]], body: Body) -> list[Proto]:
    """Put the lines of all columns, in reading order, together as blocks."""
    blocks: list[Proto] = []
    contents = False
    for column in columns:
        entries = toc_lines(column, contents=contents)
        contents = len(entries) >= 0.6 * len(column)
        current: Proto | None = None
        for index, line in enumerate(column):
            marker = find_marker(line, body.glyphs)
            if index in entries:
                if (
                    current
                    and current.kind == "toc"
                    and not is_entry(current.lines[-1])
                    and _same_style(current.lines[-1], line)
                    and not marker
                ):
                    current.lines.append(line)
                    continue
                current = Proto("toc", [line])
                blocks.append(current)
                continue
            if current is None:
                current = _continued(blocks, line, marker, body)
                if current is not None:
                    current.lines.append(line)
                    continue
            elif current.kind != "toc" and (
                _goes_on(current, line, marker, body) or _resumes(blocks, line, marker, body)
            ):
                current.lines.append(line)
                continue
            current = _begin(line, marker, blocks[-1] if blocks else None, body)
            blocks.append(current)
    return [part for block in blocks for part in _split_run_in(block)]


def _split_run_in(block: Proto) -> list[Proto]:
    """Part the items of a dashed list that were set on one line."""
    if block.kind != "item" or block.marker is None or block.marker.kind != "dash":
        return [block]
    items: list[list[Line]] = [[]]
    for line in block.lines:
        rest = line
        index = 1
        while index < len(rest.words) - 1:
            before, word, after = (rest.words[index + step][0] for step in (-1, 0, 1))
            if word == block.marker.text and before.endswith((".", "!", "?")) and after[0].isupper():
                head, rest = cut_line(rest, index)
                items[-1].append(head)
                items.append([])
                index = 0
            index += 1
        items[-1].append(rest)
    return [block] if len(items) == 1 else [replace(block, lines=lines) for lines in items]


def _begin(line: Line, marker: Marker | None, previous: Proto | None, body: Body) -> Proto:
    stands_out = line.size >= LARGE * body.size or (line.bold and not body.bold)
    if marker is None:
        return Proto("paragraph", [line], None, None, line.column, edge=_list_edge(previous, line))
    if marker.kind == "outline" or (marker.kind in ("number", "letter") and stands_out):
        return Proto("heading" if stands_out or len(line.text) < 90 else "item", [line], marker, None, line.column)
    return Proto("item", [line], marker, None, line.column)


def _list_edge(previous: Proto | None, line: Line) -> float | None:
    """Return the left edge of the list that a line without a bullet may belong to, or None.

    Such a list stands under a line that introduces it; its items may be nested.
    """
    if previous is None or previous.marker is not None or abs(previous.lines[0].size - line.size) > 0.1 * line.size:
        return None
    if previous.edge is not None:
        return previous.edge if line.x0 >= previous.edge - 0.3 * line.size else None
    introduces = previous.kind == "paragraph" and line_pattern("bold-intro").search(previous.lines[-1].text)
    return line.x0 if introduces and line.x0 >= previous.lines[0].x0 - 0.3 * line.size else None


def _is_display(line: Line, body: Body) -> bool:
    """Tell whether a line is set like a heading, in large type or in larger and bold type."""
    return line.size >= DISPLAY * body.size or (line.size >= LARGE * body.size and line.bold)


def _has_own_colour(line: Line, body: Body) -> bool:
    return line.style.colour != body.colour and len(line.words) > 0 and line.words[0][4].colour != body.colour


def _same_style(before: Line, line: Line) -> bool:
    return abs(before.size - line.size) <= 0.06 * before.size and before.bold == line.bold


def is_full(before: Line, line: Line) -> bool:
    """Tell whether a line is filled: the first word of the next one would not have fitted in."""
    return before.x1 + 0.25 * before.size + line.first > before.margin[1] - 0.4 * before.size


def _ends(text: str) -> bool:
    return bool(_TERMINAL.search(text))


def _goes_on(block: Proto, line: Line, marker: Marker | None, body: Body) -> bool:
    before = block.lines[-1]
    drop = before.y - line.y
    size = max(before.size, line.size)
    pitch = max(body.pitch, 1.1) * size
    if before.hyphen and drop <= 2 * pitch and marker is None:
        return True
    if block.marker is not None and len(block.lines) == 1 and len(before.words) == 1 and marker is None:
        return drop < 2 * pitch  # the marker stands alone on its line
    if marker is None and 0 < drop < 2 * pitch and _is_tail(before, line, body):
        return True
    if drop < 0 or abs(before.size - line.size) > 0.08 * size:
        return False
    large = _is_display(line, body)
    if drop > (1.5 if large else _WIDE_GAP) * pitch:
        return False
    if _is_spaced(block, drop) and _ends(before.text):
        return False
    full = is_full(before, line)
    if marker is not None and not _is_wrapped(block, line, marker, body, full=full):
        return False
    if (before.bold != line.bold or _has_own_colour(before, body) != _has_own_colour(line, body)) and not full:
        return False
    if large or (line.bold and before.bold):
        return _same_style(before, line)
    if line.bold and not before.bold and _ends(before.text):
        return False
    if block.kind == "item" and block.marker is not None:
        return _item_goes_on(block, before, line, body, full=full)
    if not full:
        starts_low = line.text[:1].islower()
        return starts_low and not _ends(before.text) and block.edge is None
    indented = line.x0 > before.x0 + 0.8 * size
    return not (indented and _ends(before.text))


def _is_spaced(block: Proto, drop: float) -> bool:
    """Tell whether a line stands somewhat further below than the lines of its block do from each other."""
    if len(block.lines) < 2 or block.lines[-2].page != block.lines[-1].page:
        return False
    usual = block.lines[-2].y - block.lines[-1].y
    return usual > 0 and drop > _SPACED * usual + 0.5


def _is_tail(before: Line, line: Line, body: Body) -> bool:
    """Tell whether a line is the end of a heading that was set in the wrong size."""
    heading = before.size >= LARGE * body.size and line.size < before.size and is_full(before, line)
    return heading and line.text[:1].islower() and len(line.text) <= _SHORT_TAIL and not _ends(line.text)


def _resumes(blocks: Sequence[Proto], line: Line, marker: Marker | None, body: Body) -> bool:
    """Tell whether a line goes on with a sentence that an empty line has torn apart."""
    block = blocks[-1]
    before = block.lines[-1]
    if marker is not None or not line.text[:1].islower() or _ends(before.text) or not _same_style(before, line):
        return False
    if not 0 < before.y - line.y < 3.2 * max(body.pitch, 1.1) * line.size or _is_display(line, body):
        return False
    return block.edge is None and line.x0 >= block.lines[0].x0 - 0.5 * line.size


def _is_wrapped(block: Proto, line: Line, marker: Marker, body: Body, *, full: bool) -> bool:
    """Tell whether what looks like a marker is only a dash or number of running text at a line's start."""
    before = block.lines[-1]
    if marker.kind == "bullet" or not full or _ends(before.text):
        return False
    text_x = block.marker.text_x if block.marker and body.hanging else before.x0
    if abs(line.x0 - text_x) > 0.4 * line.size:
        return False
    if marker.kind == "dash":
        following = line.words[1][0] if len(line.words) > 1 else ""
        return following[:1].islower() or following[:1].isdigit()
    return marker.kind in ("number", "outline", "letter")


def _item_goes_on(block: Proto, before: Line, line: Line, body: Body, *, full: bool) -> bool:
    assert block.marker is not None  # noqa: S101 - narrows the type
    first = block.lines[0]
    hang = block.marker.text_x - first.x0
    if line.x0 >= block.marker.text_x - 0.5 * line.size and hang > 0.3 * line.size:
        return full or not _ends(before.text) or len(block.lines) > 1 or body.hanging
    if abs(line.x0 - first.x0) < 0.5 * line.size and (not body.hanging or full):
        return full or (line.text[:1].islower() and not _ends(before.text))
    return full and not _ends(before.text) and line.text[:1].islower()


def _continued(blocks: list[Proto], line: Line, marker: Marker | None, body: Body) -> Proto | None:
    """Return the block of an earlier column or page that a column's first line goes on with."""
    block = next((b for b in reversed(blocks[-6:]) if b.kind in ("paragraph", "item")), None)
    if block is None or block.lines[-1].page < line.page - 2:
        return None
    before = block.lines[-1]
    if before.hyphen:
        return block
    if marker is not None and not (marker.kind == "dash" and _is_wrapped(block, line, marker, body, full=True)):
        return None
    if abs(before.size - line.size) > 0.04 * before.size or before.bold != line.bold or _is_display(line, body):
        return None
    low = line.text[:1].islower()
    if block.kind == "item" and block.marker is not None:
        shift = block.marker.text_x
        at_text = (
            min(abs(line.x0 - shift), abs((line.x0 - line.margin[0]) - (shift - before.margin[0]))) < 0.35 * line.size
        )
        hangs = block.marker.text_x - block.lines[0].x0 > 0.3 * line.size
        if body.hanging and hangs and at_text and line.x0 - line.margin[0] > -0.1:
            deeper = abs(line.x0 - shift) < 0.35 * line.size
            return block if deeper or low else None
        if low and not _ends(before.text):
            return block
        return None
    if _ends(before.text):
        return None
    return block if low or is_full(before, line) else None

"""Lines of plain text to raw blocks: hard-wrapped lines rejoined, double spacing seen through."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from policytext.ingest.markers import Marker, find_marker

_TERMINAL = re.compile(r"[.!?:;…][»”\"')\]]*$")
_SPEECH_DASH = re.compile(r"[-–—]\s")
_LONG_LINE = 150


@dataclass(slots=True)
class TextLine:
    """A line that is not blank: its text, indentation, the blank lines before it, and its page."""

    text: str
    indent: int
    gap: int
    page: int | None = None


@dataclass(slots=True)
class RawBlock:
    """Lines that belong together, with the marker taken off the first one."""

    lines: list[TextLine] = field(default_factory=list)
    marker: Marker | None = None
    loose: bool = False
    """True where the block begins inside a run of lines without blank lines around it."""

    @property
    def text(self) -> str:
        """The lines joined by spaces."""
        return " ".join(line.text for line in self.lines)


@dataclass(frozen=True, slots=True)
class Layout:
    """How a text is laid out: whether lines are wrapped, at what width, and with how many blank lines between."""

    wrapped: bool
    width: int
    unit: int


def is_terminal(text: str) -> bool:
    """Tell whether a line ends where a sentence or an introducing line may end."""
    return bool(_TERMINAL.search(text[-8:]))


def text_lines(text: str) -> list[TextLine]:
    """Cut a text into its lines; form feeds count pages from 1 when there are any."""
    lines: list[TextLine] = []
    gap = 0
    paged = "\f" in text
    for number, page_text in enumerate(text.split("\f"), start=1):
        for raw in re.split(r"\r\n|[\n\r\x85\u2028\u2029\x0b]", page_text):
            expanded = raw[:200].expandtabs(4)
            stripped = raw.strip(" \t\u00a0\u200b\ufeff")
            if not stripped:
                gap += 1
                continue
            indent = len(expanded) - len(expanded.lstrip())
            lines.append(TextLine(stripped, indent, gap, number if paged else None))
            gap = 0
    return lines


def _continues(before: TextLine, after: TextLine) -> bool:
    return not is_terminal(before.text) and after.text[0].islower() and find_marker(after.text) is None


def _fits(before: TextLine, after: TextLine, width: float) -> bool:
    """Tell whether the next line's first word would have fitted: then the line was broken on purpose."""
    return before.indent + len(before.text) + 1 + len(after.text.split(None, 1)[0]) <= width


def find_layout(lines: list[TextLine]) -> Layout:
    """Find out how a text is laid out from its line lengths, gaps and continued sentences."""
    lengths = sorted(len(line.text) for line in lines)
    total = sum(lengths)
    width = lengths[min(int(0.95 * len(lengths)), len(lengths) - 1)] if lengths else 0
    if sum(length for length in lengths if length > _LONG_LINE) > 0.2 * total:
        return Layout(wrapped=False, width=width, unit=0)
    pairs = list(pairwise(lines))
    single = [pair for pair in pairs if pair[1].gap == 0]
    double = [pair for pair in pairs if pair[1].gap == 1]

    def wrapped(chosen: list[tuple[TextLine, TextLine]]) -> bool:
        hits = sum(1 for a, b in chosen if _continues(a, b) and not _fits(a, b, 0.7 * width))
        return bool(chosen) and hits >= 0.25 * len(chosen)

    if len(double) > len(single) and wrapped(double):
        return Layout(wrapped=True, width=width, unit=1)
    return Layout(wrapped=wrapped(single), width=width, unit=0)


def _is_capitals(text: str) -> bool:
    letters = [character for character in text if character.isalpha()]
    return len(letters) >= 4 and all(character.isupper() for character in letters)


def _starts_block(before: TextLine, after: TextLine, marker: Marker | None, layout: Layout, width: float) -> bool:
    if not layout.wrapped or after.gap > layout.unit:
        return True
    if marker is not None and _is_marker_here(before, after, marker, width):
        return True
    lower = after.text[0].islower()
    if layout.unit == 1 and after.gap == 0:
        return is_terminal(before.text) or not lower
    if _is_capitals(before.text) != _is_capitals(after.text) and not lower:
        return True
    if is_terminal(before.text):
        return _fits(before, after, 0.75 * width) and not lower
    return not lower and _fits(before, after, 0.6 * width)


def _is_marker_here(before: TextLine, after: TextLine, marker: Marker, width: float) -> bool:
    """Tell a marker from a dash or number that a wrapped line happens to begin with."""
    if marker.kind == "bullet":
        return True
    if is_terminal(before.text) or before.text.endswith(","):
        return True
    if marker.kind == "dash":
        return marker.rest[0].isupper() or find_marker(before.text) is not None or after.indent > before.indent
    return _fits(before, after, 0.75 * width) or after.indent != before.indent


def raw_blocks(lines: list[TextLine], layout: Layout) -> Iterator[RawBlock]:
    """Join lines into blocks by the layout; every block starts at a gap, a marker or a deliberate break."""
    block = RawBlock()
    run_widths = _run_widths(lines, layout)
    for index, line in enumerate(lines):
        marker = find_marker(line.text)
        if block.lines:
            width = max(run_widths[index], 0.75 * layout.width)
            if not _starts_block(block.lines[-1], line, marker, layout, width):
                block.lines.append(line)
                continue
            yield block
        block = RawBlock(marker=marker, loose=line.gap < layout.unit or (index > 0 and line.gap == 0))
        text = marker.rest if marker is not None else line.text
        block.lines.append(TextLine(text, line.indent, line.gap, line.page))
    if block.lines:
        yield block


def _run_widths(lines: list[TextLine], layout: Layout) -> list[int]:
    """Return for each line the longest line of the unbroken run of lines that it stands in."""
    widths = [0] * len(lines)
    start = 0
    for index in range(1, len(lines) + 1):
        if index == len(lines) or lines[index].gap > layout.unit:
            longest = max((line.indent + len(line.text) for line in lines[start:index]), default=0)
            widths[start:index] = [longest] * (index - start)
            start = index
    return widths

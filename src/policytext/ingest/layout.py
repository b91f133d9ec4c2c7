"""Lines of plain text to raw blocks: hard-wrapped lines rejoined, double spacing seen through."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from policytext.ingest.markers import Marker, find_marker
from policytext.ingest.pages import is_entry

_TERMINAL = re.compile(r"[.!?:;…][»”\"')\]]*$")
_ADDRESS = re.compile(r"(?:\S@\S+\.\w{2,}|https?://\S+|www\.\S+)\.?$")
_RULE = re.compile(r"([-–—_*=~#.·•]) ?(?:\1 ?){2,}")
_LONG_LINE = 150
_NARROWEST = 30
_FEWEST_STOPPED = 8


@dataclass(slots=True)
class TextLine:
    """A line that is not blank: its text, indentation, the blank lines before it, and its page.

    `listed` is true for a line of a list without bullets, under a short line that ends with a colon.
    """

    text: str
    indent: int
    gap: int
    page: int | None = None
    listed: bool = False


@dataclass(slots=True)
class RawBlock:
    """Lines that belong together, with the marker taken off the first one."""

    lines: list[TextLine] = field(default_factory=list)
    marker: Marker | None = None
    first: str = ""
    """The first line as it stands when nothing has been joined to it yet, else empty."""

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
    """Cut a text into its lines; form feeds count pages from 1 when there are any.

    A line drawn with signs («* * *», «-----») counts as a blank one.
    """
    lines: list[TextLine] = []
    gap = 0
    paged = "\f" in text
    for number, page_text in enumerate(text.split("\f"), start=1):
        for raw in re.split(r"\r\n|[\n\r\x85\u2028\u2029\x0b]", page_text):
            expanded = raw[:200].expandtabs(4)
            stripped = raw.strip(" \t\u00a0\u200b\ufeff")
            if not stripped or _RULE.fullmatch(stripped):
                gap += 1
                continue
            indent = len(expanded) - len(expanded.lstrip())
            lines.append(TextLine(stripped, indent, gap, number if paged else None))
            gap = 0
    return lines


def _goes_on(text: str) -> bool:
    """Tell whether a line can only be the middle of a sentence: it begins with a small letter or an ordinal."""
    return text[0].islower() or (text[0].isdigit() and find_marker(text) is None)


def _continues(before: TextLine, after: TextLine) -> bool:
    return not is_terminal(before.text) and _goes_on(after.text) and find_marker(after.text) is None


def _fits(before: TextLine, after: TextLine, width: float) -> bool:
    """Tell whether the next line's first word would have fitted: then the line was broken on purpose."""
    return before.indent + len(before.text) + 1 + len(after.text.split(None, 1)[0]) <= width


def find_layout(lines: list[TextLine]) -> Layout:
    """Find out how a text is laid out from its line lengths, gaps and continued sentences."""
    lengths = [len(line.text) for line in lines]
    total = sum(lengths)
    width = _width(lines)
    if sum(length for length in lengths if length > _LONG_LINE) > 0.2 * total:
        return Layout(wrapped=False, width=width, unit=0)
    _mark_listed(lines, width)
    pairs = [(a, b) for a, b in pairwise(lines) if not b.listed]
    single = [pair for pair in pairs if pair[1].gap == 0]
    double = [pair for pair in pairs if pair[1].gap == 1]

    def wrapped(chosen: list[tuple[TextLine, TextLine]]) -> bool:
        chosen = [pair for pair in chosen if find_marker(pair[1].text) is None]
        going_on = [pair for pair in chosen if _continues(*pair)]
        hits = sum(1 for a, b in going_on if not _fits(a, b, 0.7 * width))
        return bool(hits) and width >= _NARROWEST and hits >= 0.2 * len(chosen) and hits >= 0.6 * len(going_on)

    if len(double) > len(single) and wrapped(double):
        return Layout(wrapped=True, width=width, unit=1)
    return Layout(wrapped=wrapped(single), width=width, unit=0)


def _width(lines: list[TextLine]) -> int:
    """Return the usual length of lines that stop in mid-sentence, or of the longer lines where few do."""
    stopped = sorted(a.indent + len(a.text) for a, b in pairwise(lines) if _continues(a, b))
    if len(stopped) >= _FEWEST_STOPPED:
        return stopped[int(0.75 * len(stopped))]
    lengths = sorted(line.indent + len(line.text) for line in lines)
    return lengths[min(int(0.95 * len(lengths)), len(lengths) - 1)] if lengths else 0


def _mark_listed(lines: list[TextLine], width: float) -> None:
    """Mark runs of two or more lines in small letters right under a short line that ends with a colon."""
    index = 0
    while index + 1 < len(lines):
        head, index = lines[index], index + 1
        if not head.text.endswith(":") or not _fits(head, lines[index], 0.7 * width):
            continue
        end = index
        while end < len(lines) and lines[end].text[0].islower() and (end == index or lines[end].gap == 0):
            end += 1
        run = lines[index:end]
        if len(run) > 1 and lines[index].gap <= 1 and find_marker(run[0].text) is None:
            # in wrapped text no line but the last leaves room for the next word
            uneven = any(_fits(a, b, 0.7 * width) for a, b in pairwise(run))
            for line in run if uneven else ():
                line.listed = True


def _is_capitals(text: str) -> bool:
    letters = [character for character in text if character.isalpha()]
    return len(letters) >= 4 and all(character.isupper() for character in letters)


def _starts_block(
    before: TextLine, after: TextLine, marker: Marker | None, layout: Layout, width: float, first: str
) -> bool:
    if not layout.wrapped or after.gap > layout.unit or after.listed or is_entry(before.text):
        return True
    if marker is not None and _is_marker_here(before, after, marker, width):
        return True
    lower = after.text[0].islower() or (_goes_on(after.text) and not _fits(before, after, 0.6 * width))
    if _ADDRESS.search(before.text[-120:]) and not lower:
        return True
    if layout.unit == 1 and after.gap == 0:
        return is_terminal(before.text) or not lower
    if not lower and not is_terminal(before.text) and _fits(before, after, 0.95 * width):
        heading = find_marker(first)
        if heading is not None and heading.kind == "outline":
            return True
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
            width = max(run_widths[index], 0.9 * layout.width)
            if not _starts_block(block.lines[-1], line, marker, layout, width, block.first):
                block.lines.append(line)
                block.first = ""
                continue
            yield block
        block = RawBlock(marker=marker, first=line.text)
        text = marker.rest if marker is not None else line.text
        block.lines.append(TextLine(text, line.indent, line.gap, line.page))
    if block.lines:
        yield block


def _run_widths(lines: list[TextLine], layout: Layout) -> list[int]:
    """Return for each line how long lines are, odd ones apart, in the unbroken run of lines that it stands in."""
    widths = [0] * len(lines)
    start = 0
    for index in range(1, len(lines) + 1):
        if index == len(lines) or lines[index].gap > layout.unit:
            extents = sorted(line.indent + len(line.text) for line in lines[start:index])
            usual = extents[math.ceil(0.8 * (len(extents) - 1))]
            widths[start:index] = [usual] * (index - start)
            start = index
    return widths

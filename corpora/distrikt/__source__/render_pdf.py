"""Set a source document as PDF: running heads, page numbers, hyphenation, one or two columns.

Needs reportlab (a development dependency); ``invariant`` makes the bytes the same in every run.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from render import blocks
from reportlab.lib.pagesizes import A4, A5
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

if TYPE_CHECKING:
    from pathlib import Path

    from parse import Source

SERIF, BOLD, ITALIC = "Times-Roman", "Helvetica-Bold", "Times-Italic"
MARGIN, GUTTER, TOP, BOTTOM = 52.0, 24.0, 70.0, 64.0
_VOWELS = "aeiouyæøåéèêôöäü"
_POINT = re.compile(
    rf"(?<=[{_VOWELS}])(?=[bcdfghjklmnpqrstvwxz][{_VOWELS}])|(?<=[{_VOWELS}][lmnprst])(?=[bdfghjklmnpstv][{_VOWELS}])"
)


def hyphenate(word: str) -> list[int]:
    """Return where a long lower-case word may be broken: before a consonant that a vowel follows."""
    core = word.rstrip(".,;:!?»)")
    if len(core) < 10 or not core.isalpha() or not core[1:].islower():
        return []
    return [match.start() for match in _POINT.finditer(core) if 4 <= match.start() <= len(core) - 4]


def break_lines(text: str, width: float, font: str, size: float, *, hyphens: bool = True) -> list[str]:
    """Break a text into lines that fit a width in points."""
    lines: list[str] = []
    line = ""
    for word in text.split():
        trial = f"{line} {word}".strip()
        if stringWidth(trial, font, size) <= width:
            line = trial
            continue
        cut = 0
        for point in hyphenate(word) if hyphens else ():
            if stringWidth(f"{line} {word[:point]}-".strip(), font, size) <= width:
                cut = point
        if cut:
            lines.append(f"{line} {word[:cut]}-".strip())
            line = word[cut:]
        else:
            lines.append(line)
            line = word
    return [*lines, line]


class _Press:
    """The place on the page where the next line goes."""

    def __init__(self, source: Source, path: Path) -> None:
        self.paper = A5 if source.header.get("page") == "a5" else A4
        self.size = float(source.header.get("size", "10"))
        self.leading = round(self.size * 1.3, 1)
        self.canvas = Canvas(str(path), pagesize=self.paper, invariant=1)
        self.canvas.setTitle(source.header["title"])
        self.canvas.setAuthor(source.header["party"])
        self.head = source.header["head"]
        self.columns = int(source.header.get("columns", "1"))
        self.width = (self.paper[0] - 2 * MARGIN - (self.columns - 1) * GUTTER) / self.columns
        self.page, self.column, self.y = 1, 0, self.paper[1] - TOP
        self._furniture()

    def _furniture(self) -> None:
        self.canvas.setFont(ITALIC, 8.5)
        self.canvas.drawString(MARGIN, self.paper[1] - 44, self.head)
        self.canvas.setFont(SERIF, 8.5)
        self.canvas.drawCentredString(self.paper[0] / 2, 36, str(self.page))

    @property
    def left(self) -> float:
        """The left edge of the current column."""
        return MARGIN + self.column * (self.width + GUTTER)

    def need(self, height: float) -> None:
        """Go to the next column or page unless this much height is left."""
        if self.y - height >= BOTTOM:
            return
        self.column += 1
        self.y = self.paper[1] - TOP
        if self.column == self.columns:
            self.next_page()

    def next_page(self) -> None:
        """Finish this page and begin the next one with its running head and number."""
        self.canvas.showPage()
        self.page, self.column, self.y = self.page + 1, 0, self.paper[1] - TOP
        self._furniture()

    def lines(self, lines: list[str], font: str, size: float, leading: float, indent: float = 0.0) -> None:
        """Draw lines one below the other, over as many columns as they take."""
        for line in lines:
            self.need(leading)
            self.canvas.setFont(font, size)
            self.y -= leading
            self.canvas.drawString(self.left + indent, self.y, line)


def pdf(source: Source, path: Path) -> None:
    """Write the document as a PDF file."""
    press = _Press(source, path)
    size, leading = press.size, press.leading
    after_item = False
    for block in blocks(source.units):
        unit = block[0]
        if after_item and not unit.marker:
            press.y -= 4
        after_item = bool(unit.marker)
        if unit.kind == "page":
            press.next_page()
        elif unit.kind == "heading":
            large = size * {1: 1.9, 2: 1.35}.get(unit.level, 1.1)
            lines = break_lines(unit.text, press.width, BOLD, large, hyphens=False)
            press.need(len(lines) * large * 1.25 + 3 * leading)
            press.y -= large * 0.6
            press.lines(lines, BOLD, large, large * 1.25)
            press.y -= 4
        elif unit.marker:
            marker = "•" if unit.marker == "*" else unit.marker
            indent = 12.0 if unit.marker == "*" else 18.0
            press.need(leading)
            press.canvas.setFont(SERIF, size)
            press.canvas.drawString(press.left, press.y - leading, marker)
            press.lines(break_lines(unit.text, press.width - indent, SERIF, size), SERIF, size, leading, indent)
            press.y -= 2.5
        else:
            text = " ".join(unit.text for unit in block)
            press.lines(break_lines(text, press.width, SERIF, size), SERIF, size, leading)
            press.y -= 6
    press.canvas.save()

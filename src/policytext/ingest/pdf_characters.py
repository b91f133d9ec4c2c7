"""Characters of a PDF page as chunks: stretches of words that stand close together on one baseline."""

from __future__ import annotations

import ctypes
import math
import re
from dataclasses import dataclass
from functools import partial
from typing import Any

import pypdfium2.raw as pdfium_c

END_HYPHEN = "\x02"
"""The character that PDFium gives for a hyphen at the end of a line."""

_WORD = re.compile(r"[^\s\x02]+")
_CONTROL = re.compile(r"[\x00\x01\x03-\x08\x0b\x0e-\x1f]")
_BOLD_NAME = re.compile(r"bold|black|heavy|semibold|demi|extrab", re.IGNORECASE)
_ITALIC_NAME = re.compile(r"italic|oblique", re.IGNORECASE)
_BOLD_WEIGHT = 600
_CHUNK_GAP = 1.6
"""Words further apart than this many font sizes start a new chunk."""
_BASELINE_SHIFT = 0.55
"""Words on one line may be raised or lowered by this share of the font size."""


@dataclass(frozen=True, slots=True)
class Style:
    """How a stretch of text is set: size in points, weight, slant, colour, font and direction in degrees."""

    size: float
    bold: bool
    italic: bool
    colour: int
    font: str
    angle: int


@dataclass(slots=True)
class Chunk:
    """Words close together on one baseline; boxes in points from the page's lower left corner.

    `first` is the width of the first word; `hyphen` tells that the line ends in a hyphen that PDFium found.
    """

    text: str
    page: int
    x0: float
    x1: float
    y: float
    size: float
    style: Style
    first: float
    words: list[Word]
    hyphen: bool = False
    bold: bool = False


Word = tuple[str, float, float, float, Style, int]
"""Text, left, right, baseline, style and index of its first character on the page."""


class PageText:
    """The text layer of one page, opened with PDFium; use as a context manager."""

    def __init__(self, document: Any, index: int) -> None:
        self._page = pdfium_c.FPDF_LoadPage(document, index)
        self._text = pdfium_c.FPDFText_LoadPage(self._page) if self._page else None
        self.number = index + 1
        self.width = float(pdfium_c.FPDF_GetPageWidthF(self._page)) if self._page else 0.0
        self.height = float(pdfium_c.FPDF_GetPageHeightF(self._page)) if self._page else 0.0
        self._styles: dict[int, Style] = {}
        self._fonts: dict[int, tuple[str, bool, bool]] = {}

    def __enter__(self) -> PageText:
        return self

    def __exit__(self, *error: object) -> None:
        if self._text:
            pdfium_c.FPDFText_ClosePage(self._text)
        if self._page:
            pdfium_c.FPDF_ClosePage(self._page)

    @property
    def readable(self) -> bool:
        """Whether PDFium could load the page and its text."""
        return bool(self._text)

    def characters(self) -> str:
        """Return all characters in the order of the file, one string position per PDFium index."""
        count = pdfium_c.FPDFText_CountChars(self._text)
        if count <= 0:
            return ""
        buffer = (ctypes.c_ushort * (count + 1))()
        pdfium_c.FPDFText_GetText(self._text, 0, count, buffer)
        text = bytes(buffer)[: 2 * count].decode("utf-16-le", "surrogatepass").replace("\ufffe", END_HYPHEN)
        if len(text) != count:
            code = partial(pdfium_c.FPDFText_GetUnicode, self._text)
            text = "".join(chr(code(index)) for index in range(count))
        return _CONTROL.sub(_read_control, text)

    def count_images(self) -> int:
        """Return how many image objects the page has."""
        total = pdfium_c.FPDFPage_CountObjects(self._page)
        kinds = (pdfium_c.FPDFPageObj_GetType(pdfium_c.FPDFPage_GetObject(self._page, i)) for i in range(total))
        return sum(kind in (pdfium_c.FPDF_PAGEOBJ_IMAGE, pdfium_c.FPDF_PAGEOBJ_FORM) for kind in kinds)

    def style_at(self, index: int) -> Style:
        """Return the style of one character."""
        pointer = pdfium_c.FPDFText_GetTextObject(self._text, index)
        key = ctypes.addressof(pointer.contents) if pointer else 0
        style = self._styles.get(key)
        if style is None:
            style = self._styles[key] = self._read_style(index, pointer)
        return style

    def _read_style(self, index: int, pointer: Any) -> Style:
        matrix = pdfium_c.FS_MATRIX()
        pdfium_c.FPDFText_GetMatrix(self._text, index, ctypes.byref(matrix))
        scale = math.hypot(matrix.c, matrix.d) or 1.0
        size = pdfium_c.FPDFText_GetFontSize(self._text, index) * scale
        angle = round(math.degrees(math.atan2(matrix.b, matrix.a))) % 360
        red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
        pdfium_c.FPDFText_GetFillColor(self._text, index, *(ctypes.byref(part) for part in (red, green, blue, alpha)))
        name, bold, italic = self._read_font(index, pointer)
        colour = (red.value // 32) << 6 | (green.value // 32) << 3 | (blue.value // 32)
        return Style(round(size * 4) / 4, bold, italic, colour, name, angle)

    def _read_font(self, index: int, pointer: Any) -> tuple[str, bool, bool]:
        font = pdfium_c.FPDFTextObj_GetFont(pointer) if pointer else None
        key = ctypes.addressof(font.contents) if font else 0
        if key not in self._fonts:
            buffer = ctypes.create_string_buffer(256)
            flags = ctypes.c_int()
            pdfium_c.FPDFText_GetFontInfo(self._text, index, buffer, 256, ctypes.byref(flags))
            name = buffer.value.decode("utf-8", "replace")
            weight = pdfium_c.FPDFText_GetFontWeight(self._text, index)
            bold = bool(_BOLD_NAME.search(name)) or (weight >= _BOLD_WEIGHT and not name)
            self._fonts[key] = (name, bold, bool(_ITALIC_NAME.search(name)))
        return self._fonts[key]

    def words(self, text: str) -> list[tuple[Word, bool, bool]]:
        """Return the words of `characters()` as (word, begins a line, ends in a hyphen at the line's end)."""
        origin = pdfium_c.FPDFText_GetCharOrigin
        box = pdfium_c.FPDFText_GetCharBox
        layer = self._text
        x, y, left, right, low, high = (ctypes.c_double() for _ in range(6))
        x_, y_, left_, right_, low_, high_ = map(ctypes.byref, (x, y, left, right, low, high))
        found: list[tuple[Word, bool, bool]] = []
        previous_end = 0
        for match in _WORD.finditer(text):
            start, end = match.span()
            between = text[previous_end:start]
            origin(layer, start, x_, y_)
            box(layer, end - 1, left_, right_, low_, high_)
            hyphen = text[end : end + 1] == END_HYPHEN
            word = (match.group(), x.value, right.value, y.value, self.style_at(start), start)
            found.append((word, "\n" in between or END_HYPHEN in between or not found, hyphen))
            previous_end = end
        return found


def _read_control(match: re.Match[str]) -> str:
    """Read a control character: a letter or bullet of a broken font where it stands like one, a space elsewhere."""
    text, index = match.string, match.start()
    before, after = text[index - 1 : index] or " ", text[index + 1 : index + 2] or " "
    if (before.isalpha() and after.isalpha()) or (before.isspace() and after.isspace()):
        return match.group() if match.group() != "\x00" else "\ufffd"
    return " "


def chunk_words(words: list[tuple[Word, bool, bool]], page: int) -> list[Chunk]:
    """Join words that follow each other closely on one baseline."""
    chunks: list[Chunk] = []
    current: list[Word] = []
    hyphen = False

    def close() -> None:
        if current:
            chunks.append(_make_chunk(current, page, hyphen=hyphen))

    for word, begins, ends_in_hyphen in words:
        text, left, right, base, style, _ = word
        if current:
            _, _, last_right, last_base, last_style, _ = current[-1]
            size = max(style.size, last_style.size)
            gap = left - last_right
            if begins or gap > _CHUNK_GAP * size or gap < -size or abs(base - last_base) > _BASELINE_SHIFT * size:
                close()
                current = []
        current.append((text, left, max(right, left), base, style, word[5]))
        hyphen = ends_in_hyphen
        if ends_in_hyphen:
            close()
            current, hyphen = [], False
    close()
    return chunks


def _make_chunk(words: list[Word], page: int, *, hyphen: bool) -> Chunk:
    weights: dict[Style, int] = {}
    for word in words:
        weights[word[4]] = weights.get(word[4], 0) + len(word[0])
    style = max(weights, key=lambda key: weights[key])
    heavy = sum(count for key, count in weights.items() if key.bold)
    text = " ".join(word[0] for word in words) + ("-" if hyphen else "")
    first = words[0]
    base = next(word[3] for word in words if word[4] is style)
    return Chunk(
        text=text,
        page=page,
        x0=first[1],
        x1=words[-1][2],
        y=base,
        size=style.size,
        style=style,
        first=first[2] - first[1],
        words=words,
        hyphen=hyphen,
        bold=heavy >= 0.9 * sum(weights.values()),
    )

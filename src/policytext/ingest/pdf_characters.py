"""The characters of a PDF page, read with PDFium: words with their places and styles."""

from __future__ import annotations

import ctypes
import math
import re
from collections import Counter
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import pypdfium2.raw as pdfium_c

if TYPE_CHECKING:
    from collections.abc import Callable

END_HYPHEN = "\x02"
"""The character that PDFium gives for a hyphen at the end of a line."""

_WORD = re.compile(r"[^\s\x02]+")
_CONTROL = re.compile(r"[\x00\x01\x03-\x08\x0b\x0e-\x1f]")
_LIGATURES = dict(zip(range(0xFB00, 0xFB07), ("ff", "fi", "fl", "ffi", "ffl", "st", "st"), strict=True))
_BREAK = re.compile(r"[\n\x02]")
_STYLED = 8
"""The style is looked up at least once in so many words."""
_BOLD_NAME = re.compile(r"bold|black|heavy|semibold|demi|extrab", re.IGNORECASE)
_ITALIC_NAME = re.compile(r"italic|oblique", re.IGNORECASE)
_BOLD_WEIGHT = 600


@dataclass(frozen=True, slots=True)
class Style:
    """How a stretch of text is set: size in points, weight, slant, colour, font and direction in degrees."""

    size: float
    bold: bool
    italic: bool
    colour: int
    font: str
    angle: int


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
        self.bounds = self._read_bounds()
        self.angle = 0
        self._styles: dict[int, Style] = {}
        self._equal: dict[Style, Style] = {}
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

    def _read_bounds(self) -> tuple[float, float, float, float]:
        """Return left, bottom, right and top of the visible page in the file's own coordinates."""
        rect = pdfium_c.FS_RECTF()
        if self._page and pdfium_c.FPDF_GetPageBoundingBox(self._page, ctypes.byref(rect)):
            return rect.left, rect.bottom, rect.right, rect.top
        return 0.0, 0.0, self.width, self.height

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
            style = self._read_style(index, pointer)
            style = self._styles[key] = self._equal.setdefault(style, style)
        return style

    def _read_style(self, index: int, pointer: Any) -> Style:
        matrix = pdfium_c.FS_MATRIX()
        pdfium_c.FPDFText_GetMatrix(self._text, index, ctypes.byref(matrix))
        scale = math.hypot(matrix.c, matrix.d) or 1.0
        size = pdfium_c.FPDFText_GetFontSize(self._text, index) * scale
        angle = round(math.degrees(math.atan2(matrix.b, matrix.a)) / 2) * 2 % 360
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
        """Return the words of `characters()` as (word, begins a line, ends in a hyphen at the line's end).

        Places count from the lower left corner of the visible page, as it is seen; words set at another angle than
        most of the page have that angle in their style.
        """
        matches = list(_WORD.finditer(text))
        styles = self._styles_of(matches, text)
        turns = Counter(style.angle for style in styles)
        self.angle = turns.most_common(1)[0][0] if turns else 0
        place = self._place(self.angle)
        ligated = any(ord(sign) in _LIGATURES for sign in set(text))
        found: list[tuple[Word, bool, bool]] = []
        previous_end = 0
        for match, style in zip(matches, styles, strict=True):
            start, end = match.span()
            between = text[previous_end:start]
            left, right, base = place(start, end - 1)
            hyphen = text[end : end + 1] == END_HYPHEN
            letters = match.group().translate(_LIGATURES) if ligated else match.group()
            word = (letters, left, right, base, style, start)
            found.append((word, "\n" in between or END_HYPHEN in between or not found, hyphen))
            previous_end = end
        return found

    def _styles_of(self, words: list[re.Match[str]], text: str) -> list[Style]:
        """Return the style of every word; a line whose ends are of one text object is taken to be of one style."""
        styles: list[Style] = []
        line: list[int] = []
        previous = 0
        for word in [*words, None]:
            start = word.start() if word else len(text)
            if line and (word is None or len(line) == _STYLED or _BREAK.search(text, previous, start)):
                first, last = self.style_at(line[0]), self.style_at(line[-1])
                if first is last and len(line) > 3:
                    styles += [first] * len(line)
                else:
                    styles += [first, *map(self.style_at, line[1:-1]), last] if len(line) > 1 else [first]
                line = []
            line.append(start)
            previous = word.end() if word else start
        return styles

    def _place(self, angle: int) -> Callable[[int, int], tuple[float, float, float]]:
        """Return a function that gives left, right and baseline of the characters from one index to another."""
        origin, box, layer = pdfium_c.FPDFText_GetCharOrigin, pdfium_c.FPDFText_GetCharBox, self._text
        x, y, left, right, low, high = (ctypes.c_double() for _ in range(6))
        x_, y_, left_, right_, low_, high_ = map(ctypes.byref, (x, y, left, right, low, high))
        page_left, page_low, page_right, page_high = self.bounds

        def upright(first: int, last: int) -> tuple[float, float, float]:
            origin(layer, first, x_, y_)
            box(layer, last, left_, right_, low_, high_)
            return x.value - page_left, right.value - page_left, y.value - page_low

        def upwards(first: int, last: int) -> tuple[float, float, float]:
            origin(layer, first, x_, y_)
            box(layer, last, left_, right_, low_, high_)
            return y.value - page_low, high.value - page_low, page_right - x.value

        def downwards(first: int, last: int) -> tuple[float, float, float]:
            origin(layer, first, x_, y_)
            box(layer, last, left_, right_, low_, high_)
            return page_high - y.value, page_high - low.value, x.value - page_left

        def over(first: int, last: int) -> tuple[float, float, float]:
            origin(layer, first, x_, y_)
            box(layer, last, left_, right_, low_, high_)
            return page_right - x.value, page_right - left.value, page_high - y.value

        return {90: upwards, 180: over, 270: downwards}.get(angle, upright)

    def has_raised_end(self, first: int, last: int) -> bool:
        """Tell whether the last character of a word is set smaller and higher than its first, as a note mark is."""
        sizes = [self.style_at(index).size for index in (first, last)]
        if sizes[1] > 0.8 * sizes[0]:
            return False
        x, low, high = ctypes.c_double(), ctypes.c_double(), ctypes.c_double()
        pdfium_c.FPDFText_GetCharOrigin(self._text, first, ctypes.byref(x), ctypes.byref(low))
        pdfium_c.FPDFText_GetCharOrigin(self._text, last, ctypes.byref(x), ctypes.byref(high))
        return high.value > low.value + 0.1 * sizes[0]


def _read_control(match: re.Match[str]) -> str:
    """Read a control character: a letter or bullet of a broken font where it stands like one, a space elsewhere."""
    text, index = match.string, match.start()
    before, after = text[index - 1 : index] or " ", text[index + 1 : index + 2] or " "
    if (before.isalpha() and after.isalpha()) or (before.isspace() and after.isspace()):
        return match.group() if match.group() != "\x00" else "\ufffd"
    return " "

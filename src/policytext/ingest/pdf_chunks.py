"""Words of a PDF page joined to chunks: stretches that stand close together on one baseline."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, replace
from statistics import median
from typing import TYPE_CHECKING

from policytext.records import Dropped

if TYPE_CHECKING:
    from policytext.ingest.pdf_characters import PageText, Style, Word

_CHUNK_GAP = 1.1
"""Words further apart than this many font sizes start a new chunk."""
_BASELINE_SHIFT = 0.55
"""Words on one line may be raised or lowered by this share of the font size."""
_SPACED_LETTERS = 4
"""At least this many single letters in a row are a word set with space between its letters."""
_DROP_CAP = 1.8
_MANY_CAPITALS = 20
_MARGIN = 6.0
"""Text this many points outside the visible page is not seen."""
_NOTE_MARK = re.compile(r"(?<=[^\W\d]{2})[.,;:!?»]?(\d{1,2})$")
_SQUARE = re.compile(r"(?:^|[^\w])(?:k|c|d|m)?m[23]$")


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


@dataclass(slots=True)
class Page:
    """The chunks of one page, in the order of the file; width and height in points."""

    number: int
    width: float
    height: float
    chunks: list[Chunk]


def read_page(page: PageText, text: str) -> tuple[Page, list[Dropped]]:
    """Return the chunks of a page, and what is not part of its text: turned, hidden and note marks."""
    kept: list[tuple[Word, bool, bool]] = []
    gone: dict[str, list[str]] = {}
    for word, begins, hyphen in page.words(text):
        letters, left, right, base, style, index = word
        if style.angle != page.angle:
            gone.setdefault("text set at an angle", []).append(letters)
        elif not (-_MARGIN < left < page.width + _MARGIN and -_MARGIN < base < page.height + _MARGIN):
            gone.setdefault("text outside the page", []).append(letters)
        else:
            mark = _NOTE_MARK.search(letters) if letters[-1].isdecimal() else None
            if mark and not _SQUARE.search(letters) and page.has_raised_end(index, index + len(letters) - 1):
                gone.setdefault("note mark", []).append(mark[1])
                kept.append(((letters[: mark.start(1)], left, right, base, style, index), begins, hyphen))
            else:
                kept.append((word, begins, hyphen))
    dropped = [Dropped(" ".join(words), reason, page.number) for reason, words in gone.items()]
    return Page(page.number, page.width, page.height, _lower_drop_caps(chunk_words(kept, page.number))), dropped


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
    style = words[0][4]
    bold = style.bold
    if any(word[4] is not style for word in words):
        weights: dict[Style, int] = {}
        for word in words:
            weights[word[4]] = weights.get(word[4], 0) + len(word[0])
        style = max(weights, key=lambda key: weights[key])
        heavy = sum(count for key, count in weights.items() if key.bold)
        bold = heavy >= 0.9 * sum(weights.values())
    if len(words) >= _SPACED_LETTERS:
        words = _close_letters(words)
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
        bold=bold,
    )


def _close_letters(words: list[Word]) -> list[Word]:
    """Join words that were set with space between their letters."""
    single = [len(word[0]) == 1 and word[0].isalpha() for word in words]
    if sum(single) < max(_SPACED_LETTERS, 0.8 * len(words)):
        return words
    gaps = [after[1] - before[2] for before, after in itertools.pairwise(words)]
    usual = median(gaps)
    joined = [words[0]]
    for gap, word in zip(gaps, words[1:], strict=True):
        if gap <= 1.6 * usual:
            last = joined[-1]
            joined[-1] = (last[0] + word[0], last[1], word[2], *last[3:])
        else:
            joined.append(word)
    return joined


def _lower_drop_caps(chunks: list[Chunk]) -> list[Chunk]:
    """Give a large first letter that reaches over several lines back to the first of them."""
    capitals = [c for c in chunks if len(c.text) == 1 and c.text.isupper()]
    taken: set[int] = set()
    for capital in capitals if len(capitals) <= _MANY_CAPITALS else ():
        beside = [
            c
            for c in chunks
            if c is not capital
            and capital.size >= _DROP_CAP * c.size
            and 0 <= c.x0 - capital.x1 + 0.2 * c.size < 2 * c.size
            and capital.y - 0.2 * c.size <= c.y <= capital.y + capital.size
        ]
        if len(beside) >= 2:
            first = max(beside, key=lambda c: c.y)
            text, left, *rest = first.words[0]
            glue = text[:1].islower()
            words: list[Word] = [(capital.text + text, left, *rest)] if glue else [capital.words[0], first.words[0]]  # type: ignore[list-item]
            taken.add(id(capital))
            chunks[chunks.index(first)] = replace(
                first, words=words + first.words[1:], text=capital.text + ("" if glue else " ") + first.text
            )
    return [chunk for chunk in chunks if id(chunk) not in taken]

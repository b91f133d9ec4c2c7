"""Which blocks are headings, captions and footnotes."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

from policytext.ingest.line_rules import line_pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from policytext.ingest.pdf_blocks import Proto
    from policytext.ingest.pdf_body import Body

LARGE = 1.1
"""Text this many times the size of running text stands out."""
DISPLAY = 1.25
"""Text this many times the size of running text is a heading even in regular type."""
_SMALL = 0.9
_TITLE_PAGES = 8
_TABLE_GAP = 1.5
_ROW_LARGE = 1.5
_ISOLATED_WORDS = 8
_ISOLATED_LETTERS = 70
_TERMINAL = re.compile(r"[.!?:;…,][»”\"')\]]*\d{0,2}$")
_NOTE = re.compile(r"^(?:\d{1,3}|\*{1,3}|[†‡])\s*\S")
_NUMBERING = re.compile(r"^\W*(?:(?:del|kapittel|kap\.?)\s+)?[\d.]*\s*[:–-]?\s*", re.IGNORECASE)
_PAGE = re.compile(r"[\s.…_]*\d*\s*$")
_LETTERS = re.compile(r"[^\W_]+")


def title_key(text: str) -> str:
    """Return the letters of a title without numbering, leaders and page number.

    Examples
    --------
    >>> title_key("2.1 Fiske og fangst ........ 14") == title_key("Fiske og fangst")
    True
    """
    return "".join(_LETTERS.findall(_PAGE.sub("", _NUMBERING.sub("", text.casefold()))))


def contents_titles(blocks: Iterable[Proto], outline: Iterable[str]) -> frozenset[str]:
    """Return the keys of all titles that the table of contents and the outline name."""
    texts = [block.text for block in blocks if block.kind == "toc"] + list(outline)
    return frozenset(key for text in texts if len(key := title_key(text)) >= 3)


def classify(blocks: Sequence[Proto], body: Body, titles: frozenset[str]) -> None:
    """Tell headings, captions and footnotes from paragraphs, in place."""
    for block in blocks:
        _classify(block, body, titles)
    _find_unmarked_items(blocks)
    for index, block in enumerate(blocks):
        if block.kind == "paragraph" and _stands_alone(blocks, index):
            block.kind = "heading"


def guess_title(blocks: Sequence[Proto]) -> str | None:
    """Return the largest heading of the first page that has any, or None."""
    first = next((block.lines[0].page for block in blocks if block.kind == "heading"), None)
    headings = [block for block in blocks if block.kind == "heading" and block.lines[0].page == first]
    if not headings or first is None or first > _TITLE_PAGES:
        return None
    size = max(block.lines[0].size for block in headings)
    return " ".join(block.text for block in headings if block.lines[0].size >= 0.7 * size)


def _classify(block: Proto, body: Body, titles: frozenset[str]) -> None:
    if block.kind == "toc":
        return
    text, size = block.text, block.lines[0].size
    bold = all(line.bold for line in block.lines)
    if line_pattern("caption").match(text) and len(text) < 300 and size <= body.size:
        block.kind = "caption"
        return
    named = len(text) <= 150 and not _ends(text, ".,;") and title_key(text) in titles
    if block.kind == "item":
        if named and block.marker is not None and block.marker.kind in ("number", "outline", "letter"):
            block.kind = "heading"
        return
    if not any(char.isalpha() for char in text) or (line_pattern("bold-verb").search(text) and not named):
        return
    if named:
        block.kind = "heading"
    elif size <= _SMALL * body.size:
        if _NOTE.match(text) and len(text) < 1500:
            block.kind = "footnote"
        elif len(text) < 120 and not _TERMINAL.search(text):
            block.kind = "caption"
    elif size >= LARGE * body.size:
        if size < _ROW_LARGE * body.size and _is_row(block):
            return
        sentence = _ends(text, ".,;") and size < DISPLAY * body.size and len(text) > 40
        if len(text) <= 200 and not sentence and not (_TERMINAL.search(text) and len(text) > 110):
            block.kind = "heading"
        elif block.kind == "heading":
            block.kind = "item"
        if text.endswith(":") and size < 1.25 * body.size and line_pattern("bold-intro").search(text):
            block.kind = "paragraph"
    elif (bold and not body.bold) or all(line.style.colour != body.colour for line in block.lines):
        short = len(text) <= 130 and len(block.lines) <= 3
        numbered = block.marker is not None and not line_pattern("bold-intro").search(text)
        if short and (not _ends(text, ".,;:") or (numbered and text.endswith(":"))):
            block.kind = "heading"
        elif block.kind == "heading" and not short:
            block.kind = "item"
    elif block.kind == "heading" and (len(text) > 120 or _ends(text, ".;")):
        block.kind = "item"


def _is_row(block: Proto) -> bool:
    """Tell whether a line is set in cells, as a row of a table is."""
    words = block.lines[0].words[block.marker.words if block.marker else 0 :]
    return any(b[1] - a[2] > _TABLE_GAP * block.lines[0].size for a, b in itertools.pairwise(words))


def _ends(text: str, signs: str) -> bool:
    return text.rstrip().endswith(tuple(signs))


def _find_unmarked_items(blocks: Sequence[Proto]) -> None:
    """Make items of the lines under «… vil:» whose bullets are missing or drawn as pictures."""
    index = 0
    while index < len(blocks):
        run = index
        while run < len(blocks) and blocks[run].edge is not None and blocks[run].kind == "paragraph":
            run += 1
        listed = blocks[index:run]
        if listed and listed[0].text[:1].islower():
            low = [block.text[:1].islower() for block in listed]
            listed = listed[: low.index(False)] if False in low else listed
        if listed and index:
            intro = blocks[index - 1].lines[0]
            indented = all(block.lines[0].x0 > intro.x0 + 0.4 * intro.size for block in listed)
            open_ended = sum(not _ends(block.text, ".!?") or block.text[:1].islower() for block in listed)
            if len(listed) >= 2 and (indented or (len(listed) >= 3 and open_ended >= 0.8 * len(listed))):
                for block in listed:
                    block.kind = "item"
        index = max(run, index + 1)


def _stands_alone(blocks: Sequence[Proto], index: int) -> bool:
    """Tell whether a short line without a full stop stands alone before running text or a list."""
    text = blocks[index].text
    if _is_row(blocks[index]):
        return False
    if len(blocks[index].lines) > 1 or len(text) > _ISOLATED_LETTERS or len(text.split()) > _ISOLATED_WORDS:
        return False
    if (
        _TERMINAL.search(text)
        or line_pattern("bold-verb").search(text)
        or not text[:1].isupper()
        or index + 1 >= len(blocks)
    ):
        return False
    following = blocks[index + 1]
    if following.kind == "paragraph":
        leads = len(following.text) > 1.5 * len(text) and bool(_TERMINAL.search(following.text))
    else:
        leads = following.kind == "item"
    before = blocks[index - 1] if index else None
    return leads and (before is None or before.kind in ("heading", "item") or bool(_TERMINAL.search(before.text)))

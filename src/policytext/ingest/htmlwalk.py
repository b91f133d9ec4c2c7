"""A walk over an HTML tree that makes blocks of it and leaves structural boilerplate out."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from policytext.errors import DocumentError
from policytext.ingest.draft import DraftBlock, DraftLine
from policytext.ingest.htmlfurniture import HEADINGS, Page, boilerplate, is_menu, page_of, words
from policytext.ingest.layout import is_terminal
from policytext.ingest.limits import MAX_DEPTH
from policytext.ingest.plain import blocks_of
from policytext.records import BlockKind, Dropped

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_SILENT = {
    "script",
    "style",
    "noscript",
    "template",
    "svg",
    "head",
    "iframe",
    "object",
    "math",
    "canvas",
    "audio",
    "video",
}
_SILENT |= {"input", "select", "textarea", "datalist", "option", "source", "track", "map"}
_INLINE = {
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins",
    "kbd", "label", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u",
    "var", "wbr", "img", "button", "nobr", "picture",
}  # fmt: skip
_GLYPHS = re.compile(r"^\s*[•●○◦▪▫■□‣∙·►]\s*", re.MULTILINE)


@dataclass(slots=True)
class Chunk:
    """A block of the page, its text and the element that holds it."""

    block: DraftBlock
    text: str
    parent: Any


@dataclass(slots=True)
class _State:
    source: Path | str
    page: Page
    chunks: list[Chunk] = field(default_factory=list)
    dropped: list[Dropped] = field(default_factory=list)
    buffer: list[str] = field(default_factory=list)
    bold: list[str] = field(default_factory=list)
    kind: BlockKind = "paragraph"
    level: int | None = None
    lists: list[list[Any]] = field(default_factory=list)
    marker: str | None = None
    item: bool = False
    in_item: bool = False
    content: bool = False


def walk(root: HtmlElement, source: Path | str) -> tuple[list[Chunk], list[Dropped]]:
    """Return the blocks of a page in order, and what its structure marks as boilerplate.

    Raises
    ------
    DocumentError
        If elements nest deeper than the limit.
    """
    body = root.find("body")
    state = _State(source, page_of(root if body is None else body))
    _visit(body if body is not None else root, state, 0)
    _flush(state, root)
    return state.chunks, state.dropped


def _introduced(state: _State) -> bool:
    """Tell whether the text just before ends with a colon: then a list of links is content."""
    before = "".join(state.buffer).strip() or (state.chunks[-1].text if state.chunks else "")
    return before.endswith(":")


def _visit(element: HtmlElement, state: _State, depth: int) -> None:
    if depth > MAX_DEPTH:
        raise DocumentError(f"{state.source}: elements nest deeper than {MAX_DEPTH}; save the page as text instead")
    tag = element.tag
    if not isinstance(tag, str) or tag in _SILENT:
        return
    reason = boilerplate(element, state.page, content=state.content)
    if reason is not None:
        if text := words(element):
            state.dropped.append(Dropped(text, reason))
        return
    if tag == "br":
        state.buffer.append("\n")
        state.bold.append("\n")
        return
    if tag in ("div", "p", "td", "ul", "ol", "center") and is_menu(element) and not _introduced(state):
        state.dropped.append(Dropped(words(element), "navigation"))
    elif tag in _INLINE and (tag != "button" or state.kind == "heading"):
        _inline(element, state, depth)
    elif tag == "button" and (element.get("aria-expanded") or element.get("aria-controls")):
        _block(element, state, depth)
    elif tag == "button":
        if text := words(element):
            state.dropped.append(Dropped(text, "button"))
    else:
        _block(element, state, depth)


def _children(element: HtmlElement, state: _State, depth: int) -> None:
    if element.text:
        state.buffer.append(element.text.replace("\n", " ") if element.tag != "pre" else element.text)
    for child in element:
        _visit(child, state, depth + 1)
        if child.tail:
            state.buffer.append(child.tail.replace("\n", " ") if element.tag != "pre" else child.tail)


def _inline(element: HtmlElement, state: _State, depth: int) -> None:
    start = len(state.buffer)
    _children(element, state, depth)
    if element.tag in ("b", "strong") and start <= len(state.buffer):
        state.bold.extend(state.buffer[start:])


def _block(element: HtmlElement, state: _State, depth: int) -> None:
    _flush(state, element.getparent())
    before = (state.kind, state.level, state.content, state.in_item)
    tag = element.tag
    if tag in ("main", "article"):
        state.content = True
    if tag in HEADINGS:
        state.kind, state.level = "heading", HEADINGS[tag]
    elif tag in ("summary", "button"):  # what opens a folded part is its heading
        state.kind, state.level = "heading", 4
    elif tag in ("figcaption", "caption"):
        state.kind = "caption"
    elif tag == "blockquote":
        state.kind = "quote"
    if tag in ("ul", "ol"):
        state.lists.append([tag, _start(element), element.get("type") or "1"])
        _children(element, state, depth)
        _flush(state, element)
        state.lists.pop()
        state.item = False
    elif tag == "li" and not _is_card(element):
        _item(element, state, depth)
    elif tag == "tr" and _is_data_row(element):
        cells = [words(cell) for cell in element if isinstance(cell.tag, str)]
        state.buffer.append(" | ".join(cell for cell in cells if cell))
    else:
        _children(element, state, depth)
    _flush(state, element.getparent() if tag in ("p", "li", *HEADINGS) else element)
    state.kind, state.level, state.content, state.in_item = before


def _start(element: HtmlElement) -> int:
    value = element.get("start") or "1"
    return int(value) if value.isdigit() and len(value) < 6 else 1


def _is_card(element: HtmlElement) -> bool:
    return any(element.find(f".//{name}") is not None for name in HEADINGS)


def _is_data_row(element: HtmlElement) -> bool:
    cells = [cell for cell in element if cell.tag in ("td", "th")]
    return len(cells) > 1 and all(cell.find(".//p") is None and cell.find(".//li") is None for cell in cells)


def _item(element: HtmlElement, state: _State, depth: int) -> None:
    if not state.lists:
        state.lists.append(["ul", 1, "1"])
    current = state.lists[-1]
    if current[0] == "ol":
        number = int(element.get("value") or 0) if (element.get("value") or "").isdigit() else current[1]
        letter = current[2] in ("a", "A") and number <= 26
        state.marker = f"{chr(96 + number) if letter else number}."
        current[1] = number + 1
    else:
        state.marker = "•"
    state.in_item, state.item = True, False
    _children(element, state, depth)
    _flush(state, element.getparent())
    state.item = False


def _flush(state: _State, parent: HtmlElement | None) -> None:
    text = "".join(state.buffer)
    bold = "".join(state.bold)
    state.buffer.clear()
    state.bold.clear()
    lines = [" ".join(line.split()) for line in text.split("\n")]
    if not any(lines):
        return
    joined = " ".join(line for line in lines if line)
    drafted = tuple(DraftLine(line) for line in lines if line)
    if state.in_item and state.kind == "paragraph":
        if state.item and state.chunks and state.chunks[-1].block.kind == "item":
            last = state.chunks[-1]
            last.text = f"{last.text} {joined}"
            last.block = DraftBlock("item", last.block.lines + drafted, last.block.level, last.block.marker)
            return
        state.chunks.append(Chunk(DraftBlock("item", drafted, max(len(state.lists), 1), state.marker), joined, parent))
        state.item = True
        return
    if state.kind == "paragraph" and _is_bold_heading(joined, bold):
        state.chunks.append(Chunk(DraftBlock("heading", drafted, 5), joined, parent))
    elif state.kind == "paragraph" and "\n" in text.strip():
        for block in _broken(lines):
            state.chunks.append(Chunk(block, " ".join(line.text for line in block.lines), parent))
    elif state.kind == "paragraph" and _GLYPHS.match(joined):
        for block in blocks_of(joined):
            state.chunks.append(Chunk(block, " ".join(line.text for line in block.lines), parent))
    else:
        state.chunks.append(Chunk(DraftBlock(state.kind, drafted, state.level), joined, parent))


def _is_bold_heading(text: str, bold: str) -> bool:
    return "".join(bold.split()) == "".join(text.split()) and len(text) <= 100 and not is_terminal(text)


def _broken(lines: list[str]) -> list[DraftBlock]:
    """Make blocks of a paragraph with line breaks: an empty line parts paragraphs, a bullet makes an item."""
    if any(_GLYPHS.match(line) for line in lines):
        return list(blocks_of("\n".join(lines)))
    blocks: list[DraftBlock] = []
    part: list[str] = []
    for line in [*lines, ""]:
        if line:
            part.append(line)
        elif part:
            blocks.append(DraftBlock("paragraph", tuple(DraftLine(text) for text in part)))
            part = []
    return blocks

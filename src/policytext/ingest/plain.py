"""Plain text: headings, paragraphs, lists and boilerplate from lines alone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from policytext.ingest.boilerplate import mark_boilerplate
from policytext.ingest.captions import mark_captions
from policytext.ingest.draft import Draft, DraftBlock, DraftLine
from policytext.ingest.encoding import decode
from policytext.ingest.hyphens import join_lines
from policytext.ingest.layout import Layout, RawBlock, TextLine, find_layout, is_terminal, raw_blocks, text_lines
from policytext.ingest.limits import read_bytes
from policytext.ingest.markers import find_marker
from policytext.ingest.mend import mend
from policytext.ingest.pages import drop_line_numbers, drop_running, join_markers, mark_contents
from policytext.ingest.pdf_hyphens import count_words
from policytext.rules import load_rules

_HEADING_CHARS = 100
_HEADING_WORDS = 14
_NO_HEADING = re.compile(r"@|https?://|www\.|\d{2} ?\d{2} ?\d{2}$|[,;:]$")


def read(source: Path) -> Iterator[Draft]:
    """Read a plain text file as one draft.

    Parameters
    ----------
    source : Path
        The file; UTF-8, UTF-16, Windows-1252, Mac Roman and DOS 865 are told apart.

    Yields
    ------
    Draft
        One draft; pages are counted where the text has form feeds.

    Raises
    ------
    DocumentError
        If the file is empty, binary, damaged or larger than the limit.
    """
    lines, heads = drop_running(text_lines(decode(read_bytes(source), source)))
    lines, numbers = drop_line_numbers(lines)
    blocks = _cut(lines)
    yield Draft(blocks, metadata=title_of(blocks), dropped=heads + numbers)


def title_of(blocks: tuple[DraftBlock, ...]) -> dict[str, str]:
    """Return the first heading as the title, when the text begins with one (boilerplate apart)."""
    for block in blocks:
        if block.kind == "heading":
            return {"title": " ".join(line.text.strip() for line in block.lines)}
        if block.kind != "boilerplate":
            break
    return {}


def blocks_of(text: str) -> tuple[DraftBlock, ...]:
    r"""Cut a text into blocks.

    Examples
    --------
    >>> [block.kind for block in blocks_of("Kysten\n\nVi vil:\n\n• bygge naust\n• verne holmer")]
    ['heading', 'paragraph', 'item', 'item']
    """
    return _cut(text_lines(text))


def _cut(lines: list[TextLine]) -> tuple[DraftBlock, ...]:
    if not lines:
        return ()
    lines = join_markers(lines)
    layout = find_layout(lines)
    raw = list(raw_blocks(lines, layout))
    blocks = _levels(raw, _kinds(raw, layout))
    return _with_title(mark_boilerplate(mark_captions(mark_contents(mend(blocks)))))


def _with_title(blocks: Iterable[DraftBlock]) -> tuple[DraftBlock, ...]:
    """Raise the first heading to level 1 where no heading has that level yet."""
    made = list(blocks)
    headings = [n for n, block in enumerate(made) if block.kind == "heading"]
    if headings and all(made[n].level != 1 for n in headings) and made[headings[0]].marker is None:
        made[headings[0]] = replace(made[headings[0]], level=1)
    return tuple(made)


def blocks_of_paragraphs(texts: Sequence[str], *, headings: bool = True) -> list[DraftBlock]:
    """Cut paragraphs of another format into blocks: bullets and numbers typed by hand, and headings if wanted.

    A line break within a paragraph parts it where a bullet or number follows.

    Examples
    --------
    >>> [block.kind for block in blocks_of_paragraphs(["Vi vil:", "- bygge naust", "- verne holmer"])]
    ['paragraph', 'item', 'item']
    """
    lines = [line for text in texts for line in _paragraph_lines(text)]
    layout = Layout(wrapped=False, width=0, unit=0)
    raw = list(raw_blocks(lines, layout))
    kinds = _kinds(raw, layout, headings=headings)
    return mend(_levels(raw, kinds))


def _paragraph_lines(text: str) -> Iterator[TextLine]:
    parts = [part for part in re.split(r"\n", text) if part.strip()]
    if not any(find_marker(part) for part in parts[1:]):
        parts = [" ".join(parts)]
    for part in parts:
        for line in text_lines(part.replace("\f", " ").replace("\n", " ")):
            yield TextLine(line.text, line.indent, 1)


def _kinds(raw: list[RawBlock], layout: Layout, *, headings: bool = True) -> list[str]:
    kinds: list[str] = []
    for index, block in enumerate(raw):
        after = raw[index + 1] if index + 1 < len(raw) else None
        if block.marker is None:
            kinds.append("heading" if headings and _is_heading(block, after, layout) else "paragraph")
        elif block.marker.kind == "dash":
            kinds.append("item" if _is_dash_item(raw, index, kinds) else "quote")
        elif block.marker.kind in ("number", "outline") and _is_numbered_heading(raw, index, kinds):
            kinds.append("heading")
        elif block.marker.kind in ("number", "letter", "outline") and _is_lone_number(raw, index):
            kinds.append("paragraph")
        else:
            kinds.append("item")
    _bare_lists(raw, kinds, layout)
    return kinds


def _is_heading(block: RawBlock, after: RawBlock | None, layout: Layout) -> bool:
    text = block.text
    if after is None or len(text) > _HEADING_CHARS or len(text.split()) > _HEADING_WORDS or len(block.lines) > 3:
        return False
    if not (text[0].isupper() or text[0].isdigit() or text[0] in '«"“§') or _NO_HEADING.search(text):
        return False
    if not any(character.isalpha() for character in text):
        return False
    if text.isupper():
        return True
    if is_terminal(text):
        return False
    # a full line that lost its end is no heading
    return not (layout.wrapped and after.marker is None and after.text[0].islower())


def _is_numbered_heading(raw: list[RawBlock], index: int, kinds: list[str]) -> bool:
    block = raw[index]
    marker = block.marker
    text = block.text
    closed = ".;," if marker is not None and marker.kind == "outline" else ".:;,"
    if marker is None or len(text) > _HEADING_CHARS or text[-1:] in closed:
        return False
    if index + 1 == len(raw) or not text[0].isupper():
        return False
    after = raw[index + 1].marker
    if marker.kind == "outline":
        return len(text.split()) <= _HEADING_WORDS
    if after is not None and after.style == marker.style:
        return text.isupper()
    before = raw[index - 1].marker if index else None
    sibling = before is not None and before.style == marker.style and kinds[index - 1] == "item"
    return not sibling and (after is None or after.kind in ("bullet", "dash", "outline") or after.value == 1)


def _is_lone_number(raw: list[RawBlock], index: int) -> bool:
    """Tell a number that opens a sentence from the number of an item: an item has a list around it."""
    block = raw[index]
    marker = block.marker
    if marker is None or marker.value in (None, 1) or marker.value == 2:
        return False
    return not any(
        other.marker is not None and other.marker.style == marker.style
        for other in raw[max(index - 12, 0) : index] + raw[index + 1 : index + 12]
    )


def _is_dash_item(raw: list[RawBlock], index: int, kinds: list[str]) -> bool:
    block = raw[index]
    if any(rule.pattern.search(block.text) for rule in load_rules("speech")):
        return False
    if index and raw[index - 1].text.endswith(":"):
        return True
    if index and kinds[index - 1] == "item":
        return True
    after = raw[index + 1] if index + 1 < len(raw) else None
    return (
        after is not None
        and after.marker is not None
        and after.marker.style == block.marker.style  # type: ignore[union-attr]
        and not any(rule.pattern.search(after.text) for rule in load_rules("speech"))
    )


def _bare_lists(raw: list[RawBlock], kinds: list[str], layout: Layout) -> None:
    """Make items of two or more unmarked lines in small letters, under a line that a list can follow.

    That is one that ends with a colon or, where lines are not wrapped, a short one that stops at the verb («… vil»).
    """
    index = 0
    while index < len(raw):
        end = index + 1
        text = raw[index].text
        apart = not layout.wrapped and raw[index].lines[0].gap > 0 and kinds[index] != "item"
        if text.endswith(":") or (apart and _leads(text)):
            while end < len(raw) and raw[end].marker is None and raw[end].text[0].islower():
                end += 1
            if end - index > 2:
                kinds[index + 1 : end] = ["item"] * (end - index - 1)
                kinds[index] = "paragraph" if kinds[index] == "heading" else kinds[index]
        index = end


def _leads(text: str) -> bool:
    return len(text) <= _HEADING_CHARS and any(rule.pattern.search(text) for rule in load_rules("list_leads"))


def _levels(raw: list[RawBlock], kinds: list[str]) -> list[DraftBlock]:
    """Give headings and items their levels and put the blocks together."""
    blocks: list[DraftBlock] = []
    stack: list[tuple[str, int]] = []
    divided = any(line.text.endswith(("-", "\u00ad", "\u2010")) for block in raw for line in block.lines)
    known = count_words(line.text for block in raw for line in block.lines) if divided else Counter()
    first_heading = True
    for block, kind in zip(raw, kinds, strict=True):
        lines = join_lines([(line.text, line.page) for line in block.lines], known)
        marker = block.marker
        if kind == "item":
            level = _item_level(stack, block, blocks)
            blocks.append(DraftBlock("item", lines, level, marker.text if marker else None))
            continue
        stack.clear()
        if kind == "heading":
            level = _heading_level(block, first=first_heading)
            first_heading = False
            blocks.append(DraftBlock("heading", lines, level, marker.text if marker else None))
        else:
            if marker is not None:  # a dash before speech, or a number that opens a sentence: part of the text
                lines = (
                    DraftLine(f"{marker.text} {lines[0].text}", lines[0].page, glue=lines[0].glue),
                    *lines[1:],
                )
            blocks.append(DraftBlock("paragraph", lines))
    return blocks


def _heading_level(block: RawBlock, *, first: bool) -> int:
    if block.marker is not None:
        return 2 + block.marker.text.strip(".)").count(".")
    return 1 if first or block.text.isupper() else 2


def _item_level(stack: list[tuple[str, int]], block: RawBlock, blocks: list[DraftBlock]) -> int:
    style = block.marker.style if block.marker else ""
    indent = block.lines[0].indent
    for depth, (known, _) in enumerate(stack):
        same_glyph_deeper = known == style and indent >= stack[depth][1] + 2 and depth == len(stack) - 1
        if known == style and not same_glyph_deeper and (indent <= stack[depth][1] + 1 or depth < len(stack) - 1):
            del stack[depth + 1 :]
            return depth + 1
    opens = bool(blocks) and blocks[-1].lines[-1].text.rstrip().endswith(":")
    numbered = block.marker is not None and block.marker.kind in ("number", "outline")
    if stack and (indent > stack[-1][1] or (opens and blocks[-1].kind == "item" and not numbered)):
        stack.append((style, indent))
    else:
        while len(stack) > 1 and stack[-1][1] > indent:
            stack.pop()
        if stack:
            stack.pop()
        stack.append((style, indent))
    return len(stack)

"""Markdown, read with markdown-it-py."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from policytext.errors import DocumentError
from policytext.ingest.boilerplate import mark_boilerplate
from policytext.ingest.draft import Draft, DraftBlock, DraftLine
from policytext.ingest.encoding import decode
from policytext.ingest.limits import megabytes, read_bytes
from policytext.ingest.plain import blocks_of, title_of
from policytext.records import BlockKind, Dropped

if TYPE_CHECKING:
    from markdown_it.token import Token

MAX_MARKDOWN_BYTES = 8 * 2**20
_FRONT = re.compile(r"\A---[ \t]*\n(.{0,20000}?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_FIELD = re.compile(r"^([A-Za-z_æøåÆØÅ-]{1,40}):[ \t]*(.*)$")
_GLYPHS = re.compile(r"^\s*[•●○◦▪▫■□‣∙·►–—]\s", re.MULTILINE)


def read(source: Path) -> Iterator[Draft]:
    """Read a Markdown file as one draft; a front matter of ``key: value`` lines becomes metadata.

    Parameters
    ----------
    source : Path
        The file, in any encoding that plain text may be in.

    Raises
    ------
    DocumentError
        If the file is empty, binary, damaged or larger than 8 MB.
    """
    data = read_bytes(source)
    if len(data) > MAX_MARKDOWN_BYTES:
        raise DocumentError(
            f"{source}: {megabytes(len(data))} of Markdown is too much (at most {megabytes(MAX_MARKDOWN_BYTES)}); "
            "split it or save it as .txt"
        )
    text = decode(data, source).replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff")
    metadata: dict[str, str] = {}
    if front := _FRONT.match(text):
        for line in front.group(1).split("\n"):
            if (found := _FIELD.match(line)) and found.group(2).strip():
                metadata[found.group(1).lower()] = found.group(2).strip().strip("\"'")
        text = text[front.end() :]
    blocks, dropped = markdown_blocks(text)
    yield Draft(blocks, metadata={**title_of(blocks), **metadata}, dropped=dropped)


def markdown_blocks(text: str) -> tuple[tuple[DraftBlock, ...], tuple[Dropped, ...]]:
    r"""Cut Markdown into blocks, and list the code and raw HTML that was left out.

    Examples
    --------
    >>> blocks, dropped = markdown_blocks("# Kyst\n\nVi vil:\n\n1. bygge naust\n   - i nord\n")
    >>> [(block.kind, block.level, block.marker) for block in blocks]
    [('heading', 1, None), ('paragraph', None, None), ('item', 1, '1.'), ('item', 2, '-')]
    """
    from markdown_it import MarkdownIt

    walk = _Walk()
    for token in MarkdownIt("commonmark").enable("table").parse(text):
        walk.take(token)
    return tuple(mark_boilerplate(walk.blocks)), tuple(walk.dropped)


class _Walk:
    """The state of a walk over markdown-it's flat tokens."""

    def __init__(self) -> None:
        self.blocks: list[DraftBlock] = []
        self.dropped: list[Dropped] = []
        self.heading = 0
        self.quotes = 0
        self.lists: list[str] = []
        self.marker: str | None = None
        self.open_item = False
        self.row: list[str] | None = None

    def take(self, token: Token) -> None:
        name = token.type
        if name == "heading_open":
            self.heading = int(token.tag[1])
        elif name == "heading_close":
            self.heading = 0
        elif name in ("bullet_list_open", "ordered_list_open"):
            self.lists.append(name)
        elif name in ("bullet_list_close", "ordered_list_close"):
            self.lists.pop()
            self.open_item = False
        elif name == "list_item_open":
            self.marker = f"{token.info}{token.markup}" if self.lists[-1].startswith("ordered") else token.markup
            self.open_item = False
        elif name == "blockquote_open":
            self.quotes += 1
        elif name == "blockquote_close":
            self.quotes -= 1
        elif name == "tr_open":
            self.row = []
        elif name == "tr_close":
            cells = [cell for cell in self.row or [] if cell.strip()]
            self.row = None
            self.add("paragraph", " | ".join(cells))
        elif name == "inline":
            self.inline(token)
        elif name in ("fence", "code_block", "html_block") and token.content.strip():
            reason = "raw HTML" if name == "html_block" else "code"
            self.dropped.append(Dropped(token.content.strip(), reason))

    def inline(self, token: Token) -> None:
        text = _inline_text(token)
        if self.row is not None:
            self.row.append(" ".join(text.split()))
        elif self.heading:
            self.add("heading", text, self.heading)
        elif self.lists:
            if self.marker is None and self.open_item:
                last = self.blocks[-1]
                self.blocks[-1] = replace(last, lines=last.lines + _lines(text))
            else:
                self.add("item", text, len(self.lists), self.marker)
                self.marker, self.open_item = None, True
        elif self.quotes:
            self.add("quote", text)
        elif _GLYPHS.search(text):
            self.blocks.extend(blocks_of(text))
        else:
            self.add("paragraph", text)

    def add(self, kind: BlockKind, text: str, level: int | None = None, marker: str | None = None) -> None:
        if text.strip():
            self.blocks.append(DraftBlock(kind, _lines(text), level, marker))


def _lines(text: str) -> tuple[DraftLine, ...]:
    return tuple(DraftLine(line) for line in text.split("\n"))


def _inline_text(token: Token) -> str:
    parts: list[str] = []
    for child in token.children or ():
        if child.type in ("text", "code_inline", "text_special"):
            parts.append(child.content)
        elif child.type in ("softbreak", "hardbreak") or child.content.lower().startswith("<br"):
            parts.append("\n")
    return "".join(parts)

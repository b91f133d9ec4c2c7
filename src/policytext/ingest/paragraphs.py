"""Paragraphs of word processors to blocks: what styles tell, and lists and headings made by hand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from policytext.ingest.boilerplate import mark_boilerplate
from policytext.ingest.draft import DraftBlock, DraftLine
from policytext.ingest.layout import is_terminal
from policytext.ingest.plain import blocks_of_paragraphs
from policytext.records import BlockKind

_HEADING_CHARS = 100


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph as the file's styles give it; `kind` is ``paragraph`` where they tell nothing."""

    text: str
    kind: BlockKind = "paragraph"
    level: int | None = None
    marker: str | None = None
    bold: bool = False


def blocks_from(paragraphs: Iterable[Paragraph]) -> tuple[DraftBlock, ...]:
    """Turn paragraphs into blocks.

    Runs of unstyled paragraphs are searched for bullets and numbers typed by hand. A short bold paragraph is a
    heading; where nothing is styled as one, a short line without a full stop is too.

    Examples
    --------
    >>> made = blocks_from([Paragraph("Kyst", "heading", 1), Paragraph("Vi vil:"), Paragraph("• bygge naust")])
    >>> [(block.kind, block.marker) for block in made]
    [('heading', None), ('paragraph', None), ('item', '•')]
    """
    kept = [paragraph for paragraph in paragraphs if paragraph.text.strip()]
    styled = any(paragraph.kind == "heading" for paragraph in kept)
    bold = sum(paragraph.bold for paragraph in kept) <= 0.4 * len(kept)
    return tuple(mark_boilerplate(_blocks(kept, bold=bold, headings=not styled)))


def _blocks(paragraphs: list[Paragraph], *, bold: bool, headings: bool) -> Iterator[DraftBlock]:
    def is_loose(paragraph: Paragraph) -> bool:
        return paragraph.kind == "paragraph" and not (bold and _is_bold_heading(paragraph))

    for loose, group in groupby(paragraphs, key=is_loose):
        if loose:
            yield from blocks_of_paragraphs([paragraph.text for paragraph in group], headings=headings)
            continue
        for paragraph in group:
            if paragraph.kind == "paragraph":
                yield DraftBlock("heading", _lines(paragraph.text), 4)
            else:
                yield DraftBlock(paragraph.kind, _lines(paragraph.text), paragraph.level, paragraph.marker)


def _lines(text: str) -> tuple[DraftLine, ...]:
    return tuple(DraftLine(line) for line in text.split("\n") if line.strip())


def _is_bold_heading(paragraph: Paragraph) -> bool:
    text = paragraph.text.strip()
    return paragraph.bold and len(text) <= _HEADING_CHARS and not is_terminal(text) and "\n" not in text

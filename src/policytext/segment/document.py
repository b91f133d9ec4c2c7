"""A document's blocks cut into segments, each with the headings and the introducing line above it."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from policytext.ingest.line_rules import line_pattern
from policytext.records import Block, Document, Segment
from policytext.segment.boilerplate import is_boilerplate
from policytext.segment.quotes import Speakers
from policytext.segment.sentences import split_sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policytext.records import Box, SegmentKind

_BLANK = re.compile(r"\n\s*\n")
_MAX_INTRO = 400


@dataclass(slots=True)
class _Context:
    """What stands above the block at hand."""

    headings: list[tuple[int, str]] = field(default_factory=list)
    intro: str = ""
    intro_level: int = 0
    items: list[tuple[int, str]] = field(default_factory=list)

    def enter_heading(self, level: int, text: str) -> None:
        while self.headings and self.headings[-1][0] >= level:
            self.headings.pop()
        if level <= self.intro_level:
            self.intro = ""
        self.headings.append((level, text))
        self.items = []
        if line_pattern("introduces").search(text):
            self.set_intro(text)

    def set_intro(self, text: str) -> None:
        self.intro = text if line_pattern("introduces").search(text) and len(text) <= _MAX_INTRO else ""
        self.intro_level = self.headings[-1][0] if self.headings else 0
        self.items = []

    def enter_item(self, level: int, text: str) -> str:
        """Return the line that introduces an item, and remember the item for those nested in it."""
        while self.items and self.items[-1][0] >= level:
            self.items.pop()
        parents = [parent for _, parent in self.items if parent.endswith(":")]
        self.items.append((level, text))
        return " ".join([self.intro, *parents]).strip()


def segment_document(document: Document) -> tuple[Segment, ...]:
    """Cut a document into segments in reading order.

    Headings, items, captions, footnotes and lines of a table of contents are one segment each; paragraphs are cut
    into sentences. A sentence or item that asks is a ``question``, a sentence that quotes somebody a ``quote`` with
    its speaker, and contact and newsletter lines are ``boilerplate``.

    Parameters
    ----------
    document : Document
        A document with blocks; without them, text between blank lines counts as a paragraph.

    Returns
    -------
    tuple of Segment
        ``document.text[segment.start:segment.end] == segment.text`` for each; ``segment_id`` counts from 0.

    Examples
    --------
    >>> from policytext.records import Document
    >>> found = segment_document(Document("a", "Kysten lever. Hva gjør vi nå?"))
    >>> [(segment.segment_id, segment.kind, segment.text) for segment in found]
    [('a-0000', 'paragraph', 'Kysten lever.'), ('a-0001', 'question', 'Hva gjør vi nå?')]
    """
    context = _Context()
    speakers = Speakers()
    segments: list[Segment] = []
    for block in document.blocks or tuple(_paragraphs(document.text)):
        for start, end, kind, speaker, intro, heading, path in _cut(document.text, block, context, speakers):
            page, box = _place(document, start, end)
            segments.append(
                Segment(
                    doc_id=document.doc_id,
                    segment_id=f"{document.doc_id}-{len(segments):04d}",
                    kind=kind,
                    text=document.text[start:end],
                    start=start,
                    end=end,
                    heading=heading,
                    intro=intro,
                    page=page,
                    language=document.language,
                    party=document.party,
                    date=document.date,
                    level=block.level,
                    path=path,
                    speaker=speaker,
                    marker=block.marker if start == block.start else None,
                    box=box,
                )
            )
    return tuple(segments)


_Cut = tuple[int, int, "SegmentKind", str | None, str, str, tuple[str, ...]]


def _cut(text: str, block: Block, context: _Context, speakers: Speakers) -> Iterator[_Cut]:
    whole = text[block.start : block.end]
    path = tuple(heading for _, heading in context.headings)
    if block.kind == "heading":
        level = block.level or 1
        context.enter_heading(level, whole)
        above = tuple(heading for _, heading in context.headings[:-1])
        yield block.start, block.end, "heading", None, "", above[-1] if above else "", above
        return
    heading = path[-1] if path else ""
    if block.kind == "item":
        intro = context.enter_item(block.level or 1, whole)
        kind: SegmentKind = "question" if whole.endswith("?") else "item"
        if is_boilerplate(whole):
            kind = "boilerplate"
        yield block.start, block.end, kind, None, intro, heading, path
        return
    if block.kind not in ("paragraph", "question", "quote"):
        if block.kind == "boilerplate":
            context.set_intro("")
        yield block.start, block.end, block.kind, None, "", heading, path
        return
    spans = [(block.start + start, block.start + end) for start, end in split_sentences(whole)]
    quotes = speakers.find([text[start:end] for start, end in spans], quoted=block.kind == "quote")
    for (start, end), speaker in zip(spans, quotes, strict=True):
        sentence = text[start:end]
        if speaker is not None:
            yield start, end, "quote", speaker or None, "", heading, path
        elif is_boilerplate(sentence):
            yield start, end, "boilerplate", None, "", heading, path
        elif sentence.rstrip('»”")').endswith("?"):
            yield start, end, "question", None, "", heading, path
        else:
            yield start, end, "paragraph", None, "", heading, path
    if spans:
        context.set_intro(text[spans[-1][0] : spans[-1][1]])


def _paragraphs(text: str) -> Iterator[Block]:
    start = 0
    for cut in [*((match.start(), match.end()) for match in _BLANK.finditer(text)), (len(text), len(text))]:
        piece = text[start : cut[0]]
        if stripped := piece.strip():
            first = start + len(piece) - len(piece.lstrip())
            yield Block(first, first + len(stripped), "paragraph")
        start = cut[1]


def _place(document: Document, start: int, end: int) -> tuple[int | None, Box | None]:
    """Return the page a stretch begins on and the box around its lines there."""
    runs = document.runs
    if not runs:
        return None, None
    first = max(bisect_right(runs, start, key=lambda run: run.start) - 1, 0)
    page = runs[first].page
    boxes = []
    for index in range(first, len(runs)):
        run = runs[index]
        if run.start >= end or run.page != page:
            break
        if run.box is not None:
            boxes.append(run.box)
    if not boxes:
        return page, None
    left, bottom, right, top = zip(*boxes, strict=True)
    return page, (min(left), min(bottom), max(right), max(top))

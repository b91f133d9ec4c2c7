"""Captions that stand among headings when a web page was saved as text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from policytext.rules import load_rules

if TYPE_CHECKING:
    from policytext.ingest.draft import DraftBlock

_DATED = re.compile(r"\d{1,2}\.\s?\d{1,2}\.\s?\d{4}\s?:")
_LONGEST = 200


def mark_captions(blocks: Sequence[DraftBlock]) -> list[DraftBlock]:
    """Turn image captions into that kind.

    A caption is a line that says so («Foto: …»), or the second-last heading before a dated news item on a page where
    every such item has two headings above it: the image's text and the headline.

    Examples
    --------
    >>> from policytext.ingest.draft import DraftBlock, DraftLine
    >>> [block.kind for block in mark_captions([DraftBlock("heading", (DraftLine("Foto: Kari Naust"),), 2)])]
    ['caption']
    """
    marked = [
        replace(block, kind="caption", level=None)
        if block.kind in ("heading", "paragraph") and _says_so(block)
        else block
        for block in blocks
    ]
    dated = [n for n, block in enumerate(marked) if block.kind == "paragraph" and _DATED.match(_text(block))]
    above = [marked[max(n - 2, 0) : n] for n in dated]
    if len(dated) > 1 and all(len(two) == 2 and two[0].kind in ("heading", "caption") for two in above):
        for n in dated:
            if marked[n - 1].kind == "heading":
                marked[n - 2] = replace(marked[n - 2], kind="caption", level=None)
    return marked


def _text(block: DraftBlock) -> str:
    return " ".join(line.text for line in block.lines).strip()


def _says_so(block: DraftBlock) -> bool:
    text = _text(block)
    return len(text) <= _LONGEST and any(rule.pattern.search(text) for rule in load_rules("captions_plain"))

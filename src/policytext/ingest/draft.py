"""What a format reader returns, and how a document is put together from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from policytext.ingest.normalise import normalise
from policytext.records import Block, BlockKind, Box, Document, Dropped, Run


@dataclass(frozen=True, slots=True)
class DraftLine:
    """One printed line (or any stretch) of a block; joined to the next one with a space unless `glue` is true.

    `glue` is true where the next line goes on without a space: after a joined end-of-line hyphen.
    """

    text: str
    page: int | None = None
    box: Box | None = None
    glue: bool = False


@dataclass(frozen=True, slots=True)
class DraftBlock:
    """A layout block as a format reader found it; `marker` (bullet, number) is not part of the lines."""

    kind: BlockKind
    lines: tuple[DraftLine, ...]
    level: int | None = None
    marker: str | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """What a format reader returns: blocks in reading order, and what the file says of itself.

    `metadata` holds strings under the names of `Document`'s fields where they fit (title, party, date, kind,
    language), others under their own name; `suffix` tells several documents of one file apart.
    """

    blocks: tuple[DraftBlock, ...]
    metadata: Mapping[str, str] = field(default_factory=dict)
    dropped: tuple[Dropped, ...] = ()
    page_labels: tuple[str, ...] = ()
    suffix: str = ""


def assemble(draft: Draft, doc_id: str, *, source: str | None = None) -> Document:
    """Join a draft's blocks into one text, one blank line between blocks, and count all offsets.

    Every line is normalised and its white space folded; empty lines and blocks vanish.
    """
    parts: list[str] = []
    blocks: list[Block] = []
    runs: list[Run] = []
    offset = 0
    for draft_block in draft.blocks:
        pieces: list[tuple[str, DraftLine]] = []
        for line in draft_block.lines:
            text = " ".join(normalise(line.text).split())
            if text:
                pieces.append((text, line))
        if not pieces:
            continue
        if parts:
            parts.append("\n\n")
            offset += 2
        start = offset
        for index, (text, line) in enumerate(pieces):
            parts.append(text)
            if line.page is not None:
                runs.append(Run(offset, offset + len(text), line.page, line.box))
            offset += len(text)
            if index + 1 < len(pieces) and not line.glue:
                parts.append(" ")
                offset += 1
        blocks.append(Block(start, offset, draft_block.kind, draft_block.level, draft_block.marker))
    known = {name: draft.metadata.get(name) for name in ("title", "party", "date", "kind", "language")}
    return Document(
        doc_id=doc_id,
        text="".join(parts),
        blocks=tuple(blocks),
        runs=tuple(runs),
        dropped=draft.dropped,
        title=known["title"],
        party=known["party"],
        date=known["date"],
        kind=known["kind"],
        language=known["language"],
        source=source,
        page_labels=draft.page_labels,
        metadata={name: value for name, value in draft.metadata.items() if name not in known},
    )

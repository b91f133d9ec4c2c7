"""Find each coded segment in the document's text as policytext reads it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def add_offsets(segments: list[dict[str, object]], path: Path) -> None:
    """Fill in start and end; they stay null where the reader left the segment out (boilerplate) or broke it."""
    try:
        from policytext.ingest import read_document
    except ImportError:
        return
    text = read_document(path).text
    position = 0
    for segment in segments:
        pattern = r"\s+".join(map(re.escape, str(segment["text"]).split()))
        if segment["kind"] == "boilerplate":
            pattern = rf"(?<![^\n]){pattern}(?![^\n])"
        match = re.compile(pattern).search(text, position)
        if match is None:
            continue
        segment["start"], segment["end"] = match.span()
        position = match.end()

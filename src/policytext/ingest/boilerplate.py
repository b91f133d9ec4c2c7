"""Newsletter, contact, archive, cookie and navigation lines: told apart by rules kept as data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from policytext.rules import load_rules

if TYPE_CHECKING:
    from policytext.ingest.draft import DraftBlock

LABELS = ("archive", "contact", "contact-heading", "cookie", "form", "navigation", "newsletter", "share")
_LONGEST = 220
_CONTACT_LINE = 90


def boilerplate_label(text: str) -> str | None:
    """Return the label of the first boilerplate rule that a whole short block matches, or None.

    Examples
    --------
    >>> boilerplate_label("Meld deg på nyhetsbrevet vårt")
    'newsletter'
    >>> boilerplate_label("Vi vil at avisene skal få pressestøtte.") is None
    True
    """
    text = text.strip()
    if not text or len(text) > _LONGEST:
        return None
    for rule in load_rules("boilerplate", LABELS):
        if rule.pattern.search(text):
            return rule.label
    return None


def mark_boilerplate(blocks: Iterable[DraftBlock]) -> Iterator[DraftBlock]:
    """Turn blocks that are boilerplate into that kind; short lines under a contact heading too."""
    contact = False
    for block in blocks:
        text = " ".join(line.text for line in block.lines).strip()
        label = boilerplate_label(text)
        if label == "contact-heading":
            contact = True
        elif contact and label is None:
            contact = block.kind != "item" and len(text) <= _CONTACT_LINE and not text.endswith((".", "?", "!"))
            contact = contact and not text.isupper()
            label = "contact" if contact else None
        yield replace(block, kind="boilerplate", level=None) if label else block

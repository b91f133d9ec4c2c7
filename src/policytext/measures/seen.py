"""What a model sees of a segment."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Seen:
    """What one model sees of a segment: cues that hold, and regions of words."""

    cues: list[str] = field(default_factory=list)
    regions: list[tuple[str, list[str]]] = field(default_factory=list)

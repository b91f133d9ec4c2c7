"""How the running text of a document is set: size, weight, pitch and hanging of lists."""

from __future__ import annotations

import itertools
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policytext.ingest.pdf_markers import find_marker

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policytext.ingest.pdf_layout import Line


@dataclass(frozen=True, slots=True)
class Body:
    """How running text is set in a document: size in points, weight, pitch in sizes, and how lists hang."""

    size: float
    bold: bool
    pitch: float
    hanging: bool
    colour: int
    glyphs: frozenset[str] = frozenset()


def measure_body(columns: Sequence[Sequence[Line]], glyphs: frozenset[str] = frozenset()) -> Body:
    """Return how most of the text of a document is set."""
    sizes: Counter[float] = Counter()
    for column in columns:
        for line in column:
            sizes[line.size] += len(line.text)
    size = sizes.most_common(1)[0][0] if sizes else 10.0
    weights: Counter[bool] = Counter()
    colours: Counter[int] = Counter()
    pitches: Counter[float] = Counter()
    hanging: Counter[bool] = Counter()
    for column in columns:
        for before, line in itertools.pairwise(column):
            if line.size != size:
                continue
            marker = find_marker(before, glyphs)
            if marker is None and before.bold == line.bold:
                weights[line.bold] += len(line.text)
            colours[line.style.colour] += len(line.text)
            drop = before.y - line.y
            if before.size == size and 0.8 * size < drop < 3 * size:
                pitches[round(drop / size, 2)] += 1
            if marker and marker.kind in ("bullet", "dash", "number") and not find_marker(line, glyphs):
                if abs(line.x0 - marker.text_x) < 0.4 * size:
                    hanging[True] += 1
                elif abs(line.x0 - before.x0) < 0.4 * size:
                    hanging[False] += 1
    pitch = _usual_pitch(pitches)
    return Body(
        size,
        weights[True] > 2 * weights[False],
        pitch,
        hanging[True] >= hanging[False],
        colours.most_common(1)[0][0] if colours else 0,
        glyphs,
    )


def _usual_pitch(pitches: Counter[float]) -> float:
    if not pitches:
        return 1.25
    most = pitches.most_common(1)[0][1]
    return min(pitch for pitch, count in pitches.items() if count >= 0.5 * most)

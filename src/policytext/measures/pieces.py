"""Where each measure of a segment begins and ends: the leading one, and those that a further verb begins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from policytext.measures.fields import trim
from policytext.measures.heads import Head
from policytext.measures.reading import Reading
from policytext.measures.splits import clause_opening


@dataclass(frozen=True, slots=True)
class Piece:
    """A measure's part of a segment: its head, its words (from `first` to before `stop`) and its bounds in the text.

    `reading` is the segment's own for the first measure; of a later one it ends with it, its own head leading.
    """

    reading: Reading
    head: Head | None
    first: int
    stop: int
    start: int
    end: int


def pieces(text: str, bounds: Sequence[tuple[int, int]], reading: Reading, further: Sequence[Head]) -> list[Piece]:
    """Return the measures of a segment in order: the leading one, and one for each of the `further` heads.

    Parameters
    ----------
    text : str
        The segment.
    bounds : sequence of tuple of int
        Where its words lie in the text.
    reading : Reading
        The segment, read.
    further : sequence of Head
        The heads that begin a measure of their own, in order.
    """
    words = reading.words
    begins: list[Head | None] = [reading.main]
    before = reading.main
    for later in further:
        if before is None or _opening(reading, later, before) > before.verb:
            begins.append(later)
            before = later
    found: list[Piece] = []
    for order, head in enumerate(begins):
        following = begins[order + 1] if order + 1 < len(begins) else None
        stop = _opening(reading, following, head) if following is not None else len(words)
        first = found[-1].stop if order else 0
        start = bounds[first][0] if first < len(bounds) else 0
        last = stop
        while following is not None and last > first + 1 and words[last - 1].kind in ("coord", "comma", "adv"):
            last -= 1
        end = bounds[last - 1][1] if 0 < last <= len(bounds) else len(text)
        start, end = trim(text, start, end)
        if start >= end:
            start, end = 0, len(text)
        found.append(Piece(_part(reading, head, stop) if order else reading, head, first, stop, start, end))
    return found


def _part(reading: Reading, head: Head | None, stop: int) -> Reading:
    return Reading(
        reading.words[:stop],
        reading.heads,
        head,
        reading.mode,
        reading.item,
        reading.finite,
        reading.stances,
        reading.lowers[:stop],
    )


def _opening(reading: Reading, head: Head, before: Head | None) -> int:
    """Return the place of the first word of a split measure: its sentence's or its clause's, after the coordinator."""
    words = reading.words
    floor = before.after if before is not None else 0
    place = min(head.trigger, head.verb)
    if not head.kind.startswith(("coord", "loose", "late")):
        return clause_opening(words, head, floor)
    while place > floor and words[place - 1].kind not in ("stop", "comma", "coord"):
        if head.kind.startswith("coord") and words[place - 1].kind not in ("adv", "neg", "aa"):
            break
        place -= 1
    return place

"""Measures in their sentences: what the page shows of each, and the same as compact data for its script."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from policytext.report.texts import Texts
from policytext.report.views import groups_of_segments, records

if TYPE_CHECKING:
    from policytext.analysis import Analysis

_SEGMENTS = ("doc_id", "segment_id", "text", "start")
_MEASURES = (
    "doc_id",
    "segment_id",
    "measure_id",
    "text",
    "start",
    "end",
    "strength",
    "specific",
    "direction",
    "area",
    "numeric",
)
_QUANTITIES = ("doc_id", "segment_id", "text", "start", "end")
_SURE = 0.5


@dataclass(frozen=True, slots=True)
class Sentence:
    """A measure with the sentence it stands in.

    `start`, `end` and `quantities` (start, end, committed) count characters of `text`, the whole sentence; a
    measure whose place is unknown has `start` and `end` None.
    """

    measure_id: str
    doc_id: str
    segment_id: str
    group: str
    text: str
    start: int | None
    end: int | None
    quantities: tuple[tuple[int, int, bool], ...]
    heading: str
    intro: str
    page: int | None
    strength: str
    specific: bool
    direction: str
    numeric: bool
    area: str | None
    area_2: str | None
    unsure: bool
    deadline: str | None
    actor: str | None

    def pieces(self) -> Iterator[tuple[str, bool, bool]]:
        """Cut the sentence where marks begin and end: (text, in the measure, in a number)."""
        cuts = {0, len(self.text)}
        for start, end, _ in self.quantities:
            cuts |= {start, end}
        if self.start is not None and self.end is not None:
            cuts |= {self.start, self.end}
        places = sorted(cuts)
        for left, right in pairwise(places):
            inside = self.start is not None and self.end is not None and self.start <= left and right <= self.end
            number = any(start <= left and right <= end for start, end, _ in self.quantities)
            yield self.text[left:right], inside, number


def sentences(words: Texts, analysis: Analysis, *, by: str) -> list[Sentence]:
    """Return every measure in reading order with its sentence, grouped as the comparison is.

    Parameters
    ----------
    words
        The words of the report.
    analysis
        The analysis; its segments must hold those its measures name.
    by
        The compared column.
    """
    groups = groups_of_segments(words, analysis, by=by)
    segments = {
        (row["doc_id"], row["segment_id"]): row
        for row in records(analysis.segments, _SEGMENTS, name="segments", optional=["heading", "intro", "page"])
    }
    numbers: dict[tuple[Any, Any], list[dict[str, Any]]] = {}
    for row in records(analysis.quantities, _QUANTITIES, name="quantities", optional=["committed"]):
        numbers.setdefault((row["doc_id"], row["segment_id"]), []).append(row)
    optional = ["area_2", "area_probability", "deadline", "actor", "page", "heading"]
    rows = records(analysis.measures, _MEASURES, name="measures", optional=optional)
    return [_sentence(row, segments, numbers, groups) for row in rows]


def _sentence(
    row: Mapping[str, Any],
    segments: Mapping[tuple[Any, Any], Mapping[str, Any]],
    numbers: Mapping[tuple[Any, Any], list[dict[str, Any]]],
    groups: Mapping[tuple[str, str], str],
) -> Sentence:
    key = (row["doc_id"], row["segment_id"])
    segment = segments.get(key, {"text": row["text"], "start": row["start"]})
    text = str(segment["text"])
    place = _place(row, segment)
    found = {(_place(number, segment), bool(number["committed"])) for number in numbers.get(key, ())}
    page = row["page"] if row["page"] is not None else segment.get("page")
    sure = row["area_probability"]
    return Sentence(
        measure_id=str(row["measure_id"]),
        doc_id=str(row["doc_id"]),
        segment_id=str(row["segment_id"]),
        group=groups.get((str(row["doc_id"]), str(row["segment_id"])), ""),
        text=text,
        start=place[0] if place else None,
        end=place[1] if place else None,
        quantities=tuple(sorted((at[0], at[1], committed) for at, committed in found if at)),
        heading=str(row["heading"] or segment.get("heading") or ""),
        intro=str(segment.get("intro") or ""),
        page=None if page is None else int(page),
        strength=str(row["strength"]),
        specific=bool(row["specific"]),
        direction=str(row["direction"]),
        numeric=bool(row["numeric"]),
        area=row["area"],
        area_2=row["area_2"],
        unsure=sure is not None and float(sure) < _SURE,
        deadline=None if row["deadline"] is None else _year(row["deadline"]),
        actor=row["actor"],
    )


def _year(deadline: object) -> str:
    return f"{deadline:.0f}" if isinstance(deadline, float) else str(deadline)


def _place(part: Mapping[str, Any], segment: Mapping[str, Any]) -> tuple[int, int] | None:
    """Return where a part stands in its segment: offsets count in the document, or else in the segment."""
    whole, text = str(segment["text"]), str(part["text"])
    for shift in (int(segment["start"] or 0), 0):
        start = int(part["start"]) - shift
        if start >= 0 and whole[start : start + len(text)] == text:
            return start, start + len(text)
    start = whole.find(text)
    return (start, start + len(text)) if start >= 0 else None


class _Table:
    """Strings by number, each kept once."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}

    def __call__(self, text: str) -> int:
        return self.numbers.setdefault(text, len(self.numbers))


def payload(found: list[Sentence], documents: Mapping[str, str]) -> dict[str, Any]:
    """Return the measures as nested lists of strings and numbers, every repeated string kept once.

    Offsets count UTF-16 units, as scripts do. `documents` gives the titles.
    """
    texts = _Table()
    rows = [
        [
            texts(one.text),
            _units(one.text, one.start),
            _units(one.text, one.end),
            [[_units(one.text, start), _units(one.text, end)] for start, end, _ in one.quantities],
            texts("" if one.heading == documents.get(one.doc_id) else one.heading),
            texts(one.intro),
            texts(one.group),
            texts(documents.get(one.doc_id, one.doc_id)),
            one.page,
            one.area or "",
            one.area_2 or "",
            int(one.unsure),
            one.strength,
            int(one.specific),
            int(one.numeric),
            one.direction,
            one.deadline or "",
            one.actor or "",
        ]
        for one in found
    ]
    return {"texts": list(texts.numbers), "measures": rows}


def _units(text: str, offset: int | None) -> int:
    if offset is None:
        return -1
    return offset if text.isascii() else len(text[:offset].encode("utf-16-le")) // 2


def to_json(data: object) -> str:
    r"""Return data as JSON that can stand inside a ``<script>`` element whatever texts it holds.

    Examples
    --------
    >>> to_json("</script><!--")
    '"\\u003c/script\\u003e\\u003c!--"'
    """
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    escapes = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\N{LINE SEPARATOR}\N{PARAGRAPH SEPARATOR}"}
    return text.translate(escapes)

"""How records become rows of the tables of an analysis."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from policytext.records import Measure, Quantity, Segment

if TYPE_CHECKING:
    from policytext.areas import AreaCode
    from policytext.language import Mended


def segment_row(item: Segment, form: str, score: float, probability: float | None) -> dict[str, Any]:
    """Return a segment's row; `score` is that of its written form, `probability` that it holds a measure."""
    box = item.box or (None, None, None, None)
    return {
        "doc_id": item.doc_id,
        "segment_id": item.segment_id,
        "kind": item.kind,
        "heading": item.heading,
        "intro": item.intro,
        "text": item.text,
        "start": item.start,
        "end": item.end,
        "page": item.page,
        "language": form,
        "party": item.party,
        "date": item.date,
        "level": item.level,
        "path": " › ".join(item.path) or None,
        "speaker": item.speaker,
        "marker": item.marker,
        "language_score": score,
        "measure_probability": probability,
        "x0": box[0],
        "y0": box[1],
        "x1": box[2],
        "y1": box[3],
    }


def measure_row(
    item: Segment, form: str, measure_id: str, measure: Measure, code: AreaCode, own: Sequence[Quantity]
) -> dict[str, Any]:
    """Return a measure's row; `own` are the committed quantities that belong to it."""
    deadlines = [quantity.text for quantity in own if quantity.role == "deadline"]
    return {
        "doc_id": item.doc_id,
        "segment_id": item.segment_id,
        "measure_id": measure_id,
        "text": measure.text,
        "start": item.start + measure.start,
        "end": item.start + measure.end,
        "verb": measure.verb,
        "strength": measure.strength,
        "specific": measure.specific,
        "direction": measure.direction,
        "actor": measure.actor,
        "area": code.area,
        "area_2": code.area_2,
        "area_probability": code.probability,
        "numeric": bool(own),
        "deadline": measure.deadline or (deadlines[0] if deadlines else None),
        "object": measure.object,
        "target_group": measure.target_group,
        "place": measure.place,
        "statement": measure.statement,
        "cue": measure.cue,
        "probability": measure.probability,
        "party": item.party,
        "date": item.date,
        "language": form,
        "page": item.page,
        "heading": item.heading,
    }


def quantity_row(item: Segment, form: str, ids: Sequence[str], quantity: Quantity) -> dict[str, Any]:
    """Return a quantity's row; `ids` are those of the segment's measures."""
    return {
        "doc_id": item.doc_id,
        "segment_id": item.segment_id,
        "measure_id": None if quantity.measure is None else ids[quantity.measure],
        "text": quantity.text,
        "start": item.start + quantity.start,
        "end": item.start + quantity.end,
        "value": quantity.value,
        "low": quantity.low,
        "high": quantity.high,
        "unit": quantity.unit,
        "comparator": quantity.comparator,
        "role": quantity.role,
        "direction": quantity.direction,
        "committed": bool(quantity.committed),
        "per": quantity.per,
        "approximate": quantity.approximate,
        "baseline": quantity.baseline,
        "deadline": quantity.deadline,
        "party": item.party,
        "date": item.date,
        "language": form,
        "page": item.page,
    }


def point_into_given(
    given: Sequence[Segment],
    mended: Mapping[int, Mended],
    segments: Sequence[dict[str, Any]],
    found: Sequence[dict[str, Any]],
) -> None:
    """Make rows that were found in mended text show and index the text as it was given.

    Parameters
    ----------
    given : sequence of Segment
        The segments as given.
    mended : mapping of int to Mended
        What was mended, by the place of its segment.
    segments : sequence of dict
        The rows of these segments, in the same order; changed in place, as are those of `found`.
    found : sequence of dict
        The rows of their measures and quantities.
    """
    places = {(item.doc_id, item.segment_id): place for place, item in enumerate(given)}
    for item, row in zip(given, segments, strict=True):
        row.update(text=item.text, heading=item.heading, intro=item.intro)
    for row in found:
        place = places[row["doc_id"], row["segment_id"]]
        item = given[place]
        if "heading" in row:
            row["heading"] = item.heading
        if place in mended:
            start = mended[place].given(row["start"] - item.start)
            end = mended[place].given(row["end"] - item.start, end=True)
            row.update(start=item.start + start, end=item.start + end, text=item.text[start:end])

"""Ready-cut text as segments: what `annotate` takes, checked."""

from __future__ import annotations

from typing import Any, cast

import pandas as pd

from policytext.errors import AnalysisError
from policytext.records import SEGMENT_KINDS, Segment, SegmentKind

_GIVEN = ("doc_id", "kind", "heading", "intro", "language", "party", "date", "page", "speaker")


def segments_of(table: pd.DataFrame) -> list[Segment]:
    """Return a segment for each row of a table of ready-cut text, numbered by its position."""
    if "text" not in table.columns:
        raise AnalysisError(f"the table has no column 'text'; it has {', '.join(map(str, table.columns)) or 'none'}")
    blank = table["text"].isna()
    if blank.any():
        raise AnalysisError(f"the text is missing in row {int(blank.to_numpy().argmax())}; drop such rows first")
    texts = list(map(str, table["text"].tolist()))
    columns = {
        name: [
            None if missing else value
            for value, missing in zip(table[name].tolist(), table[name].isna().tolist(), strict=True)
        ]
        for name in _GIVEN
        if name in table.columns
    }
    if "segment_id" in table.columns:
        keys = pd.DataFrame({"doc_id": columns.get("doc_id", ""), "segment_id": table["segment_id"].to_numpy()})
        if keys.duplicated().any():
            repeated = keys["segment_id"][keys.duplicated()].tolist()[0]
            raise AnalysisError(f"the segment_id {repeated!r} occurs twice in a document")

    empty = [None] * len(texts)
    given = {name: columns.get(name, empty) for name in _GIVEN}
    kinds = [_kind(kind, position) for position, kind in enumerate(given["kind"])]
    return [
        Segment(
            doc_id=str(doc_id or ""),
            segment_id=str(position),
            kind=kind,
            text=text,
            start=0,
            end=len(text),
            heading=str(heading or ""),
            intro=str(intro or ""),
            language=form,
            party=party,
            date=None if date is None else str(date),
            page=None if page is None else int(page),
            speaker=speaker,
        )
        for position, (text, kind, doc_id, heading, intro, form, party, date, page, speaker) in enumerate(
            zip(
                texts,
                kinds,
                given["doc_id"],
                given["heading"],
                given["intro"],
                given["language"],
                given["party"],
                given["date"],
                given["page"],
                given["speaker"],
                strict=True,
            )
        )
    ]


def _kind(given: Any, position: int) -> SegmentKind:
    kind = "paragraph" if given in (None, "", "para") else str(given)
    if kind not in SEGMENT_KINDS:
        raise AnalysisError(f"the kind {kind!r} in row {position} is unknown; allowed: {', '.join(SEGMENT_KINDS)}")
    return cast("SegmentKind", kind)

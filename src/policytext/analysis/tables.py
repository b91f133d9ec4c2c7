"""The tidy tables of an analysis: their columns and types, and how records become rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import TYPE_CHECKING, Any

import pandas as pd
import pyarrow as pa

if TYPE_CHECKING:
    from pathlib import Path

DOCUMENT_COLUMNS: Mapping[str, str] = {
    "doc_id": "str",
    "party": "str",
    "title": "str",
    "date": "str",
    "kind": "str",
    "language": "str",
    "source": "str",
    "sha256": "str",
    "n_characters": "int64",
    "n_pages": "Int64",
    "n_segments": "int64",
    "n_measures": "int64",
    "n_quantities": "int64",
    "n_dropped": "Int64",
}
SEGMENT_COLUMNS: Mapping[str, str] = {
    "doc_id": "str",
    "segment_id": "str",
    "kind": "str",
    "heading": "str",
    "intro": "str",
    "text": "str",
    "start": "int64",
    "end": "int64",
    "page": "Int64",
    "language": "str",
    "party": "str",
    "date": "str",
    "level": "Int64",
    "path": "str",
    "speaker": "str",
    "marker": "str",
    "language_score": "float64",
    "measure_probability": "float64",
    "x0": "float64",
    "y0": "float64",
    "x1": "float64",
    "y1": "float64",
}
MEASURE_COLUMNS: Mapping[str, str] = {
    "doc_id": "str",
    "segment_id": "str",
    "measure_id": "str",
    "text": "str",
    "start": "int64",
    "end": "int64",
    "verb": "str",
    "strength": "str",
    "specific": "bool",
    "direction": "str",
    "actor": "str",
    "area": "str",
    "area_2": "str",
    "area_probability": "float64",
    "numeric": "bool",
    "deadline": "str",
    "object": "str",
    "target_group": "str",
    "place": "str",
    "statement": "str",
    "cue": "str",
    "probability": "float64",
    "party": "str",
    "date": "str",
    "language": "str",
    "page": "Int64",
    "heading": "str",
}
QUANTITY_COLUMNS: Mapping[str, str] = {
    "doc_id": "str",
    "segment_id": "str",
    "measure_id": "str",
    "text": "str",
    "start": "int64",
    "end": "int64",
    "value": "float64",
    "low": "float64",
    "high": "float64",
    "unit": "str",
    "comparator": "str",
    "role": "str",
    "direction": "str",
    "committed": "bool",
    "per": "str",
    "approximate": "bool",
    "baseline": "str",
    "deadline": "str",
    "party": "str",
    "date": "str",
    "language": "str",
    "page": "Int64",
}
PROBLEM_COLUMNS: Mapping[str, str] = {"source": "str", "message": "str"}

TABLES: Mapping[str, Mapping[str, str]] = {
    "documents": DOCUMENT_COLUMNS,
    "segments": SEGMENT_COLUMNS,
    "measures": MEASURE_COLUMNS,
    "quantities": QUANTITY_COLUMNS,
    "problems": PROBLEM_COLUMNS,
}


def frame(rows: Sequence[Mapping[str, Any]], columns: Mapping[str, str], *, id_dtype: str = "str") -> pd.DataFrame:
    """Build a table with exactly these columns in this order and these types, also when there are no rows.

    `segment_id` takes the type `id_dtype`: positions are integers, names are text.
    """
    types = {**columns, "segment_id": id_dtype} if "segment_id" in columns else columns
    values = zip(types.items(), _columns(rows, tuple(types)), strict=True)
    return pd.DataFrame({name: _series(column, dtype) for (name, dtype), column in values})


def _columns(rows: Sequence[Mapping[str, Any]], names: Sequence[str]) -> Sequence[Sequence[Any]]:
    if not rows:
        return [()] * len(names)
    try:
        return list(zip(*map(itemgetter(*names), rows), strict=True))
    except KeyError:
        return [[row.get(name) for row in rows] for name in names]


def _series(column: Sequence[Any], dtype: str) -> Any:
    """Return a column of a type; texts go straight to Arrow, where pandas would look at each of them first."""
    if dtype == "str":
        try:
            return pd.array(pa.array(column, pa.large_string()), dtype="str")
        except pa.ArrowException:  # not all of them are texts
            pass
    return pd.Series(column, dtype=dtype)


@dataclass(frozen=True, slots=True)
class Analysis:
    """The result of an analysis: tidy tables, one row a record.

    Attributes
    ----------
    documents : DataFrame
        One row a document: `doc_id, party, title, date, kind, language, source, sha256` (of the normalised text)
        and the counts `n_characters, n_pages, n_segments, n_measures, n_quantities, n_dropped`.
    segments : DataFrame
        One row a segment: `doc_id, segment_id, kind, heading, intro, text, start, end, page, language, party, date`,
        then `level, path` (headings from the top, joined by `` › ``), `speaker, marker, language_score` (0–1),
        `measure_probability` (0–1, missing where the kind cannot hold a measure) and the box on the page
        `x0, y0, x1, y1` (PDF points from the lower left corner).
    measures : DataFrame
        One row a measure: `doc_id, segment_id, measure_id, text, start, end, verb` (lemma), `strength, specific,
        direction, actor, area, area_2, area_probability` (0–1), `numeric` (holds a committed number), `deadline`,
        then `object, target_group, place, statement` (the measure as a sentence that stands alone), `cue,
        probability` (0–1), `party, date, language, page, heading`.
    quantities : DataFrame
        One row a number: `doc_id, segment_id, measure_id, text, start, end, value, low, high, unit, comparator, role,
        direction, committed`, then `per, approximate, baseline, deadline, party, date, language, page`. A range has
        `low` and `high` and no `value`; an open end is missing.
    problems : DataFrame
        Files that could not be read: `source, message`.
    manifest : dict
        What a stranger needs to get the same tables: versions, settings, models and the documents' hashes.

    Notes
    -----
    `start` and `end` count characters of the document's text (of the segment with `annotate`), end exclusive. The
    codes are those of the codebook.
    """

    documents: pd.DataFrame
    segments: pd.DataFrame
    measures: pd.DataFrame
    quantities: pd.DataFrame
    problems: pd.DataFrame
    manifest: dict[str, Any] = field(default_factory=dict)

    def save(self, folder: str | Path) -> Path:
        """Write all tables as Parquet, and the manifest as JSON; return the folder."""
        from policytext.analysis.storage import save

        return save(self, folder)

    def to_csv(self, folder: str | Path) -> Path:
        """Write all tables as CSV (UTF-8, comma, one header row); return the folder."""
        from policytext.analysis.storage import to_csv

        return to_csv(self, folder)

    def to_jsonl(self, folder: str | Path) -> Path:
        """Write all tables as JSON lines (UTF-8); return the folder."""
        from policytext.analysis.storage import to_jsonl

        return to_jsonl(self, folder)

    def __repr__(self) -> str:
        return (
            f"Analysis({len(self.documents)} documents, {len(self.segments)} segments, {len(self.measures)} measures, "
            f"{len(self.quantities)} quantities, {len(self.problems)} problems)"
        )

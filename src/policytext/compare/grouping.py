"""What is compared: the segments and measures of an analysis with the group that each belongs to."""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from policytext.errors import AnalysisError
from policytext.language import terms
from policytext.rules import load_lexicon

if TYPE_CHECKING:
    from policytext.analysis import Analysis

UNKNOWN = "unknown"
"""The group of documents for which the compared column is empty."""
TEXT_KINDS = ("paragraph", "item", "quote", "question")
_NOT_GROUPS = frozenset(
    {"segment_id", "text", "start", "end", "page", "intro", "heading", "level", "path", "marker", "language_score"}
    | {"measure_probability", "x0", "y0", "x1", "y1", "sha256", "n_characters", "n_pages", "n_segments", "n_measures"}
    | {"n_quantities", "n_dropped"}
)


@dataclass(frozen=True, slots=True)
class Grouped:
    """An analysis in an order that does not depend on the order of its documents.

    Attributes
    ----------
    by : str
        The column compared by.
    groups : tuple of str
        The groups, sorted.
    segments : DataFrame
        All segments with the columns `group` and `section` (a number that grows where document or heading changes),
        sorted by group, document and place.
    measures : DataFrame
        All measures with `group`, sorted alike, and `segment`, the row of their segment in `segments`.
    """

    by: str
    groups: tuple[str, ...]
    segments: pd.DataFrame
    measures: pd.DataFrame


def group(analysis: Analysis, by: str) -> Grouped:
    """Attach the group to each segment and measure.

    Raises
    ------
    AnalysisError
        If there is no segment, or `by` is no column of the segments or documents; the message lists those there are.
    """
    segments = analysis.segments
    if segments.empty:
        raise AnalysisError("the analysis holds no segment: there is nothing to compare")
    labels = _labels(segments, analysis.documents, by)
    order = segments.assign(group=labels, position=np.arange(len(segments)))
    order = order.sort_values(["group", "doc_id", "position"], kind="stable").reset_index(drop=True)
    heading = order["heading"].fillna("").astype(str)
    changes = (order["doc_id"].astype(str) != order["doc_id"].astype(str).shift()) | (heading != heading.shift())
    order["section"] = changes.cumsum()
    places = {key: row for row, key in enumerate(_keys(order))}
    measures = analysis.measures
    rows = np.array([places.get(key, -1) for key in _keys(measures)], dtype=np.int64)
    if (rows < 0).any():
        lost = measures.iloc[int((rows < 0).argmax())]
        raise AnalysisError(f"the measure {lost['measure_id']!r} belongs to no segment of the analysis")
    own = measures.assign(segment=rows, group=order["group"].to_numpy()[rows] if len(rows) else pd.Series(dtype="str"))
    own = own.sort_values(["segment", "start"], kind="stable").reset_index(drop=True)
    return Grouped(by, tuple(sorted(set(order["group"]))), order.drop(columns="position"), own)


def _keys(table: pd.DataFrame) -> list[tuple[str, str]]:
    return list(zip(table["doc_id"].astype(str), table["segment_id"].astype(str), strict=True))


def _labels(segments: pd.DataFrame, documents: pd.DataFrame, by: str) -> NDArray[np.object_]:
    if by == "year" and "date" in segments.columns:
        values = segments["date"].astype("str").str[:4]
        values = values.where(segments["date"].notna())
    elif by in segments.columns and by not in _NOT_GROUPS:
        values = segments[by]
    elif by in documents.columns and by not in _NOT_GROUPS:
        values = segments["doc_id"].map(documents.drop_duplicates("doc_id").set_index("doc_id")[by])
    else:
        allowed = [name for name in (*segments.columns, *documents.columns) if name not in _NOT_GROUPS]
        allowed += ["year"] if "date" in segments.columns else []
        raise AnalysisError(f"cannot compare by {by!r}; allowed: {', '.join(dict.fromkeys(map(str, allowed)))}")
    return np.array([UNKNOWN if pd.isna(value) or not str(value) else str(value) for value in values], dtype=object)


@dataclass(frozen=True, slots=True)
class Words:
    """The content words of the running text, by segment.

    `vocabulary` holds the n_terms words, sorted; `counts` is a sparse matrix (n_segments, n_terms) over the rows of
    `Grouped.segments`; headings, contact lines and the like are empty rows.
    """

    vocabulary: tuple[str, ...]
    counts: object


@cache
def everyday_words() -> frozenset[str]:
    """Return the words that any programme is full of, such as «sikre», «ny» and «prosent»."""
    return frozenset(row["term"] for row in load_lexicon("everyday_words", ("term",)))


def count_words(grouped: Grouped, *, exclude: frozenset[str] = frozenset()) -> Words:
    """Count the words that `policytext.language.terms` finds, without those in `exclude`."""
    import scipy.sparse as sp

    segments = grouped.segments
    running = segments["kind"].isin(TEXT_KINDS).to_numpy()
    forms = [None if pd.isna(form) else str(form) for form in segments["language"]]
    known: dict[str, int] = {}
    said = array("q")
    sizes = np.zeros(len(segments), dtype=np.int64)
    for row, (text, form, used) in enumerate(zip(segments["text"], forms, running, strict=True)):
        if used:
            words = [known.setdefault(word, len(known)) for word in terms(text, form=form) if word not in exclude]
            said.extend(words)
            sizes[row] = len(words)
    vocabulary = tuple(sorted(known))
    rank = np.zeros(len(known), dtype=np.int64)
    rank[[known[word] for word in vocabulary]] = np.arange(len(known))
    rows = np.repeat(np.arange(len(segments)), sizes)
    columns = rank[np.frombuffer(said, dtype=np.int64)] if said else np.zeros(0, dtype=np.int64)
    counts = sp.csr_matrix((np.ones(len(columns)), (rows, columns)), shape=(len(segments), len(vocabulary)))
    counts.sum_duplicates()
    return Words(vocabulary, counts)

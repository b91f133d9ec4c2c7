"""The one line of stages: documents → segments → language, quantities, measures, areas → tables."""

from __future__ import annotations

import gc
import warnings
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import pandas as pd

from policytext import areas, language, measures, quantities
from policytext.analysis.fingerprint import text_hash
from policytext.analysis.given import segments_of
from policytext.analysis.manifest import manifest_of
from policytext.analysis.models import Models, load_models
from policytext.analysis.rows import measure_row, point_into_given, quantity_row, segment_row
from policytext.analysis.tables import (
    DOCUMENT_COLUMNS,
    MEASURE_COLUMNS,
    PROBLEM_COLUMNS,
    QUANTITY_COLUMNS,
    SEGMENT_COLUMNS,
    Analysis,
    frame,
)
from policytext.errors import AnalysisError, PolicyTextError, PolicyTextWarning
from policytext.records import Document, Measure, Problem, Segment

if TYPE_CHECKING:
    from pathlib import Path

    from policytext.areas import AreaCode

MEASURE_KINDS = frozenset({"paragraph", "item", "quote"})
"""Kinds of segment that can hold a measure: a heading, a question or a contact line promises nothing."""
NUMBERLESS_KINDS = frozenset({"toc", "boilerplate"})
_BATCH = 2000
_LONG_ENOUGH = 4
"""Words from which on a segment's own written form is trusted over the rest of its document."""


@dataclass(slots=True)
class Rows:
    """The rows of an analysis in the making."""

    documents: list[dict[str, Any]] = field(default_factory=list)
    segments: list[dict[str, Any]] = field(default_factory=list)
    measures: list[dict[str, Any]] = field(default_factory=list)
    quantities: list[dict[str, Any]] = field(default_factory=list)
    problems: list[dict[str, Any]] = field(default_factory=list)

    def add_problem(self, source: str, message: str) -> None:
        """Add a row that says of a file or document what is wrong with it."""
        self.problems.append({"source": source, "message": message})

    def analysis(self, models: Models, *, inputs: Mapping[str, Any] | None = None) -> Analysis:
        """Return the tables of these rows, and a manifest with what was read."""
        whole = bool(self.segments) and all(type(row["segment_id"]) is int for row in self.segments)
        id_dtype = "int64" if whole else "str"
        return Analysis(
            frame(self.documents, DOCUMENT_COLUMNS),
            frame(self.segments, SEGMENT_COLUMNS, id_dtype=id_dtype),
            frame(self.measures, MEASURE_COLUMNS, id_dtype=id_dtype),
            frame(self.quantities, QUANTITY_COLUMNS, id_dtype=id_dtype),
            frame(self.problems, PROBLEM_COLUMNS),
            manifest_of({row["doc_id"]: row["sha256"] for row in self.documents}, models=models, inputs=inputs),
        )


def analyze(
    corpus: Iterable[Document | Problem],
    *,
    models: str | Path | Models | None = None,
    progress: Callable[[Document | Problem], None] | None = None,
) -> Analysis:
    """Cut documents into segments and find their measures and quantities.

    Parameters
    ----------
    corpus : Corpus or iterable of Document and Problem
        What `read_corpus` or `iter_documents` gives. A stream is never held in memory as a whole.
    models : path or Models, optional
        The folder of models that `policytext train` wrote; the bundled ones when omitted.
    progress : callable, optional
        Called with each document (or problem) when it is done.

    Returns
    -------
    Analysis
        With one row a document, segment, measure and quantity, in the order of the corpus.

    Warns
    -----
    PolicyTextWarning
        If a document holds no measure at all.

    Raises
    ------
    AnalysisError
        If `corpus` is a path or text (read it with `read_corpus` first) or two documents share an id.
    ModelError
        If the models cannot be read.

    Examples
    --------
    >>> from policytext.records import Document
    >>> text = "Vi vil bygge ut fiber i alle grender."
    >>> analyze([Document("havørn", text, party="Bygdelista Havørn")]).measures["verb"].tolist()
    ['bygge ut']
    """
    if isinstance(corpus, (str, bytes)) or not isinstance(corpus, Iterable):
        raise AnalysisError(
            f"analyze takes a corpus, not {type(corpus).__name__}; read the files first with "
            "policytext.read_corpus(path), or use policytext.annotate for text that is already cut"
        )
    rows, loaded = Rows(), load_models(models)
    for problem in getattr(corpus, "problems", ()):
        rows.add_problem(problem.source, problem.message)
    seen: set[str] = set()
    for document in corpus:
        if isinstance(document, Problem):
            rows.add_problem(document.source, document.message)
        else:
            if document.doc_id in seen:
                raise AnalysisError(
                    f"two documents are called {document.doc_id!r}; give each its own doc_id in metadata.csv"
                )
            seen.add(document.doc_id)
            add_document(document, rows, loaded)
        if progress is not None:
            progress(document)
    return rows.analysis(loaded, inputs=getattr(corpus, "inputs", None))


def annotate(segments: Iterable[str] | pd.DataFrame, *, models: str | Path | Models | None = None) -> Analysis:
    """Find measures and quantities in text that is already cut into segments.

    Parameters
    ----------
    segments : iterable of str, or DataFrame
        One text a segment. A DataFrame needs the column `text` and may have `doc_id, segment_id, kind, heading, intro,
        language, party, date, page, speaker`; missing values count as empty. `kind` is one of the segment kinds
        (``paragraph`` when it is missing; ``para`` is read as ``paragraph``).
    models : path or Models, optional
        The folder of models that `policytext train` wrote; the bundled ones when omitted.

    Returns
    -------
    Analysis
        `segment_id` is the row's position unless the input has the column; offsets count within the segment.

    Raises
    ------
    AnalysisError
        If there is no column `text`, a text is missing, a kind is unknown, or a `segment_id` repeats within a document.
    ModelError
        If the models cannot be read.

    Examples
    --------
    >>> analysis = annotate(["Vi vil halvere fergetakstene innen 2030.", "Kommunen har tre ferger."])
    >>> analysis.measures[["segment_id", "verb", "direction"]].values.tolist()
    [[0, 'halvere', 'decrease']]
    """
    if isinstance(segments, (str, bytes)) or not isinstance(segments, Iterable):
        kind = type(segments).__name__
        raise AnalysisError(f"annotate takes many texts, not {kind}: give a list of segments, or one text as [text]")
    table = segments if isinstance(segments, pd.DataFrame) else pd.DataFrame({"text": list(segments)})
    with _no_collecting():
        return _annotate(table, load_models(models))


def _annotate(table: pd.DataFrame, models: Models) -> Analysis:
    cut = segments_of(table)
    rows = Rows()
    _add_all(cut, rows, models)
    ids = table["segment_id"].tolist() if "segment_id" in table.columns else range(len(table))
    original = {item.segment_id: given for item, given in zip(cut, ids, strict=True)}
    for name in ("segments", "measures", "quantities"):
        for row in getattr(rows, name):
            row["segment_id"] = original[row["segment_id"]]
    by_document: dict[str, list[Segment]] = {}
    for item in cut:
        by_document.setdefault(item.doc_id, []).append(item)
    n_measures = Counter(row["doc_id"] for row in rows.measures)
    n_quantities = Counter(row["doc_id"] for row in rows.quantities)
    for doc_id, mine in by_document.items():
        rows.documents.append(
            {
                "doc_id": doc_id,
                "party": mine[0].party,
                "date": mine[0].date,
                "sha256": text_hash("\n".join(item.text for item in mine)),
                "n_characters": sum(len(item.text) for item in mine),
                "n_segments": len(mine),
                "n_measures": n_measures[doc_id],
                "n_quantities": n_quantities[doc_id],
            }
        )
    return rows.analysis(models)


@contextmanager
def _no_collecting() -> Iterator[None]:
    """Switch the collector of reference cycles off: the records here make none, and walking them all costs time.

    What is left at the end, words that are remembered above all, is counted as old, which spares a walk as well.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            if not gc.get_freeze_count():  # else the caller has frozen objects, which are not ours to thaw
                gc.freeze()
                gc.unfreeze()
            gc.enable()


def add_document(document: Document, rows: Rows, models: Models) -> None:
    """Cut and read one document, and add its rows; nothing of it depends on documents before it."""
    from policytext import segment  # with all formats of files behind it, which `annotate` does not need

    before = len(rows.segments), len(rows.measures), len(rows.quantities)
    try:
        cut = [
            replace(item, party=item.party or document.party, date=item.date or document.date)
            for item in segment.segment_document(document)
        ]
        _add_all(cut, rows, models, fallback=document.language)
    except PolicyTextError as error:
        del rows.segments[before[0] :], rows.measures[before[1] :], rows.quantities[before[2] :]
        rows.add_problem(document.source or document.doc_id, str(error))
        return
    n_measures = len(rows.measures) - before[1]
    if not n_measures:
        warnings.warn(f"{document.doc_id}: no measure found in the whole document", PolicyTextWarning, stacklevel=3)
    rows.documents.append(
        {
            "doc_id": document.doc_id,
            "party": document.party,
            "title": document.title,
            "date": document.date,
            "kind": document.kind,
            "language": document.language,
            "source": document.source,
            "sha256": text_hash(document.text),
            "n_characters": len(document.text),
            "n_pages": max((run.page for run in document.runs), default=None),
            "n_segments": len(rows.segments) - before[0],
            "n_measures": n_measures,
            "n_quantities": len(rows.quantities) - before[2],
            "n_dropped": len(document.dropped),
        }
    )


def _add_all(given: Sequence[Segment], rows: Rows, models: Models, *, fallback: str | None = None) -> None:
    """Add the rows of segments; text that lost its ligatures is read with them, its rows point into it as given."""
    read, mended = language.mend_segments(given)
    before = len(rows.segments), len(rows.measures), len(rows.quantities)
    for start in range(0, len(read), _BATCH):
        _add_segments(read[start : start + _BATCH], rows, models, fallback=fallback)
    if read is not given:
        found = [*rows.measures[before[1] :], *rows.quantities[before[2] :]]
        point_into_given(given, mended, rows.segments[before[0] :], found)


@_no_collecting()
def _add_segments(cut: Sequence[Segment], rows: Rows, models: Models, *, fallback: str | None = None) -> None:
    forms = _written_forms(cut, fallback)
    candidates = [number for number, item in enumerate(cut) if item.kind in MEASURE_KINDS and item.text.strip()]
    found = [() if item.kind in NUMBERLESS_KINDS else quantities.find(item.text) for item in cut]
    chosen = [cut[number] for number in candidates]
    chances, results = measures.judge(chosen, models=models.measures)
    coded = areas.classify(chosen, results, model=models.areas)
    probability = dict(zip(candidates, chances.tolist(), strict=True))
    by_segment: dict[int, tuple[tuple[Measure, ...], tuple[AreaCode, ...]]] = {
        number: (result, tuple(codes)) for number, result, codes in zip(candidates, results, coded, strict=True)
    }
    for number, (item, (form, score)) in enumerate(zip(cut, forms, strict=True)):
        its_measures, codes = by_segment.get(number, ((), ()))
        year = int(item.date[:4]) if item.date and item.date[:4].isdigit() else None
        resolved = quantities.resolve(
            item.text, found[number], its_measures, heading=item.heading, intro=item.intro, year=year
        )
        rows.segments.append(segment_row(item, form, score, probability.get(number)))
        ids = [f"{item.doc_id}:{item.segment_id}-m{n}" for n in range(1, len(its_measures) + 1)]
        for n, (measure, code) in enumerate(zip(its_measures, codes, strict=True)):
            own = [q for q in resolved if q.measure == n and q.committed]
            rows.measures.append(measure_row(item, form, ids[n], measure, code, own))
        rows.quantities.extend(quantity_row(item, form, ids, quantity) for quantity in resolved)


def _written_forms(cut: Sequence[Segment], fallback: str | None) -> list[tuple[str, float]]:
    """Return each segment's written form: as given, else detected, for short segments that of their surroundings."""
    detected = iter(language.detect_forms([item.text for item in cut if not item.language]))
    forms = [(item.language, 1.0) if item.language else next(detected) for item in cut]
    long_enough = [bool(item.language) or len(item.text.split()) >= _LONG_ENOUGH for item in cut]
    votes = Counter(form for (form, _), long in zip(forms, long_enough, strict=True) if long)
    default = fallback or (votes.most_common(1)[0][0] if votes else None)
    return [
        (form, score) if long or default is None else (default, score)
        for (form, score), long in zip(forms, long_enough, strict=True)
    ]

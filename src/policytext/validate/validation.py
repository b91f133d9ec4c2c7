"""Compare an analysis with hand coding, task by task, in all and by party and written form."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from policytext.compare.resampling import seed_of
from policytext.errors import AnalysisError
from policytext.records import AREAS, DIRECTIONS, STRENGTHS
from policytext.validate.gold import GoldSegment, read_gold
from policytext.validate.matching import Found, found_by_segment, match_quantities, match_texts
from policytext.validate.scores import MISSING, SCORES, Codes, Pairs, measure_agreement

if TYPE_CHECKING:
    from policytext.analysis import Analysis

Case = tuple[GoldSegment, Found]
YES_NO = ("true", "false")
COLUMNS = ("task", "n", *SCORES, "score", "low", "high")


@dataclass(frozen=True, slots=True)
class Validation:
    """How an analysis agrees with hand coding.

    Attributes
    ----------
    table : DataFrame
        One row a task: `task, n` (segments, or coded numbers), the scores `precision, recall, f1, accuracy, macro_f1,
        kappa` that apply, the name of the headline `score`, and its 95 % bootstrap interval `low, high`.
    groups : DataFrame
        The same by party (the gold's `party`, else its `doc`) and by written form (the gold's `language`, else what
        most of the document is found to be): first `by` and `group`.
    confusion : mapping of str to DataFrame
        For each coded task the table of codes, the coder's in rows and the analysis' in columns.
    n_gold, n_bad, n_matched : int
        Coded segments, those unfit for coding, and those of the rest that the analysis holds.
    """

    table: pd.DataFrame
    groups: pd.DataFrame
    confusion: Mapping[str, pd.DataFrame]
    n_gold: int
    n_bad: int
    n_matched: int

    def to_dict(self) -> dict[str, Any]:
        """Return everything as plain values, missing ones as None, fit for JSON."""
        return {
            "n_gold": self.n_gold,
            "n_bad": self.n_bad,
            "n_matched": self.n_matched,
            "table": _plain(self.table),
            "groups": _plain(self.groups),
            "confusion": {
                name: {str(row): {str(k): int(v) for k, v in cells.items()} for row, cells in table.iterrows()}
                for name, table in self.confusion.items()
            },
        }

    def __repr__(self) -> str:
        return f"Validation({self.n_matched} of {self.n_gold - self.n_bad} coded segments)\n{self.table.round(3)}"


def _plain(table: pd.DataFrame) -> list[dict[str, Any]]:
    rows = table.astype(object).where(table.notna(), None).to_dict("records")
    return [{str(k): v.item() if isinstance(v, np.generic) else v for k, v in row.items()} for row in rows]


def validate(
    analysis: Analysis | str | Path | None,
    gold: str | Path | Sequence[GoldSegment],
    *,
    n_resamples: int = 1000,
    random_state: int = 0,
) -> Validation:
    """Compare an analysis with hand-coded segments.

    Parameters
    ----------
    analysis : Analysis, path or None
        An analysis (or the folder of a saved one) of the documents that the segments come from; they are found by
        their text. Without one, the coded texts themselves are annotated with their heading and intro.
    gold : path or sequence of GoldSegment
        JSON lines, see `read_gold`.
    n_resamples : int
        Bootstrap resamples, at least 1.

    Returns
    -------
    Validation
        Whether a segment is a measure is measured on those drawn at random (`stratum` ``random``) where there are any;
        `strength, specific, direction, first area, areas` and `number of measures` on all coded measures, one that was
        not found counting as wrong; numbers on all segments, matched by value and unit.

    Raises
    ------
    GoldError
        If the gold breaks its format.
    AnalysisError
        If no coded segment is in the analysis.

    Examples
    --------
    >>> coded = GoldSegment(
    ...     "1", "a", "Vi vil bygge ut fiber.", measure=True, n_measures=1, strength="firm", specific=False,
    ...     direction="increase", areas=("infrastruktur",),
    ... )
    >>> table = validate(None, [coded], n_resamples=10).table.set_index("task")
    >>> float(table.loc["first area", "accuracy"])
    1.0
    """
    if n_resamples < 1:
        raise AnalysisError(f"n_resamples is {n_resamples}; it must be at least 1")
    coded = read_gold(gold) if isinstance(gold, (str, Path)) else tuple(gold)
    usable = [segment for segment in coded if not segment.bad]
    cases = _annotated(usable) if analysis is None else _matched(usable, analysis)
    if not cases:
        raise AnalysisError(
            "none of the coded segments is in the analysis; give the analysis of the documents they come from, "
            "or none, to annotate the coded texts themselves"
        )
    tasks = _tasks(cases)
    table = _table(tasks, n_resamples=n_resamples, seed=seed_of(random_state, "all"))
    forms = _forms(cases)
    named: tuple[tuple[str, Callable[[Case], str]], ...] = (
        ("party", lambda case: case[0].party or case[0].doc),
        ("written form", lambda case: case[0].language or forms[case[0].doc]),
    )
    parts = []
    for by, name_of in named:
        for name in sorted({name_of(case) for case in cases}):
            own = [case for case in cases if name_of(case) == name]
            part = _table(_tasks(own), n_resamples=n_resamples, seed=seed_of(random_state, by, name))
            parts.append(part.assign(by=by, group=name)[["by", "group", *COLUMNS]])
    confusion = {
        name: pd.DataFrame(
            task.cells().sum(axis=0).reshape(len(task.labels), -1).astype(int), index=task.labels, columns=task.labels
        ).rename_axis(index="coded", columns="found")
        for name, (task, _, _) in tasks.items()
        if isinstance(task, Codes)
    }
    return Validation(
        table, pd.concat(parts, ignore_index=True), confusion, len(coded), len(coded) - len(usable), len(cases)
    )


def _forms(cases: Sequence[Case]) -> dict[str, str]:
    """Return the written form that most segments of each document are found to have."""
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for segment, found in cases:
        votes[segment.doc][found.language or "unknown"] += 1
    return {doc: sorted(counts, key=lambda form: (-counts[form], form))[0] for doc, counts in votes.items()}


def _annotated(gold: Sequence[GoldSegment]) -> list[Case]:
    from policytext.analysis import annotate

    table = pd.DataFrame(
        {
            "text": [segment.text for segment in gold],
            "heading": [segment.heading for segment in gold],
            "intro": [segment.intro for segment in gold],
            "kind": [segment.kind for segment in gold],
        }
    )
    return list(zip(gold, found_by_segment(annotate(table)), strict=True)) if len(table) else []


def _matched(gold: Sequence[GoldSegment], analysis: Analysis | str | Path) -> list[Case]:
    if isinstance(analysis, (str, Path)):
        from policytext.analysis import load_analysis

        analysis = load_analysis(analysis)
    found = found_by_segment(analysis)
    rows = match_texts(gold, analysis.segments)
    return [(segment, found[row]) for segment, row in zip(gold, rows, strict=True) if row is not None]


def _table(
    tasks: Mapping[str, tuple[Codes | Pairs, list[str], int]], *, n_resamples: int, seed: tuple[int, ...]
) -> pd.DataFrame:
    rows = []
    for name, (task, documents, n) in tasks.items():
        if not documents:
            rows.append({"task": name, "n": 0, "score": task.headline})
            continue
        rows.append({"task": name, "n": n, **measure_agreement(task, documents, n_resamples=n_resamples, seed=seed)})
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    numbers = [*SCORES, "low", "high"]
    return table.astype(dict.fromkeys(numbers, "float64"))


def _tasks(cases: Sequence[Case]) -> dict[str, tuple[Codes | Pairs, list[str], int]]:
    """Return each task with the documents of its segments and the number of things coded."""
    drawn = [case for case in cases if case[0].stratum == "random"] or list(cases)
    true = [case for case in cases if case[0].measure]

    def yes_no(chosen: Sequence[Case], of: Callable[[GoldSegment | Found], bool]) -> Codes:
        return Codes(
            YES_NO,
            [str(of(segment)).lower() for segment, _ in chosen],
            [str(of(found)).lower() for _, found in chosen],
            positive="true",
            headline="f1",
        )

    def codes(labels: Sequence[str], of: Callable[[GoldSegment | Found], object], headline: str = "accuracy") -> Codes:
        return Codes(
            (*labels, MISSING),
            [_label(of(segment)) for segment, _ in true],
            [_label(of(found)) if found.n_measures else MISSING for _, found in true],
            headline=headline,
        )

    counts = sorted({segment.n_measures for segment, _ in true} | {found.n_measures for _, found in true})
    tasks: dict[str, tuple[Codes | Pairs, Sequence[Case]]] = {
        "measure": (yes_no(drawn, lambda item: item.n_measures > 0), drawn),
        "strength": (codes(STRENGTHS, lambda item: item.strength), true),
        "specific": (codes(YES_NO, lambda item: item.specific), true),
        "direction": (codes(DIRECTIONS, lambda item: item.direction), true),
        "first area": (codes(AREAS, lambda item: item.areas[0]), true),
        "areas": (_area_sets(true), true),
        "number of measures": (
            Codes(
                tuple(map(str, counts)),
                [str(segment.n_measures) for segment, _ in true],
                [str(found.n_measures) for _, found in true],
            ),
            true,
        ),
        "quantities": (_quantities(cases, committed=None), cases),
        "committed quantities": (_quantities(cases, committed=True), cases),
        "context quantities": (_quantities(cases, committed=False), cases),
        "numeric commitment": (yes_no(cases, lambda item: item.numeric), cases),
    }
    sizes = {
        "quantities": sum(len(segment.quantities) for segment, _ in cases),
        "committed quantities": sum(_is_committed(segment, q.role) for segment, _ in cases for q in segment.quantities),
    }
    sizes["context quantities"] = sizes["quantities"] - sizes["committed quantities"]
    return {
        name: (task, [segment.doc for segment, _ in own], sizes.get(name, len(own)))
        for name, (task, own) in tasks.items()
    }


def _label(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _is_committed(segment: GoldSegment, role: str) -> bool:
    return segment.measure and role != "context"


def _area_sets(cases: Sequence[Case]) -> Pairs:
    both = [(set(segment.areas), set(found.areas)) for segment, found in cases]
    return Pairs(
        [len(coded & given) for coded, given in both],
        [len(given - coded) for coded, given in both],
        [len(coded - given) for coded, given in both],
    )


def _quantities(cases: Sequence[Case], *, committed: bool | None) -> Pairs:
    """Count numbers with the right value and unit; with `committed`, only those that are (or are not) committed."""
    hits, extra, lost = [], [], []
    for segment, found in cases:
        pairs = match_quantities(segment.quantities, found.quantities)
        coded = [_is_committed(segment, quantity.role) for quantity in segment.quantities]
        given = [quantity.committed for quantity in found.quantities]
        if committed is None:
            right, n_coded, n_given = len(pairs), len(coded), len(given)
        else:
            right = sum(coded[i] == given[j] == committed for i, j in pairs)
            n_coded, n_given = coded.count(committed), given.count(committed)
        hits.append(right)
        extra.append(n_given - right)
        lost.append(n_coded - right)
    return Pairs(hits, extra, lost)

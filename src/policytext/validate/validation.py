"""Compare an analysis with hand coding, task by task, in all and by party and written form."""

from __future__ import annotations

import warnings
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from policytext.compare.resampling import seed_of
from policytext.errors import AnalysisError, PolicyTextWarning
from policytext.validate.coded_sheets import Coding, is_sheet, read_sheets, sheet_files
from policytext.validate.gold import GoldSegment, read_gold
from policytext.validate.matching import found_by_segment, match_texts, table_of
from policytext.validate.scores import SCORES, Codes, Drawn, measure_agreement
from policytext.validate.tasks import Case, Task, tasks_of

if TYPE_CHECKING:
    from policytext.analysis import Analysis

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
    n_drawn : int or None
        Segments of the sample, finished or not, where coding sheets were read.
    reliability : DataFrame
        Agreement of the coders with each other, see `measure_reliability`; empty where nothing was coded twice.
    unfinished : tuple of str
        What coders left open, a line each.
    """

    table: pd.DataFrame
    groups: pd.DataFrame
    confusion: Mapping[str, pd.DataFrame]
    n_gold: int
    n_bad: int
    n_matched: int
    n_drawn: int | None = None
    reliability: pd.DataFrame = field(default_factory=pd.DataFrame)
    unfinished: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return everything as plain values, missing ones as None, fit for JSON."""
        return {
            "n_gold": self.n_gold,
            "n_bad": self.n_bad,
            "n_matched": self.n_matched,
            "n_drawn": self.n_drawn,
            "unfinished": list(self.unfinished),
            "reliability": _plain(self.reliability),
            "table": _plain(self.table),
            "groups": _plain(self.groups),
            "confusion": {
                name: {str(row): {str(k): int(v) for k, v in cells.items()} for row, cells in table.iterrows()}
                for name, table in self.confusion.items()
            },
        }

    def shown(self) -> list[tuple[str, pd.DataFrame]]:
        """Return what a person reads first, each table under its title: coders, scores, groups."""
        drawn = "" if self.n_drawn is None else f"{self.n_drawn} drawn, "
        counts = f"{drawn}{self.n_gold} coded, {self.n_bad} bad, {self.n_matched} compared"
        tables = [("Agreement of the coders with each other", self.reliability)] if len(self.reliability) else []
        weighted = "; scores are estimates for the whole that the sample was drawn from" if drawn else ""
        tables.append((f"Agreement with the hand coding ({counts}{weighted})", self.table))
        columns = ["by", "group", "n", "precision", "recall", "f1", "kappa", "low", "high"]
        measure = self.groups[self.groups["task"] == "measure"][columns].reset_index(drop=True)
        areas = self.groups[self.groups["task"] == "first area"].reset_index(drop=True)
        measure = measure.assign(n_area=areas["n"], area_accuracy=areas["accuracy"])
        return [*tables, ("Is it a measure, and the first area of those that are, by party and written form", measure)]

    def __repr__(self) -> str:
        return f"Validation({self.n_matched} of {self.n_gold - self.n_bad} coded segments)\n{self.table.round(3)}"


def _plain(table: pd.DataFrame) -> list[dict[str, Any]]:
    rows = table.astype(object).where(table.notna(), None).to_dict("records")
    return [{str(k): v.item() if isinstance(v, np.generic) else v for k, v in row.items()} for row in rows]


def validate(
    analysis: Analysis | str | Path | None,
    gold: str | Path | Coding | Sequence[GoldSegment],
    *,
    models: str | Path | None = None,
    n_resamples: int = 1000,
    random_state: int = 0,
) -> Validation:
    """Compare an analysis with hand-coded segments.

    Parameters
    ----------
    analysis : Analysis, path or None
        An analysis (or the folder of a saved one) of the documents that the segments come from; they are found by
        their text. Without one, the coded texts themselves are annotated with their heading and intro.
    gold : path, Coding or sequence of GoldSegment
        JSON lines (see `read_gold`), or coding sheets: the folder that `sample` made, or one sheet in it (see
        `read_sheets`, which also takes several).
    models : path, optional
        The folder of models that `policytext train` wrote, to annotate the coded texts with; the bundled ones when
        omitted.
    n_resamples : int
        Bootstrap resamples, at least 1.

    Returns
    -------
    Validation
        Whether a segment is a measure is measured on those drawn at random (`stratum` ``random``) where there are any;
        `strength, specific, direction, first area, areas` and `number of measures` on all coded measures, one that was
        not found counting as wrong; numbers on all segments, matched by value and unit. Where segments have weights,
        those are measured alone and weighted, so that the scores are estimates for all that the sample was drawn from;
        coding sheets say nothing of single numbers, and those tasks are left out.

    Raises
    ------
    GoldError
        If the gold breaks its format.
    AnalysisError
        If no coded segment is in the analysis.

    Warns
    -----
    PolicyTextWarning
        If a segment of a sample is not in the analysis.

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
    if analysis is not None and models is not None:
        raise AnalysisError("give an analysis or models to annotate the coded texts with, not both")
    if models is not None and isinstance(gold, (str, Path)):
        _warn_if_seen(Path(models), Path(gold))
    if isinstance(gold, (str, Path)) and is_sheet(gold):
        gold = read_sheets(gold, n_resamples=n_resamples, random_state=random_state)
    coding = gold if isinstance(gold, Coding) else None
    if isinstance(gold, Coding):
        gold = gold.segments
    coded = read_gold(gold) if isinstance(gold, (str, Path)) else tuple(gold)
    usable = [segment for segment in coded if not segment.bad]
    cases = _annotated(usable, models) if analysis is None else _matched(usable, analysis)
    if not cases:
        raise AnalysisError(
            "none of the coded segments is in the analysis; give the analysis of the documents they come from, "
            "or none, to annotate the coded texts themselves"
        )
    tasks = tasks_of(cases)
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
            part = _table(tasks_of(own), n_resamples=n_resamples, seed=seed_of(random_state, by, name))
            parts.append(part.assign(by=by, group=name)[["by", "group", *COLUMNS]])
    confusion = {
        name: pd.DataFrame(
            task.cells().sum(axis=0).reshape(len(task.labels), -1).astype(int), index=task.labels, columns=task.labels
        ).rename_axis(index="coded", columns="found")
        for name, (task, _, _) in tasks.items()
        if isinstance(task, Codes)
    }
    result = Validation(
        table, pd.concat(parts, ignore_index=True), confusion, len(coded), len(coded) - len(usable), len(cases)
    )
    if coding is None:
        return result
    if gone := len(usable) - len(cases):
        warnings.warn(
            f"{gone} of {len(usable)} coded segments are not in the analysis, so the weights do not hold quite; "
            "give the analysis that the sample was drawn from",
            PolicyTextWarning,
            stacklevel=2,
        )
    return replace(result, n_drawn=coding.n_drawn, reliability=coding.reliability, unfinished=coding.unfinished)


def _forms(cases: Sequence[Case]) -> dict[str, str]:
    """Return the written form that most segments of each document are found to have."""
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for segment, found in cases:
        votes[segment.doc][found.language or "unknown"] += 1
    return {doc: sorted(counts, key=lambda form: (-counts[form], form))[0] for doc, counts in votes.items()}


def _warn_if_seen(models: Path, gold: Path) -> None:
    from policytext.analysis.models import trained_on

    files = sheet_files(gold) if is_sheet(gold) else [gold] if gold.is_file() else []
    if seen := trained_on(models, files):
        warnings.warn(
            f"the models in {models} were trained on {', '.join(seen)}: agreement with other codes will be lower",
            PolicyTextWarning,
            stacklevel=3,
        )


def _annotated(gold: Sequence[GoldSegment], models: str | Path | None) -> list[Case]:
    from policytext.analysis import annotate

    table = table_of(gold)
    return list(zip(gold, found_by_segment(annotate(table, models=models)), strict=True)) if len(table) else []


def _matched(gold: Sequence[GoldSegment], analysis: Analysis | str | Path) -> list[Case]:
    if isinstance(analysis, (str, Path)):
        from policytext.analysis import load_analysis

        analysis = load_analysis(analysis)
    found = found_by_segment(analysis)
    rows = match_texts(gold, analysis.segments)
    return [(segment, found[row]) for segment, row in zip(gold, rows, strict=True) if row is not None]


def _table(tasks: Mapping[str, Task], *, n_resamples: int, seed: tuple[int, ...]) -> pd.DataFrame:
    rows = []
    for name, (task, own, n) in tasks.items():
        if not own:
            rows.append({"task": name, "n": 0, "score": task.headline})
            continue
        weights = [segment.weight for segment, _ in own if segment.weight is not None]
        drawn = Drawn([segment.stratum for segment, _ in own], weights) if len(weights) == len(own) else None
        documents = [segment.doc for segment, _ in own]
        agreement = measure_agreement(task, documents, n_resamples=n_resamples, seed=seed, drawn=drawn)
        rows.append({"task": name, "n": n, **agreement})
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    numbers = [*SCORES, "low", "high"]
    return table.astype(dict.fromkeys(numbers, "float64"))

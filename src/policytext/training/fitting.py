"""Fit the models to coded segments: correct what the bundled ones say, and keep what helps on codes left out."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

import pandas as pd

from policytext.analysis.models import Models, Source, load_models
from policytext.errors import PolicyTextWarning, TrainingError
from policytext.measures.models import MeasureModels
from policytext.measures.scorer import Scorer
from policytext.training.agreement import agreement_table, found_in, losses
from policytext.training.correction import BIAS_VARIANCE
from policytext.training.evidence import (
    AREAS,
    Evidence,
    area_evidence,
    corrected_areas,
    corrected_task,
    measure_evidence,
)
from policytext.training.examples import Examples, read_examples
from policytext.training.folds import VARIANCE, Correction, Trial, correct, leave_out, try_part
from policytext.validate.matching import Found

What = Literal["all", "areas", "measures"]
WHAT: tuple[What, ...] = ("all", "areas", "measures")


@dataclass(frozen=True, slots=True, eq=False)
class Training:
    """Models fitted to codes, and what that is worth.

    Attributes
    ----------
    models : Models
        For ``policytext.annotate(..., models=...)``; parts that were not corrected are those started from.
    agreement : DataFrame
        Agreement with codes left out, as `policytext.validate` measures it: `task`, the name of its `score`, `n`,
        `before`, `after`, their `difference` and its 95 % bootstrap interval `low, high`.
    parts : DataFrame
        One row a model: `part`, `n` codes, the share that is right and the log loss on codes left out
        (`accuracy_before, accuracy_after, loss_before, loss_after`), whether its correction is `used`, and `why_not`.
    counts : DataFrame
        The codes trained on by party (rows): segments, measures and the areas of measures.
    settings : mapping
        What gives the same models again: hashes of the codes and of the models started from, what was left out.
    """

    models: Models
    agreement: pd.DataFrame
    parts: pd.DataFrame
    counts: pd.DataFrame
    settings: Mapping[str, object]

    def save(self, folder: str | Path, *, date: str | None = None) -> Path:
        """Write the corrected models, ``models.json`` and a card into a folder, made when it is missing.

        Parameters
        ----------
        folder : path
            Empty, or with models of an earlier training, which are replaced.
        date : str, optional
            The day to write on the card; without it the same codes give the same bytes.

        Raises
        ------
        TrainingError
            If the folder holds something else.
        """
        from policytext.training.folder import save

        return save(self, Path(folder), date=date)


def train(
    codes: str | Path | Sequence[str | Path],
    *,
    what: What = "all",
    metadata: str | Path | None = None,
    base: str | Path | Models | None = None,
    n_resamples: int = 1000,
    random_state: int = 0,
    progress: Callable[[str, int, int], None] | None = None,
) -> Training:
    """Fit the area model, the measure models or both to hand-coded segments.

    The bundled models are the starting point; each gets a small correction (`policytext.training.correction`), which
    some hundred codes are enough for. What it is worth is measured on parties left out (on documents, where all are of
    one party); a part that codes left out show to be no better stays as it is.

    Parameters
    ----------
    codes : path or sequence of paths
        Coded segments as JSON lines (see `policytext.validate.read_gold`), or folders of coding sheets (see
        `policytext.validate.read_sheets`) and sheets in them. Broken segments (`bad`) are left out.
    what : {"all", "areas", "measures"}
        Which models to fit.
    metadata : path, optional
        A table with `doc_id` and `party`, for codes that name no party; ``metadata.csv`` beside the codes when omitted.
    base : path or Models, optional
        The models to start from; the bundled ones when omitted.
    n_resamples : int
        Bootstrap resamples for the intervals, at least 1.
    random_state : int
        Seed of the bootstrap.
    progress : callable, optional
        Called with a description, the number of steps done and that of all steps.

    Returns
    -------
    Training
        The models, what they are worth, and how to save them.

    Raises
    ------
    TrainingError
        If there are too few codes, all of one document or of one class, or if no model gets better by them.
    GoldError
        If the codes break their format.
    ModelError
        If the models to start from cannot be read.

    Warns
    -----
    PolicyTextWarning
        If a model stays as it is, or a task agrees less with the codes than before.
    """
    if what not in WHAT:
        raise TrainingError(f"what is {what!r}; allowed: {', '.join(WHAT)}")
    if n_resamples < 1:
        raise TrainingError(f"n_resamples is {n_resamples}; it must be at least 1")
    tell = progress or (lambda *_: None)
    files = [codes] if isinstance(codes, (str, Path)) else list(codes)
    tell("Reading the codes", 0, 1)
    examples = read_examples(files, metadata=metadata)
    start = load_models(base)
    evidence: dict[str, Evidence] = {}
    if what != "areas":
        evidence |= measure_evidence(start.measures.anew(), examples)
    if what != "measures":
        evidence[AREAS] = area_evidence(start.areas, examples)
    by, folds = leave_out(examples)
    steps = len(evidence) + 2 * len(folds) + 1
    trials: list[Trial] = []
    tried: dict[str, list[Correction]] = {}
    for number, (part, own) in enumerate(evidence.items()):
        tell(f"Trying {part}", number, steps)
        trial, corrections = try_part(part, own, folds)
        trials.append(trial)
        if trial.used:
            tried[part] = corrections
    _refuse_when_none(trials)
    before: dict[int, Found] = {}
    for number, held in enumerate(folds):
        tell(f"Left out: {by} {number + 1} of {len(folds)}, before", len(evidence) + number, steps)
        before |= found_in(examples, held, start)
    while True:
        after: dict[int, Found] = {}
        for number, held in enumerate(folds):
            tell(f"Left out: {by} {number + 1} of {len(folds)}", len(evidence) + len(folds) + number, steps)
            fitted = _corrected(start, evidence, {part: own[number] for part, own in tried.items()})
            after |= found_in(examples, held, fitted)
        agreement = agreement_table(examples, before, after, n_resamples=n_resamples, random_state=random_state)
        worse = {part: why for part, why in losses(agreement).items() if part in tried}
        if not worse:
            break
        trials = [replace(one, why_not=worse.get(one.part, one.why_not)) for one in trials]
        _refuse_when_none(trials)
        tried = {part: own for part, own in tried.items() if part not in worse}
    _warn(trials, agreement)
    tell("Fitting to all codes", steps - 1, steps)
    final = _corrected(start, evidence, {part: correct(evidence[part]) for part in tried})
    tell("Done", steps, steps)
    settings = {
        "what": what,
        "codes": [list(pair) for pair in examples.hashes],
        "base": start.manifest,
        "left_out": by,
        "folds": len(folds),
        "variance": VARIANCE,
        "constant_variance": BIAS_VARIANCE,
        "n_resamples": n_resamples,
        "random_state": random_state,
    }
    return Training(final, agreement, _parts_table(trials), _counts(examples), settings)


def _corrected(start: Models, evidence: Mapping[str, Evidence], corrections: Mapping[str, Correction]) -> Models:
    """Return models with these corrections; what was corrected has no source, for it is not stored."""
    areas, measures = start.areas, start.measures
    sources: dict[str, Source] = dict(start.sources)
    if AREAS in corrections:
        areas = corrected_areas(areas, evidence[AREAS], *corrections[AREAS])
        sources.pop(AREAS, None)
    tasks = [part for part in corrections if part != AREAS]
    if tasks:
        linear = {
            task: corrected_task(model, evidence[task], *corrections[task]) if task in corrections else model
            for task, model in measures.linear.items()
        }
        measures = MeasureModels(Scorer(linear), measures.network, measures.lock)  # they share the network's memory
        sources.pop("measures", None)
    return Models(measures, areas, sources)


def _refuse_when_none(trials: Sequence[Trial]) -> None:
    if not any(trial.used for trial in trials):
        reasons = "; ".join(f"{trial.part}: {trial.why_not}" for trial in trials)
        raise TrainingError(f"no model gets better by these codes, so none is written ({reasons})")


def _warn(trials: Sequence[Trial], agreement: pd.DataFrame) -> None:
    for trial in trials:
        if not trial.used:
            warnings.warn(f"{trial.part} stays as it is: {trial.why_not}", PolicyTextWarning, stacklevel=3)
    for why in losses(agreement).values():
        warnings.warn(why, PolicyTextWarning, stacklevel=3)


def _parts_table(trials: Sequence[Trial]) -> pd.DataFrame:
    columns = ("part", "n", "accuracy_before", "accuracy_after", "loss_before", "loss_after")
    rows = [{name: getattr(trial, name) for name in (*columns, "used", "why_not")} for trial in trials]
    return pd.DataFrame(rows)


def _counts(examples: Examples) -> pd.DataFrame:
    from policytext.records import AREAS as CODES

    rows = []
    for party in sorted(set(examples.parties)):
        own = [one for one, whose in zip(examples.gold, examples.parties, strict=True) if whose == party]
        firsts = [one.areas[0] for one in own if one.measure]
        rows.append(
            {
                "party": party,
                "documents": len({one.doc for one in own}),
                "segments": len(own),
                "measures": len(firsts),
                "firm": sum(one.strength == "firm" for one in own),
                "specific": sum(bool(one.specific) for one in own),
                **{area: firsts.count(area) for area in CODES},
            }
        )
    return pd.DataFrame(rows)
